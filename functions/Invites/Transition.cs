namespace Connections.Invites;

/// <summary>An action on a connection.</summary>
public abstract record InviteAction
{
    private InviteAction()
    {
    }

    /// <summary>A member invites the other.</summary>
    public sealed record Invite(string? Note) : InviteAction;

    /// <summary>The invitee accepts; by an email's link if <paramref name="LinkHash"/> is given, the hash of its key.</summary>
    public sealed record Accept(string? LinkHash = null) : InviteAction;

    /// <summary>The invitee declines; by an email's link if <paramref name="LinkHash"/> is given, the hash of its key.</summary>
    /// <param name="Because">Why; null where the invitee does not say.</param>
    public sealed record Decline(string? LinkHash = null, DeclineReason? Because = null) : InviteAction;

    /// <summary>The inviter revokes the invite.</summary>
    public sealed record Revoke : InviteAction;

    /// <summary>The invite's time is over. There is no actor.</summary>
    public sealed record Expire : InviteAction;

    /// <summary>A member ends the connection.</summary>
    public sealed record Remove : InviteAction;

    /// <summary>A member blocks the other, in any state.</summary>
    /// <param name="LinkHash">The hash of the key of the email's link that blocks; null for a call.</param>
    /// <param name="Report">The report that is made with the link.</param>
    public sealed record Block(string? LinkHash = null, OwedReport? Report = null) : InviteAction;

    /// <summary>A member lifts their block.</summary>
    public sealed record Unblock : InviteAction;
}

/// <summary>Why an action is refused.</summary>
public enum Refusal
{
    /// <summary>
    /// The pair is blocked, the actor is not one of the pair, or the other member would have to do this. Answered as not-found.
    /// </summary>
    NotTheirs,

    /// <summary>The connection is not in a state that allows the action, or no longer.</summary>
    WrongState,

    /// <summary>The inviter must wait after a decline, a revoke or a block.</summary>
    Locked,
}

/// <summary>The result of an action.</summary>
public abstract record Transition
{
    private Transition()
    {
    }

    /// <summary>The connection after the action. The caller writes it under the ETag that it was read with.</summary>
    public sealed record Moved(Connection After) : Transition;

    /// <summary>The action changes nothing, so there is nothing to write. A repeated call gets the same answer as the first.</summary>
    public sealed record Same(Connection Current) : Transition;

    /// <summary>The action is refused. <paramref name="State"/> is the connection's state now.</summary>
    public sealed record Refused(Refusal Why, ConnectionState State, DateTimeOffset? Until = null) : Transition;
}
