using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace Connections.Cosmos;

/// <summary>Requests to Cosmos DB that return expected refusals (404, 409, 412) as values instead of exceptions.</summary>
/// <remarks>
/// Only a 404 without a sub-status means that there is no such document. With sub-status 1002 the replicas are behind the session, and with
/// 1003 the container is missing, as in an account that is being restored: these are outages and stay exceptions.
/// </remarks>
public static class CosmosCalls
{
    private const string SubStatus = "x-ms-substatus";

    /// <summary>Reads a document by its id; null when there is none. One request.</summary>
    public static async Task<Document<T>?> FindAsync<T>(this Container container, string id, string partitionKey, CancellationToken ct)
    {
        using var response = await container.ReadItemStreamAsync(id, new PartitionKey(partitionKey), cancellationToken: ct);
        if (response.IsAbsent())
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        var value = await JsonSerializer.DeserializeAsync<T>(response.Content, Json.Options, ct);
        return new Document<T>(value!, response.Headers.ETag);
    }

    /// <summary>Adds a document. One request.</summary>
    /// <returns>False when there is already a document with this id or unique key.</returns>
    /// <exception cref="CosmosException">The request failed for another reason.</exception>
    public static async Task<bool> TryCreateAsync<T>(this Container container, T document, string partitionKey, CancellationToken ct)
    {
        using var body = BodyOf(document);
        using var response = await container.CreateItemStreamAsync(body, new PartitionKey(partitionKey), cancellationToken: ct);
        if (response.StatusCode == HttpStatusCode.Conflict)
        {
            return false;
        }

        response.EnsureSuccessStatusCode();
        return true;
    }

    /// <summary>Replaces a document unless it has changed since it was read. One request.</summary>
    /// <returns>The new ETag; null when the document has changed or is gone.</returns>
    /// <exception cref="CosmosException">The request failed for another reason.</exception>
    public static async Task<string?> TryReplaceAsync<T>(
        this Container container, T document, string id, string partitionKey, string etag, CancellationToken ct)
    {
        using var body = BodyOf(document);
        using var response = await container.ReplaceItemStreamAsync(
            body, id, new PartitionKey(partitionKey), new ItemRequestOptions { IfMatchEtag = etag }, ct);
        if (response.StatusCode == HttpStatusCode.PreconditionFailed || response.IsAbsent())
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return response.Headers.ETag;
    }

    /// <summary>Creates the document when there is no ETag, replaces it under the ETag otherwise. One request.</summary>
    /// <returns>False when another writer was faster.</returns>
    /// <exception cref="CosmosException">The request failed for another reason.</exception>
    public static async Task<bool> TryWriteAsync<T>(
        this Container container, T document, string id, string partitionKey, string? etag, CancellationToken ct) => etag is null
        ? await container.TryCreateAsync(document, partitionKey, ct)
        : await container.TryReplaceAsync(document, id, partitionKey, etag, ct) is not null;

    /// <summary>Deletes a document. One request.</summary>
    /// <returns>False when there was no such document.</returns>
    /// <exception cref="CosmosException">The request failed for another reason.</exception>
    public static async Task<bool> TryDeleteAsync(this Container container, string id, string partitionKey, CancellationToken ct)
    {
        using var response = await container.DeleteItemStreamAsync(id, new PartitionKey(partitionKey), cancellationToken: ct);
        if (response.IsAbsent())
        {
            return false;
        }

        response.EnsureSuccessStatusCode();
        return true;
    }

    /// <summary>Patches a document if a condition on it holds. One request.</summary>
    /// <param name="condition">What would follow <c>WHERE</c> in a query of this document as <c>c</c>; null for no condition.</param>
    /// <param name="answers">Whether the document is returned after the patch.</param>
    /// <param name="etag">The document's ETag, if it must not have changed since it was read.</param>
    /// <returns>
    /// 200, with the document where asked for; 404 when there is no such document; 412 when the condition does not hold.
    /// </returns>
    /// <exception cref="CosmosException">The request failed for another reason.</exception>
    public static async Task<(HttpStatusCode Status, T? Document)> TryPatchAsync<T>(
        this Container container,
        string id,
        string partitionKey,
        IReadOnlyList<PatchOperation> operations,
        string? condition,
        CancellationToken ct,
        bool answers = false,
        string? etag = null)
        where T : class
    {
        var options = new PatchItemRequestOptions
        {
            FilterPredicate = condition is null ? null : $"FROM c WHERE {condition}",
            EnableContentResponseOnWrite = answers,
            IfMatchEtag = etag,
        };
        using var response = await container.PatchItemStreamAsync(id, new PartitionKey(partitionKey), operations, options, ct);
        if (response.StatusCode == HttpStatusCode.PreconditionFailed || response.IsAbsent())
        {
            return (response.StatusCode, null);
        }

        response.EnsureSuccessStatusCode();
        return response.Content is { Length: > 0 } content
            ? (HttpStatusCode.OK, await JsonSerializer.DeserializeAsync<T>(content, Json.Options, ct))
            : (HttpStatusCode.OK, null);
    }

