using Connections.Chat;
using Connections.Cosmos;

namespace Connections.FollowUp;

/// <summary>The change feed of <c>messages</c>: keeps the contact rows of both sides at the last message.</summary>
public sealed class OnMessageChanged(MessageFollowUp followUp, ILogger<OnMessageChanged> log)
{
    /// <summary>Dispatches a batch, a conversation at a time.</summary>
    /// <exception cref="AggregateException">Some failed; the whole batch is tried again, which is safe.</exception>
    [Function(nameof(OnMessageChanged))]
    [ExponentialBackoffRetry(5, "00:00:01", "00:00:30")]
    public Task Run(
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
        CancellationToken ct) => DocumentTrigger.FollowAsync(
        [.. changed.GroupBy(message => message.ConnectionId).Select(conversation => conversation.ToArray())],
        conversation => conversation[0].ConnectionId,
        followUp.RunAsync,
        log,
        ct);
}
