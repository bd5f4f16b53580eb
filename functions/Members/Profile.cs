using System.Diagnostics.CodeAnalysis;

namespace Connections.Members;

/// <summary>A member's profile as calls answer it: nothing of it is secret.</summary>
public sealed record Profile : ProfileContent
{
    /// <summary>An empty profile, to be read from JSON.</summary>
    public Profile()
    {
    }

    [SetsRequiredMembers]
    private Profile(ProfileContent fields)
        : base(fields)
    {
    }

    /// <summary>On the largest platform. This and the three below are what a card has beyond a profile; absent on the caller's own.</summary>
    public long? Followers { get; init; }

    /// <summary>On the largest platform, as a fraction.</summary>
    public double? Engagement { get; init; }

    /// <summary>Whether the caller has marked this creator.</summary>
    public bool? Favourite { get; init; }

    /// <summary>The caller's relation to this member.</summary>
    public Relation? Relation { get; init; }

    /// <summary>The profile of a member.</summary>
    public static Profile Of(Member member) => new(member);
}
