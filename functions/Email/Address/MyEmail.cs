using Connections.Http;
using Connections.Limits;
using Connections.Members;

namespace Connections.Email.Address;

/// <summary>The caller's address for emails, and what may become of it.</summary>
/// <param name="Address">The address; null when there is none.</param>
/// <param name="Confirmed">Whether the member has shown that it is theirs: by a token, or by a link.</param>
/// <param name="Problem">Why there is no address, according to the member's token, or that emails to it come back.</param>
/// <param name="Pending">The address that waits to be confirmed.</param>
/// <param name="Offered">A confirmed address of the member's token that is neither of these. It is taken only when the member asks.</param>
public sealed record MyEmail(string? Address, bool Confirmed, AddressProblem? Problem, PendingEmail? Pending, string? Offered)
{
    /// <summary>A member's address at a moment, with what their token says.</summary>
    public static MyEmail Of(Member member, Caller caller, DateTimeOffset now)
    {
        var (address, problem) = TokenAddress.Of(caller);
        var pending = PendingEmail.Of(member, now);
        var isNew = TokenAddress.IsConfirmed(caller)
            && !EmailChanges.IsSame(address, member.Email)
            && !EmailChanges.IsSame(address, pending?.Address);
        return new MyEmail(
            member.Email,
            member.EmailConfirmed,
            member.EmailBounces ? AddressProblem.Bounces : member.Email is null ? problem : null,
            pending,
            isNew ? address : null);
    }
}

/// <summary>An address that waits to be confirmed.</summary>
/// <param name="Address">The address.</param>
/// <param name="Until">Until when its link works.</param>
/// <param name="UndeliveredAt">When the email service reported that the email with the link did not arrive; absent otherwise.</param>
public sealed record PendingEmail(string Address, DateTimeOffset Until, DateTimeOffset? UndeliveredAt = null)
{
    /// <summary>The one of a member; null when there is none, or its link has expired.</summary>
    public static PendingEmail? Of(Member member, DateTimeOffset now) =>
        member.EmailChange is { } change && now < change.ExpiresAt
            ? new PendingEmail(change.Address, change.ExpiresAt, change.UndeliveredAt)
            : null;
}

/// <summary>The body of <c>PUT /api/me/email</c>.</summary>
public sealed record MyEmailChange(string? Email);
