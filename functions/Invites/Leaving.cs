namespace Connections.Invites;

/// <summary>How a member who erases their profile leaves a pair. Pure, and nothing to do the second time.</summary>
public static class Leaving
{
    /// <summary>
    /// Ends what there is as they could have by themselves: their invite is revoked, one to them declined, a connection removed and their block
    /// lifted; a block of them stays. Their note is erased, and the pair is not theirs to see any more.
    /// </summary>
    /// <remarks>None of these owes an email. The locks stay, so that nobody gets round them by erasing a profile and making a new one.</remarks>
    public static Transition Of(Connection connection, MemberId member, DateTimeOffset now, InviteSettings settings)
    {
        ArgumentNullException.ThrowIfNull(connection);
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
        });
    }

    /// <summary>Shows neither of the two what was said up to a message. Both count as having read it, and have been told nothing of what comes after.</summary>
    /// <param name="connection">The connection as it is.</param>
    /// <param name="seq">The message.</param>
    /// <param name="receivedBy">How many of the messages up to it a member has received.</param>
    /// <param name="now">The moment.</param>
    public static Transition Seal(Connection connection, long seq, Func<MemberId, long> receivedBy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (seq <= connection.SealedSeq)
        {
            return new Transition.Same(connection);
        }

        ReadMark Mark(MemberId member) => connection.ReadOf(member) is var mark && mark.Seq > seq ? mark : new ReadMark(seq, receivedBy(member));
        var (first, second) = connection.IsFirst(connection.Inviter) ? (connection.Inviter, connection.Invitee) : (connection.Invitee, connection.Inviter);
        return new Transition.Moved(Changed(connection, now) with
        {
            SealedSeq = seq, FirstRead = Mark(first), SecondRead = Mark(second), FirstDigest = null, SecondDigest = null,
        });
    }

    private static Connection Changed(Connection connection, DateTimeOffset now) =>
        connection with { Version = connection.Version + 1, OwedSince = connection.OwedSince ?? now };
}
