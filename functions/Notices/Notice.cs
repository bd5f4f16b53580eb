using System.Text.Json;
using Connections.Telemetry;

namespace Connections.Notices;

/// <summary>The kinds of email that the system sends.</summary>
public enum NoticeKind
{
    /// <summary>To the invitee, immediately.</summary>
    InviteReceived,

    /// <summary>To the inviter, immediately.</summary>
    InviteAccepted,

    /// <summary>To the invitee, once, when an invite has been pending for some time.</summary>
    Reminder,

    /// <summary>To a member who has not read messages for some time and is not online.</summary>
    UnreadMessages,

    /// <summary>To a new address that a member gave, with the link that confirms it.</summary>
    ConfirmAddress,

    /// <summary>To the address that a member has, when another one is asked for.</summary>
    AddressWarning,

    /// <summary>To the support address, immediately: somebody has reported a member or a message. Members do not get this kind.</summary>
    Report,

    /// <summary>To a member about whom a moderator decided, immediately: the statement of reasons. It cannot be muted.</summary>
    Statement,

    /// <summary>To a member whose report was decided, immediately. It cannot be muted.</summary>
    ReportDecided,
}

/// <summary>The names of notice kinds outside this process: in JSON, links, templates and sentences.</summary>
public static class NoticeKinds
{
    // Declared first, because the lists below are made from it.
    private static readonly NoticeKind[] Always =
        [NoticeKind.ConfirmAddress, NoticeKind.AddressWarning, NoticeKind.Report, NoticeKind.Statement, NoticeKind.ReportDecided];

    /// <summary>The kinds that members get and can mute, in the order of their declaration.</summary>
    public static IReadOnlyList<NoticeKind> All { get; } = [.. Enum.GetValues<NoticeKind>().Except(Always)];

    private static readonly Dictionary<string, NoticeKind> Named = All.ToDictionary(JsonName, StringComparer.Ordinal);

    /// <summary>The kind's name in camelCase, such as <c>inviteReceived</c>. Links contain it, so it never changes.</summary>
    public static string JsonName(this NoticeKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    /// <summary>Reads the name of a kind that members get.</summary>
    public static bool TryParse(string name, out NoticeKind kind) => Named.TryGetValue(name, out kind);
}

/// <summary>An email that a change owes: an entry of a record's outbox, and the message of the notice queue.</summary>
/// <param name="Id">The same however often the notice is queued; the email service's operation id is made from it.</param>
/// <param name="Kind">The kind of email.</param>
/// <param name="ConnectionId">The connection that it is about; empty for a notice about something else.</param>
/// <param name="InviteNumber">The number, from 1, of the pair's invite that it is about.</param>
/// <param name="To">The member who gets it; for a report, the member who made it.</param>
/// <param name="OwedSince">The time of the change.</param>
/// <param name="DueAt">The earliest time to send it; null for immediately.</param>
/// <param name="ReadSeq">For unread messages: the read mark of <paramref name="To"/>. When the mark moves, the notice is void.</param>
/// <param name="ReportId">The report that it is about; null for all other kinds.</param>
/// <param name="Trace">The trace of the call that made the change (W3C Trace Context), which the email continues.</param>
/// <param name="EmailChange">The number of the member's change of address that it is about; null for all other kinds.</param>
/// <param name="Received">For unread messages: the least number of messages from the other side. A read that finds fewer is stale.</param>
/// <param name="AboutId">The member whom the report is about; null for all other kinds, and in a notice of an earlier version.</param>
/// <param name="Act">For a statement of reasons: the number of the moderator's act about <paramref name="To"/>.</param>
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
    long? Received = null,
    int? EmailChange = null,
    MemberId? AboutId = null,
    long? Act = null)
{
    /// <summary>The notice as a message of the queue.</summary>
    public string ToQueueText() => JsonSerializer.Serialize(Trace is null ? this with { Trace = Signals.Trace } : this, Json.Options);

    /// <summary>The delay for the queue: the time until the notice is due, at most <see cref="INoticeQueue.MaxDelay"/>.</summary>
    /// <remarks>In whole seconds, the queue's unit, rounded up: a notice that comes a moment early would go back again and again.</remarks>
    public TimeSpan WaitAt(DateTimeOffset now)
    {
        var seconds = DueAt is { } due ? Math.Ceiling((due - now).TotalSeconds) : 0;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, INoticeQueue.MaxDelay.TotalSeconds));
    }

    /// <summary>Reads a message of the queue; null when it is not a notice.</summary>
    public static Notice? Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Notice>(text, Json.Options) is { Id: not null, ConnectionId: not null } notice
                ? notice
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
