using Connections.Limits;

namespace Connections.Invites;

/// <summary>The action came too late. <see cref="Error.State"/> is the connection's state.</summary>
public sealed record InviteNotPending : Error
{
    /// <summary>With the connection's state.</summary>
    public InviteNotPending(ConnectionState state)
        : base("invite-not-pending", ErrorKind.Conflict, "The invite is no longer pending", Say(state)) =>
        State = state.ToString().ToLowerInvariant();

    private static string Say(ConnectionState state) => state switch
    {
        ConnectionState.Connected => "It was accepted: you are connected.",
        ConnectionState.Declined => "It was declined.",
        ConnectionState.Revoked => "It was taken back.",
        ConnectionState.Expired => "It expired before it was answered.",
        _ => "It has ended.",
    };
}

/// <summary>The inviter must wait after a decline, a revoke or a block.</summary>
public sealed record InviteLocked : Error
{
    /// <summary>Until when.</summary>
    public InviteLocked(DateTimeOffset until)
        : base(
            "invite-locked",
            ErrorKind.Conflict,
            "You cannot invite this creator again yet",
            $"You can invite them again after {until:d MMMM yyyy, HH:mm} UTC.") =>
        Until = until;
}

/// <summary>The inviter has sent all of today's invites.</summary>
public sealed record InviteLimitDay : Error
{
    /// <summary>By the permit that was not given, the inviter's caps and the settings that they are from.</summary>
    public InviteLimitDay(Permit permit, InviteCaps caps, InviteSettings settings)
        : base("invite-limit-day", ErrorKind.TooMany, "You have sent all of today's invites", Say(permit.Conduct, caps, settings))
    {
        (RetryAfter, Until) = (permit.RetryAfter, permit.Until);
        Reached = new ReachedCap(NameOf(permit.Conduct, caps), caps.Limit.For(permit.Conduct), UntilOf(permit.Conduct, caps));
    }

    private static string NameOf(Conduct conduct, InviteCaps caps) =>
        caps.Limit.IsReported(conduct) ? "reported"
        : caps.Limit.IsTrusted(conduct) ? "day"
        : caps.NewUntil is not null ? "first-days"
        : "unproven";

    private static DateTimeOffset? UntilOf(Conduct conduct, InviteCaps caps) =>
        caps.Limit.IsReported(conduct) ? null : caps.NewUntil;

    private static string Say(Conduct conduct, InviteCaps caps, InviteSettings settings)
    {
        var perDay = $"You can send {caps.Limit.For(conduct)} invites a day";
        return NameOf(conduct, caps) switch
        {
            "reported" => $"{perDay} while more than half of your last {settings.ConductOf} answered invites were reported or blocked. "
                + "Go on tomorrow (UTC).",
            "first-days" => $"{perDay} until {caps.NewUntil:d MMMM yyyy, HH:mm} UTC, because you are new here. Go on tomorrow (UTC).",
            "unproven" => $"{perDay} until {settings.TrustedAfter} of them were accepted, or until you confirm an email address at the "
                + "domain of your website. Go on tomorrow (UTC).",
            _ => $"{perDay}. Go on tomorrow (UTC).",
        };
    }
}

/// <summary>Too many of the inviter's invites are pending.</summary>
public sealed record InviteLimitPending(int AtMost) : Error(
    "invite-limit-pending",
    ErrorKind.TooMany,
    "Too many of your invites are waiting for an answer",
    $"At most {AtMost} can be pending. Revoke some, or wait until some are answered.");

/// <summary>The caller's email address is not confirmed, so that whoever reports them reports nobody.</summary>
public sealed record EmailUnconfirmed() : Error(
    "email-unconfirmed",
    ErrorKind.Forbidden,
    "Confirm your email address first",
    "On your profile, ask for a link to your address, and open it in the email. Then invite.");

/// <summary>The caller has no complete profile, so nobody could tell who invites them.</summary>
public sealed record ProfileIncomplete() : Error(
    "profile-incomplete",
    ErrorKind.Conflict,
    "Complete your profile first",
    "On your profile, say whether you are a brand or a creator, and your name. Then invite.");

/// <summary>The two are not connected, or no longer: they cannot talk, and there is nothing to remove.</summary>
public sealed record NotConnected() : Error(
    "not-connected",
    ErrorKind.Conflict,
    "You are not connected",
    "You can talk once the invite is accepted, and as long as neither of you removes the connection.");

/// <summary>The errors that the life of a connection gives.</summary>
public static class InviteErrors
{
    /// <summary>
    /// No such connection, or not the caller's, or the other member would have to do this. Callers cannot tell these apart.
    /// </summary>
    public static Error NoConnection { get; } = new NotFound("connection");

    /// <summary>The error for a refused action.</summary>
    public static Error From(Transition.Refused refused) =>
        refused.Why switch
        {
            Refusal.Locked => new InviteLocked(refused.Until ?? default),
            Refusal.WrongState => new InviteNotPending(refused.State),
            _ => NoConnection,
        };

    /// <summary>The error for a permit that was not given.</summary>
    public static Error From(Permit permit, InviteCaps caps, InviteSettings settings) =>
        permit.State == PermitState.UsedUp
            ? new InviteLimitDay(permit, caps, settings)
            : new InviteLimitPending(settings.PendingAtMost) { RetryAfter = permit.RetryAfter };
}
