namespace Connections.Members;

/// <summary>What is left of a member who erased their profile.</summary>
public static class Erased
{
    /// <summary>The member's document with nothing of the profile, the address and the keys; what else there is to erase it owes.</summary>
    public static Member Of(Member member, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(member);
        return new Member { Id = member.Id, CardVersion = member.CardVersion + 1, OwedSince = now, ErasedAt = now };
    }
}

/// <summary>The caller erased their profile. Only a new one brings them back.</summary>
public sealed record ProfileErased : Error
{
    /// <summary>By what is left of the member. While more is being erased, there can be no new profile yet.</summary>
    public ProfileErased(Member member)
        : base("profile-erased", ErrorKind.Gone, "You erased your profile", Say(member)) =>
        RetryAfter = member.OwedSince is null ? null : TimeSpan.FromSeconds(5);

    private static string Say(Member member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return member.OwedSince is null
            ? "To come back, send a new profile: PUT /api/me."
            : "It is being erased. To come back, send a new profile in a moment: PUT /api/me.";
    }
}
