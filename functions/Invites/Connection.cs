using System.Text.Json.Serialization;
using Connections.FollowUp;
using Connections.Notices;

namespace Connections.Invites;

/// <summary>Where a pair's connection stands.</summary>
public enum ConnectionState
{
    /// <summary>Invited, not yet answered.</summary>
    Pending,

    /// <summary>Accepted: the two can talk.</summary>
    Connected,

    /// <summary>The invitee said no.</summary>
    Declined,

    /// <summary>The inviter took the invite back.</summary>
    Revoked,

    /// <summary>Nobody answered in time.</summary>
    Expired,

    /// <summary>One of the two ended it.</summary>
    Removed,

    /// <summary>One of the two blocked the other.</summary>
    Blocked,
}

/// <summary>How far a member has read a conversation.</summary>
/// <param name="Seq">Up to this message; 0 for none.</param>
/// <param name="Received">How many of the messages up to it came from the other side; unread counts are differences of these.</param>
public sealed record ReadMark(long Seq, long Received)
{
    /// <summary>Nothing read.</summary>
    public static ReadMark None { get; } = new(0, 0);
}

/// <summary>What a member who has ever blocked the other says of it.</summary>
/// <param name="Since">Since when they block the other; absent when they lifted it.</param>
/// <param name="Version">The version of the connection that said so first.</param>
public sealed record BlockMark(DateTimeOffset? Since, long Version);

/// <summary>What a member was told by email of the messages they have not read.</summary>
/// <param name="ReadSeq">How far they had read then; once they have read on, this is of the past.</param>
/// <param name="PassedOver">Up to here there is nothing to tell: all after their read mark is deleted. The read mark itself where that is not so.</param>
/// <param name="Sent">Whether the email has been sent; then there is no other until they read.</param>
public sealed record DigestMark(long ReadSeq, ReadMark PassedOver, bool Sent);

/// <summary>The one record of a pair of members, from the first invite on: a document in <c>connections</c>.</summary>
/// <remarks>
/// Every change is one write of this document under its ETag, decided by <see cref="ConnectionLife"/>. The same write sets
/// <see cref="OwedSince"/> and adds what it owes to <see cref="Outbox"/>: there is no moment at which a change exists and the
/// contact rows, events and emails that follow from it are not owed. <see cref="FollowUp.ConnectionFollowUp"/> pays and clears them.
/// </remarks>
public sealed record Connection
{
    /// <summary><see cref="ConnectionId.Of"/> the two.</summary>
    public required string Id { get; init; }

    /// <summary>Who invited, the last time.</summary>
    public required MemberId Inviter { get; init; }

    /// <summary>Who was invited, the last time.</summary>
    public required MemberId Invitee { get; init; }

    /// <summary>Where it stands, as written. What it is at a moment is <see cref="StateAt"/>.</summary>
    public required ConnectionState State { get; init; }

    /// <summary>Which of the pair's invites this is, from 1.</summary>
    public required int InviteNumber { get; init; }

    /// <summary>What the inviter wrote. Personal: never logged.</summary>
    public string? Note { get; init; }

    /// <summary>When the invite was made.</summary>
    public required DateTimeOffset InvitedAt { get; init; }

    /// <summary>When the invite ends unanswered.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it left the state before: accepted, declined, revoked, expired or removed.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>Until when a member may not invite again: for the inviter of an invite that was declined, revoked, or ended by a block.</summary>
    public IReadOnlyDictionary<MemberId, DateTimeOffset> Locks { get; init; } = new Dictionary<MemberId, DateTimeOffset>();

    /// <summary>What each of the two who has ever blocked the other says of it; both can. As long as one blocks, the state is blocked.</summary>
    public IReadOnlyDictionary<MemberId, BlockMark> Blocks { get; init; } = new Dictionary<MemberId, BlockMark>();

    /// <summary>Which of the two has erased their profile, and the number of the pair's last invite then. Until the next invite the pair is not theirs to see.</summary>
    public IReadOnlyDictionary<MemberId, int> Left { get; init; } = new Dictionary<MemberId, int>();

    /// <summary>Up to this message the conversation ended with a profile that was erased, and is shown to neither; 0 for none.</summary>
    public long SealedSeq { get; init; }

