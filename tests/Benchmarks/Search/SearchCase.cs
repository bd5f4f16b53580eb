using System.Globalization;
using Connections.Creators.Facets;

namespace Connections.Benchmarks.Search;

/// <summary>A typical search, with filters and an order. It has a full page of results at every number of creators.</summary>
internal sealed record SearchCase(string Sort)
{
    /// <summary>All cases, which a run uses in turn.</summary>
    public static IReadOnlyList<SearchCase> All { get; } =
    [
        new("followers") { Categories = ["beauty", "fashion"] },
        new("engagement") { Platforms = ["instagram"], MinFollowers = 10_000 },
        new("newest") { Languages = ["en"], Platforms = ["youtube"] },
        new("followers") { Countries = ["DE", "FR", "GB", "US"], Languages = ["en"] },
        new("followers") { MinFollowers = 5_000, MaxFollowers = 100_000, Categories = ["food", "travel", "fitness"] },
        new("engagement") { Languages = ["es", "pt"], MaxFollowers = 200_000 },
        new("newest") { MinEngagement = 0.03, Countries = ["BR", "ES", "IT", "MX", "PT"] },
        new("followers") { Platforms = ["tiktok"], MinEngagement = 0.02, Categories = ["beauty", "food", "gaming", "fashion"] },
    ];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public IReadOnlyList<string> Platforms { get; init; } = [];

    public IReadOnlyList<string> Countries { get; init; } = [];

    public IReadOnlyList<string> Languages { get; init; } = [];

    public long? MinFollowers { get; init; }

    public long? MaxFollowers { get; init; }

    public double? MinEngagement { get; init; }

    /// <summary>The path and query of the call.</summary>
    public string Path => "/api/creators?" + string.Join('&', Parameters().Select(parameter => $"{parameter.Name}={parameter.Value}"));

    private IEnumerable<(string Name, string Value)> Parameters() =>
    [
        ("sort", Sort),
        .. Categories.Select(value => ("category", value)),
        .. Platforms.Select(value => ("platform", value)),
        .. Countries.Select(value => ("country", value)),
        .. Languages.Select(value => ("language", value)),
        .. Number("minFollowers", MinFollowers),
        .. Number("maxFollowers", MaxFollowers),
        .. Number("minEngagement", MinEngagement),
    ];

    private static IEnumerable<(string Name, string Value)> Number(string name, IFormattable? value) =>
        value is null ? [] : [(name, value.ToString(null, CultureInfo.InvariantCulture))];
}
