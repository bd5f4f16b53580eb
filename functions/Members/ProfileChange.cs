using Connections.Creators.Facets;

namespace Connections.Members;

/// <summary>The body of <c>PUT /api/me</c>: every field as it was sent, not yet checked. What is absent becomes empty.</summary>
public record ProfileChange
{
    /// <summary><c>brand</c> or <c>creator</c>. Absent leaves it as it is.</summary>
    public string? Kind { get; init; }

    /// <inheritdoc cref="Member.DisplayName"/>
    public string? DisplayName { get; init; }

    /// <inheritdoc cref="Member.Handle"/>
    public string? Handle { get; init; }

    /// <inheritdoc cref="Member.Headline"/>
    public string? Headline { get; init; }

    /// <inheritdoc cref="Member.Bio"/>
    public string? Bio { get; init; }

    /// <inheritdoc cref="Member.AvatarUrl"/>
    public string? AvatarUrl { get; init; }

    /// <inheritdoc cref="Member.Organisation"/>
    public string? Organisation { get; init; }

    /// <inheritdoc cref="Member.Website"/>
    public string? Website { get; init; }

    /// <inheritdoc cref="Member.Categories"/>
    public IReadOnlyList<string?>? Categories { get; init; }

    /// <inheritdoc cref="Member.Tags"/>
    public IReadOnlyList<string?>? Tags { get; init; }

    /// <inheritdoc cref="Member.Platforms"/>
    public IReadOnlyList<PlatformChange?>? Platforms { get; init; }

    /// <inheritdoc cref="Member.Country"/>
    public string? Country { get; init; }

    /// <inheritdoc cref="Member.Languages"/>
    public IReadOnlyList<string?>? Languages { get; init; }

    /// <inheritdoc cref="Member.Language"/>
    public string? Language { get; init; }

    /// <inheritdoc cref="Member.Listed"/>
    public bool? Listed { get; init; }
}

/// <summary>One platform as it was sent.</summary>
public sealed record PlatformChange(string? Name, string? Handle, string? Url, long? Followers, double? Engagement);
