using System.Net;
using Microsoft.Azure.Cosmos;

namespace Connections.Http;

/// <summary>Items of a list as they were read, and where the list goes on; null at its end.</summary>
public sealed record CosmosPage<T>(IReadOnlyList<T> Items, string? Continuation);

/// <summary>Reads pages of queries.</summary>
public static class CosmosPages
{
    /// <summary>One page: as many items as were asked for, unless the list ends before.</summary>
    /// <remarks>
    /// A query across partitions can answer a short or an empty page and still go on. So it is read on until the page is full,
    /// each time for no more than is missing: an item that was read and not shown would be lost, as the continuation is past it.
    /// </remarks>
    /// <param name="container">What is queried.</param>
    /// <param name="query">The query; the same one for every page of a list.</param>
    /// <param name="page">How many, and from where on.</param>
    /// <param name="partitionKey">The one partition to look in; null for all of them.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>Null when the continuation is none that this query gave.</returns>
    public static async Task<CosmosPage<T>?> ReadPageAsync<T>(
        this Container container, QueryDefinition query, PageRequest page, string? partitionKey, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(container);
        ArgumentNullException.ThrowIfNull(page);
        var items = new List<T>(page.Limit);
        var continuation = page.Continuation;
        do
        {
            var options = new QueryRequestOptions
            {
                MaxItemCount = page.Limit - items.Count,
                PartitionKey = partitionKey is null ? null : new PartitionKey(partitionKey),
            };
            try
            {
                using var pages = container.GetItemQueryIterator<T>(query, continuation, options);
                var response = await pages.ReadNextAsync(ct);
                items.AddRange(response);
                continuation = response.ContinuationToken;
            }
            catch (CosmosException e) when (e.StatusCode == HttpStatusCode.BadRequest && page.Continuation is not null)
            {
                return null;
            }
        }
        while (continuation is not null && items.Count < page.Limit);

        return new CosmosPage<T>(items, continuation);
    }
}