    /// <summary>The hashes of the keys in this invite's first email, the latest last; gone when it ends. What the links prove knowledge of is stored nowhere.</summary>
    public IReadOnlyList<string> LinkHashes { get; init; } = [];

    /// <summary>The same of its reminder. A list of its own, so that a reminder that is tried again and again takes no place from the first email.</summary>
    public IReadOnlyList<string> ReminderHashes { get; init; } = [];

    /// <summary>The hash of the key in the link that answered the invite, if a link did; gone with the next change of state.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>The key itself, in the record of an invite from before keys were hashed, so that its emails go on working. Secret.</summary>
    public string? LinkKey { get; init; }

    /// <summary>Grows by one with every change that a member can see. A contact row of an older version never overwrites a newer one.</summary>
    public required long Version { get; init; }

    /// <summary>The version of the last change of <see cref="State"/>, as opposed to a read mark.</summary>
    public required long StateVersion { get; init; }

    /// <summary>The version that the contact rows and events have caught up with.</summary>
    public long Followed { get; init; }

    /// <summary>How far the member whose id sorts first has read.</summary>
    public ReadMark FirstRead { get; init; } = ReadMark.None;

    /// <summary>How far the other one has read.</summary>
    public ReadMark SecondRead { get; init; } = ReadMark.None;

    /// <summary>What the member whose id sorts first was told of unread messages.</summary>
    public DigestMark? FirstDigest { get; init; }

    /// <summary>What the other one was.</summary>
    public DigestMark? SecondDigest { get; init; }

    /// <summary>The emails that the changes owe and that are not in the notice queue yet.</summary>
    public IReadOnlyList<Notice> Outbox { get; init; } = [];

    /// <summary>The trace of the call that changed it last, which goes on in what follows from the change.</summary>
    public string? Trace { get; init; }

    /// <summary>Since when something is owed: rows, events or emails. Absent when nothing is.</summary>
    public DateTimeOffset? OwedSince { get; init; }

    /// <summary>The emails handed over, by kind: the number of the last invite that one was sent for.</summary>
    public IReadOnlyDictionary<NoticeKind, int> Sent { get; init; } = new Dictionary<NoticeKind, int>();

    /// <summary>Whether one of the two ever invited the other. A record without an invite is there for a block, and no member is shown it.</summary>
    [JsonIgnore]
    public bool WasInvited => InviteNumber > 0;

    /// <summary>Whether a member blocks the other now.</summary>
    public bool IsBlockedBy(MemberId member) => Blocks.GetValueOrDefault(member)?.Since is not null;

    /// <summary>Whether a member has erased the profile that this pair was of, and there has been no invite since.</summary>
    public bool HasLeft(MemberId member) => Left.TryGetValue(member, out var invite) && invite >= InviteNumber;

    /// <summary>Whether the member is one of the two.</summary>
    public bool Has(MemberId member) => member == Inviter || member == Invitee;

    /// <summary>The other one of the two.</summary>
    public MemberId Other(MemberId member) => member == Inviter ? Invitee : Inviter;

    /// <summary>Where it stands at a moment: a pending invite whose time is over has expired, whether or not that is written yet.</summary>
    public ConnectionState StateAt(DateTimeOffset now) =>
        State == ConnectionState.Pending && now >= ExpiresAt ? ConnectionState.Expired : State;

    /// <summary>How far a member has read.</summary>
    public ReadMark ReadOf(MemberId member) => IsFirst(member) ? FirstRead : SecondRead;

    /// <summary>What a member was told of the messages after their read mark; null when nothing.</summary>
    public DigestMark? DigestOf(MemberId member)
    {
        var digest = IsFirst(member) ? FirstDigest : SecondDigest;
        return digest?.ReadSeq == ReadOf(member).Seq ? digest : null;
    }

    /// <summary>The mark after which messages wait for a member: their read mark, or a later message up to which everything unread was deleted.</summary>
    public ReadMark UnreadAfter(MemberId member) => DigestOf(member)?.PassedOver ?? ReadOf(member);

    /// <summary>Whether the member's id sorts before the other's; it stays so whoever invites.</summary>
    public bool IsFirst(MemberId member) => member.CompareTo(Other(member)) < 0;

    /// <summary>Until when a member may not invite; null when they may.</summary>
    public DateTimeOffset? LockOf(MemberId member, DateTimeOffset now) =>
        Locks.TryGetValue(member, out var until) && until > now ? until : null;
}
