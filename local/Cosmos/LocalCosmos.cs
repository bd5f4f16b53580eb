using System.Net;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;
using Newtonsoft.Json;

namespace Connections.Local.Cosmos;

/// <summary>The app's Cosmos client and containers on a local store.</summary>
public static class LocalCosmos
{
    // The SDK wants an endpoint and a key in their form; nothing is sent to the one or signed for the other.
    private const string Endpoint = "https://localhost/";
    private const string Key = "bG9jYWw=";

    /// <summary>A client of the store, in this process, set up as the app's client is.</summary>
    /// <param name="store">The store.</param>
    /// <param name="around">Stands between the client and the store, where given: it gets what carries requests.</param>
    public static CosmosClient CreateClient(CosmosStore store, Func<HttpMessageHandler, HttpMessageHandler>? around = null)
    {
        var options = Connections.Cosmos.Containers.ClientOptions();
        options.ConnectionMode = ConnectionMode.Gateway;
        options.LimitToEndpoint = true;
        options.HttpClientFactory = () => new HttpClient(around is null ? new CosmosHandler(store) : around(new CosmosHandler(store)));
        return new CosmosClient(Endpoint, Key, options);
    }

    /// <summary>A client of a store that another process, or this one, has mapped at the root of <paramref name="endpoint"/>.</summary>
    public static CosmosClient CreateClient(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var options = Connections.Cosmos.Containers.ClientOptions();
        options.ConnectionMode = ConnectionMode.Gateway;
        options.LimitToEndpoint = true;
        return new CosmosClient(endpoint.AbsoluteUri, CosmosEndpoint.WellKnownKey, options);
    }

    /// <summary>Makes the app's database and, for each <c>*.json</c> of a folder, the container that it describes.</summary>
    /// <remarks>A container that exists gets the indexing policy and the time to live of its file.</remarks>
    /// <exception cref="CosmosException">A file asks for what is not supported, or changes a container's keys.</exception>
    public static async Task CreateContainersAsync(CosmosClient client, string folder, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(client);
        Microsoft.Azure.Cosmos.Database database = await client.CreateDatabaseIfNotExistsAsync(Connections.Cosmos.Containers.Name, cancellationToken: ct);
        await Task.WhenAll(Directory.EnumerateFiles(folder, "*.json").Select(file => CreateContainerAsync(database, file, ct)));
    }

    private static async Task CreateContainerAsync(Microsoft.Azure.Cosmos.Database database, string file, CancellationToken ct)
    {
        var container = JsonConvert.DeserializeObject<ContainerProperties>(await File.ReadAllTextAsync(file, ct))
            ?? throw new InvalidDataException($"{file} is empty.");
        using var replaced = await database.GetContainer(container.Id).ReplaceContainerStreamAsync(container, cancellationToken: ct);
        if (replaced.StatusCode == HttpStatusCode.NotFound)
        {
            await database.CreateContainerAsync(container, cancellationToken: ct);
        }
        else
        {
            replaced.EnsureSuccessStatusCode();
        }
    }
}
