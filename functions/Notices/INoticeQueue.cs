namespace Connections.Notices;

/// <summary>A message that was taken from the poison queue; others cannot see it for <see cref="INoticeQueue.PoisonedHold"/>.</summary>
/// <param name="Text">Its content, which may be personal: never log it.</param>
/// <param name="PoisonedAt">The time at which it reached the poison queue.</param>
/// <param name="IsNew">Whether this is the first time that it was taken.</param>
/// <param name="RemoveAsync">Deletes it from the poison queue; does nothing if it is gone.</param>
public sealed record PoisonedMessage(string Text, DateTimeOffset PoisonedAt, bool IsNew, Func<CancellationToken, Task> RemoveAsync);

/// <summary>The durable queue between changes and their emails: a Storage queue in Azure, <c>local/Emulators</c> on one machine.</summary>
public interface INoticeQueue
{
    /// <summary>The queue's name.</summary>
    const string Name = "notices";

    /// <summary>The queue for messages that failed five times, as the Functions host names it.</summary>
    const string PoisonName = Name + "-poison";

    /// <summary>The prefix of the settings with the queue's address.</summary>
    const string Connection = "Storage";

    /// <summary>The most messages that one request to a queue returns.</summary>
    const int MaxAtOnce = 32;

    /// <summary>How long a message that was taken from the poison queue is invisible to others.</summary>
    static readonly TimeSpan PoisonedHold = TimeSpan.FromMinutes(1);

    /// <summary>The longest delay of a message.</summary>
    static readonly TimeSpan MaxDelay = TimeSpan.FromDays(7);

    /// <summary>Adds a notice. When this returns, the notice will reach <c>SendNotice</c> at least once.</summary>
    /// <param name="delay">The time until it can be delivered, at most <see cref="MaxDelay"/>.</param>
    /// <param name="ct">Cancels the wait; the notice may be queued anyway.</param>
    Task EnqueueAsync(Notice notice, TimeSpan delay, CancellationToken ct);

    /// <summary>Checks that the queue can be reached.</summary>
    /// <exception cref="Exception">The queue cannot be reached.</exception>
    Task CheckAsync(CancellationToken ct);

    /// <summary>The approximate number of messages in the poison queue.</summary>
    Task<int> CountPoisonedAsync(CancellationToken ct);

    /// <summary>The approximate number of messages in the poison queue of <see cref="DeliveryReport"/>s.</summary>
    Task<int> CountPoisonedReportsAsync(CancellationToken ct);

    /// <summary>Takes up to <see cref="MaxAtOnce"/> messages from the poison queue.</summary>
    Task<IReadOnlyList<PoisonedMessage>> TakePoisonedAsync(CancellationToken ct);
}
