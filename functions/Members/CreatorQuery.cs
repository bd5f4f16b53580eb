using Microsoft.Azure.Cosmos;

namespace Connections.Members;

/// <summary>Turns a filter into the one query that answers it.</summary>
/// <remarks>
/// Pure. Everything that somebody typed is a parameter. Each order has a composite index that begins with <c>listed</c>, so a
/// page costs what it shows, however many creators there are.
/// </remarks>
public static class CreatorQuery
{
    // The fields of a card, and nothing that a card does not show.
    private const string Card =
        "c.id, c.displayName, c.handle, c.headline, c.avatarUrl, c.organisation, c.categories, c.platforms, c.country, c.languages, c.followers, c.engagement";

    /// <summary>The query for the cards of the listed creators that match.</summary>
    public static QueryDefinition Of(CreatorFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var conditions = new List<string> { "c.listed = true" };
        var parameters = new List<(string Name, object Value)>();

        string Parameter(string prefix, object value)
        {
            var name = $"@{prefix}{parameters.Count}";
            parameters.Add((name, value));
            return name;
        }

        void AnyOf(string array, IReadOnlyList<string> values)
        {
            if (values.Count > 0)
            {
                conditions.Add($"({string.Join(" OR ", values.Select(v => $"ARRAY_CONTAINS(c.{array}, {Parameter(array, v)})"))})");
            }
        }

        foreach (var word in filter.Words)
        {
            conditions.Add($"EXISTS(SELECT VALUE t FROM t IN c.terms WHERE STARTSWITH(t, {Parameter("word", word)}))");
        }

        AnyOf("categories", filter.Categories);
        AnyOf("platformNames", filter.Platforms);
        AnyOf("languageRanges", filter.Languages);
        if (filter.Countries.Count > 0)
        {
            conditions.Add($"c.country IN ({string.Join(", ", filter.Countries.Select(v => Parameter("country", v)))})");
        }

        if (filter.MinFollowers is { } min)
        {
            conditions.Add($"c.followers >= {Parameter("min", min)}");
        }

        if (filter.MaxFollowers is { } max)
        {
            conditions.Add($"c.followers <= {Parameter("max", max)}");
        }

        if (filter.MinEngagement is { } engagement)
        {
            conditions.Add($"c.engagement >= {Parameter("engagement", engagement)}");
        }

        var order = filter.Sort switch
        {
            CreatorSort.Engagement => "engagement",
            CreatorSort.Newest => "listedAt",
            _ => "followers",
        };
        var text = $"SELECT {Card} FROM c WHERE {string.Join(" AND ", conditions)} ORDER BY c.listed ASC, c.{order} DESC, c.id ASC";
        return parameters.Aggregate(new QueryDefinition(text), (query, parameter) => query.WithParameter(parameter.Name, parameter.Value));
    }
}
