using Connections.Notices;

namespace Connections.Invites;

/// <summary>The life of a connection: a function from what it is and what somebody wants to what it becomes, or to a refusal.</summary>
/// <remarks>No I/O, no clock, no chance: everything comes in as an argument, so that any walk through it can be tried.</remarks>
public static class ConnectionLife
{
    /// <summary>A pair's first invite.</summary>
    public static Connection Begin(MemberId inviter, MemberId invitee, InviteAction.Invite invite, DateTimeOffset now, InviteSettings settings) =>
        Invited(Nothing(inviter, invitee, now), invite, inviter, now, settings);

    /// <summary>The record of a pair of which one blocks the other before there was anything between them.</summary>
    public static Connection BeginBlocked(MemberId blocker, MemberId blocked, DateTimeOffset now) => Blocking(Nothing(blocker, blocked, now), blocker, now);

    /// <summary>What becomes of a connection when somebody does something.</summary>
    public static Transition Apply(Connection connection, InviteAction action, MemberId actor, DateTimeOffset now, InviteSettings settings)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(settings);
        var state = connection.StateAt(now);
        if (action is InviteAction.Expire)
        {
            return connection.State == ConnectionState.Pending && state == ConnectionState.Expired
                ? new Transition.Moved(Ended(connection, ConnectionState.Expired, now, settings) with { AnsweredAt = connection.ExpiresAt })
                : new Transition.Refused(Refusal.WrongState, state);
        }

        if (!connection.Has(actor) || !IsThere(connection, state, action))
        {
            return new Transition.Refused(Refusal.NotTheirs, state);
        }

