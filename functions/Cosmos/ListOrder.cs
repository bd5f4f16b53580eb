using Microsoft.Azure.Cosmos;

namespace Connections.Cosmos;

/// <summary>The kind of value that a list is sorted by.</summary>
public enum SortKind
{
    /// <summary>A whole number, 0 or more: a <see cref="long"/>.</summary>
    Whole,

    /// <summary>A fraction from 0 to 1: a <see cref="double"/>.</summary>
    Fraction,

    /// <summary>A time in whole milliseconds: a <see cref="DateTimeOffset"/>.</summary>
    Time,
}

/// <summary>An item's place in a list.</summary>
/// <param name="Value">The value that the list is sorted by, of the kind that its order says; null when the item has none.</param>
/// <param name="Id">The item's id, which decides between equal values.</param>
/// <param name="HasTies">Whether items with the same value may follow; if not, the next page does not look for them.</param>
public sealed record ListPosition(object? Value, string Id, bool HasTies);

/// <summary>How a list is sorted: by one value, the highest first, and among equal values by id, the lowest first.</summary>
/// <remarks>
/// The next page is two queries by the last item's value and id: first the items with the same value and a higher id, then those with a
/// lower value. The composite index serves each from its first item, so a page costs the same wherever it lies and however many items have
/// the same value. One query for both would read all items of that value again.
/// </remarks>
/// <param name="Field">The value's path in a query.</param>
/// <param name="Kind">The value's kind.</param>
/// <param name="ValueOf">An item's value; null when it has none.</param>
/// <param name="IdOf">An item's id.</param>
/// <param name="IsId">Whether a text can be the id of an item in the list.</param>
public sealed record ListOrder<T>(string Field, SortKind Kind, Func<T, object?> ValueOf, Func<T, string> IdOf, Func<string, bool> IsId)
    where T : class
{
    /// <summary>The path that the list is filtered by and its composite index begins with, if any.</summary>
    public string? Within { get; init; }

    /// <summary>Whether items may lack the value. They come last.</summary>
    public bool MayBeAbsent { get; init; }

    /// <summary>The highest value of a <see cref="SortKind.Whole"/>.</summary>
    public long Most { get; init; } = long.MaxValue;

    /// <summary>An item's place.</summary>
    /// <param name="next">The next item of the list, hidden or not; null when it is not known.</param>
    public ListPosition PositionOf(T item, T? next) =>
        new(ValueOf(item), IdOf(item), ValueOf(item) is { } value && (next is null || value.Equals(ValueOf(next))));

    /// <summary>The queries whose results, one after the other, are the list after a position.</summary>
    /// <param name="which">The list without its order: a query that ends with its WHERE clause.</param>
    /// <param name="after">The position; null for the whole list.</param>
    /// <param name="missing">How many items the page still lacks; asked before each query.</param>
    public IEnumerable<QueryDefinition> Queries(QueryDefinition which, ListPosition? after, Func<int> missing)
    {
        if (after is null)
        {
            yield return Query(which, "", missing(), []);
        }
        else if (after.Value is null)
        {
            yield return Query(which, $" AND NOT IS_DEFINED({Field}) AND c.id > @afterId", missing(), [("@afterId", after.Id)]);
        }
        else
        {
            var value = after.Value is DateTimeOffset time ? UtcTimeConverter.Text(time) : after.Value;
            if (after.HasTies)
            {
                var sameValue = $" AND {Field} = @after AND c.id > @afterId";
                yield return Query(which, sameValue, missing(), [("@after", value), ("@afterId", after.Id)]);
            }

            var lower = $"{Field} < @after";
            var further = MayBeAbsent ? $"({lower} OR NOT IS_DEFINED({Field}))" : lower;
            yield return Query(which, " AND " + further, missing(), [("@after", value)]);
        }
    }

    // With LIMIT the answer is complete, and Cosmos DB sends no continuation token.
    private QueryDefinition Query(QueryDefinition which, string condition, int count, IEnumerable<(string Name, object Value)> parameters)
    {
        var order = $" ORDER BY {(Within is null ? "" : $"{Within} ASC, ")}{Field} DESC, c.id ASC OFFSET 0 LIMIT {count}";
        return which.GetQueryParameters().Concat(parameters).Aggregate(
            new QueryDefinition(which.QueryText + condition + order),
            (query, parameter) => query.WithParameter(parameter.Name, parameter.Value));
    }
}
