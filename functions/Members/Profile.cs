using Connections.Creators.Facets;
using Connections.Creators.Favourites;

namespace Connections.Members;

/// <summary>A member's profile as calls answer it: nothing of it is secret.</summary>
public sealed record Profile
{
    /// <summary>The member.</summary>
    public required MemberId Id { get; init; }

    /// <summary>Absent until the member has said which.</summary>
    public MemberKind? Kind { get; init; }

    /// <summary>The name that others see.</summary>
    public required string DisplayName { get; init; }

    /// <summary>Without @.</summary>
    public string? Handle { get; init; }

    /// <summary>One line about the member.</summary>
    public string? Headline { get; init; }

    /// <summary>Some paragraphs about the member.</summary>
    public string? Bio { get; init; }

    /// <summary>An https address of a picture.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>The brand or the agency.</summary>
    public string? Organisation { get; init; }

    /// <summary>An https address.</summary>
    public string? Website { get; init; }

    /// <summary>From the published list.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>The member's own words.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Where the creator is followed.</summary>
    public required IReadOnlyList<Platform> Platforms { get; init; }

    /// <summary>ISO 3166 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>BCP 47: the languages that the creator publishes in.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>BCP 47: the language that this member is written to in.</summary>
    public string? Language { get; init; }

    /// <summary>Whether search finds this creator and anybody may invite them.</summary>
    public bool Listed { get; init; }

    /// <summary>On the largest platform. With the three below, what a card has beyond a profile; absent on the caller's own.</summary>
    public long? Followers { get; init; }

    /// <summary>On the largest platform, as a fraction.</summary>
    public double? Engagement { get; init; }

    /// <summary>Whether the caller has marked this creator.</summary>
    public bool? Favourite { get; init; }

    /// <summary>What stands between the caller and this member.</summary>
    public Relation? Relation { get; init; }

    /// <summary>The profile of a member.</summary>
    public static Profile Of(Member member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return new Profile
        {
            Id = member.Id,
            Kind = member.Kind,
            DisplayName = member.DisplayName,
            Handle = member.Handle,
            Headline = member.Headline,
            Bio = member.Bio,
            AvatarUrl = member.AvatarUrl,
            Organisation = member.Organisation,
            Website = member.Website,
            Categories = member.Categories,
            Tags = member.Tags,
            Platforms = member.Platforms,
            Country = member.Country,
            Languages = member.Languages,
            Language = member.Language,
            Listed = member.Listed,
        };
    }
}
