using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests;

/// <summary>A request to the database.</summary>
/// <param name="Container">The container.</param>
/// <param name="Query">The text of a query; null for other requests.</param>
/// <param name="Method">The HTTP method.</param>
public sealed record DatabaseRequest(string Container, string? Query, HttpMethod Method)
{
    /// <summary>The operations of a patch.</summary>
    public IReadOnlyList<string> Patched { get; init; } = [];

    /// <summary>The request units, as docs/operations.md derives them for documents of 1 KB.</summary>
    public double Units => (Method.Method, Container) switch
    {
        _ when Query is not null => 3,
        ("GET", "members" or "connections") => 2,
        ("GET", _) => 1,
        ("POST", _) => 4.95 + (0.2 * (Container == "contacts" ? 10 : 5)),
        // The range index of the time and the composite one, or those of the state.
        ("PATCH", "contacts") => 9.9 + (0.4 * Patched.Count) + (0.4 * Patched.Sum(path => path switch
        {
            "/talkedAt" => 2,
            "/pair" => 5,
            _ => 0,
        })),
        _ => 12,
    };
}

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
            var isQuery = request.Headers["x-ms-documentdb-isquery"] is not null;
            _sent.Enqueue(new DatabaseRequest(container, isQuery ? (await BodyAsync(request))["query"]!.ToString() : null, request.Method)
            {
                Patched = request.Method != HttpMethod.Patch
                    ? []
                    : [.. (await BodyAsync(request))["operations"]!.AsArray().Select(operation => operation!["path"]!.ToString())],
            });
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private static async Task<JsonNode> BodyAsync(RequestMessage request)
    {
        using var reader = new StreamReader(request.Content, Encoding.UTF8, leaveOpen: true);
        var body = await reader.ReadToEndAsync();
        request.Content.Position = 0;
        return JsonNode.Parse(body)!;
    }
}
