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
        "followers", "engagement", "openTo", "formats", "rateFrom", "availableFrom", "confirmedDomain", "answersWithin",
    } select $"{field}: c.{field}");

    /// <summary>The order of a search. Each has a composite index.</summary>
    /// <param name="platform">Whose numbers decide; null for the largest platform's.</param>
    /// <remarks>
    /// The position of a creator is told by <see cref="FoundCreator.By"/>, so that one order writes the positions for any platform. An old
    /// profile can have negative zero, which sorts as zero. Continuations have zero instead.
    /// </remarks>
    public static ListOrder<FoundCreator> Order(CreatorSort sort, string? platform = null)
    {
        var numbers = platform is null ? "c" : CreatorConditions.ReachOn(platform);
        return sort switch
        {
            CreatorSort.Engagement => By($"{numbers}.engagement", SortKind.Fraction, found => Math.Max(found.Numbers.Engagement, 0)),
            CreatorSort.Newest => By("c.listedAt", SortKind.Time, found => found.ListedAt) with { MayBeAbsent = true },
            _ => By($"{numbers}.followers", SortKind.Whole, found => found.Numbers.Followers) with { Most = ProfileLimits.Followers },
        };
    }

    /// <summary>The query for the cards of matching listed creators, without an order.</summary>
    /// <param name="platform">Finds those whose numbers on this one of the filter's platforms match; null for any of them.</param>
    public static QueryDefinition Of(CreatorFilter filter, string? platform = null)
    {
        var conditions = new CreatorConditions(filter, platform);
        return Query($"SELECT {{{Card}}} AS card, c.listedAt FROM c", conditions.All.Select(condition => condition.Text), conditions);
    }

    /// <summary>The query for the filter values of some listed creators, in no order.</summary>
    /// <param name="filter">The filters.</param>
    /// <param name="most">How many creators.</param>
    /// <param name="mayFailOne">
    /// Whether also those who fail exactly one of the filter's lists, and those who have the numbers that the filter asks for on any
    /// platform.
    /// </param>
    public static QueryDefinition OfValues(CreatorFilter filter, int most, bool mayFailOne)
    {
        if (mayFailOne && filter.Lists is [var only])
        {
            filter = filter.Without(only);
        }

        var select = $"SELECT TOP {most} {Values} FROM c";
        var conditions = new CreatorConditions(filter, onAnyPlatform: mayFailOne);
        var byList = conditions.All.Where(condition => condition.List is not null).ToList();
        if (!mayFailOne || byList.Count == 0)
        {
            return Query(select, conditions.All.Select(condition => condition.Text), conditions);
        }

        var allButOne = byList.Select(one => string.Join(" AND ", byList.Where(other => other != one).Select(other => other.Text)));
        var allLists = string.Join(" OR ", allButOne.Select(all => $"({all})"));
        var others = conditions.All.Except(byList).Select(condition => condition.Text);
        return Query(select, others.Append($"({allLists})"), conditions);
    }

    /// <summary>The fields of <see cref="FilterValues"/>.</summary>
    public const string Values =
        "c.id, c.categories, c.platformNames, c.country, c.languageRanges, c.openTo, c.formats, c.reach, c.followers, c.engagement";

    private static QueryDefinition Query(
        string select, IEnumerable<string> conditions, CreatorConditions of) =>
        of.Parameters.Aggregate(
            new QueryDefinition($"{select} WHERE {string.Join(" AND ", conditions)}"),
            (query, parameter) => query.WithParameter(parameter.Name, parameter.Value));

    private static ListOrder<FoundCreator> By(string field, SortKind kind, Func<FoundCreator, object?> value) =>
        new(field, kind, value, found => found.Card.Id.Value, MemberId.IsSegment) { Within = "c.listed" };
}
