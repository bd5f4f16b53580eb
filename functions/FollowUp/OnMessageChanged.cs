using Connections.Chat;
using Connections.Cosmos;
using Connections.FollowUp;
using Connections.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Connections.FollowUp;

/// <summary>The change feed of <c>messages</c>: keeps the contact rows of both sides at the last message.</summary>
/// <remarks>At most once, as every change feed function: what it loses, <see cref="SweepOwed"/> finds.</remarks>
public sealed partial class OnMessageChanged(MessageFollowUp followUp, ILogger<OnMessageChanged> log)
{
    private const int AtOnce = 8;

    /// <summary>Follows up a batch, a conversation at a time.</summary>
    /// <exception cref="AggregateException">Some failed; the whole batch is tried again, which is safe.</exception>
    [Function(nameof(OnMessageChanged))]
    [ExponentialBackoffRetry(5, "00:00:01", "00:00:30")]
    public async Task Run(
        [CosmosDBTrigger(
            Containers.Name,
            Containers.MessagesContainer,
            Connection = Containers.Connection,
            LeaseContainerName = Containers.LeasesContainer,
            LeaseContainerPrefix = "messages-",
            FeedPollDelay = 500,
            MaxItemsPerInvocation = 500,
            StartFromBeginning = true)]
        IReadOnlyList<MessageDocument> changed,
        CancellationToken ct)
    {
        using var operation = Operation.Trigger();
        var conversations = changed.GroupBy(message => message.ConnectionId).Select(group => group.ToArray()).ToArray();
        await EachOnItsOwn.RunAsync(
            conversations, AtOnce, followUp.RunAsync, (conversation, e) => LogFailed(e, conversation[0].ConnectionId), ct);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Showing the messages of connection {ConnectionId} in its contact rows failed")]
    private partial void LogFailed(Exception exception, string connectionId);
}
