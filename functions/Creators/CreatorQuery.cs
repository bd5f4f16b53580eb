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
        "followers", "engagement", "confirmedDomain",
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
        var (conditions, parameters) = Conditions(filter);
        return Query($"SELECT {{{Card}}} AS card, c.listedAt FROM c", conditions.Select(condition => condition.Text), parameters);
    }

    /// <summary>The query for the filter values of some listed creators, in no order.</summary>
    /// <param name="filter">The filters.</param>
    /// <param name="most">How many creators.</param>
    /// <param name="mayFailOne">Whether also those who fail exactly one of the filter's lists.</param>
    public static QueryDefinition OfValues(CreatorFilter filter, int most, bool mayFailOne)
    {
        var select = $"SELECT TOP {most} c.id, c.categories, c.platformNames, c.country, c.languageRanges FROM c";
        var lists = filter.Lists;
        if (mayFailOne && lists.Count == 1)
        {
            (filter, mayFailOne) = (filter.Without(lists[0]), false);
        }

        var (conditions, parameters) = Conditions(filter);
        if (!mayFailOne)
        {
            return Query(select, conditions.Select(condition => condition.Text), parameters);
        }

        var byList = conditions.Where(condition => condition.List is not null).ToList();
        var allButOne = byList.Select(one => string.Join(" AND ", byList.Where(other => other != one).Select(other => other.Text)));
        var allLists = string.Join(" OR ", allButOne.Select(all => $"({all})"));
        return Query(select, conditions.Except(byList).Select(condition => condition.Text).Append($"({allLists})"), parameters);
    }

    private static QueryDefinition Query(
        string select, IEnumerable<string> conditions, IEnumerable<(string Name, object Value)> parameters) =>
        parameters.Aggregate(
            new QueryDefinition($"{select} WHERE {string.Join(" AND ", conditions)}"),
            (query, parameter) => query.WithParameter(parameter.Name, parameter.Value));

    /// <summary>A creator must meet all of the conditions. One that is of a list of the filter names it.</summary>
    private static (List<(string Text, FilterList? List)> Conditions, List<(string Name, object Value)> Parameters) Conditions(
        CreatorFilter filter)
    {
        var conditions = new List<(string Text, FilterList? List)> { ("c.listed = true", null) };
        var parameters = new List<(string Name, object Value)>();

        string Parameter(string prefix, object value)
        {
            var name = $"@{prefix}{parameters.Count}";
            parameters.Add((name, value));
            return name;
        }

        string Begins(string word) => $"EXISTS(SELECT VALUE t FROM t IN c.terms WHERE STARTSWITH(t, {Parameter("word", word)}))";

        void Add(string condition, FilterList? list = null) => conditions.Add((condition, list));

        void AnyOf(string array, IReadOnlyList<string> values, FilterList list)
        {
            if (values.Count > 0)
            {
                Add($"({string.Join(" OR ", values.Select(v => $"ARRAY_CONTAINS(c.{array}, {Parameter(array, v)})"))})", list);
            }
        }

        foreach (var word in filter.Words)
        {
            Add(word.SpelledOut is null ? Begins(word.Plain) : $"({Begins(word.Plain)} OR {Begins(word.SpelledOut)})");
        }

        AnyOf("categories", filter.Categories, FilterList.Category);
        AnyOf("platformNames", filter.Platforms, FilterList.Platform);
        AnyOf("languageRanges", filter.Languages.SelectMany(LanguageTag.Stored).ToArray(), FilterList.Language);
        if (filter.Countries.Count > 0)
        {
            var countries = string.Join(", ", filter.Countries.Select(v => Parameter("country", v)));
            Add($"c.country IN ({countries})", FilterList.Country);
        }

        if (filter.MinFollowers is { } min)
        {
            Add($"c.followers >= {Parameter("min", min)}");
        }

        if (filter.MaxFollowers is { } max)
        {
            Add($"c.followers <= {Parameter("max", max)}");
        }

        if (filter.MinEngagement is { } engagement)
        {
            Add($"c.engagement >= {Parameter("engagement", engagement)}");
        }

        return (conditions, parameters);
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
    /// <summary>The filter values of up to <paramref name="most"/> matching creators. One request.</summary>
    /// <inheritdoc cref="CreatorQuery.OfValues"/>
    public async Task<IReadOnlyList<FilterValues>> FindValuesAsync(
        CreatorFilter filter, int most, bool mayFailOne, CancellationToken ct) =>
        await containers.Members.ReadAllAsync<FilterValues>(
            CreatorQuery.OfValues(filter, most, mayFailOne), ct, new QueryRequestOptions { MaxItemCount = most }).ToListAsync(ct);

    /// <summary>The filter values of the listed creators among some members. One request for each hundred; none for nobody.</summary>
    public async Task<IReadOnlyList<FilterValues>> FindListedAmongAsync(IReadOnlyCollection<MemberId> members, CancellationToken ct)
    {
        var listed = new List<FilterValues>();
        foreach (var some in members.Chunk(PageRequest.MaxLimit))
        {
            var query = CosmosCalls.ByIds(
                "c.id, c.listed, c.categories, c.platformNames, c.country, c.languageRanges", [.. some.Select(id => id.Value)]);
            listed.AddRange(await containers.Members.ReadAllAsync<ListedValues>(query, ct).Where(found => found.Listed)
                .Select(found => new FilterValues(
                    found.Id, found.Categories ?? [], found.PlatformNames ?? [], found.Country, found.LanguageRanges ?? []))
                .ToListAsync(ct));
        }

        return listed;
    }

    /// <summary>Up to <paramref name="count"/> matching creators after a position, in order; fewer only at the end of the list.</summary>
    public Task<IReadOnlyList<FoundCreator>> FindAsync(CreatorFilter filter, ListPosition? after, int count, CancellationToken ct) =>
        containers.Members.ReadListAsync(
            CreatorQuery.Of(filter), CreatorQuery.Order(filter.Sort), after, count, partitionKey: null, ct);

    private sealed record ListedValues(
        MemberId Id,
        bool Listed,
        IReadOnlyList<string>? Categories,
        IReadOnlyList<string>? PlatformNames,
        string? Country,
        IReadOnlyList<string>? LanguageRanges);
}
