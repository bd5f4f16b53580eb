using System.Text.Json.Serialization;
using Connections.Members;

namespace Connections.Invites.Contacts;

/// <summary>Whether a member sent or received an invite.</summary>
public enum Direction
{
    /// <summary>The member is the inviter.</summary>
    Sent,

    /// <summary>The member is the invitee.</summary>
    Received,
}

/// <summary>A connection as one member sees it: a document in <c>contacts</c>, in the member's own partition.</summary>
/// <remarks>
/// It has two sources, each with its own order: <see cref="Pair"/> follows the connection by its version, <see cref="Chat"/> follows the
/// messages by <c>seq</c>. A patch with a condition replaces one of them as a whole, so that an older one never overwrites a newer one and
/// neither touches the other. <see cref="Read"/> and <see cref="OtherRead"/> have no other source: the call that marks what was read writes
/// both rows, or the sweep writes the second.
/// </remarks>
public sealed record ContactRow
{
    /// <summary>The connection's id.</summary>
    public required string Id { get; init; }

    /// <summary>The member who sees it; the partition key.</summary>
    public required MemberId MemberId { get; init; }

    /// <summary>The other side.</summary>
    public required MemberId OtherId { get; init; }

    /// <summary>
    /// The other side's card: kept up to date while an invite or a connection ties the two, and left as it was last seen afterwards.
    /// </summary>
    public required Card Other { get; init; }

    /// <summary>The <see cref="Member.CardVersion"/> that <see cref="Other"/> shows.</summary>
    public long OtherVersion { get; init; }

    /// <summary>What the other side lets this member see of them in the messenger; absent for everything.</summary>
    public Privacy? OtherPrivacy { get; init; }

    /// <summary>What this member lets the other side see; absent for everything.</summary>
    public Privacy? OwnPrivacy { get; init; }

    /// <summary>The <see cref="Member.CardVersion"/> that <see cref="OwnPrivacy"/> is of.</summary>
    public long OwnVersion { get; init; }

    /// <summary>What the two see of each other in the messenger: nothing that one of them hides.</summary>
    [JsonIgnore]
    public Privacy Seen => (OwnPrivacy ?? Privacy.Open).With(OtherPrivacy);

    /// <summary>The connection's side of the row.</summary>
    public required PairView Pair { get; init; }

    /// <summary>The conversation's side of the row; absent while there is no message.</summary>
    public ChatView? Chat { get; init; }

    /// <summary>How far this member has read, as they marked it in this row; absent before the first mark.</summary>
    public ReadMark? Read { get; init; }

    /// <summary>How far the other member has read, as they marked it in this row; absent before the first mark.</summary>
    public long? OtherRead { get; init; }

    /// <summary>
    /// The received messages that were deleted before they were read, by their number among the received ones. Numbers up to the read mark
    /// no longer matter and are dropped when the next number is added.
    /// </summary>
    public IReadOnlyList<long> DeletedUnread { get; init; } = [];

    /// <summary>How many messages of the other side this member has not read; deleted ones do not count.</summary>
    [JsonIgnore]
    public long Unread => UnreadAfter(ReadMark);

    /// <summary>How far this member has read.</summary>
    [JsonIgnore]
    public ReadMark ReadMark => Read?.Seq > Pair.Read.Seq ? Read : Pair.Read;

    /// <summary>How far the other member has read.</summary>
    [JsonIgnore]
    public long OtherReadSeq => Math.Max(OtherRead ?? 0, Pair.OtherReadSeq);

    /// <summary>When the last message was sent, or the two connected. Conversations are sorted by it.</summary>
    public DateTimeOffset? TalkedAt { get; init; }

    /// <summary>
    /// Whether there may be unread messages, so that the unread total need not read the other rows; absent in a row from before it was
    /// kept, until the next message.
    /// </summary>
    public bool? HasUnread { get; init; }

    /// <summary>When a message of the conversation was last edited, deleted or reacted to; absent while none was.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>
    /// The last times that the row came to show messages long after they were stored or changed, the oldest first. A reader of what changed
    /// goes back as far.
    /// </summary>
    public IReadOnlyList<LateMark> Late { get; init; } = [];

    /// <summary>Whether the member has put the conversation away, until the other writes again; absent in a row from before that.</summary>
    public bool? Archived { get; init; }

    /// <summary>Whether the member keeps the conversation at the top. It takes room within a cap until it is given up.</summary>
    public bool? Pinned { get; init; }

    /// <summary>Whether the member gets no email about the conversation and it does not count in their unread total.</summary>
    public bool? Muted { get; init; }

