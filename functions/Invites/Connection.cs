using System.Text.Json.Serialization;
using Connections.FollowUp;
using Connections.Notices;

namespace Connections.Invites;

/// <summary>The state of a pair's connection.</summary>
public enum ConnectionState
{
    /// <summary>Invited, not yet answered.</summary>
    Pending,

    /// <summary>Accepted: the two can talk.</summary>
    Connected,

    /// <summary>The invitee declined.</summary>
    Declined,

    /// <summary>The inviter revoked the invite.</summary>
    Revoked,

    /// <summary>The invitee did not answer in time.</summary>
    Expired,

    /// <summary>One of the two ended it.</summary>
    Removed,

    /// <summary>One of the two blocked the other.</summary>
    Blocked,
}

/// <summary>How far a member has read a conversation.</summary>
/// <param name="Seq">The last message read; 0 for none.</param>
/// <param name="Received">
/// How many of the messages up to it came from the other side; an unread count is a difference of two of these.
/// </param>
public sealed record ReadMark(long Seq, long Received)
{
    /// <summary>Nothing read.</summary>
    public static ReadMark None { get; } = new(0, 0);
}

/// <summary>The block of a member who blocks the other, or once did.</summary>
/// <param name="Since">When the block was made; absent when it was lifted.</param>
/// <param name="Version">The version of the connection that made or lifted it.</param>
/// <param name="LiftedAt">When it was last lifted; absent while it never was.</param>
public sealed record BlockMark(DateTimeOffset? Since, long Version, DateTimeOffset? LiftedAt = null);

/// <summary>The email about unread messages that a member got.</summary>
/// <param name="ReadSeq">How far the member had read then. Once they have read further, this mark no longer counts.</param>
/// <param name="PassedOver">
/// The last message that no email needs to mention, because all after the read mark up to it are deleted; else the read mark.
/// </param>
/// <param name="Sent">Whether the email was sent. Then there is no other until the member reads.</param>
/// <param name="Mail">The operation id that it was sent under, by which its delivery report finds it.</param>
public sealed record DigestMark(long ReadSeq, ReadMark PassedOver, bool Sent, Guid? Mail = null);

/// <summary>The invitee's report of the inviter, made with an email's link, until it is stored with the other reports.</summary>
/// <param name="Reporter">The invitee, who made it.</param>
/// <param name="InviteNumber">The number of the invite, of which there is one report.</param>
/// <param name="Reason">The name of the reason, as the published list has it.</param>
/// <param name="Details">The reporter's own words. Personal: never logged.</param>
/// <param name="ReportedAt">When it was made.</param>
public sealed record OwedReport(MemberId Reporter, int InviteNumber, string Reason, string? Details, DateTimeOffset ReportedAt);

/// <summary>The one record of a pair of members, from the first invite or block on: a document in <c>connections</c>.</summary>
/// <remarks>
/// Every change is one write of this document under its ETag, decided by <see cref="ConnectionLife"/>. The same write sets
/// <see cref="OwedSince"/> and adds the emails to <see cref="Outbox"/>, so no change exists without the rows, events and emails that follow
/// from it. <see cref="FollowUp.ConnectionFollowUp"/> dispatches them and clears both, and <see cref="OwedReports"/> likewise.
/// </remarks>
public sealed record Connection
{
    /// <summary>The <see cref="ConnectionId.Of"/> both members.</summary>
    public required string Id { get; init; }

    /// <summary>The sender of the last invite.</summary>
    public required MemberId Inviter { get; init; }

    /// <summary>The recipient of the last invite.</summary>
    public required MemberId Invitee { get; init; }

    /// <summary>The state as written. The state at a moment is <see cref="StateAt"/>.</summary>
    public required ConnectionState State { get; init; }

    /// <summary>The number of the pair's last invite, from 1; 0 before the first.</summary>
    public required int InviteNumber { get; init; }

    /// <summary>The inviter's note. Personal: never logged.</summary>
    public string? Note { get; init; }

    /// <summary>When the invite was made.</summary>
    public required DateTimeOffset InvitedAt { get; init; }

