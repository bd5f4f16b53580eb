namespace Connections.Tests.Faults.Life;

/// <summary>The actions that change a connection.</summary>
internal enum LifeAction
{
    Invite,
    Accept,
    Decline,
    Revoke,
    Remove,
    Block,
    Unblock,

    /// <summary>The clock's action: an invite expires.</summary>
    Expire,

    /// <summary>A member erases their profile.</summary>
    Leave,
}

/// <summary>The state of a pair.</summary>
internal enum PairState
{
    Nothing,
    Pending,
    Connected,
    Declined,
    Revoked,
    Expired,
    Removed,
    Blocked,
}

/// <summary>The outcome of an action.</summary>
internal enum ActionOutcome
{
    /// <summary>The state changes.</summary>
    Changed,

    /// <summary>The pair is in that state already.</summary>
    Unchanged,

    /// <summary>To this member the pair does not exist.</summary>
    NotFound,

    /// <summary>The state does not allow the action.</summary>
    WrongState,

    /// <summary>The member must wait before the next invite.</summary>
    Locked,
}

/// <summary>A second implementation of a connection's life, from the specification, to compare the product with.</summary>
/// <remarks>
/// Its form differs from the product's on purpose: a table of transitions. Members are 0 and 1; any other number is a stranger. The limits
/// are the specification's, not the settings'.
/// </remarks>
internal sealed record LifeModel
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan Lock = TimeSpan.FromDays(21);

    // Which side may perform the action: the inviter, the invitee.
    private static readonly Dictionary<(PairState, LifeAction), (bool ByInviter, bool ByInvitee, PairState To)> Moves = new()
    {
        [(PairState.Pending, LifeAction.Accept)] = (false, true, PairState.Connected),
        [(PairState.Pending, LifeAction.Decline)] = (false, true, PairState.Declined),
        [(PairState.Pending, LifeAction.Revoke)] = (true, false, PairState.Revoked),
        [(PairState.Pending, LifeAction.Invite)] = (false, true, PairState.Connected),
        [(PairState.Connected, LifeAction.Remove)] = (true, true, PairState.Removed),
    };

    // The state that each answer leads to, and the side that gives it.
    private static readonly Dictionary<LifeAction, (bool ByInviter, bool ByInvitee, PairState Makes)> Answers = new()
    {
        [LifeAction.Accept] = (false, true, PairState.Connected),
        [LifeAction.Decline] = (false, true, PairState.Declined),
        [LifeAction.Revoke] = (true, false, PairState.Revoked),
        [LifeAction.Remove] = (true, true, PairState.Removed),
    };

    private PairState _state;
    private DateTimeOffset _invitedAt;

    // Whether a member has erased their profile since the last invite.
    private bool _hasLeft;

    /// <summary>The number of invites between the two.</summary>
    public int Invites { get; private init; }

    /// <summary>The inviter of the last one.</summary>
    public int Inviter { get; private init; }

    /// <summary>The number of changes.</summary>
    public int Changes { get; private init; }

    /// <summary>The time until which each may not invite.</summary>
    public (DateTimeOffset First, DateTimeOffset Second) Locked { get; private init; }

    /// <summary>Whether each blocks the other.</summary>
    public (bool First, bool Second) Blocks { get; private init; }

    /// <summary>When the invite expires.</summary>
    public DateTimeOffset ExpiresAt => _invitedAt + Lifetime;

    /// <summary>When the connection ended; null while the two are connected, and where they never were.</summary>
    public DateTimeOffset? EndedAt { get; private init; }

    /// <summary>The emails owed by the changes so far: the number of the invite and the kind of email.</summary>
    public IReadOnlyList<(int Invite, string Email)> Emails { get; private init; } = [];

    /// <summary>Whether the pair has a record.</summary>
    public bool IsRecorded => Changes > 0;

    /// <summary>Whether the links in an email open the invite.</summary>
    public bool HasLinks => _state == PairState.Pending && !IsBlocked;

    private bool IsBlocked => Blocks.First || Blocks.Second;

    /// <summary>The state at a moment.</summary>
    public PairState At(DateTimeOffset now) =>
        IsBlocked ? PairState.Blocked
        : _state == PairState.Pending && now >= ExpiresAt ? PairState.Expired
        : _state;

    /// <summary>Whether a member may not invite at a moment.</summary>
    public bool IsLocked(int who, DateTimeOffset now) => LockOf(who) > now;

    /// <summary>The time until which a member may not invite.</summary>
    public DateTimeOffset LockOf(int who) => who == 0 ? Locked.First : Locked.Second;

    /// <summary>Whether a member blocks the other.</summary>
    public bool IsBlockedBy(int who) => who == 0 ? Blocks.First : Blocks.Second;

    /// <summary>The outcome of an action, and the model after it.</summary>
    public (ActionOutcome Outcome, LifeModel After) Do(LifeAction action, int who, DateTimeOffset now)
    {
        var state = At(now);
        return action switch
        {
            LifeAction.Expire =>
                state == PairState.Expired && _state == PairState.Pending ? Move(PairState.Expired, now) : (ActionOutcome.WrongState, this),
            _ when who is not (0 or 1) => (ActionOutcome.NotFound, this),
            LifeAction.Leave => Left(Leave(who, state, now)),
            LifeAction.Block => IsBlockedBy(who)
                ? (ActionOutcome.Unchanged, this)
                : Blocking(who, true, state == PairState.Pending ? Locking(Inviter, now + Lock) : Locked, now),
            LifeAction.Unblock => IsBlockedBy(who) ? Blocking(who, false, Locked, now) : (ActionOutcome.Unchanged, this),
            _ when IsBlocked => (ActionOutcome.NotFound, this),
            LifeAction.Invite => Invite(who, state, now),
            _ when Invites == 0 => (ActionOutcome.NotFound, this),
            _ => Answer(action, who, state, now),
        };
    }

    private (ActionOutcome, LifeModel) Invite(int who, PairState state, DateTimeOffset now)
    {
        if (Moves.TryGetValue((state, LifeAction.Invite), out var move) && May(who, move.ByInviter, move.ByInvitee))
        {
            return Move(move.To, now);
        }

        if (state is PairState.Pending or PairState.Connected)
        {
            return (ActionOutcome.Unchanged, this);
        }

        if (IsLocked(who, now))
        {
            return (ActionOutcome.Locked, this);
        }

        var (_, invited) = Move(PairState.Pending, now);
        return (ActionOutcome.Changed, invited with
        {
            _invitedAt = now,
            _hasLeft = false,
            EndedAt = _hasLeft ? null : EndedAt,
            Inviter = who,
            Invites = Invites + 1,
            Emails = [.. Emails, (Invites + 1, "InviteReceived"), (Invites + 1, "Reminder")],
        });
    }

    private (ActionOutcome, LifeModel) Answer(LifeAction action, int who, PairState state, DateTimeOffset now)
    {
        var answer = Answers[action];
        if (!May(who, answer.ByInviter, answer.ByInvitee))
        {
            return (ActionOutcome.NotFound, this);
        }

        if (!Moves.TryGetValue((state, action), out var move))
        {
            return (state == answer.Makes ? ActionOutcome.Unchanged : ActionOutcome.WrongState, this);
        }

        var (_, after) = Move(move.To, now);
        return (ActionOutcome.Changed, move.To is PairState.Declined or PairState.Revoked
            ? after with { Locked = Locking(Inviter, now + Lock) }
            : after);
    }

    private (ActionOutcome, LifeModel) Leave(int who, PairState state, DateTimeOffset now) => state switch
    {
        PairState.Pending => Do(who == Inviter ? LifeAction.Revoke : LifeAction.Decline, who, now),
        PairState.Connected => Do(LifeAction.Remove, who, now),
        PairState.Blocked => Do(LifeAction.Unblock, who, now),
        _ => (ActionOutcome.Unchanged, this),
    };

    private static (ActionOutcome, LifeModel) Left((ActionOutcome Outcome, LifeModel After) end) =>
        (end.Outcome, end.After with { _hasLeft = true });

    private (ActionOutcome, LifeModel) Blocking(int who, bool blocks, (DateTimeOffset, DateTimeOffset) locked, DateTimeOffset now) =>
        (ActionOutcome.Changed, this with
        {
            Blocks = who == 0 ? (blocks, Blocks.Second) : (Blocks.First, blocks),
            // A block ends the connection, and ends a pending invite as a revocation or refusal does.
            _state = PairState.Removed,
            EndedAt = _state == PairState.Connected ? now : EndedAt,
            Changes = Changes + 1,
            Locked = locked,
        });

    private (ActionOutcome, LifeModel) Move(PairState to, DateTimeOffset now) => (ActionOutcome.Changed, this with
    {
        _state = to,
        EndedAt = to == PairState.Connected ? null : _state == PairState.Connected ? now : EndedAt,
        Changes = Changes + 1,
        Emails = to == PairState.Connected ? [.. Emails, (Invites, "InviteAccepted")] : Emails,
    });

    private bool May(int who, bool byInviter, bool byInvitee) => who == Inviter ? byInviter : byInvitee;

    private (DateTimeOffset, DateTimeOffset) Locking(int who, DateTimeOffset until) =>
        who == 0 ? (until, Locked.Second) : (Locked.First, until);
}
