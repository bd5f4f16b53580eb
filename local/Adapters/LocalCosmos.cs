using System.Net;
using Connections.Emulators.Cosmos;
using Microsoft.Azure.Cosmos;
using Newtonsoft.Json;

namespace Connections.Local.Adapters;

/// <summary>The app's Cosmos client and containers on the emulator.</summary>
public static class LocalCosmos
{
    // The SDK requires both. No request goes to the one or is signed with the other.
    private const string Endpoint = "https://localhost/";
    private const string Key = "bG9jYWw=";

    /// <summary>A client of a store in this process, with the app's own settings.</summary>
    /// <param name="around">Wraps the handler that carries the requests, for tests.</param>
    public static CosmosClient CreateClient(CosmosStore store, Func<HttpMessageHandler, HttpMessageHandler>? around = null)
    {
        var options = Options();
        options.HttpClientFactory = () => new HttpClient(around is null ? new CosmosHandler(store) : around(new CosmosHandler(store)));
        return new CosmosClient(Endpoint, Key, options);
    }

    /// <summary>A client of a store that is served over HTTP at <paramref name="endpoint"/>.</summary>
    public static CosmosClient CreateClient(Uri endpoint) => new CosmosClient(endpoint.AbsoluteUri, CosmosEndpoint.WellKnownKey, Options());

    /// <summary>Creates the app's database and the container that each <c>*.json</c> of a folder describes.</summary>
    /// <remarks>A container that exists gets the indexing policy and the time to live of its file.</remarks>
    /// <exception cref="CosmosException">A file asks for something that is not supported, or changes a container's keys.</exception>
    public static async Task CreateContainersAsync(CosmosClient client, string folder, CancellationToken ct)
    {
        Microsoft.Azure.Cosmos.Database database =
            await client.CreateDatabaseIfNotExistsAsync(Connections.Cosmos.Containers.Name, cancellationToken: ct);
        await Task.WhenAll(Directory.EnumerateFiles(folder, "*.json").Select(file => CreateContainerAsync(database, file, ct)));
    }

    private static CosmosClientOptions Options()
    {
        var options = Connections.Cosmos.Containers.ClientOptions();
        options.ConnectionMode = ConnectionMode.Gateway;
        options.LimitToEndpoint = true;
        return options;
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
        else if (replaced.StatusCode == HttpStatusCode.BadRequest && await HasOtherKeyAsync(database, container, ct))
        {
            await RekeyAsync(database, container, ct);
        }
        else
        {
            replaced.EnsureSuccessStatusCode();
        }
    }

    private static async Task<bool> HasOtherKeyAsync(
        Microsoft.Azure.Cosmos.Database database, ContainerProperties container, CancellationToken ct)
    {
        var existing = await database.GetContainer(container.Id).ReadContainerAsync(cancellationToken: ct);
        return existing.Resource.PartitionKeyPath != container.PartitionKeyPath;
    }

    /// <summary>Makes a container anew, with another partition key and the same items. A data folder outlives the version of it.</summary>
    /// <remarks>If it is stopped in between, the items are lost. It is a developer's machine; in Azure an operator moves them.</remarks>
    private static async Task RekeyAsync(
        Microsoft.Azure.Cosmos.Database database, ContainerProperties container, CancellationToken ct)
    {
        var old = database.GetContainer(container.Id);
        var items = await Connections.Cosmos.CosmosCalls
            .ReadAllAsync<System.Text.Json.JsonElement>(old, new QueryDefinition("SELECT * FROM c"), ct).ToListAsync(ct);
        await old.DeleteContainerAsync(cancellationToken: ct);
        await database.CreateContainerAsync(container, cancellationToken: ct);
        foreach (var item in items)
        {
            await database.GetContainer(container.Id).CreateItemAsync(item, cancellationToken: ct);
        }
    }
}
