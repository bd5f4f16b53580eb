using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Azure.Cosmos;

namespace Connections.Cosmos;

/// <summary>Reads and answers that Cosmos gives as exceptions, as values.</summary>
/// <remarks>
/// Every 404 that is an answer is one of these: there is no such document. A 404 with a sub-status says no such thing. With 1002 the replicas are behind the
/// session, with 1003 the container itself is missing, as in an account that is being restored; these are outages, and stay exceptions.
/// </remarks>
public static class CosmosCalls
{
    private const string SubStatus = "x-ms-substatus";

    /// <summary>A point read; null when there is no such document.</summary>
    public static async Task<Document<T>?> FindAsync<T>(this Container container, string id, string partitionKey, CancellationToken ct)
    {
        using var response = await container.ReadItemStreamAsync(id, new PartitionKey(partitionKey), cancellationToken: ct);
        if (response.IsAbsent())
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        var value = await System.Text.Json.JsonSerializer.DeserializeAsync<T>(response.Content, Json.Options, ct);
        return new Document<T>(value!, response.Headers.ETag);
    }

    /// <summary>Adds a document. One request.</summary>
    /// <returns>False when there is one already by its id, or by a unique key: that is an answer, and comes too often to be an exception.</returns>
    /// <exception cref="CosmosException">It was not added for any other reason.</exception>
    public static async Task<bool> TryCreateAsync<T>(this Container container, T document, string partitionKey, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(container);
        using var body = BodyOf(document);
        using var response = await container.CreateItemStreamAsync(body, new PartitionKey(partitionKey), cancellationToken: ct);
        if (response.StatusCode == HttpStatusCode.Conflict)
        {
            return false;
        }

        response.EnsureSuccessStatusCode();
        return true;
    }

    /// <summary>Writes a document if nobody has since it was read. One request.</summary>
    /// <returns>The new ETag; null when somebody has, or the document is gone.</returns>
    /// <exception cref="CosmosException">It was not written for any other reason.</exception>
    public static async Task<string?> TryReplaceAsync<T>(this Container container, T document, string id, string partitionKey, string etag, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(container);
        using var body = BodyOf(document);
        using var response = await container.ReplaceItemStreamAsync(body, id, new PartitionKey(partitionKey), new ItemRequestOptions { IfMatchEtag = etag }, ct);
        if (response.StatusCode == HttpStatusCode.PreconditionFailed || response.IsAbsent())
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return response.Headers.ETag;
    }

    /// <summary>Creates a document without an ETag, replaces one with it. One request.</summary>
    /// <returns>False when another writer came first.</returns>
    /// <exception cref="CosmosException">It was not written for any other reason.</exception>
    public static async Task<bool> TryWriteAsync<T>(this Container container, T document, string id, string partitionKey, string? etag, CancellationToken ct) => etag is null
        ? await container.TryCreateAsync(document, partitionKey, ct)
        : await container.TryReplaceAsync(document, id, partitionKey, etag, ct) is not null;

    /// <summary>Deletes a document. One request.</summary>
    /// <returns>False when there was none.</returns>
    /// <exception cref="CosmosException">It was not deleted for any other reason.</exception>
    public static async Task<bool> TryDeleteAsync(this Container container, string id, string partitionKey, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(container);
        using var response = await container.DeleteItemStreamAsync(id, new PartitionKey(partitionKey), cancellationToken: ct);
        if (response.IsAbsent())
        {
            return false;
        }

        response.EnsureSuccessStatusCode();
        return true;
    }

    /// <summary>A patch that may find no document (404) or one that its condition does not hold of (412): these are answers, and come too often to be exceptions.</summary>
    /// <returns>The status and, when it was patched and <paramref name="options"/> ask for it, the document.</returns>
    /// <exception cref="CosmosException">It was not patched for any other reason.</exception>
    public static async Task<(HttpStatusCode Status, T? Document)> TryPatchAsync<T>(
        this Container container, string id, string partitionKey, IReadOnlyList<PatchOperation> operations, PatchItemRequestOptions options, CancellationToken ct)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(container);
        using var response = await container.PatchItemStreamAsync(id, new PartitionKey(partitionKey), operations, options, ct);
        if (response.StatusCode == HttpStatusCode.PreconditionFailed || response.IsAbsent())
        {
            return (response.StatusCode, null);
        }

