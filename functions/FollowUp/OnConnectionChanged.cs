using Connections.Cosmos;
using Connections.Invites;
using Connections.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Connections.FollowUp;

/// <summary>The change feed of <c>connections</c>: follows up every change, half a second after it at the latest.</summary>
/// <remarks>
/// The trigger is at most once: when it throws after its last retry, or the host dies, the batch is lost. So each connection is
/// handled on its own, one that fails does not stop the others, and <see cref="SweepOwed"/> finds whatever is still owed.
/// </remarks>
public sealed partial class OnConnectionChanged(ConnectionFollowUp followUp, ILogger<OnConnectionChanged> log)
{
    private const int AtOnce = 8;

    /// <summary>Follows up a batch.</summary>
    /// <exception cref="AggregateException">Some failed; the whole batch is tried again, which is safe.</exception>
    [Function(nameof(OnConnectionChanged))]
    [ExponentialBackoffRetry(5, "00:00:01", "00:00:30")]
    public async Task Run(
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
        CancellationToken ct)
    {
        using var operation = Operation.Trigger();
        await EachOnItsOwn.RunAsync(changed, AtOnce, followUp.RunAsync, (connection, e) => LogFailed(e, connection.Id), ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Following up connection {ConnectionId} failed")]
    private partial void LogFailed(Exception exception, string connectionId);
}
