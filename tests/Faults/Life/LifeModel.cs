namespace Connections.Tests.Faults.Life;

/// <summary>What can be done with a connection, or befall it.</summary>
internal enum Deed
{
    Invite,
    Accept,
    Decline,
    Revoke,
    Remove,
    Block,
    Unblock,

    /// <summary>The clock's: an invite's time is over.</summary>
    Expire,

    /// <summary>A member erases their profile.</summary>
    Leave,
}

/// <summary>Where two members stand.</summary>
internal enum Standing
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

/// <summary>What a deed comes to.</summary>
internal enum Verdict
{
    /// <summary>It changes where they stand.</summary>
    Moved,

    /// <summary>It is so already.</summary>
    Same,

    /// <summary>As far as this member is told there is nothing to do it with.</summary>
    NotTheirs,

    /// <summary>Too late, or too early.</summary>
    WrongState,

    /// <summary>They must wait before they invite again.</summary>
    Locked,
}

/// <summary>The life of a connection as the specification tells it, written a second time: what the product is held against.</summary>
/// <remarks>
/// Deliberately of another form than the product's own: a table of moves. Members are 0 and 1; anybody else is a stranger. The numbers
/// are the specification's and not the settings'.
/// </remarks>
internal sealed record LifeModel
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan Lock = TimeSpan.FromDays(21);

    // Who may: the one who invited, the one who was invited.
    private static readonly Dictionary<(Standing, Deed), (bool ByInviter, bool ByInvitee, Standing To)> Moves = new()
    {
        [(Standing.Pending, Deed.Accept)] = (false, true, Standing.Connected),
        [(Standing.Pending, Deed.Decline)] = (false, true, Standing.Declined),
        [(Standing.Pending, Deed.Revoke)] = (true, false, Standing.Revoked),
        [(Standing.Pending, Deed.Invite)] = (false, true, Standing.Connected),
        [(Standing.Connected, Deed.Remove)] = (true, true, Standing.Removed),
    };

    // What each deed makes of an invite, and who does it.
    private static readonly Dictionary<Deed, (bool ByInviter, bool ByInvitee, Standing Makes)> Answers = new()
    {
        [Deed.Accept] = (false, true, Standing.Connected),
        [Deed.Decline] = (false, true, Standing.Declined),
        [Deed.Revoke] = (true, false, Standing.Revoked),
        [Deed.Remove] = (true, true, Standing.Removed),
    };

    private Standing _standing;
    private DateTimeOffset _invitedAt;

    /// <summary>How often one of the two has invited the other.</summary>
    public int Invites { get; private init; }

    /// <summary>Who did the last time.</summary>
    public int Inviter { get; private init; }

    /// <summary>How often anything changed.</summary>
    public int Changes { get; private init; }

    /// <summary>Until when each may not invite.</summary>
    public (DateTimeOffset First, DateTimeOffset Second) Locked { get; private init; }

    /// <summary>Whether each blocks the other.</summary>
    public (bool First, bool Second) Blocks { get; private init; }

    /// <summary>When the invite ends.</summary>
    public DateTimeOffset ExpiresAt => _invitedAt + Lifetime;

    /// <summary>The emails that the changes so far came to owe: which invite, and which email.</summary>
    public IReadOnlyList<(int Invite, string Email)> Emails { get; private init; } = [];

    /// <summary>Whether there is a record of the two.</summary>
    public bool IsRecorded => Changes > 0;

    /// <summary>Whether an email's links would open the invite.</summary>
    public bool HasLinks => _standing == Standing.Pending && !IsBlocked;

    private bool IsBlocked => Blocks.First || Blocks.Second;

    /// <summary>Where the two stand at a moment.</summary>
    public Standing At(DateTimeOffset now) =>
        IsBlocked ? Standing.Blocked
        : _standing == Standing.Pending && now >= ExpiresAt ? Standing.Expired
        : _standing;

    /// <summary>Whether a member may not invite at a moment.</summary>
    public bool IsLocked(int who, DateTimeOffset now) => LockOf(who) > now;

    /// <summary>Until when a member may not invite.</summary>
    public DateTimeOffset LockOf(int who) => who == 0 ? Locked.First : Locked.Second;

    /// <summary>Whether a member blocks the other.</summary>
    public bool IsBlockedBy(int who) => who == 0 ? Blocks.First : Blocks.Second;

    /// <summary>What a deed comes to, and how the two stand after it.</summary>
    public (Verdict Verdict, LifeModel After) Do(Deed deed, int who, DateTimeOffset now)
    {
        var standing = At(now);
        return deed switch
        {
            Deed.Expire => standing == Standing.Expired && _standing == Standing.Pending ? Move(Standing.Expired) : (Verdict.WrongState, this),
            _ when who is not (0 or 1) => (Verdict.NotTheirs, this),
            Deed.Leave => Leave(who, standing, now),
            Deed.Block => IsBlockedBy(who) ? (Verdict.Same, this) : Blocking(who, true, standing == Standing.Pending ? Locking(Inviter, now + Lock) : Locked),
            Deed.Unblock => IsBlockedBy(who) ? Blocking(who, false, Locked) : (Verdict.Same, this),
            _ when IsBlocked => (Verdict.NotTheirs, this),
            Deed.Invite => Invite(who, standing, now),
            _ when Invites == 0 => (Verdict.NotTheirs, this),
            _ => Answer(deed, who, standing, now),
        };
    }

    private (Verdict, LifeModel) Invite(int who, Standing standing, DateTimeOffset now)
    {
        if (Moves.TryGetValue((standing, Deed.Invite), out var move) && May(who, move.ByInviter, move.ByInvitee))
        {
            return Move(move.To);
        }

        if (standing is Standing.Pending or Standing.Connected)
        {
            return (Verdict.Same, this);
        }

        if (IsLocked(who, now))
        {
            return (Verdict.Locked, this);
        }

        var (_, invited) = Move(Standing.Pending);
        return (Verdict.Moved, invited with
        {
            _invitedAt = now,
            Inviter = who,
            Invites = Invites + 1,
            Emails = [.. Emails, (Invites + 1, "InviteReceived"), (Invites + 1, "Reminder")],
        });
    }

    private (Verdict, LifeModel) Answer(Deed deed, int who, Standing standing, DateTimeOffset now)
    {
        var answer = Answers[deed];
        if (!May(who, answer.ByInviter, answer.ByInvitee))
        {
            return (Verdict.NotTheirs, this);
        }

        if (!Moves.TryGetValue((standing, deed), out var move))
        {
            return (standing == answer.Makes ? Verdict.Same : Verdict.WrongState, this);
        }

        var (_, after) = Move(move.To);
        return (Verdict.Moved, move.To is Standing.Declined or Standing.Revoked ? after with { Locked = Locking(Inviter, now + Lock) } : after);
    }

    private (Verdict, LifeModel) Leave(int who, Standing standing, DateTimeOffset now) => standing switch
    {
        Standing.Pending => Do(who == Inviter ? Deed.Revoke : Deed.Decline, who, now),
        Standing.Connected => Do(Deed.Remove, who, now),
        Standing.Blocked => Do(Deed.Unblock, who, now),
        _ => (Verdict.Same, this),
    };

    private (Verdict, LifeModel) Blocking(int who, bool blocks, (DateTimeOffset, DateTimeOffset) locked) => (Verdict.Moved, this with
    {
        Blocks = who == 0 ? (blocks, Blocks.Second) : (Blocks.First, blocks),
        // Whatever was before a block is over after it, and a pending invite is as good as revoked or declined.
        _standing = Standing.Removed,
        Changes = Changes + 1,
        Locked = locked,
    });

    private (Verdict, LifeModel) Move(Standing to) => (Verdict.Moved, this with
    {
        _standing = to,
        Changes = Changes + 1,
        Emails = to == Standing.Connected ? [.. Emails, (Invites, "InviteAccepted")] : Emails,
    });

    private bool May(int who, bool byInviter, bool byInvitee) => who == Inviter ? byInviter : byInvitee;

    private (DateTimeOffset, DateTimeOffset) Locking(int who, DateTimeOffset until) => who == 0 ? (until, Locked.Second) : (Locked.First, until);
}