    /// <summary>When the invite's first email was sent; absent before. It can be late: a suspension or an outage holds it up.</summary>
    public DateTimeOffset? EmailedAt { get; init; }

    /// <summary>When the invite expires if it is not answered.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it came to this state: accepted, declined, revoked, expired, removed or blocked.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Why the invitee declined; absent in every other state, and where they did not say.</summary>
    public DeclineReason? Declined { get; init; }

    /// <summary>
    /// When the connection ended, by a removal or a block; absent while the two are connected, and where they never were. A later invite
    /// does not change it, unless the earlier connection was with a profile that was erased.
    /// </summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Until when a member may not invite again, after their invite was declined, revoked, or ended by a block.</summary>
    public IReadOnlyDictionary<MemberId, DateTimeOffset> Locks { get; init; } = new Dictionary<MemberId, DateTimeOffset>();

    /// <summary>The blocks of both members. As long as one of the two blocks, the state is blocked.</summary>
    public IReadOnlyDictionary<MemberId, BlockMark> Blocks { get; init; } = new Dictionary<MemberId, BlockMark>();

    /// <summary>
    /// The members who erased their profile, with the number of the pair's last invite then. Until the next invite they do not see the
    /// pair.
    /// </summary>
    public IReadOnlyDictionary<MemberId, int> Left { get; init; } = new Dictionary<MemberId, int>();

    /// <summary>The last message that neither member sees, because it ended with a profile that was erased; 0 for none.</summary>
    public long SealedSeq { get; init; }

    /// <summary>
    /// The hashes of the keys in this invite's first email, the latest last; cleared when the invite ends. The keys themselves are not
    /// stored.
    /// </summary>
    public IReadOnlyList<string> LinkHashes { get; init; } = [];

    /// <summary>
    /// The hashes of the keys in its reminder. In a list of its own, so that many tries of a reminder do not push out those of the first
    /// email.
    /// </summary>
    public IReadOnlyList<string> ReminderHashes { get; init; } = [];

    /// <summary>The hash of the key in the link that answered the invite, if a link did; cleared by the next change of state.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>The key itself, only in invites from before keys were hashed, so that their emails still work. Secret.</summary>
    public string? LinkKey { get; init; }

    /// <summary>Grows by one with every change that a member can see. A contact row never goes back to an older version.</summary>
    public required long Version { get; init; }

    /// <summary>
    /// The version of the last change of <see cref="State"/>, or of <see cref="UndeliveredAt"/>. Before marks were kept in the rows, a read
    /// mark was a version of its own.
    /// </summary>
    public required long StateVersion { get; init; }

    /// <summary>The version that was dispatched last.</summary>
    public long Followed { get; init; }

    /// <summary>How far the member whose id sorts first has read.</summary>
    public ReadMark FirstRead { get; init; } = ReadMark.None;

    /// <summary>How far the other member has read.</summary>
    public ReadMark SecondRead { get; init; } = ReadMark.None;

    /// <summary>The unread email of the member whose id sorts first.</summary>
    public DigestMark? FirstDigest { get; init; }

    /// <summary>The unread email of the other member.</summary>
    public DigestMark? SecondDigest { get; init; }

    /// <summary>The emails that are not in the notice queue yet.</summary>
    public IReadOnlyList<Notice> Outbox { get; init; } = [];

    /// <summary>The reports that are not stored yet.</summary>
    public IReadOnlyList<OwedReport> OwedReports { get; init; } = [];

    /// <summary>The trace of the call that changed it last; dispatching the change continues the trace.</summary>
    public string? Trace { get; init; }

    /// <summary>Since when a change waits to be dispatched; absent once all are.</summary>
    public DateTimeOffset? OwedSince { get; init; }

    /// <summary>For each kind of email, the number of the last invite that it was sent for.</summary>
    public IReadOnlyDictionary<NoticeKind, int> Sent { get; init; } = new Dictionary<NoticeKind, int>();

    /// <summary>
    /// The operation ids of the emails about the last invite and its acceptance, sent or not: by them a delivery report finds the pair.
    /// </summary>
    public IReadOnlyList<Guid> Mails { get; init; } = [];

