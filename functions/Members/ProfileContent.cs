namespace Connections.Members;

/// <summary>What a card shows of a member's profile.</summary>
public abstract record CardContent
{
    /// <summary>The member.</summary>
    public required MemberId Id { get; init; }

    /// <summary>The name that others see.</summary>
    public string DisplayName { get; init; } = "";

    /// <summary>The member's handle on the platform, without @.</summary>
    public string? Handle { get; init; }

    /// <summary>One line about the member.</summary>
    public string? Headline { get; init; }

    /// <summary>An https address of a picture.</summary>
    public string? AvatarUrl { get; init; }

    /// <summary>The brand or the agency.</summary>
    public string? Organisation { get; init; }

    /// <summary>From the published list.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Where the creator is followed.</summary>
    public IReadOnlyList<Platform> Platforms { get; init; } = [];

    /// <summary>ISO 3166 alpha-2.</summary>
    public string? Country { get; init; }

    /// <summary>BCP 47: the languages that the creator publishes in.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];
}

/// <summary>What a member says about themselves: a profile without anything derived from it.</summary>
public abstract record ProfileContent : CardContent
{
    /// <summary>Null until the member has said which.</summary>
    public MemberKind? Kind { get; init; }

    /// <summary>Some paragraphs about the member.</summary>
    public string? Bio { get; init; }

    /// <summary>An https address.</summary>
    public string? Website { get; init; }

    /// <summary>The member's own words.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>BCP 47: the language that emails to this member are written in.</summary>
    public string? Language { get; init; }

    /// <summary>Whether search finds this creator and anybody may invite them.</summary>
    public bool Listed { get; init; }
}
