using Connections.Notices;

namespace Connections.Invites;

/// <summary>The life of a connection: functions from the connection as it is and an action to what it becomes, or to a refusal.</summary>
/// <remarks>No I/O, no clock, no randomness: everything is an argument, so that a test can walk any path.</remarks>
public static class ConnectionLife
{
    /// <summary>A pair's first invite.</summary>
    public static Connection Begin(
        MemberId inviter, MemberId invitee, InviteAction.Invite invite, DateTimeOffset now, InviteSettings settings) =>
        Invited(Nothing(inviter, invitee, now), invite, inviter, now, settings);

    /// <summary>The first record of a pair whose one member blocks the other before any invite.</summary>
    public static Connection BeginBlocked(MemberId blocker, MemberId blocked, DateTimeOffset now) =>
        Blocking(Nothing(blocker, blocked, now), blocker, now);

    /// <summary>The result of an action on a connection.</summary>
    public static Transition Apply(Connection connection, InviteAction action, MemberId actor, DateTimeOffset now, InviteSettings settings)
    {
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
            InviteAction.Block block => connection.IsBlockedBy(actor)
                ? new Transition.Same(connection)
                : new Transition.Moved(Blocked(connection, block, actor, now, settings)),
            InviteAction.Unblock => connection.IsBlockedBy(actor)
                ? new Transition.Moved(Unblocked(connection, actor, now))
                : new Transition.Same(connection),
            InviteAction.Remove => state switch
            {
                ConnectionState.Connected => new Transition.Moved(Next(connection, ConnectionState.Removed, now)),
                ConnectionState.Removed => new Transition.Same(connection),
                _ => new Transition.Refused(Refusal.WrongState, state),
            },
            InviteAction.Invite invite => OnInvite(connection, invite, actor, state, now, settings),
            InviteAction.Accept accept when actor == connection.Invitee =>
                Answer(connection, state, ConnectionState.Connected, () => Accepted(connection, now) with { AnsweredBy = accept.LinkHash }),
            InviteAction.Decline decline when actor == connection.Invitee => Answer(
                connection,
                state,
                ConnectionState.Declined,
                () => Declined(connection, decline, now, settings)),
            InviteAction.Revoke when actor == connection.Inviter =>
                Answer(connection, state, ConnectionState.Revoked, () => Ended(connection, ConnectionState.Revoked, now, settings)),
            _ => new Transition.Refused(Refusal.NotTheirs, state),
        };
    }

    /// <summary>
    /// What becomes of a pair when a member erases their profile. It ends as the member could have ended it: an invite they sent is
    /// revoked, an invite to them declined, a connection removed and their block lifted. A block by the other member stays. The member's
    /// note is erased, and they no longer see the pair. Repeated, it changes nothing.
    /// </summary>
    /// <remarks>
    /// None of this sends an email. The locks stay, so that nobody gets round them by erasing a profile and making a new one.
    /// </remarks>
    public static Transition Erase(Connection connection, MemberId member, DateTimeOffset now, InviteSettings settings)
    {
        InviteAction? action = connection.StateAt(now) switch
        {
            ConnectionState.Pending => member == connection.Inviter ? new InviteAction.Revoke() : new InviteAction.Decline(),
            ConnectionState.Connected => new InviteAction.Remove(),
            ConnectionState.Blocked => new InviteAction.Unblock(),
            _ => null,
        };
        var ended = action is null ? null : (ConnectionLife.Apply(connection, action, member, now, settings) as Transition.Moved)?.After;
        if (connection.HasLeft(member))
        {
            return ended is null ? new Transition.Same(connection) : new Transition.Moved(ended);
        }

        return new Transition.Moved((ended ?? Changed(connection, now)) with
        {
            Left = new Dictionary<MemberId, int>(connection.Left) { [member] = connection.InviteNumber },
            Note = member == connection.Inviter ? null : connection.Note,
            Declined = member == connection.Invitee ? null : connection.Declined,
        });
    }

    /// <summary>
    /// Hides the messages up to <paramref name="seq"/> from both members. Both count as having read them, and no email has told them of
    /// later ones. Repeated, it changes nothing.
    /// </summary>
    /// <param name="seq">The last message to hide.</param>
    /// <param name="receivedBy">How many of these messages a member has received.</param>
    public static Transition Seal(Connection connection, long seq, Func<MemberId, long> receivedBy, DateTimeOffset now)
    {
        if (seq <= connection.SealedSeq)
        {
            return new Transition.Same(connection);
        }

        ReadMark Mark(MemberId member) =>
            connection.ReadOf(member) is var mark && mark.Seq > seq ? mark : new ReadMark(seq, receivedBy(member));
        var (first, second) = connection.IsFirst(connection.Inviter)
            ? (connection.Inviter, connection.Invitee)
            : (connection.Invitee, connection.Inviter);
        return new Transition.Moved(Changed(connection, now) with
        {
            SealedSeq = seq,
            FirstRead = Mark(first),
            SecondRead = Mark(second),
            FirstDigest = null,
            SecondDigest = null,
        });
    }

    /// <summary>
    /// The email service reported that an email did not arrive. The inviter of a pending invite sees it, if the email was about the invite.
    /// Repeated, or when the invite has ended, it changes nothing.
    /// </summary>
    public static Transition Undelivered(Connection connection, Guid operationId, DateTimeOffset now) =>
        connection.StateAt(now) == ConnectionState.Pending
        && connection.UndeliveredAt is null
        && (connection.IsMailOf(NoticeKind.InviteReceived, operationId) || connection.IsMailOf(NoticeKind.Reminder, operationId))
            ? new Transition.Moved(Changed(connection, now) with { UndeliveredAt = now, StateVersion = connection.Version + 1 })
            : new Transition.Same(connection);

    /// <summary>The id of a notice about an invite. It is fixed, so that however often the notice is queued, it is one email.</summary>
    internal static string NoticeId(string connectionId, int inviteNumber, NoticeKind kind) => $"{connectionId}.{inviteNumber}.{kind}";

    /// <summary>
    /// Whether the actor sees a connection that this action can change: not while one blocks the other, and not before the pair's first
    /// invite, when the record is only there for a block.
    /// </summary>
    private static bool IsThere(Connection connection, ConnectionState state, InviteAction action) => action switch
    {
        InviteAction.Block or InviteAction.Unblock => true,
        _ when state == ConnectionState.Blocked => false,
        InviteAction.Invite => true,
        _ => connection.WasInvited,
    };

    /// <summary>An answer moves a pending invite, changes nothing when it is repeated, and is refused otherwise.</summary>
    private static Transition Answer(Connection connection, ConnectionState state, ConnectionState answer, Func<Connection> move) =>
        state == ConnectionState.Pending ? new Transition.Moved(move())
        : state == answer ? new Transition.Same(connection)
        : new Transition.Refused(Refusal.WrongState, state);

    private static Transition OnInvite(
        Connection connection,
        InviteAction.Invite invite,
        MemberId actor,
        ConnectionState state,
        DateTimeOffset now,
        InviteSettings settings) => state switch
        {
            ConnectionState.Connected => new Transition.Same(connection),
            ConnectionState.Pending when actor == connection.Inviter => new Transition.Same(connection),
            // Inviting a member whose invite to you is pending accepts that invite.
            ConnectionState.Pending => new Transition.Moved(Accepted(connection, now)),
            _ when LocksAfter(connection, now, settings).TryGetValue(actor, out var until) && until > now =>
                new Transition.Refused(Refusal.Locked, state, until),
            _ => new Transition.Moved(Invited(connection, invite, actor, now, settings)),
        };

    private static Connection Invited(
        Connection connection, InviteAction.Invite invite, MemberId inviter, DateTimeOffset now, InviteSettings settings)
    {
        var invited = Next(connection, ConnectionState.Pending, now) with
        {
            Inviter = inviter,
            Invitee = connection.Other(inviter),
            InviteNumber = connection.InviteNumber + 1,
            Note = invite.Note,
            Mails = [],
            InvitedAt = now,
            EmailedAt = null,
            ExpiresAt = now + settings.ExpireAfter,
            AnsweredAt = null,
            // A new profile does not continue the conversation of an erased one.
            EndedAt = connection.HasLeft(connection.Inviter) || connection.HasLeft(connection.Invitee) ? null : connection.EndedAt,
        };
        var told = WithNotice(invited, NoticeKind.InviteReceived, invited.Invitee, now);
        return WithNotice(told, NoticeKind.Reminder, invited.Invitee, now, due: now + settings.RemindAfter);
    }

    private static Connection Accepted(Connection connection, DateTimeOffset now)
    {
        var accepted = Next(connection, ConnectionState.Connected, now);
        return WithNotice(accepted, NoticeKind.InviteAccepted, accepted.Inviter, now);
    }

    /// <summary>
    /// An invite that ends without being accepted. However it ends, the inviter must wait, so that a second email does not follow at once.
    /// </summary>
    private static Connection Ended(Connection connection, ConnectionState state, DateTimeOffset now, InviteSettings settings) =>
        Next(connection, state, now) with { Locks = LocksAfter(connection, now, settings) };

    /// <summary>With a day from which on the invitee may be invited again, the lock ends then, sooner or later than others.</summary>
    private static Connection Declined(
        Connection connection, InviteAction.Decline decline, DateTimeOffset now, InviteSettings settings)
    {
        var ended = Ended(connection, ConnectionState.Declined, now, settings);
        return ended with
        {
            AnsweredBy = decline.LinkHash,
            Declined = decline.Because,
            Locks = decline.Because?.UnlocksAt is { } until
                ? new Dictionary<MemberId, DateTimeOffset>(ended.Locks) { [connection.Inviter] = until }
                : ended.Locks,
        };
    }

    /// <summary>
    /// The locks after a pending invite has ended: its inviter must wait from now, or, if the invite has expired, from when its email was
    /// sent, which matters only when that was late, or invites expire sooner than locks. A lock never becomes shorter.
    /// </summary>
    private static IReadOnlyDictionary<MemberId, DateTimeOffset> LocksAfter(
        Connection connection, DateTimeOffset now, InviteSettings settings)
    {
        var from = connection.StateAt(now) == ConnectionState.Pending ? now : connection.EmailedAt ?? connection.InvitedAt;
        var until = from + settings.LockFor;
        return connection.State == ConnectionState.Pending && until > now && !(connection.LockOf(connection.Inviter, now) >= until)
            ? new Dictionary<MemberId, DateTimeOffset>(connection.Locks) { [connection.Inviter] = until }
            : connection.Locks;
    }

    private static Connection Blocked(
        Connection connection, InviteAction.Block block, MemberId blocker, DateTimeOffset now, InviteSettings settings) =>
        Blocking(connection, blocker, now) with
        {
            Locks = LocksAfter(connection, now, settings),
            AnsweredBy = block.LinkHash,
            OwedReports = block.Report is { } report ? [.. connection.OwedReports, report] : connection.OwedReports,
        };

    private static Connection Blocking(Connection connection, MemberId blocker, DateTimeOffset now) =>
        Marked(
            Next(connection, ConnectionState.Blocked, now),
            blocker,
            new BlockMark(now, connection.Version, connection.Blocks.GetValueOrDefault(blocker)?.LiftedAt));

    /// <summary>Still blocked if the other member blocks too; otherwise removed, whatever the state before the block.</summary>
    private static Connection Unblocked(Connection connection, MemberId blocker, DateTimeOffset now)
    {
        var state = connection.IsBlockedBy(connection.Other(blocker)) ? ConnectionState.Blocked : ConnectionState.Removed;
        return Marked(Next(connection, state, now), blocker, new BlockMark(Since: null, connection.Version, LiftedAt: now));
    }

    private static Connection Marked(Connection connection, MemberId blocker, BlockMark mark) => connection with
    {
        Blocks = new Dictionary<MemberId, BlockMark>(connection.Blocks) { [blocker] = mark with { Version = connection.Version } },
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
        EndedAt = state == ConnectionState.Connected ? null
            : connection.State == ConnectionState.Connected ? now
            : connection.EndedAt,
        LinkHashes = [],
        ReminderHashes = [],
        AnsweredBy = null,
        Declined = null,
        LinkKey = null,
        UndeliveredAt = null,
        Version = connection.Version + 1,
        StateVersion = connection.Version + 1,
        OwedSince = connection.OwedSince ?? now,
    };

    private static Connection WithNotice(
        Connection connection, NoticeKind kind, MemberId to, DateTimeOffset now, DateTimeOffset? due = null)
    {
        var (id, number) = (connection.Id, connection.InviteNumber);
        var notice = new Notice(NoticeId(id, number, kind), kind, id, number, to, now, due);
        return connection with
        {
            Outbox = [.. connection.Outbox, notice],
            Mails = [.. connection.Mails, NoticeHandover.OperationId(notice.Id)],
        };
    }

    private static Connection Changed(Connection connection, DateTimeOffset now) =>
        connection with { Version = connection.Version + 1, OwedSince = connection.OwedSince ?? now };
}
