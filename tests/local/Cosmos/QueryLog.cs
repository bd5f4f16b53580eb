using System.Collections.Concurrent;
using System.Text.Json;
using Connections.Emulators.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Local.Cosmos;

/// <summary>Clients of a store whose queries are written down as the SDK sends them.</summary>
internal sealed class QueryLog(CosmosStore store) : DelegatingHandler(new CosmosHandler(store))
{
    private readonly ConcurrentQueue<string> _sent = new();

    /// <summary>The texts of the queries.</summary>
    public IReadOnlyCollection<string> Sent => _sent;

    /// <summary>How many times the SDK asked for a plan, because it did not make one itself.</summary>
    public int PlansAsked { get; private set; }

    public CosmosClient CreateClient()
    {
        var options = Connections.Cosmos.Containers.ClientOptions();
        options.ConnectionMode = ConnectionMode.Gateway;
        options.LimitToEndpoint = true;
        options.HttpClientFactory = () => new HttpClient(this, disposeHandler: false);
        return new CosmosClient("https://localhost/", "bG9jYWw=", options);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Contains("x-ms-cosmos-is-query-plan-request"))
        {
            PlansAsked++;
        }
        else if (request.Headers.Contains("x-ms-documentdb-isquery"))
        {
            var body = JsonElement.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            _sent.Enqueue(body.GetProperty("query").GetString()!);
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
