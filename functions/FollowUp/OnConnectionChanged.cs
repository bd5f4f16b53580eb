using Connections.Cosmos;
using Connections.Invites;

namespace Connections.FollowUp;

/// <summary>The change feed of <c>connections</c>: dispatches every change, most often within half a second.</summary>
public sealed class OnConnectionChanged(ConnectionFollowUp followUp, ILogger<OnConnectionChanged> log)
{
    /// <summary>Dispatches a batch.</summary>
    /// <exception cref="AggregateException">Some failed; the whole batch is tried again, which is safe.</exception>
    [Function(nameof(OnConnectionChanged))]
    [ExponentialBackoffRetry(5, "00:00:01", "00:00:30")]
    public Task Run(
        [CosmosDBTrigger(
            Containers.Name,
            Containers.ConnectionsContainer,
            Connection = Containers.Connection,
            LeaseContainerName = Containers.LeasesContainer,
            LeaseContainerPrefix = "connections-",
            FeedPollDelay = 500,
            MaxItemsPerInvocation = 100,
            StartFromBeginning = true)]
        IReadOnlyList<Connection> changed,
        CancellationToken ct) => DocumentTrigger.FollowAsync(changed, connection => connection.Id, followUp.RunAsync, log, ct);
}
