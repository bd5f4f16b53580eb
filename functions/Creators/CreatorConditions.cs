using System.Globalization;
using Connections.Members;

namespace Connections.Creators;

/// <summary>The conditions of a filter, of which a creator must meet all, and their parameters.</summary>
/// <remarks>
/// With platforms, the numbers are those of each of these platforms: a creator must have all that is asked for on one of them. Without,
/// they are those of the largest platform.
/// </remarks>
internal sealed class CreatorConditions
{
    private readonly List<(string Text, FilterList? List)> _all = [("c.listed = true", null)];
    private readonly List<(string Name, object Value)> _parameters = [];

    /// <summary>The conditions of a filter.</summary>
    /// <param name="platform">The one of the filter's platforms that the creators are sorted by; null for none.</param>
    /// <param name="onAnyPlatform">
    /// Whether creators with the numbers on a platform that was not asked for meet the conditions that are of no list.
    /// </param>
    public CreatorConditions(CreatorFilter filter, string? platform = null, bool onAnyPlatform = false)
    {
        foreach (var word in filter.Words)
        {
            Add(word.SpelledOut is null ? Begins(word.Plain) : $"({Begins(word.Plain)} OR {Begins(word.SpelledOut)})");
        }

        AnyOf("categories", filter.Categories, FilterList.Category);
        if (platform is null && !filter.HasNumbers)
        {
            AnyOf("platformNames", filter.Platforms, FilterList.Platform);
        }

        AnyOf("languageRanges", filter.Languages.SelectMany(LanguageTag.Stored).ToArray(), FilterList.Language);
        if (filter.Countries.Count > 0)
        {
            var countries = string.Join(", ", filter.Countries.Select(v => Parameter("country", v)));
            Add($"c.country IN ({countries})", FilterList.Country);
        }

        AnyOf("openTo", filter.OpenTo, FilterList.OpenTo);
        AnyOf("formats", filter.Formats, FilterList.Format);
        if (filter.Available is { } day)
        {
            Add($"c.availableFrom <= {Parameter("available", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))}");
        }

        AddNumbers(filter, platform, onAnyPlatform);
    }

    /// <summary>The conditions. One that is of a list of the filter names it.</summary>
    public IReadOnlyList<(string Text, FilterList? List)> All => _all;

    /// <summary>The values of the parameters.</summary>
    public IReadOnlyList<(string Name, object Value)> Parameters => _parameters;

    /// <summary>The path of the numbers on a platform of the published list.</summary>
    public static string ReachOn(string platform) => $"c.reach.{platform}";

    private void AddNumbers(CreatorFilter filter, string? platform, bool onAnyPlatform)
    {
        // In an order by a platform's numbers, the bound keeps the query to the creators who have any, who come first in the index.
        var bounded = platform is null ? filter : filter.Sort == CreatorSort.Engagement
            ? filter with { MinEngagement = filter.MinEngagement ?? 0 }
            : filter with { MinFollowers = filter.MinFollowers ?? 0 };
        if (!bounded.HasNumbers)
        {
            return;
        }

        var least = bounded.MinFollowers is { } min ? Parameter("min", min) : null;
        var most = bounded.MaxFollowers is { } max ? Parameter("max", max) : null;
        var engagement = bounded.MinEngagement is { } fraction ? Parameter("engagement", fraction) : null;

        string On(string numbers) => string.Join(" AND ", new[]
        {
            least is null ? null : $"{numbers}.followers >= {least}",
            most is null ? null : $"{numbers}.followers <= {most}",
            engagement is null ? null : $"{numbers}.engagement >= {engagement}",
        }.OfType<string>());

        string OnAny(IEnumerable<string> numbers) => $"({string.Join(" OR ", numbers.Select(path => $"({On(path)})"))})";

        if (platform is not null)
        {
            Add(On(ReachOn(platform)), FilterList.Platform);
        }
        else if (filter.Platforms.Count > 0)
        {
            Add(OnAny(filter.Platforms.Select(ReachOn)), FilterList.Platform);
        }
        else if (!onAnyPlatform)
        {
            Add(On("c"));
        }

        if (onAnyPlatform)
        {
            // A creator with enough followers on any platform has them on the largest.
            Add(most is null && engagement is null ? On("c") : OnAny(PublishedLists.Platforms.Select(ReachOn).Prepend("c")));
        }
    }

    private void Add(string condition, FilterList? list = null) => _all.Add((condition, list));

    private void AnyOf(string array, IReadOnlyList<string> values, FilterList list)
    {
        if (values.Count > 0)
        {
            Add($"({string.Join(" OR ", values.Select(v => $"ARRAY_CONTAINS(c.{array}, {Parameter(array, v)})"))})", list);
        }
    }

    private string Begins(string word) => $"EXISTS(SELECT VALUE t FROM t IN c.terms WHERE STARTSWITH(t, {Parameter("word", word)}))";

    private string Parameter(string prefix, object value)
    {
        var name = $"@{prefix}{_parameters.Count}";
        _parameters.Add((name, value));
        return name;
    }
}
