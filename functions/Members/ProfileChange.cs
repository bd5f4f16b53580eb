namespace Connections.Members;

/// <summary>The body of <c>PUT /api/me</c>: every field as sent and unchecked. An absent field becomes empty.</summary>
public record ProfileChange
{
    /// <summary><c>brand</c> or <c>creator</c>. If absent, it does not change.</summary>
    public string? Kind { get; init; }

    /// <inheritdoc cref="CardContent.DisplayName"/>
    public string? DisplayName { get; init; }

    /// <inheritdoc cref="CardContent.Handle"/>
    public string? Handle { get; init; }

    /// <inheritdoc cref="CardContent.Headline"/>
    public string? Headline { get; init; }

    /// <inheritdoc cref="ProfileContent.Bio"/>
    public string? Bio { get; init; }

    /// <inheritdoc cref="CardContent.AvatarUrl"/>
    public string? AvatarUrl { get; init; }

    /// <summary>
    /// A file of the member's, which becomes the picture. If absent, <see cref="AvatarUrl"/> says whether the picture stays.
    /// </summary>
    public string? Avatar { get; init; }

    /// <inheritdoc cref="CardContent.Organisation"/>
    public string? Organisation { get; init; }

    /// <inheritdoc cref="ProfileContent.Website"/>
    public string? Website { get; init; }

    /// <inheritdoc cref="CardContent.Categories"/>
    public IReadOnlyList<string?>? Categories { get; init; }

    /// <inheritdoc cref="ProfileContent.Tags"/>
    public IReadOnlyList<string?>? Tags { get; init; }

    /// <inheritdoc cref="CardContent.Platforms"/>
    public IReadOnlyList<PlatformChange?>? Platforms { get; init; }

    /// <inheritdoc cref="CardContent.Country"/>
    public string? Country { get; init; }

    /// <inheritdoc cref="CardContent.Languages"/>
    public IReadOnlyList<string?>? Languages { get; init; }

    /// <inheritdoc cref="CardContent.OpenTo"/>
    public IReadOnlyList<string?>? OpenTo { get; init; }

    /// <inheritdoc cref="CardContent.Formats"/>
    public IReadOnlyList<string?>? Formats { get; init; }

    /// <inheritdoc cref="CardContent.RateFrom"/>
    public RateChange? RateFrom { get; init; }

    /// <inheritdoc cref="ProfileContent.LeadTime"/>
    public long? LeadTime { get; init; }

    /// <summary>The day, as <c>2026-12-01</c>.</summary>
    public string? AvailableFrom { get; init; }

    /// <inheritdoc cref="ProfileContent.Expects"/>
    public string? Expects { get; init; }

    /// <inheritdoc cref="ProfileContent.Offers"/>
    public IReadOnlyList<string?>? Offers { get; init; }

    /// <inheritdoc cref="ProfileContent.About"/>
    public string? About { get; init; }

    /// <inheritdoc cref="ProfileContent.Language"/>
    public string? Language { get; init; }

    /// <inheritdoc cref="ProfileContent.Listed"/>
    public bool? Listed { get; init; }
}

/// <summary>A platform as sent. Only a bulk load may say when the numbers were checked; from a member it is ignored.</summary>
public sealed record PlatformChange(
    string? Name, string? Handle, string? Url, long? Followers, double? Engagement, DateTimeOffset? CheckedAt = null);

/// <summary>An amount of money as sent.</summary>
public sealed record RateChange(long? Amount, string? Currency);
