using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Faults;

/// <summary>A handler around the SDK that records every written state of each connection.</summary>
internal sealed class StateHistory : RequestHandler
{
    private readonly ConcurrentQueue<(string Id, long Version, string State)> _written = new();

    /// <summary>The written states of a connection by version. A version that was written twice appears twice.</summary>
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
        request.RequestUri.OriginalString.Split('/', StringSplitOptions.RemoveEmptyEntries)
            is ["dbs", _, "colls", Connections.Cosmos.Containers.ConnectionsContainer, ..]
        && (request.Method == HttpMethod.Put || (request.Method == HttpMethod.Post && request.Headers["x-ms-documentdb-isquery"] is null));

    private static async Task<JsonNode?> ReadAsync(Stream content, CancellationToken ct)
    {
        var document = await JsonNode.ParseAsync(content, documentOptions: new JsonDocumentOptions(), cancellationToken: ct);
        content.Position = 0;
        return document;
    }
}
