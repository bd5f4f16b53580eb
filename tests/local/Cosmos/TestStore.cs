using System.Text.Json;
using Connections.Emulators.Cosmos;
using Connections.Emulators.Storage;
using Connections.Local.Adapters;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Local.Cosmos;

/// <summary>A store in a temporary folder, with a client.</summary>
public sealed class TestStore : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cosmos").FullName;
    private readonly TimeProvider _time;
    private SqliteFile _file;

    public TestStore(TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        (_file, Store, Client) = Open();
    }

    public string File => Path.Combine(_folder, "store.db");

    public CosmosStore Store { get; private set; }

    public CosmosClient Client { get; private set; }

    /// <summary>Closes the store, so that another process can open its file.</summary>
    public string Close()
    {
        Client.Dispose();
        _file.Dispose();
        return File;
    }

    /// <summary>Closes the store and opens it again, with a new client.</summary>
    public void Restart()
    {
        Close();
        (_file, Store, Client) = Open();
    }

    private (SqliteFile Database, CosmosStore Store, CosmosClient Client) Open()
    {
        var opened = SqliteFile.Open(File);
        var store = new CosmosStore(opened, _time);
        return (opened, store, LocalCosmos.CreateClient(store));
    }

    /// <summary>Creates a container in database <c>test</c> from its description in the REST protocol.</summary>
    public async Task<Container> ContainerAsync(string description)
    {
        Microsoft.Azure.Cosmos.Database database = await Client.CreateDatabaseIfNotExistsAsync("test");
        var properties = Newtonsoft.Json.JsonConvert.DeserializeObject<ContainerProperties>(description)!;
        return await database.CreateContainerAsync(properties);
    }

    /// <summary>Creates the container <c>items</c> with partition key <c>/pk</c>.</summary>
    public Task<Container> ContainerAsync() =>
        ContainerAsync("""{ "id": "items", "partitionKey": { "paths": ["/pk"], "kind": "Hash" } }""");

    /// <summary>An existing container of database <c>test</c>, by the current client.</summary>
    public Container Container(string id = "items") => Client.GetContainer("test", id);

    public void Dispose()
    {
        Client.Dispose();
        _file.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>Shortcuts to add JSON to a container and to query it.</summary>
internal static class ContainerCalls
{
    /// <summary>Creates items from JSON texts. The partition key is <c>/pk</c>, or <c>/id</c> for an item without <c>/pk</c>.</summary>
    public static async Task AddAsync(this Container container, params string[] items)
    {
        foreach (var text in items)
        {
            var item = JsonElement.Parse(text);
            var partition = item.TryGetProperty("pk", out var pk) ? pk.GetString() : item.GetProperty("id").GetString();
            await container.CreateItemAsync(item, new PartitionKey(partition));
        }
    }

    /// <summary>All results of a query as JSON texts.</summary>
    public static async Task<List<string>> QueryAsync(
        this Container container, string query, object? parameters = null, string? partition = null, int pageSize = -1)
    {
        var definition = new QueryDefinition(query);
        foreach (var parameter in parameters?.GetType().GetProperties() ?? [])
        {
            definition.WithParameter("@" + parameter.Name, parameter.GetValue(parameters));
        }

        var options =
            new QueryRequestOptions { MaxItemCount = pageSize, PartitionKey = partition is null ? null : new PartitionKey(partition) };
        using var pages = container.GetItemQueryIterator<JsonElement>(definition, requestOptions: options);
        var answers = new List<string>();
        while (pages.HasMoreResults)
        {
            answers.AddRange((await pages.ReadNextAsync()).Select(answer => answer.GetRawText()));
        }

        return answers;
    }

    /// <summary>A page of a query's results, and the continuation token.</summary>
    public static async Task<(List<string> Answers, string? Token)> PageAsync(
        this Container container, string query, int pageSize, string? token, string? partition = null)
    {
        var options =
            new QueryRequestOptions { MaxItemCount = pageSize, PartitionKey = partition is null ? null : new PartitionKey(partition) };
        using var pages = container.GetItemQueryIterator<JsonElement>(query, token, options);
        var page = await pages.ReadNextAsync();
        return ([.. page.Select(answer => answer.GetRawText())], page.ContinuationToken);
    }
}
