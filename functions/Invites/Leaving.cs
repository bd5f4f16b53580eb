using Connections.Members;

namespace Connections.Invites;

/// <summary>How a member who goes for good leaves a pair: as they could have by themselves.</summary>
public static class Leaving
{
    /// <summary>Their invite is revoked, one to them declined, a connection removed and their block lifted; a block of them stays.</summary>
    /// <remarks>None of these owes an email. Pure, and nothing to do the second time.</remarks>
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
        return action is null ? new Transition.Same(connection) : ConnectionLife.Apply(connection, action, member, now, settings);
    }
}
