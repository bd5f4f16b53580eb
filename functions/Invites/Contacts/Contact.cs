using Connections.Members;

namespace Connections.Invites.Contacts;

/// <summary>The answer of every invite and connection call: a connection as the caller sees it.</summary>
public sealed record Contact
{
    /// <summary>The connection's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its state now.</summary>
    public required ConnectionState State { get; init; }

    /// <summary>Whether the caller sent or received the invite.</summary>
    public required Direction Direction { get; init; }

    /// <summary>The other side.</summary>
    public required Card Other { get; init; }

    /// <summary>The inviter's note.</summary>
    public string? Note { get; init; }

    /// <summary>When the invite was made.</summary>
    public required DateTimeOffset InvitedAt { get; init; }

    /// <summary>When a pending invite expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it was answered or ended.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>When the connection ended. Its messages can still be read.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Whether the caller blocks the other side; absent otherwise.</summary>
    public bool? Blocked { get; init; }

    /// <summary>When an email about the caller's pending invite was reported not to have arrived; absent otherwise.</summary>
    public DateTimeOffset? UndeliveredAt { get; init; }

    /// <summary>Why the invitee declined; absent in every other state, and where they did not say.</summary>
    public DeclineReason? Declined { get; init; }

    /// <summary>Until when the caller may not invite again.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The last message of the conversation.</summary>
    public LastMessage? LastMessage { get; init; }

    /// <summary>How many messages of the other side the caller has not read; deleted ones do not count.</summary>
    public required long Unread { get; init; }

    /// <summary>How far the caller has read.</summary>
    public required long ReadSeq { get; init; }

    /// <summary>How far the other side has read; 0 while one of the two hides their read marks.</summary>
    public required long OtherReadSeq { get; init; }

    /// <summary>Whether the caller has put the conversation away; absent otherwise.</summary>
    public bool? Archived { get; init; }

    /// <summary>Whether the caller keeps the conversation at the top; absent otherwise.</summary>
    public bool? Pinned { get; init; }

    /// <summary>Whether the caller wants no email and no sound of the conversation; absent otherwise.</summary>
    public bool? Muted { get; init; }

    /// <summary>Whether the caller marked the conversation as unread; absent otherwise.</summary>
    public bool? MarkedUnread { get; init; }

    /// <summary>A row as its member sees it at a moment.</summary>
    public static Contact Of(ContactRow row, DateTimeOffset now)
    {
        var pair = row.Pair;
        var state = StateAt(pair, now);
        var inbox = state == ConnectionState.Connected ? row : null;
        return new Contact
        {
            Id = row.Id,
            State = state,
            Direction = pair.Direction,
            Other = row.Other,
            Note = pair.Note,
            InvitedAt = pair.InvitedAt,
            ExpiresAt = state == ConnectionState.Pending ? pair.ExpiresAt : null,
            AnsweredAt = state == ConnectionState.Expired ? pair.ExpiresAt : pair.AnsweredAt,
            EndedAt = pair.EndedAt,
            Blocked = pair.IsBlocker ? true : null,
            UndeliveredAt = state == ConnectionState.Pending ? pair.UndeliveredAt : null,
            Declined = state == ConnectionState.Declined ? pair.Declined : null,
            Until = pair.Until > now ? pair.Until : null,
            LastMessage = row.Chat?.Last.Seq > (pair.SealedSeq ?? 0) ? row.Chat.Last : null,
            Unread = row.Unread,
            ReadSeq = row.ReadMark.Seq,
            OtherReadSeq = row.Seen.ReadMarks ? row.OtherReadSeq : 0,
            Archived = IsSet(inbox?.Archived),
            Pinned = IsSet(inbox?.Pinned),
            Muted = IsSet(inbox?.Muted),
            MarkedUnread = IsSet(inbox?.MarkedUnread),
        };
    }

    /// <summary>The relation that the other side's card shows for this row.</summary>
    public static Relation RelationOf(string connectionId, PairView pair, DateTimeOffset now) =>
        (StateAt(pair, now), pair.Direction) switch
        {
            _ when pair.Blocked == true => Relation.Blocked,
            (ConnectionState.Pending, Direction.Sent) => new Relation(RelationState.Invited, connectionId),
            (ConnectionState.Pending, _) => new Relation(RelationState.Received, connectionId),
            (ConnectionState.Connected, _) => new Relation(RelationState.Connected, connectionId),
            _ when pair.Until > now => new Relation(RelationState.Locked, connectionId, pair.Until),
            _ => Relation.None,
        };

    private static bool? IsSet(bool? flag) => flag is true ? true : null;

    private static ConnectionState StateAt(PairView pair, DateTimeOffset now) =>
        pair.State == ConnectionState.Pending && now >= pair.ExpiresAt ? ConnectionState.Expired : pair.State;
}
