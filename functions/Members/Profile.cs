using System.Diagnostics.CodeAnalysis;
using Connections.Http;

namespace Connections.Members;

/// <summary>The fields of a profile that a card shows.</summary>
public abstract record CardContent
{
    /// <summary>The member's id.</summary>
    public required MemberId Id { get; init; }

    /// <summary>The name that other members see.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The member's handle on the platform, without @.</summary>
    public string? Handle { get; init; }

    /// <summary>One line about the member.</summary>
    public string? Headline { get; init; }

    /// <summary>The https URL of a picture.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>The name of the brand or agency.</summary>
    public string? Organisation { get; init; }

    /// <summary>Values from <see cref="PublishedLists.Categories"/>.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The platforms where the creator publishes.</summary>
    public IReadOnlyList<Platform> Platforms { get; init; } = [];

    /// <summary>An ISO 3166-1 alpha-2 code.</summary>
    public string? Country { get; init; }

    /// <summary>The languages that the creator publishes in, as BCP 47 tags.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>The kinds of collaboration that the creator is open to: values from <see cref="PublishedLists.Collaborations"/>.</summary>
    public IReadOnlyList<string> OpenTo { get; init; } = [];

    /// <summary>What the creator makes: values from <see cref="PublishedLists.Formats"/>.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>The amount from which a collaboration with the creator begins.</summary>
    public Rate? RateFrom { get; init; }

    /// <summary>From which day the creator is available.</summary>
    public DateOnly? AvailableFrom { get; init; }

    /// <summary>
    /// Within which time the member usually answers, one of <see cref="AnswerTimes.Spans"/>; null where that is not known, or longer.
    /// Derived from <see cref="Member.Answers"/>.
    /// </summary>
    public string? AnswersWithin { get; init; }

    /// <summary>
    /// The domain of the member's website, if they have confirmed an address there; null otherwise. Derived, see
    /// <see cref="Members.ConfirmedDomain"/>.
    /// </summary>
    public string? ConfirmedDomain { get; init; }
}

/// <summary>An amount of money.</summary>
/// <param name="Amount">Whole units of the currency.</param>
/// <param name="Currency">An ISO 4217 code.</param>
public sealed record Rate(long Amount, string Currency);

/// <summary>The fields of a profile, without derived fields.</summary>
public abstract record ProfileContent : CardContent
{
    /// <summary>Null until the member chooses.</summary>
    public MemberKind? Kind { get; init; }

    /// <summary>Paragraphs about the member.</summary>
    public string? Bio { get; init; }

    /// <summary>An https URL.</summary>
    public string? Website { get; init; }

    /// <summary>Free tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>How many days the creator needs from an agreement to publication.</summary>
    public long? LeadTime { get; init; }

    /// <summary>What the creator expects of a brand.</summary>
    public string? Expects { get; init; }

    /// <summary>What the brand offers: values from <see cref="PublishedLists.Collaborations"/>.</summary>
    public IReadOnlyList<string> Offers { get; init; } = [];

    /// <summary>What it is like to work with the brand.</summary>
    public string? About { get; init; }

    /// <summary>The language of emails to this member, as a BCP 47 tag.</summary>
    public string? Language { get; init; }

    /// <summary>Whether search finds this creator and everybody may invite them.</summary>
    public bool Listed { get; init; }
}

/// <summary>A member's profile in answers. It has no secrets.</summary>
public sealed record Profile : ProfileContent
{
    /// <summary>For reading from JSON.</summary>
    public Profile()
    {
    }

    [SetsRequiredMembers]
    private Profile(ProfileContent fields)
        : base(fields)
    {
    }

    /// <summary>Followers on the largest platform. This property and the next five are absent on the caller's own profile.</summary>
    public long? Followers { get; init; }

    /// <summary>Engagement on the largest platform, as a fraction.</summary>
    public double? Engagement { get; init; }

    /// <summary>Whether the caller has marked this creator.</summary>
    public bool? Favourite { get; init; }

    /// <summary>What the caller's mark carries. Absent where there is none.</summary>
    public FavouriteMark? Mark { get; init; }

    /// <summary>True if the caller has put this creator away from their searches; absent otherwise.</summary>
    public bool? Dismissed { get; init; }

    /// <summary>The caller's relation to this member.</summary>
    public Relation? Relation { get; init; }

    /// <summary>On the caller's own profile: true if emails to their address come back. Absent otherwise.</summary>
    public bool? EmailBounces { get; init; }

    /// <summary>The caller's own suspension; absent for none, and on every other profile.</summary>
    public OwnSuspension? Suspension { get; init; }

    /// <summary>The caller's roles that open more than a member's own pages; absent for none, and on every other profile.</summary>
    public IReadOnlyList<string>? Roles { get; init; }

    /// <summary>The profile of a member.</summary>
    public static Profile Of(Member member) => new(member);

    /// <summary>The profile of a member as they see it themselves while they are not suspended.</summary>
    /// <remarks>
    /// Without <see cref="CardContent.AnswersWithin"/>, which changes by itself: a profile that is being edited must not become stale by an
    /// answer.
    /// </remarks>
    public static Profile Own(Member member, Caller caller) => Of(member) with
    {
        AnswersWithin = null,
        EmailBounces = member.EmailBounces ? true : null,
        Roles = caller.KnownRoles,
    };

    /// <summary>The profile of a member as they see it themselves, suspended or not.</summary>
    public static Profile OfSelf(Member member, Caller caller, DateTimeOffset now) => Own(member, caller) with
    {
        Suspension = member.Standing?.SuspensionAt(now) is { } suspension
            ? new OwnSuspension(suspension.Since, suspension.Until, suspension.Reason, suspension.Statement)
            : null,
    };
}

/// <summary>A suspension as the suspended member reads it: who decided it is not theirs to know.</summary>
/// <param name="Since">When it began.</param>
/// <param name="Until">When it ends by itself; absent where a moderator has to lift it.</param>
/// <param name="Reason">The reason from the published list.</param>
/// <param name="Statement">The statement of reasons.</param>
public sealed record OwnSuspension(DateTimeOffset Since, DateTimeOffset? Until, string Reason, string? Statement);
