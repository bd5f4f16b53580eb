using System.Collections.Concurrent;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Connections.Tests.Functions.Members;

/// <summary>What a call costs: how many requests it sends to the database, however many creators and favourites there are.</summary>
public sealed class DatabaseRequestsTests
{
    [Theory]
    [InlineData("/api/creators?limit=5", "members, contacts, favourites")]
    [InlineData("/api/creators?q=slow&language=en&sort=newest&limit=100", "members, contacts, favourites")]
    [InlineData("/api/creators?q=nobodyhasthisword", "members")]
    [InlineData("/api/creators/demo-creator", "members, contacts, favourites")]
    [InlineData("/api/favourites", "favourites, members, contacts, favourites")]
    [InlineData("/api/me", "members")]
    public async Task A_call_sends_these_requests_and_no_more(string path, string containers)
    {
        var requests = new Requests();
        await using var host = await LocalHostFixture.StartAsync(o => o with { Creators = 50, Services = services => Count(services, requests) });
        var client = host.ClientFor("caller");
        await client.GetJsonAsync("/api/me");
        using var marked = await client.PutAsync("/api/favourites/demo-creator", null);

        requests.To.Clear();
        await client.GetJsonAsync(path);

        Assert.Equal(containers.Split(", ").Order(), requests.To.Order());
    }

    // The triggers go on reading the change feed meanwhile; that is none of the call's.
    private static void Count(IServiceCollection services, Requests requests)
    {
        var opened = services.Last(s => s.ServiceType == typeof(CosmosClient)).ImplementationFactory!;
        services.Replace(ServiceDescriptor.Singleton(provider =>
        {
            var original = (CosmosClient)opened(provider);
            var options = Database.ClientOptions();
            options.ConnectionMode = ConnectionMode.Gateway;
            options.LimitToEndpoint = true;
            options.HttpClientFactory = original.ClientOptions.HttpClientFactory;
            options.CustomHandlers.Add(requests);
            return new CosmosClient(original.Endpoint.AbsoluteUri, "bG9jYWw=", options);
        }));
    }

    private sealed class Requests : RequestHandler
    {
        public ConcurrentBag<string> To { get; } = [];

        public override Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri.OriginalString.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var container = path is ["dbs", _, "colls", var name, ..] ? name : "";
            // Where the SDK does not plan sorted queries itself it asks the gateway for the plan: a request that no call can save.
            var isPlan = request.Headers["x-ms-cosmos-is-query-plan-request"] is not null;
            if (container is "members" or "contacts" or "favourites" && !isPlan)
            {
                To.Add(container);
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