    /// <summary>When the email service reported that an email about the pending invite did not arrive; absent otherwise.</summary>
    public DateTimeOffset? UndeliveredAt { get; init; }

    /// <summary>
    /// Whether one of the two ever invited the other. Without an invite the record is only there for a block, and no member sees it.
    /// </summary>
    [JsonIgnore]
    public bool WasInvited => InviteNumber > 0;

    /// <summary>Whether a member blocks the other now.</summary>
    public bool IsBlockedBy(MemberId member) => Blocks.GetValueOrDefault(member)?.Since is not null;

    /// <summary>Whether a member has erased their profile, and there has been no invite since.</summary>
    public bool HasLeft(MemberId member) => Left.TryGetValue(member, out var invite) && invite >= InviteNumber;

    /// <summary>Whether the member is one of the pair.</summary>
    public bool Has(MemberId member) => member == Inviter || member == Invitee;

    /// <summary>The other member of the pair.</summary>
    public MemberId Other(MemberId member) => member == Inviter ? Invitee : Inviter;

    /// <summary>
    /// Whether a member may read the messages: from the first acceptance on, also after the connection has ended. While one of the two
    /// blocks the other, only the blocker may, because a report needs the messages.
    /// </summary>
    public bool IsReadableBy(MemberId member) => !HasLeft(member) && State switch
    {
        ConnectionState.Connected => true,
        ConnectionState.Blocked => IsBlockedBy(member),
        // A connection that was removed before the time was recorded has none.
        ConnectionState.Removed => true,
        _ => EndedAt is not null,
    };

    /// <summary>The state at a moment: a pending invite past its time has expired, whether or not that is written yet.</summary>
    public ConnectionState StateAt(DateTimeOffset now) =>
        State == ConnectionState.Pending && now >= ExpiresAt ? ConnectionState.Expired : State;

    /// <summary>
    /// How far a member had read when a profile was erased, or before marks were kept in the rows
    /// (<see cref="Contacts.ContactRow.ReadMark"/>).
    /// </summary>
    public ReadMark ReadOf(MemberId member) => IsFirst(member) ? FirstRead : SecondRead;

    /// <summary>The email about messages after a member's read mark; null when there was none.</summary>
    public DigestMark? DigestOf(MemberId member, ReadMark read)
    {
        var digest = IsFirst(member) ? FirstDigest : SecondDigest;
        return digest?.ReadSeq == read.Seq ? digest : null;
    }

    /// <summary>
    /// The mark after which messages wait for a member: their read mark, or a later message up to which everything unread was deleted.
    /// </summary>
    public ReadMark UnreadAfter(MemberId member, ReadMark read) => DigestOf(member, read)?.PassedOver ?? read;

    /// <summary>Whether an operation id is that of the last invite's email of a kind.</summary>
    public bool IsMailOf(NoticeKind kind, Guid operationId) =>
        operationId == NoticeHandover.OperationId(ConnectionLife.NoticeId(Id, InviteNumber, kind));

    /// <summary>The member who was sent the email of an operation id; null if it is none of this pair's last emails.</summary>
    public MemberId? RecipientOf(Guid operationId) =>
        IsMailOf(NoticeKind.InviteReceived, operationId) || IsMailOf(NoticeKind.Reminder, operationId) ? Invitee
        : IsMailOf(NoticeKind.InviteAccepted, operationId) ? Inviter
        : FirstDigest?.Mail == operationId ? IsFirst(Inviter) ? Inviter : Invitee
        : SecondDigest?.Mail == operationId ? IsFirst(Inviter) ? Invitee : Inviter
        : null;

    /// <summary>Whether the member's id sorts before the other's. This does not depend on which of the two invites.</summary>
    public bool IsFirst(MemberId member) => member.CompareTo(Other(member)) < 0;

    /// <summary>Until when a member may not invite; null when they may invite now.</summary>
    public DateTimeOffset? LockOf(MemberId member, DateTimeOffset now) =>
        Locks.TryGetValue(member, out var until) && until > now ? until : null;
}