    /// <summary>Whether the member marked the conversation as unread, until they read in it again.</summary>
    public bool? MarkedUnread { get; init; }

    /// <summary>What the conversation adds to the unread total. One that is archived or muted asks for no attention.</summary>
    [JsonIgnore]
    public long Counted => Archived is true || Muted is true ? 0 : Math.Max(Unread, MarkedUnread is true ? 1 : 0);

    /// <summary>How many messages of the other side would be unread after a mark, of all or of the first so many received ones.</summary>
    public long UnreadAfter(ReadMark mark, long? receivedAtMost = null)
    {
        var (received, read) = (receivedAtMost ?? Chat?.Received ?? 0, mark.Received);
        return Math.Max(0, received - read - DeletedUnread.Count(number => number > read && number <= received));
    }

    /// <summary>Whether this shows a message, or a later one and the last change of the message.</summary>
    public bool Shows(ChatView chat) =>
        Chat?.IsAtLeast(chat) == true && (Chat.Last.Seq == chat.Last.Seq || chat.ChangedAt is null || ChangedAt >= chat.ChangedAt);

    /// <summary>
    /// Whether this member may see the connection while some members are suspended: a pending invite of one of them is not open.
    /// </summary>
    public bool IsOpenTo(IReadOnlySet<MemberId> suspended) =>
        Pair is not { State: ConnectionState.Pending, Direction: Direction.Received } || !suspended.Contains(OtherId);

    /// <summary>A new row.</summary>
    public static ContactRow Of(Connection connection, MemberId viewer, Card other) =>
        new ContactRow
        {
            Id = connection.Id,
            MemberId = viewer,
            OtherId = connection.Other(viewer),
            Other = other,
            OtherVersion = other.Version,
            OtherPrivacy = other.Privacy == Privacy.Open ? null : other.Privacy,
            Pair = PairView.Of(connection, viewer),
            TalkedAt = connection.State == ConnectionState.Connected ? connection.AnsweredAt : null,
            HasUnread = false,
        };
}

/// <summary>Messages that a row came to show late.</summary>
/// <param name="At">When the row did.</param>
/// <param name="From">The time from which on they were stored or changed.</param>
public sealed record LateMark(DateTimeOffset At, DateTimeOffset From);

/// <summary>A connection as one member sees it.</summary>
/// <param name="Version">The connection's version that this shows.</param>
/// <param name="State">The state as written.</param>
/// <param name="Direction">Whether this member sent or received the invite.</param>
/// <param name="Note">The inviter's note.</param>
/// <param name="InvitedAt">When the invite was made.</param>
/// <param name="ExpiresAt">When a pending invite expires.</param>
/// <param name="AnsweredAt">When it came to this state.</param>
/// <param name="Until">Until when this member may not invite again.</param>
/// <param name="Read">
/// How far this member had read by the record: when a profile was erased, or before marks were kept in the row. The row may know of more.
/// </param>
/// <param name="OtherReadSeq">How far the other member had read by the record.</param>
/// <param name="Blocked">Whether one of the two blocks the other, so that neither may see the other; absent otherwise.</param>
/// <param name="Hidden">
/// Whether this member does not see the connection, because the other blocks them and they do not block the other, there never was an
/// invite, or this member erased the profile that it was of; absent otherwise.
/// </param>
/// <param name="Former">Whether it is of a profile that this member erased; absent otherwise.</param>
/// <param name="SealedSeq">
/// The last message that is hidden, because one of the two erased the profile that it was of; absent for none.
/// </param>
/// <param name="EndedAt">When the connection ended; absent while the two are connected, and where they never were.</param>
/// <param name="InviteNumber">The number of the pair's last invite; absent in rows from before it was kept here.</param>
/// <param name="Left">Whether one of the two has ever erased a profile that this was of; absent otherwise.</param>
/// <param name="SeenAgainAt">
/// When the other last lifted a block that hid the conversation from this member; absent where they never did.
/// </param>
/// <param name="UndeliveredAt">For the inviter of a pending invite: when an email about it was reported not to have arrived.</param>
/// <param name="Declined">Why the invitee declined; absent where they did not say.</param>
public sealed record PairView(
    long Version,
    ConnectionState State,
    Direction Direction,
    string? Note,
    DateTimeOffset InvitedAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? AnsweredAt,
    DateTimeOffset? Until,
    ReadMark Read,
    long OtherReadSeq,
    bool? Blocked = null,
    bool? Hidden = null,
    bool? Former = null,
    long? SealedSeq = null,
    DateTimeOffset? EndedAt = null,
    int? InviteNumber = null,
    bool? Left = null,
    DateTimeOffset? SeenAgainAt = null,
    DateTimeOffset? UndeliveredAt = null,
    DeclineReason? Declined = null)
{
    /// <summary>Whether the two can talk, as written here.</summary>
    [JsonIgnore]
    public bool IsConnected => State == ConnectionState.Connected;

    /// <summary>Whether an invite or a connection ties the two, as written here, so that each follows the other's profile.</summary>
    [JsonIgnore]
    public bool IsTied => State is ConnectionState.Pending or ConnectionState.Connected;

    /// <summary>Whether this member blocks the other, so that they may read what was said and nothing else.</summary>
    [JsonIgnore]
    public bool IsBlocker => Blocked == true && Hidden is null;

    /// <summary>
    /// A connection as a member sees it. The state is never <see cref="ConnectionState.Blocked"/>: to a member whom the other blocks, the
    /// row says no more than after a removal.
    /// </summary>
    public static PairView Of(Connection connection, MemberId viewer)
    {
        var (blocked, left) = (connection.State == ConnectionState.Blocked, connection.HasLeft(viewer));
        return new PairView(
            connection.Version,
            blocked || left ? ConnectionState.Removed : connection.State,
            viewer == connection.Inviter ? Direction.Sent : Direction.Received,
            left ? null : connection.Note,
            connection.InvitedAt,
            connection.ExpiresAt,
            connection.AnsweredAt,
            connection.Locks.TryGetValue(viewer, out var until) ? until : null,
            connection.ReadOf(viewer),
            connection.ReadOf(connection.Other(viewer)).Seq,
            blocked ? true : null,
            (blocked && !connection.IsBlockedBy(viewer)) || left || !connection.WasInvited ? true : null,
            left ? true : null,
            connection.SealedSeq > 0 ? connection.SealedSeq : null,
            left ? null : connection.EndedAt,
            connection.InviteNumber,
            connection.Left.Count > 0 ? true : null,
            connection.Blocks.GetValueOrDefault(connection.Other(viewer))?.LiftedAt,
            viewer == connection.Inviter ? connection.UndeliveredAt : null,
            left ? null : connection.Declined);
    }
}

