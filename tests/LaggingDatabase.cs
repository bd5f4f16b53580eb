using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests;

/// <summary>A handler around the SDK that makes reads stale, as another instance may see them.</summary>
/// <remarks>
/// While <see cref="Lags"/> is set, reads return documents as a test had them remembered, and queries find nothing in containers remembered
/// as empty. Writes, their conditions and their answers are never stale, because one replica set of Cosmos DB makes all of them.
/// </remarks>
public sealed class LaggingDatabase : RequestHandler
{
    private readonly ConcurrentDictionary<string, (HttpStatusCode Status, byte[] Body, string? ETag)> _documents = new();
    private readonly ConcurrentDictionary<string, bool> _empty = new();

    /// <summary>Whether reads are stale now.</summary>
    public bool Lags { get; set; }

    /// <summary>Remembers the present version of a document, or its absence.</summary>
    public async Task RememberAsync(Container container, string id, string? partition = null)
    {
        using var response = await container.ReadItemStreamAsync(id, new PartitionKey(partition ?? id));
        using var body = new MemoryStream();
        await (response.Content?.CopyToAsync(body) ?? Task.CompletedTask);
        _documents[PathOf(container, id)] = (response.StatusCode, body.ToArray(), response.Headers.ETag);
    }

    /// <summary>Remembers a container as empty.</summary>
    public void RememberEmpty(Container container)
    {
        _empty[container.Id] = true;
    }

    /// <inheritdoc/>
    public override Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri.OriginalString;
        if (Lags && request.Method == HttpMethod.Get && _documents.TryGetValue(path, out var old))
        {
            return Task.FromResult(Answer(request, old.Status, old.Body, old.ETag));
        }

        return Lags && request.Headers["x-ms-documentdb-isquery"] is not null && _empty.Keys.Any(
            container => path.EndsWith("/" + container, StringComparison.Ordinal))
            ? Task.FromResult(
                Answer(request, HttpStatusCode.OK, Encoding.UTF8.GetBytes("""{"_rid":"","Documents":[],"_count":0}"""), etag: null))
            : base.SendAsync(request, cancellationToken);
    }

    private static string PathOf(Container container, string id) =>
        $"dbs/{Containers.Name}/colls/{container.Id}/docs/{Uri.EscapeDataString(id)}";

    private static ResponseMessage Answer(RequestMessage request, HttpStatusCode status, byte[] body, string? etag)
    {
        var response = new ResponseMessage(status, request) { Content = new MemoryStream(body) };
        response.Headers.Add("etag", etag ?? "");
        response.Headers.Add("x-ms-item-count", "0");
        return response;
    }
}
