namespace Connections.Invites;

/// <summary>What somebody wants to do with a connection.</summary>
public abstract record InviteAction
{
    private InviteAction()
    {
    }

    /// <summary>Invite the other one.</summary>
    public sealed record Invite(string? Note) : InviteAction;

    /// <summary>The invitee says yes, by an email's link where <paramref name="LinkHash"/> is the hash of its key.</summary>
    public sealed record Accept(string? LinkHash = null) : InviteAction;

    /// <summary>The invitee says no, by an email's link where <paramref name="LinkHash"/> is the hash of its key.</summary>
    public sealed record Decline(string? LinkHash = null) : InviteAction;

    /// <summary>The inviter takes it back.</summary>
    public sealed record Revoke : InviteAction;

    /// <summary>Nobody answered in time. The clock's: the actor does not matter.</summary>
    public sealed record Expire : InviteAction;

    /// <summary>Either of the two ends the connection.</summary>
    public sealed record Remove : InviteAction;

    /// <summary>Either blocks the other, whatever there is between them.</summary>
    public sealed record Block : InviteAction;

    /// <summary>Who blocked lifts their block.</summary>
    public sealed record Unblock : InviteAction;
}

/// <summary>Why an action is refused.</summary>
public enum Refusal
{
    /// <summary>The pair is blocked, or the actor is not of the pair, or not the one of the two who may do this. Told as not-found.</summary>
    NotTheirs,

    /// <summary>The invite is not, or no longer, in the state that the action is for.</summary>
    WrongState,

    /// <summary>The inviter must wait after a decline, a revoke or a block.</summary>
    Locked,
}

/// <summary>What comes of an action.</summary>
public abstract record Transition
{
    private Transition()
    {
    }

    /// <summary>The connection as it is after it; to be written under the ETag that it was read with.</summary>
    public sealed record Moved(Connection After) : Transition;

    /// <summary>It is so already; there is nothing to write. A repeated call gets the same answer as the first.</summary>
    public sealed record Same(Connection Current) : Transition;

    /// <summary>It cannot be. <paramref name="State"/> is what the connection is at this moment.</summary>
    public sealed record Refused(Refusal Why, ConnectionState State, DateTimeOffset? Until = null) : Transition;
}