        response.EnsureSuccessStatusCode();
        return (HttpStatusCode.OK, response.Content is { Length: > 0 } content ? await System.Text.Json.JsonSerializer.DeserializeAsync<T>(content, Json.Options, ct) : null);
    }

    /// <summary>What a query in one partition finds, when that is no more than a page.</summary>
    /// <remarks>
    /// The SDK sends it as it is. It would take the query apart and plan it first, which costs more than the request.
    /// </remarks>
    /// <param name="container">Of which container.</param>
    /// <param name="query">Which.</param>
    /// <param name="partitionKey">In which partition.</param>
    /// <param name="most">How many it finds at most.</param>
    /// <param name="ct">Gives up.</param>
    public static async Task<IReadOnlyList<T>> ReadFewAsync<T>(
        this Container container, QueryDefinition query, string partitionKey, int most, CancellationToken ct)
    {
        var options = new QueryRequestOptions
        {
            PartitionKey = new PartitionKey(partitionKey), MaxItemCount = most, EnableOptimisticDirectExecution = true,
        };
        return await container.ReadAllAsync<T>(query, ct, options).ToListAsync(ct);
    }

    /// <summary>How many documents a query counts in one partition: one that selects <c>VALUE COUNT(1)</c>. One request, whose cost grows with them.</summary>
    public static async Task<int> CountAsync(this Container container, QueryDefinition query, string partitionKey, CancellationToken ct) =>
        (await container.ReadFewAsync<int>(query, partitionKey, 1, ct)).Single();

    /// <summary>The query for documents by their ids.</summary>
    /// <param name="fields">What of each, as a query selects it.</param>
    /// <param name="ids">Which.</param>
    public static QueryDefinition ByIds(string fields, IReadOnlyList<string> ids)
    {
        var query = new QueryDefinition($"SELECT {fields} FROM c WHERE c.id IN ({string.Join(", ", ids.Select((_, i) => $"@id{i}"))})");
        for (var i = 0; i < ids.Count; i++)
        {
            query.WithParameter($"@id{i}", ids[i]);
        }

        return query;
    }

    /// <summary>What a query finds, read on as far as it is asked for; across partitions, where <paramref name="options"/> do not name one.</summary>
    public static async IAsyncEnumerable<T> ReadAllAsync<T>(
        this Container container, QueryDefinition query, [EnumeratorCancellation] CancellationToken ct, QueryRequestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(container);
        using var pages = container.GetItemQueryIterator<T>(query, requestOptions: options);
        while (pages.HasMoreResults)
        {
            foreach (var item in await pages.ReadNextAsync(ct))
            {
                yield return item;
            }
        }
    }

    /// <summary>The documents that owe something since before a moment: what the change feed has lost.</summary>
    /// <param name="container">Of which container.</param>
    /// <param name="moment">Before which.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="fields">What of each document, as a query selects it.</param>
    public static IAsyncEnumerable<T> OwingSinceBeforeAsync<T>(this Container container, DateTimeOffset moment, CancellationToken ct, string fields = "*") =>
        container.ReadAllAsync<T>(
            new QueryDefinition($"SELECT {fields} FROM c WHERE IS_DEFINED(c.owedSince) AND c.owedSince < @moment")
                .WithParameter("@moment", UtcTimeConverter.Text(moment)),
            ct);

    private static bool IsAbsent(this ResponseMessage response) => response.StatusCode == HttpStatusCode.NotFound && (response.Headers[SubStatus] is null or "0");

    private static MemoryStream BodyOf<T>(T document) => new(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(document, Json.Options));
}

/// <summary>A document as it was read, with the ETag that guards its next change.</summary>
public sealed record Document<T>(T Value, string ETag);
