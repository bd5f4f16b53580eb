using Connections.Cosmos;
using Connections.Members;
using Microsoft.Azure.Cosmos;

namespace Connections.Creators;

/// <summary>Makes the query for a filter.</summary>
/// <remarks>
/// Pure. All user input becomes parameters. Each order has a composite index that begins with <c>listed</c>, so the cost of a page depends
/// on its items and not on the number of creators.
/// </remarks>
public static class CreatorQuery
{
    // Exactly the fields that a card shows.
    private static readonly string Card = string.Join(", ", from field in new[]
    {
        "id", "displayName", "handle", "headline", "avatarUrl", "organisation", "categories", "platforms", "country", "languages",
        "followers", "engagement",
    } select $"{field}: c.{field}");

    /// <summary>The order of a search. Each has a composite index.</summary>
    /// <remarks>An old profile can have negative zero, which sorts as zero. Continuations have zero instead.</remarks>
    public static ListOrder<FoundCreator> Order(CreatorSort sort) => sort switch
    {
        CreatorSort.Engagement => By("c.engagement", SortKind.Fraction, found => Math.Max(found.Card.Engagement, 0)),
        CreatorSort.Newest => By("c.listedAt", SortKind.Time, found => found.ListedAt) with { MayBeAbsent = true },
        _ => By("c.followers", SortKind.Whole, found => found.Card.Followers) with { Most = ProfileLimits.Followers },
    };

    /// <summary>The query for the cards of matching listed creators, without an order.</summary>
    public static QueryDefinition Of(CreatorFilter filter)
    {
        var conditions = new List<string> { "c.listed = true" };
        var parameters = new List<(string Name, object Value)>();

        string Parameter(string prefix, object value)
        {
            var name = $"@{prefix}{parameters.Count}";
            parameters.Add((name, value));
            return name;
        }

        string Begins(string word) => $"EXISTS(SELECT VALUE t FROM t IN c.terms WHERE STARTSWITH(t, {Parameter("word", word)}))";

        void AnyOf(string array, IReadOnlyList<string> values)
        {
            if (values.Count > 0)
            {
                conditions.Add($"({string.Join(" OR ", values.Select(v => $"ARRAY_CONTAINS(c.{array}, {Parameter(array, v)})"))})");
            }
        }

        foreach (var word in filter.Words)
        {
            conditions.Add(word.SpelledOut is null ? Begins(word.Plain) : $"({Begins(word.Plain)} OR {Begins(word.SpelledOut)})");
        }

        AnyOf("categories", filter.Categories);
        AnyOf("platformNames", filter.Platforms);
        AnyOf("languageRanges", filter.Languages.SelectMany(LanguageTag.Stored).ToArray());
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

        var text = $"SELECT {{{Card}}} AS card, c.listedAt FROM c WHERE {string.Join(" AND ", conditions)}";
        return parameters.Aggregate(new QueryDefinition(text), (query, parameter) => query.WithParameter(parameter.Name, parameter.Value));
    }

    private static ListOrder<FoundCreator> By(string field, SortKind kind, Func<FoundCreator, object?> value) =>
        new(field, kind, value, found => found.Card.Id.Value, MemberId.IsSegment) { Within = "c.listed" };
}

/// <summary>A creator in search results.</summary>
/// <param name="Card">The card, without the parts that depend on the viewer.</param>
/// <param name="ListedAt">When the creator was first listed.</param>
public sealed record FoundCreator(Card Card, DateTimeOffset? ListedAt);

/// <summary>Finds listed creators.</summary>
public sealed class CreatorSearch(Containers containers)
{
    /// <summary>Up to <paramref name="count"/> matching creators after a position, in order; fewer only at the end of the list.</summary>
    public Task<IReadOnlyList<FoundCreator>> FindAsync(CreatorFilter filter, ListPosition? after, int count, CancellationToken ct) =>
        containers.Members.ReadListAsync(
            CreatorQuery.Of(filter), CreatorQuery.Order(filter.Sort), after, count, partitionKey: null, ct);
}