    /// <summary>The results of a query in one partition that finds at most a page. One request.</summary>
    /// <remarks>The SDK sends the query as it is. It would otherwise plan the query first, which costs more than the request.</remarks>
    /// <param name="most">The most results it can have.</param>
    public static async Task<IReadOnlyList<T>> ReadFewAsync<T>(
        this Container container, QueryDefinition query, string partitionKey, int most, CancellationToken ct)
    {
        var options = new QueryRequestOptions
        {
            PartitionKey = new PartitionKey(partitionKey), MaxItemCount = most, EnableOptimisticDirectExecution = true,
        };
        return await container.ReadAllAsync<T>(query, ct, options).ToListAsync(ct);
    }

    /// <summary>
    /// The result of a query in one partition that selects <c>VALUE COUNT(1)</c>. One request, whose cost grows with the count.
    /// </summary>
    public static async Task<int> CountAsync(this Container container, QueryDefinition query, string partitionKey, CancellationToken ct) =>
        (await container.ReadFewAsync<int>(query, partitionKey, 1, ct)).Single();

    /// <summary>The query for documents by their ids.</summary>
    /// <param name="fields">The SELECT list.</param>
    public static QueryDefinition ByIds(string fields, IReadOnlyList<string> ids)
    {
        var query = new QueryDefinition($"SELECT {fields} FROM c WHERE c.id IN ({string.Join(", ", ids.Select((_, i) => $"@id{i}"))})");
        for (var i = 0; i < ids.Count; i++)
        {
            query.WithParameter($"@id{i}", ids[i]);
        }

        return query;
    }

    /// <summary>All documents that a query finds in one partition, in no order. One request a page.</summary>
    public static IAsyncEnumerable<T> ReadPartitionAsync<T>(
        this Container container, string query, string partitionKey, CancellationToken ct) =>
        container.ReadAllAsync<T>(
            new QueryDefinition(query), ct, new() { PartitionKey = new PartitionKey(partitionKey), MaxItemCount = PageRequest.MaxLimit });

    /// <summary>
    /// The results of a query, read as far as they are enumerated; across partitions unless <paramref name="options"/> name one.
    /// </summary>
    public static async IAsyncEnumerable<T> ReadAllAsync<T>(
        this Container container, QueryDefinition query, [EnumeratorCancellation] CancellationToken ct, QueryRequestOptions? options = null)
    {
        using var pages = container.GetItemQueryIterator<T>(query, requestOptions: options);
        while (pages.HasMoreResults)
        {
            foreach (var item in await pages.ReadNextAsync(ct))
            {
                yield return item;
            }
        }
    }

    /// <summary>The documents whose outbox has waited since before a time: the change feed has lost them.</summary>
    /// <param name="fields">The SELECT list.</param>
    public static IAsyncEnumerable<T> UndispatchedAsync<T>(
        this Container container, DateTimeOffset before, CancellationToken ct, string fields = "*") =>
        container.ReadAllAsync<T>(
            new QueryDefinition($"SELECT {fields} FROM c WHERE IS_DEFINED(c.owedSince) AND c.owedSince < @moment")
                .WithParameter("@moment", UtcTimeConverter.Text(before)),
            ct);

    private static bool IsAbsent(this ResponseMessage response) =>
        response.StatusCode == HttpStatusCode.NotFound && (response.Headers[SubStatus] is null or "0");

    private static MemoryStream BodyOf<T>(T document) => new(JsonSerializer.SerializeToUtf8Bytes(document, Json.Options));
}

/// <summary>A document as it was read, and its ETag then.</summary>
public sealed record Document<T>(T Value, string ETag);
