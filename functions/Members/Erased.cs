using Connections.Http;
using Microsoft.AspNetCore.Http;

namespace Connections.Members;

/// <summary>What is left of a member who erased their profile.</summary>
public static class Erased
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    /// <summary>The member's document with nothing of the profile, the address and the keys; what else there is to erase it owes.</summary>
    public static Member Of(Member member, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(member);
        return new Member { Id = member.Id, CardVersion = member.CardVersion + 1, OwedSince = now, ErasedAt = now };
    }

    /// <summary>410: the caller erased their profile, and only a new one brings them back.</summary>
    /// <param name="member">What is left of them. While more is being erased, there can be no new profile yet.</param>
    public static Problem Problem(Member member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return new Problem(
            "profile-erased",
            StatusCodes.Status410Gone,
            "You erased your profile",
            member.OwedSince is null ? "To come back, send a new profile: PUT /api/me." : "It is being erased. To come back, send a new profile in a moment: PUT /api/me.")
        {
            RetryAfter = member.OwedSince is null ? null : Soon,
        };
    }
}
