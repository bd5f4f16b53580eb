using Connections.Chat;
using Connections.Cosmos;

namespace Connections.FollowUp;

/// <summary>Looks once at every new or changed message, and finishes what the call that stored it may not have done.</summary>
/// <remarks>A mark of its own in each message would cost more than the message.</remarks>
public sealed class MessageSweep(
    Containers containers, MessageStore messages, MessageFollowUp followUp, TimeProvider time, ILogger<MessageSweep> log)
{
    /// <summary>How old a message must be. The call that stored a younger one is most likely still at work.</summary>
    public static readonly TimeSpan MinAge = TimeSpan.FromSeconds(10);

    private readonly FeedSweep<MessageDocument> _feed = new(
        containers.Messages, containers.Leases, "message-sweep", message => message.ConnectionId, log);

    /// <summary>Looks at the messages since the last run.</summary>
    /// <exception cref="AggregateException">Some conversations failed; all others are done.</exception>
    public Task RunAsync(CancellationToken ct) => RunAsync(time.Now() - MinAge, ct);

    /// <summary>Looks at the messages since the last run that were stored before a time.</summary>
    public Task RunAsync(DateTimeOffset before, CancellationToken ct) => _feed.RunAsync(
        message => (message.ChangedAt ?? message.EditedAt ?? message.SentAt) <= before,
        followUp.RunAsync,
        async (id, inner) => await followUp.RunAsync(await messages.BackFromAsync(id, before: null, PageRequest.MaxLimit, inner), inner),
        ct);

    /// <summary>Whether there are messages that no run has looked at, or that failed.</summary>
    public Task<bool> IsBehindAsync(CancellationToken ct) => _feed.IsBehindAsync(ct);
}
