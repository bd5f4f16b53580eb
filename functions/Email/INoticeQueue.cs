using Connections.Members;

namespace Connections.Email;

/// <summary>The kinds of email that the system can owe somebody.</summary>
public enum NoticeKind
{
    /// <summary>To the invitee, at once.</summary>
    InviteReceived,

    /// <summary>To the inviter, at once.</summary>
    InviteAccepted,
}

/// <summary>One email that is owed: what stands in a record's outbox, and what travels through the notice queue.</summary>
/// <param name="Id">Fixed for this email, however often it is queued; the email service's operation id is made from it.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="ConnectionId">The connection that it is about.</param>
/// <param name="InviteNumber">Which of the pair's invites it is about, from 1.</param>
/// <param name="To">The member who gets it.</param>
/// <param name="OwedSince">When the change that owes it was made.</param>
public sealed record Notice(string Id, NoticeKind Kind, string ConnectionId, int InviteNumber, MemberId To, DateTimeOffset OwedSince);

/// <summary>The durable queue between a change and the emails it owes: a Storage queue in Azure, <c>local/Queue</c> on one machine.</summary>
public interface INoticeQueue
{
    /// <summary>The queue's name.</summary>
    const string Name = "notices";

    /// <summary>The prefix of the settings that say where the queue is.</summary>
    const string Connection = "Storage";

    /// <summary>Adds a notice. When this returns, the notice will reach the sender at least once.</summary>
    /// <param name="notice">What is owed.</param>
    /// <param name="delay">How long it stays unseen; at most 7 days.</param>
    /// <param name="ct">Gives up waiting; the notice may be queued all the same.</param>
    Task EnqueueAsync(Notice notice, TimeSpan delay, CancellationToken ct);

    /// <summary>Whether the queue can be reached.</summary>
    /// <exception cref="Exception">It cannot.</exception>
    Task CheckAsync(CancellationToken ct);
}
