using Connections.Http;
using Microsoft.AspNetCore.Http;

namespace Connections.Invites;

/// <summary>The problems that the invite and connection calls can answer.</summary>
public static class InviteProblems
{
    /// <summary>404: no such connection, or not the caller's, or not theirs to do this with. Told apart by nobody.</summary>
    public static Problem NoConnection() => Problems.NotFound("connection");

    /// <summary>409: the two are not connected (any more), so they cannot talk, and there is nothing to remove.</summary>
    public static Problem NotConnected() => new(
        "not-connected", StatusCodes.Status409Conflict, "You are not connected", "You can talk once the invite is accepted, and as long as neither of you removes the connection.");

    /// <summary>409: the action came too late; <c>state</c> says what won.</summary>
    public static Problem NotPending(ConnectionState state) => new(
        "invite-not-pending",
        StatusCodes.Status409Conflict,
        "The invite is no longer pending",
        state switch
        {
            ConnectionState.Connected => "It was accepted: you are connected.",
            ConnectionState.Declined => "It was declined.",
            ConnectionState.Revoked => "It was taken back.",
            ConnectionState.Expired => "It expired before it was answered.",
            _ => "It has ended.",
        })
    {
        State = state.ToString().ToLowerInvariant(),
    };

    /// <summary>409: the inviter must wait after a decline, a revoke or a block.</summary>
    public static Problem Locked(DateTimeOffset until) => new(
        "invite-locked", StatusCodes.Status409Conflict, "You cannot invite this creator again yet", $"You can invite them again after {until:d MMMM yyyy, HH:mm} UTC.")
    {
        Until = until,
    };

    /// <summary>429: a limit on inviting is reached.</summary>
    public static Problem UsedUp(InvitePlace.UsedUp used, InviteSettings settings)
    {
        ArgumentNullException.ThrowIfNull(used);
        ArgumentNullException.ThrowIfNull(settings);
        return used.Limit switch
        {
            AllowanceLimit.PerDay => new Problem(
                "invite-limit-day", StatusCodes.Status429TooManyRequests, "You have sent all of today's invites", $"You can send {settings.PerDay} invites a day. Go on tomorrow (UTC).")
            {
                RetryAfter = used.RetryAfter,
                Until = used.Until,
            },
            _ => new Problem(
                "invite-limit-pending", StatusCodes.Status429TooManyRequests, "Too many of your invites are waiting for an answer", $"At most {settings.PendingAtMost} can be pending. Revoke some, or wait until some are answered.")
            {
                RetryAfter = used.RetryAfter,
            },
        };
    }

    /// <summary>409: the caller has no complete profile, so nobody could tell who invites them.</summary>
    public static Problem ProfileFirst() => new(
        "profile-incomplete", StatusCodes.Status409Conflict, "Complete your profile first", "Say with PUT /api/me whether you are a brand or a creator, and your name. Then invite.");

    /// <summary>400: an invite to oneself.</summary>
    public static Problem Oneself() => Problems.InvalidInput("creatorId", "Is yourself. Invite somebody else.");

    /// <summary>The problem for a refused action.</summary>
    public static Problem From(Transition.Refused refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        return refused.Why switch
        {
            Refusal.Locked => Locked(refused.Until ?? default),
            Refusal.WrongState => NotPending(refused.State),
            _ => NoConnection(),
        };
    }
}