        return action switch
        {
            InviteAction.Block => connection.IsBlockedBy(actor) ? new Transition.Same(connection) : new Transition.Moved(Blocked(connection, actor, now, settings)),
            InviteAction.Unblock => connection.IsBlockedBy(actor) ? new Transition.Moved(Unblocked(connection, actor, now)) : new Transition.Same(connection),
            InviteAction.Remove => state switch
            {
                ConnectionState.Connected => new Transition.Moved(Next(connection, ConnectionState.Removed, now)),
                ConnectionState.Removed => new Transition.Same(connection),
                _ => new Transition.Refused(Refusal.WrongState, state),
            },
            InviteAction.Invite invite => OnInvite(connection, invite, actor, state, now, settings),
            InviteAction.Accept accept when actor == connection.Invitee =>
                Answer(connection, state, ConnectionState.Connected, () => Accepted(connection, now) with { AnsweredBy = accept.LinkHash }),
            InviteAction.Decline decline when actor == connection.Invitee =>
                Answer(connection, state, ConnectionState.Declined, () => Ended(connection, ConnectionState.Declined, now, settings) with { AnsweredBy = decline.LinkHash }),
            InviteAction.Revoke when actor == connection.Inviter =>
                Answer(connection, state, ConnectionState.Revoked, () => Ended(connection, ConnectionState.Revoked, now, settings)),
            _ => new Transition.Refused(Refusal.NotTheirs, state),
        };
    }

    /// <summary>
    /// Whether the pair's connection is there for this action: not while one blocks the other, and not after a block that came before any
    /// invite, which leaves a record that only a first invite makes a connection.
    /// </summary>
    private static bool IsThere(Connection connection, ConnectionState state, InviteAction action) => action switch
    {
        InviteAction.Block or InviteAction.Unblock => true,
        _ when state == ConnectionState.Blocked => false,
        InviteAction.Invite => true,
        _ => connection.WasInvited,
    };

    /// <summary>An answer moves a pending invite, is the same again when repeated, and comes too late otherwise.</summary>
    private static Transition Answer(Connection connection, ConnectionState state, ConnectionState answer, Func<Connection> move) =>
        state == ConnectionState.Pending ? new Transition.Moved(move())
        : state == answer ? new Transition.Same(connection)
        : new Transition.Refused(Refusal.WrongState, state);

    private static Transition OnInvite(
        Connection connection, InviteAction.Invite invite, MemberId actor, ConnectionState state, DateTimeOffset now, InviteSettings settings) => state switch
        {
            ConnectionState.Connected => new Transition.Same(connection),
            ConnectionState.Pending when actor == connection.Inviter => new Transition.Same(connection),
            // Both want it: inviting somebody whose invite to you is pending accepts it.
            ConnectionState.Pending => new Transition.Moved(Accepted(connection, now)),
            _ when LocksAfter(connection, now, settings).TryGetValue(actor, out var until) && until > now => new Transition.Refused(Refusal.Locked, state, until),
            _ => new Transition.Moved(Invited(connection, invite, actor, now, settings)),
        };

    private static Connection Invited(Connection connection, InviteAction.Invite invite, MemberId inviter, DateTimeOffset now, InviteSettings settings)
    {
        var invited = Next(connection, ConnectionState.Pending, now) with
        {
            Inviter = inviter,
            Invitee = connection.Other(inviter),
            InviteNumber = connection.InviteNumber + 1,
            Note = invite.Note,
            InvitedAt = now,
            ExpiresAt = now + settings.ExpireAfter,
            AnsweredAt = null,
        };
        var told = Owing(invited, NoticeKind.InviteReceived, invited.Invitee, now);
        return Owing(told, NoticeKind.Reminder, invited.Invitee, now, due: now + settings.RemindAfter);
    }

    private static Connection Accepted(Connection connection, DateTimeOffset now)
    {
        var accepted = Next(connection, ConnectionState.Connected, now);
        return Owing(accepted, NoticeKind.InviteAccepted, accepted.Inviter, now);
    }

    /// <summary>An invite that ends without a yes. Whoever ends it and however, its inviter waits, so that no second email follows the first at once.</summary>
    private static Connection Ended(Connection connection, ConnectionState state, DateTimeOffset now, InviteSettings settings) =>
        Next(connection, state, now) with { Locks = LocksAfter(connection, now, settings) };

    /// <summary>
    /// The locks once a pending invite has ended: its inviter waits from now on, or, where its time has run out, from when it was made, which
    /// counts only where invites live for less than a lock. A lock that stands is never made shorter.
    /// </summary>
    private static IReadOnlyDictionary<MemberId, DateTimeOffset> LocksAfter(Connection connection, DateTimeOffset now, InviteSettings settings)
    {
        var from = connection.StateAt(now) == ConnectionState.Pending ? now : connection.InvitedAt;
        var until = from + settings.LockFor;
        return connection.State == ConnectionState.Pending && until > now && !(connection.LockOf(connection.Inviter, now) >= until)
            ? new Dictionary<MemberId, DateTimeOffset>(connection.Locks) { [connection.Inviter] = until }
            : connection.Locks;
    }

    private static Connection Blocked(Connection connection, MemberId blocker, DateTimeOffset now, InviteSettings settings) =>
        Blocking(connection, blocker, now) with { Locks = LocksAfter(connection, now, settings) };

    private static Connection Blocking(Connection connection, MemberId blocker, DateTimeOffset now) =>
        Marked(Next(connection, ConnectionState.Blocked, now), blocker, now);

    /// <summary>Blocked still, if the other one blocks too; otherwise removed, whatever was before the block.</summary>
    private static Connection Unblocked(Connection connection, MemberId blocker, DateTimeOffset now)
    {
        var state = connection.IsBlockedBy(connection.Other(blocker)) ? ConnectionState.Blocked : ConnectionState.Removed;
        return Marked(Next(connection, state, now), blocker, since: null);
    }

    private static Connection Marked(Connection connection, MemberId blocker, DateTimeOffset? since) => connection with
    {
        Blocks = new Dictionary<MemberId, BlockMark>(connection.Blocks) { [blocker] = new BlockMark(since, connection.Version) },
    };

    private static Connection Nothing(MemberId inviter, MemberId invitee, DateTimeOffset now) => new()
    {
        Id = ConnectionId.Of(inviter, invitee),
        Inviter = inviter,
        Invitee = invitee,
        State = ConnectionState.Removed,
        InviteNumber = 0,
        InvitedAt = now,
        ExpiresAt = now,
        Version = 0,
        StateVersion = 0,
    };

    private static Connection Next(Connection connection, ConnectionState state, DateTimeOffset now) => connection with
    {
        State = state,
        AnsweredAt = now,
        LinkHashes = [],
        ReminderHashes = [],
        AnsweredBy = null,
        LinkKey = null,
        Version = connection.Version + 1,
        StateVersion = connection.Version + 1,
        OwedSince = connection.OwedSince ?? now,
    };

    private static Connection Owing(Connection connection, NoticeKind kind, MemberId to, DateTimeOffset now, DateTimeOffset? due = null) => connection with
    {
        // The id says which email this is, so that however often it is queued it is the same one.
        Outbox = [.. connection.Outbox, new Notice($"{connection.Id}.{connection.InviteNumber}.{kind}", kind, connection.Id, connection.InviteNumber, to, now, due)],
    };
}