/// <summary>The end of a conversation as one member sees it.</summary>
/// <param name="Last">The last message.</param>
/// <param name="Received">How many messages of the other side there are, up to and including <paramref name="Last"/>.</param>
/// <param name="Revision">How often <paramref name="Last"/> was edited, deleted or reacted to.</param>
/// <param name="ClientId">Its sender's own id for it; absent in a row from before it was kept.</param>
/// <param name="EditedAt">When it was last edited.</param>
/// <param name="PreviousAt">When the message before it was stored; absent for the first one, and where it is not known.</param>
/// <param name="ChangedAt">When it was last edited, deleted or reacted to.</param>
/// <param name="ReplyTo">The number of the message that it replies to; absent for none.</param>
public sealed record ChatView(
    LastMessage Last,
    long Received,
    long Revision = 0,
    string? ClientId = null,
    DateTimeOffset? EditedAt = null,
    DateTimeOffset? PreviousAt = null,
    DateTimeOffset? ChangedAt = null,
    long? ReplyTo = null)
{
    /// <summary>Whether this shows a later message than another view, or the same one as late.</summary>
    public bool IsAtLeast(ChatView other) => (Last.Seq, Revision).CompareTo((other.Last.Seq, other.Revision)) >= 0;
}

/// <summary>The last message of a conversation, as lists show it.</summary>
/// <param name="Seq">Its number.</param>
/// <param name="From">The sender.</param>
/// <param name="Text">The whole text; empty for a deleted message, and for one that has only files.</param>
/// <param name="SentAt">When it was sent.</param>
/// <param name="Deleted">Whether it was deleted; absent otherwise.</param>
/// <param name="Files">The files that it has; absent for none.</param>
public sealed record LastMessage(
    long Seq, MemberId From, string Text, DateTimeOffset SentAt, bool? Deleted = null, LastFiles? Files = null);

/// <summary>The files of a message at a glance.</summary>
/// <param name="Count">How many.</param>
/// <param name="Kind">What they are.</param>
/// <param name="Name">The name of a single file; absent where there are more, and in a row from before it was kept.</param>
public sealed record LastFiles(int Count, FileKind Kind, string? Name = null);

/// <summary>What the files of a message are.</summary>
public enum FileKind
{
    /// <summary>All of them are pictures.</summary>
    Picture,

    /// <summary>At least one is a document.</summary>
    File,
}
