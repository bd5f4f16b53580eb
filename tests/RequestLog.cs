using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests;

/// <summary>A request to the database.</summary>
/// <param name="Container">The container.</param>
/// <param name="Query">The text of a query; null for other requests.</param>
public sealed record DatabaseRequest(string Container, string? Query);

/// <summary>A handler around the SDK that records the requests of a host to its database.</summary>
/// <remarks>Requests for query plans are left out: where the SDK cannot plan sorted queries itself, it must ask the gateway.</remarks>
public sealed class RequestLog : RequestHandler
{
    private readonly ConcurrentQueue<DatabaseRequest> _sent = new();

    /// <summary>The requests in order.</summary>
    public IReadOnlyCollection<DatabaseRequest> Sent => _sent;

    /// <summary>Clears the log.</summary>
    public void Clear() => _sent.Clear();

    /// <summary>Puts this handler around the host's database.</summary>
    public void Watch(IServiceCollection services) => services.AroundDatabase(this);

    /// <inheritdoc/>
    public override async Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri.OriginalString.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path is ["dbs", _, "colls", var container, ..] && request.Headers["x-ms-cosmos-is-query-plan-request"] is null)
        {
            _sent.Enqueue(
                new DatabaseRequest(container, request.Headers["x-ms-documentdb-isquery"] is null ? null : await QueryAsync(request)));
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private static async Task<string> QueryAsync(RequestMessage request)
    {
        using var reader = new StreamReader(request.Content, Encoding.UTF8, leaveOpen: true);
        var body = await reader.ReadToEndAsync();
        request.Content.Position = 0;
        return JsonNode.Parse(body)!["query"]!.ToString();
    }
}
