using Microsoft.Azure.Cosmos;

namespace Connections.Cosmos;

/// <summary>The page of a list that a caller asks for.</summary>
/// <param name="Limit">The most items on the page.</param>
/// <param name="After">The item that the page follows; null for the first page.</param>
public sealed record PageRequest(int Limit, ListPosition? After)
{
    /// <summary>The items on a page when the caller gives no limit.</summary>
    public const int DefaultLimit = 24;

    /// <summary>The most items on a page.</summary>
    public const int MaxLimit = 100;
}

/// <summary>A page of a list as the caller sees it.</summary>
/// <param name="Items">The items, no more than the caller asked for.</param>
/// <param name="Continuation">Asks for the next page; null on the last page.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, string? Continuation);

/// <summary>Reads lists a page at a time.</summary>
public static class ListPages
{
    /// <summary>
    /// How many times items are read for one page when some of them are hidden. Each read is twice as large as the one before, up to
    /// <see cref="PageRequest.MaxLimit"/>: together enough to pass a thousand hidden items.
    /// </summary>
    private const int MaxReads = 16;

    /// <summary>The next <paramref name="count"/> items of a list after a position; fewer only where the list ends.</summary>
    /// <remarks>One request, and a second one where the items with the position's value end within the page.</remarks>
    /// <param name="which">The list without its order: a query that ends with its WHERE clause.</param>
    /// <param name="after">The position; null for the beginning.</param>
    /// <param name="partitionKey">The partition; null for all of them.</param>
    public static async Task<IReadOnlyList<T>> ReadListAsync<T>(
        this Container container,
        QueryDefinition which,
        ListOrder<T> order,
        ListPosition? after,
        int count,
        string? partitionKey,
        CancellationToken ct)
        where T : class
    {
        var items = new List<T>(count);
        foreach (var query in order.Queries(which, after, () => count - items.Count))
        {
            var options = new QueryRequestOptions
            {
                MaxItemCount = count - items.Count,
                PartitionKey = partitionKey is null ? null : new PartitionKey(partitionKey),
                // The SDK sends the query as it is. Planning it first would cost more than the request.
                EnableOptimisticDirectExecution = partitionKey is not null,
            };
            // Across partitions a response can be short or empty although more results follow.
            items.AddRange(await container.ReadAllAsync<T>(query, ct, options).ToListAsync(ct));
            if (items.Count == count)
            {
                break;
            }
        }

        return items;
    }

    /// <summary>A page of a list of which the caller may see every item.</summary>
    /// <param name="read">Reads a number of items after a position; fewer only where the list ends.</param>
    public static Task<ListPage<T>> PageAsync<T>(
        this ListQuestion<T> question, PageRequest page, Func<ListPosition?, int, Task<IReadOnlyList<T>>> read)
        where T : class => question.PageAsync(page, read, items => Task.FromResult<IReadOnlyList<T?>>(items));

    /// <summary>A page of a list of which some items may be hidden from the caller. It is filled up with the items that follow.</summary>
    /// <remarks>
    /// A page has a continuation only when the caller may see another item, so that a short or empty page does not reveal a hidden one; and
    /// the continuation names the last item shown. The number of reads is bounded: after a thousand hidden items a page can be short and
    /// have a continuation although no other item may follow. Such a page is never empty, because the continuation needs an item.
    /// </remarks>
    /// <inheritdoc cref="PageAsync{T}(ListQuestion{T}, PageRequest, Func{ListPosition, int, Task{IReadOnlyList{T}}})"/>
    /// <param name="read">Reads a number of items after a position; fewer only where the list ends.</param>
    /// <param name="show">These items as the caller sees them; null in place of a hidden item.</param>
    public static async Task<ListPage<TShown>> PageAsync<T, TShown>(
        this ListQuestion<T> question,
        PageRequest page,
        Func<ListPosition?, int, Task<IReadOnlyList<T>>> read,
        Func<IReadOnlyList<T>, Task<IReadOnlyList<TShown?>>> show)
        where T : class
        where TShown : class
    {
        var shown = new List<TShown>(page.Limit);
        var (after, last) = (page.After, page.After);
        for (var reads = 0; reads < MaxReads || shown.Count == 0; reads++)
        {
            // One item more than the page holds tells whether there is a next page.
            var missing = page.Limit + 1 - shown.Count;
            var count = reads == 0 ? missing : Math.Min(missing << Math.Min(reads, 7), PageRequest.MaxLimit + 1);
            var items = await read(after, count);
            var seen = await show(items);
            for (var i = 0; i < items.Count; i++)
            {
                if (seen[i] is not { } item)
                {
                    continue;
                }

                if (shown.Count == page.Limit)
                {
                    return new ListPage<TShown>(shown, question.Write(last!));
                }

                shown.Add(item);
                last = question.Order.PositionOf(items[i], items.ElementAtOrDefault(i + 1));
            }

            if (items.Count < count)
            {
                return new ListPage<TShown>(shown, null);
            }

            after = question.Order.PositionOf(items[^1], default);
        }

        return new ListPage<TShown>(shown, question.Write(last!));
    }
}
