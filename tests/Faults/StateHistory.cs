using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Faults;

/// <summary>Every state that was written of each connection, in the order of its versions: a handler around the SDK.</summary>
internal sealed class StateHistory : RequestHandler
{
    private readonly ConcurrentQueue<(string Id, long Version, string State)> _written = new();

    /// <summary>What was written of a connection, the first first. A version that was written twice is there twice.</summary>
    public IReadOnlyList<(long Version, string State)> Of(string id) =>
        [.. _written.Where(one => one.Id == id).Select(one => (one.Version, one.State)).OrderBy(one => one.Version)];

    /// <inheritdoc/>
    public override async Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        var document = IsWrite(request) ? await ReadAsync(request.Content, cancellationToken) : null;
        var response = await base.SendAsync(request, cancellationToken);
        if (document?["state"] is { } state && response.IsSuccessStatusCode)
        {
            _written.Enqueue((document["id"]!.ToString(), (long)document["version"]!, state.ToString()));
        }

        return response;
    }

    private static bool IsWrite(RequestMessage request) =>
        request.RequestUri.OriginalString.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["dbs", _, "colls", Connections.Cosmos.Containers.ConnectionsContainer, ..]
        && (request.Method == HttpMethod.Put || (request.Method == HttpMethod.Post && request.Headers["x-ms-documentdb-isquery"] is null));

    private static async Task<JsonNode?> ReadAsync(Stream content, CancellationToken ct)
    {
        var document = await JsonNode.ParseAsync(content, documentOptions: new JsonDocumentOptions(), cancellationToken: ct);
        content.Position = 0;
        return document;
    }
}
