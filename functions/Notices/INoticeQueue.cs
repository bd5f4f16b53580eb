using System.Text.Json;
using Connections.Telemetry;

namespace Connections.Notices;

/// <summary>The kinds of email that the system can owe somebody.</summary>
public enum NoticeKind
{
    /// <summary>To the invitee, at once.</summary>
    InviteReceived,

    /// <summary>To the inviter, at once.</summary>
    InviteAccepted,

    /// <summary>To the invitee, once, when an invite has waited for a while.</summary>
    Reminder,

    /// <summary>To a member who has not read messages for a while and is not online.</summary>
    UnreadMessages,

    /// <summary>To the support address, at once: somebody reported a member or a message. No member gets it, so none chooses to.</summary>
    Report,
}

/// <summary>One email that is owed: what stands in a record's outbox, and what travels through the notice queue.</summary>
/// <param name="Id">Fixed for this email, however often it is queued; the email service's operation id is made from it.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="ConnectionId">The connection that it is about; empty for a report.</param>
/// <param name="InviteNumber">Which of the pair's invites it is about, from 1.</param>
/// <param name="To">The member who gets it; of a report, the member who made it.</param>
/// <param name="OwedSince">When the change that owes it was made.</param>
/// <param name="DueAt">Not before this; at once where there is none.</param>
/// <param name="ReadSeq">Of unread messages: how far <paramref name="To"/> had read. When they have read on, it is void.</param>
/// <param name="ReportId">The report that it is about; absent for all others.</param>
/// <param name="Trace">The trace of the call that owes it (W3C Trace Context), which goes on in the email.</param>
/// <param name="Received">Of unread messages: how many of the other side's messages there are at least. Whoever finds fewer reads too early.</param>
public sealed record Notice(
    string Id,
    NoticeKind Kind,
    string ConnectionId,
    int InviteNumber,
    MemberId To,
    DateTimeOffset OwedSince,
    DateTimeOffset? DueAt = null,
    long? ReadSeq = null,
    string? ReportId = null,
    string? Trace = null,
    long? Received = null)
{
    /// <summary>As it travels through the queue.</summary>
    public string ToQueueText() => JsonSerializer.Serialize(Trace is null ? this with { Trace = Signals.Trace } : this, Json.Options);

    /// <summary>How long the queue must hold it at a moment; zero when it is due. At most what a queue can hold: what comes early goes back.</summary>
    /// <remarks>In whole seconds, rounded up, because that is what queues count in: what came a moment early would go round and round.</remarks>
    public TimeSpan WaitAt(DateTimeOffset now)
    {
        var seconds = DueAt is { } due ? Math.Ceiling((due - now).TotalSeconds) : 0;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, INoticeQueue.MaxDelay.TotalSeconds));
    }

    /// <summary>The notice that a message of the queue says; null where it says none.</summary>
    public static Notice? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Notice>(text, Json.Options) is { Id: not null, ConnectionId: not null } notice ? notice : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>A message of the poison queue that was taken to be looked at; nobody else sees it for a minute.</summary>
/// <param name="Text">What it says. May be personal: never log it.</param>
/// <param name="PoisonedAt">When it came there.</param>
/// <param name="IsNew">Whether it was never taken before.</param>
/// <param name="RemoveAsync">Takes it off the poison queue; also where it is gone already.</param>
public sealed record PoisonedMessage(string Text, DateTimeOffset PoisonedAt, bool IsNew, Func<CancellationToken, Task> RemoveAsync);

/// <summary>The durable queue between a change and the emails it owes: a Storage queue in Azure, <c>local/Emulators</c> on one machine.</summary>
public interface INoticeQueue
{
    /// <summary>The queue's name.</summary>
    const string Name = "notices";

    /// <summary>Where what failed five times goes, as the Functions host names it.</summary>
    const string PoisonName = Name + "-poison";

    /// <summary>The prefix of the settings that say where the queue is.</summary>
    const string Connection = "Storage";

    /// <summary>The most messages that a queue gives at once.</summary>
    const int MostAtOnce = 32;

    /// <summary>How long a poisoned message that was taken is unseen.</summary>
    static readonly TimeSpan PoisonedHold = TimeSpan.FromMinutes(1);

    /// <summary>The longest that the queue holds a message unseen.</summary>
    static readonly TimeSpan MaxDelay = TimeSpan.FromDays(7);

    /// <summary>Adds a notice. When this returns, the notice will reach the sender at least once.</summary>
    /// <param name="notice">What is owed.</param>
    /// <param name="delay">How long it stays unseen; at most <see cref="MaxDelay"/>.</param>
    /// <param name="ct">Gives up waiting; the notice may be queued all the same.</param>
    Task EnqueueAsync(Notice notice, TimeSpan delay, CancellationToken ct);

    /// <summary>Whether the queue can be reached.</summary>
    /// <exception cref="Exception">It cannot.</exception>
    Task CheckAsync(CancellationToken ct);

    /// <summary>About how many notices failed five times and wait in the poison queue.</summary>
    Task<int> CountPoisonedAsync(CancellationToken ct);

    /// <summary>Takes up to <see cref="MostAtOnce"/> messages of the poison queue; an empty list where there are none.</summary>
    Task<IReadOnlyList<PoisonedMessage>> TakePoisonedAsync(CancellationToken ct);
}
