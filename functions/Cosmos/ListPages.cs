using Microsoft.Azure.Cosmos;

namespace Connections.Cosmos;

/// <summary>Items of a list as a caller sees them, and where the list goes on.</summary>
/// <param name="Items">No more than were asked for.</param>
/// <param name="Continuation">What asks for the next page; null on the last.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, string? Continuation);

/// <summary>Reads lists a page at a time.</summary>
public static class ListPages
{
    /// <summary>
    /// How often a page is read for, when not all of what was read may be shown. Each time twice as much is read, up to
    /// <see cref="PageRequest.MaxLimit"/>: enough to pass a thousand hidden items.
    /// </summary>
    private const int MaxReads = 16;

    /// <summary>So many items of a list from behind a position on; fewer only where the list ends.</summary>
    /// <remarks>One request, and a second one where the items with the position's value end within the page.</remarks>
    /// <param name="container">What is queried.</param>
    /// <param name="which">The list without its order: a query that ends with its WHERE.</param>
    /// <param name="order">How the list is sorted.</param>
    /// <param name="after">The position; null for the beginning.</param>
    /// <param name="count">How many.</param>
    /// <param name="partitionKey">The one partition to look in; null for all of them.</param>
    /// <param name="ct">Cancels the requests.</param>
    public static async Task<IReadOnlyList<T>> ReadListAsync<T>(
        this Container container, QueryDefinition which, ListOrder<T> order, ListPosition? after, int count, string? partitionKey, CancellationToken ct)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(container);
        ArgumentNullException.ThrowIfNull(order);
        var items = new List<T>(count);
        foreach (var query in order.Queries(which, after, () => count - items.Count))
        {
            var options = new QueryRequestOptions
            {
                MaxItemCount = count - items.Count,
                PartitionKey = partitionKey is null ? null : new PartitionKey(partitionKey),
                // As it is, without a plan, which would cost more than the request.
                EnableOptimisticDirectExecution = partitionKey is not null,
            };
            // Across partitions an answer can be short or empty, and the query still go on.
            items.AddRange(await container.ReadAllAsync<T>(query, ct, options).ToListAsync(ct));
            if (items.Count == count)
            {
                break;
            }
        }

        return items;
    }

    /// <summary>A page of a list that is shown as it is read.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="page">How many, and from where on.</param>
    /// <param name="read">Reads so many items from behind a position on; fewer only where the list ends.</param>
    public static Task<ListPage<T>> PageAsync<T>(this ListQuestion<T> question, PageRequest page, Func<ListPosition?, int, Task<IReadOnlyList<T>>> read)
        where T : class => question.PageAsync(page, read, items => Task.FromResult<IReadOnlyList<T?>>(items));

    /// <summary>A page of a list of which the caller may not see every item, filled up to make up for those that are hidden.</summary>
    /// <remarks>
    /// A page has a continuation only where there is one more item that the caller may see, so that neither a short page nor an empty one
    /// tells of somebody hidden; and the continuation names the last item shown. The reading is bounded: behind a thousand hidden items a
    /// page may be short, and go on without that being known. It is never empty then, as there would be no item to go on from.
    /// </remarks>
    /// <inheritdoc cref="PageAsync{T}(ListQuestion{T}, PageRequest, Func{ListPosition, int, Task{IReadOnlyList{T}}})"/>
    /// <param name="question">What is asked.</param>
    /// <param name="page">How many, and from where on.</param>
    /// <param name="read">Reads so many items from behind a position on; fewer only where the list ends.</param>
    /// <param name="show">Each of these items as the caller sees it; null in place of one that they may not see.</param>
    public static async Task<ListPage<TShown>> PageAsync<T, TShown>(
        this ListQuestion<T> question, PageRequest page, Func<ListPosition?, int, Task<IReadOnlyList<T>>> read, Func<IReadOnlyList<T>, Task<IReadOnlyList<TShown?>>> show)
        where T : class
        where TShown : class
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(show);
        var shown = new List<TShown>(page.Limit);
        var (after, last) = (page.After, page.After);
        for (var reads = 0; reads < MaxReads || shown.Count == 0; reads++)
        {
            // One more than the page holds tells whether there is a next page.
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
