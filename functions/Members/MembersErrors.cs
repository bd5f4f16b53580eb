using Connections.Members.Standing;

namespace Connections.Members;

/// <summary>The caller erased their profile. Only a new profile brings them back.</summary>
public sealed record ProfileErased : Error
{
    /// <summary>Takes what is left of the member. A new profile is possible only once the erasure has finished.</summary>
    public ProfileErased(Member member)
        : base("profile-erased", ErrorKind.Gone, "You erased your profile", DetailFor(member)) =>
        RetryAfter = member.OwedSince is null ? null : TimeSpan.FromSeconds(5);

    private static string DetailFor(Member member) =>
        member.OwedSince is null
            ? "To come back, make a new profile."
            : "It is being erased. To come back, make a new profile in a moment.";
}

/// <summary>A moderator suspended the caller.</summary>
public sealed record Suspended : Error
{
    /// <summary>By the suspension, and the address that answers questions about it.</summary>
    public Suspended(SuspendedMember suspension, string support)
        : base("suspended", ErrorKind.Forbidden, "You are suspended", Say(suspension, support)) =>
        (Until, Reason) = (suspension.Until, suspension.Reason);

    private static string Say(SuspendedMember suspension, string support)
    {
        var until = suspension.Until is { } end ? $"until {end:d MMMM yyyy, HH:mm} UTC" : "until a moderator lifts the suspension";
        return $"You cannot use Connections {until}. Our email to you says why. If you think that this is wrong, reply to it or write to "
            + $"{support}. You can still download your data and erase your profile.";
    }
}

/// <summary>A change tried to set another kind. A member's kind never changes.</summary>
public sealed record KindIsSet(MemberKind Kept) : Error(
    "kind-is-set",
    ErrorKind.Conflict,
    "What a member is here for is set once",
    $"This profile is a {(Kept is MemberKind.Brand ? "brand" : "creator")}'s. Send the same kind or leave it out; to be the other, sign "
        + "in as another member.");
