using Connections.Creators;
using Microsoft.Azure.Cosmos;

namespace Connections.Cosmos;

/// <summary>What kind of value a list is sorted by.</summary>
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
/// <param name="Value">What the list is sorted by, of the kind that its order says; null where the item has no such value.</param>
/// <param name="Id">The item's id, which decides between equal values.</param>
/// <param name="Ties">Whether items with the same value may follow. Where that is known not to be so, they need not be looked for.</param>
public sealed record ListPosition(object? Value, string Id, bool Ties);

/// <summary>How a list is sorted: by one value, the highest first, and among equal values by id, the lowest first.</summary>
/// <remarks>
/// The next page is asked for by the last item's value and id, each compared by itself: first those with the same value and a higher id,
/// then those with a lower value. The composite index serves both from exactly there on, so a page costs the same wherever it lies,
/// and however many items have the same value. One condition for both would read all items of that value again.
/// </remarks>
/// <param name="Field">The value's path in a query.</param>
/// <param name="Kind">What kind of value it is.</param>
/// <param name="ValueOf">An item's value; null where it has none.</param>
/// <param name="IdOf">An item's id.</param>
/// <param name="IsId">Whether a text can be the id of an item of the list.</param>
public sealed record ListOrder<T>(string Field, SortKind Kind, Func<T, object?> ValueOf, Func<T, string> IdOf, Func<string, bool> IsId)
    where T : class
{
    /// <summary>The path of the value that the list is limited to and that its composite index begins with, if any.</summary>
    public string? Within { get; init; }

    /// <summary>Whether items may lack the value. They come last.</summary>
    public bool MayBeAbsent { get; init; }

    /// <summary>The highest value of a <see cref="SortKind.Whole"/>.</summary>
    public long Most { get; init; } = long.MaxValue;

    /// <summary>An item's place.</summary>
    /// <param name="item">The item.</param>
    /// <param name="next">The next item of the whole list, whoever may see it; null where it is not known.</param>
    public ListPosition PositionOf(T item, T? next) =>
        new(ValueOf(item), IdOf(item), ValueOf(item) is { } value && (next is null || value.Equals(ValueOf(next))));

    /// <summary>The queries whose answers, one after the other, are the list from behind a position on.</summary>
    /// <param name="which">The list without its order: a query that ends with its WHERE.</param>
    /// <param name="after">The position; null for the whole list.</param>
    /// <param name="missing">How many items are to be found yet, asked for each query when it is its turn.</param>
    public IEnumerable<QueryDefinition> Queries(QueryDefinition which, ListPosition? after, Func<int> missing)
    {
        ArgumentNullException.ThrowIfNull(which);
        ArgumentNullException.ThrowIfNull(missing);
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
            if (after.Ties)
            {
                yield return Query(which, $" AND {Field} = @after AND c.id > @afterId", missing(), [("@after", value), ("@afterId", after.Id)]);
            }

            var lower = $"{Field} < @after";
            yield return Query(which, " AND " + (MayBeAbsent ? $"({lower} OR NOT IS_DEFINED({Field}))" : lower), missing(), [("@after", value)]);
        }
    }

    // With LIMIT the answer is whole: the SDK gets no token either.
    private QueryDefinition Query(QueryDefinition which, string condition, int count, IEnumerable<(string Name, object Value)> parameters)
    {
        var order = $" ORDER BY {(Within is null ? "" : $"{Within} ASC, ")}{Field} DESC, c.id ASC OFFSET 0 LIMIT {count}";
        return which.GetQueryParameters().Concat(parameters).Aggregate(
            new QueryDefinition(which.QueryText + condition + order), (query, parameter) => query.WithParameter(parameter.Name, parameter.Value));
    }
}
