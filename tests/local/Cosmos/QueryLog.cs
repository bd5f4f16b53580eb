using System.Collections.Concurrent;
using System.Text.Json;
using Connections.Emulators.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Local.Cosmos;

/// <summary>Records the queries of its clients as the SDK sends them to a store.</summary>
internal sealed class QueryLog(CosmosStore store) : DelegatingHandler(new CosmosHandler(store))
{
    private readonly ConcurrentQueue<string> _sent = new();

    /// <summary>The texts of the queries so far.</summary>
    public IReadOnlyCollection<string> Sent => _sent;

    /// <summary>The number of requests for query plans; 0 if the SDK plans queries itself.</summary>
    public int PlanRequests { get; private set; }

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
            PlanRequests++;
        }
        else if (request.Headers.Contains("x-ms-documentdb-isquery"))
        {
            var body = JsonElement.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            _sent.Enqueue(body.GetProperty("query").GetString()!);
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
