using System.Net;
using System.Text.Json;
using Connections.Cosmos;
using Connections.Emulators.Cosmos;
using Connections.Emulators.Storage;
using Connections.Local;
using Connections.Local.Adapters;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Local.Cosmos;

public sealed class ContainerTests : IDisposable
{
    private static readonly PartitionKey P = new("p");

    private readonly SetTime _time = new();
    private readonly TestStore _store;

    public ContainerTests() => _store = new TestStore(_time);

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task The_apps_containers_are_created_from_their_files_and_creating_them_again_changes_nothing()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "infra", "cosmos");
        await LocalCosmos.CreateContainersAsync(_store.Client, folder, default);
        var members = new Containers(_store.Client).Members;
        await members.AddAsync("""{"id":"m1","listed":true}""");
        await LocalCosmos.CreateContainersAsync(_store.Client, folder, default);
        Assert.Single(await members.QueryAsync("SELECT * FROM c WHERE c.listed = true"));
        foreach (var file in Directory.GetFiles(folder))
        {
            var properties = (
                await _store.Client.GetContainer(Connections.Cosmos.Containers.Name, Path.GetFileNameWithoutExtension(file))
                .ReadContainerAsync()).Resource;
            var described = Newtonsoft.Json.JsonConvert.DeserializeObject<ContainerProperties>(await File.ReadAllTextAsync(file))!;
            Assert.Equal(described.PartitionKeyPath, properties.PartitionKeyPath);
            Assert.Equal(described.IndexingPolicy.CompositeIndexes.Count, properties.IndexingPolicy.CompositeIndexes.Count);
            Assert.Equal(described.DefaultTimeToLive, properties.DefaultTimeToLive);
        }
    }

    [Fact]
    public async Task A_unique_key_is_unique_within_a_partition()
    {
        var items = await _store.ContainerAsync("""
            { "id": "items", "partitionKey": { "paths": ["/pk"] }, "uniqueKeyPolicy": { "uniqueKeys": [{ "paths": ["/from", "/clientId"] }] } }
            """);
        await items.AddAsync(
            """{"id":"1","pk":"p","from":"a","clientId":"x"}""", """{"id":"2","pk":"p","from":"a","clientId":"y"}""",
            """{"id":"3","pk":"q","from":"a","clientId":"x"}""", """{"id":"4","pk":"p"}""");
        await ItemTests.RefusedAsync(HttpStatusCode.Conflict, items.AddAsync("""{"id":"5","pk":"p","from":"a","clientId":"x"}"""));
        await ItemTests.RefusedAsync(HttpStatusCode.Conflict, items.AddAsync("""{"id":"5","pk":"p","from":null}"""));
        await ItemTests.RefusedAsync(
            HttpStatusCode.Conflict, items.PatchItemAsync<JsonElement>("2", P, [PatchOperation.Set("/clientId", "x")]));
        await items.DeleteItemAsync<JsonElement>("1", P);
        await items.AddAsync("""{"id":"5","pk":"p","from":"a","clientId":"x"}""");
    }

    [Fact]
    public async Task Items_expire_by_the_containers_time_to_live_or_their_own()
    {
        var items = await _store.ContainerAsync("""{ "id": "items", "partitionKey": { "paths": ["/pk"] }, "defaultTtl": 100 }""");
        await items.AddAsync(
            """{"id":"default","pk":"p"}""", """{"id":"short","pk":"p","ttl":30}""", """{"id":"never","pk":"p","ttl":-1}""");
        _time.Advance(TimeSpan.FromSeconds(30));
        await ItemTests.RefusedAsync(HttpStatusCode.NotFound, items.ReadItemAsync<JsonElement>("short", P));
        Assert.Equal(["\"default\"", "\"never\""], await items.QueryAsync("SELECT VALUE c.id FROM c"));
        await items.AddAsync("""{"id":"short","pk":"p"}""");
        _time.Advance(TimeSpan.FromSeconds(99));
        Assert.Equal(["\"never\"", "\"short\""], await items.QueryAsync("SELECT VALUE c.id FROM c", partition: "p"));
        _time.Advance(TimeSpan.FromDays(1000));
        Assert.Equal(["1"], await items.QueryAsync("SELECT VALUE COUNT(1) FROM c"));
    }

    [Fact]
    public async Task Items_do_not_expire_where_the_container_has_no_time_to_live()
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync("""{"id":"a","pk":"p","ttl":1}""");
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Single(await items.QueryAsync("SELECT * FROM c"));
    }

    [Fact]
    public async Task A_changed_indexing_policy_is_applied_to_existing_items()
    {
        var items = await _store.ContainerAsync("""{ "id": "items", "partitionKey": { "paths": ["/pk"] } }""");
        await items.AddAsync("""{"id":"a","pk":"p","g":1,"v":1,"words":["one"]}""", """{"id":"b","pk":"p","g":1,"v":2,"words":["only"]}""");
        const string Query =
            "SELECT VALUE c.id FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.words WHERE STARTSWITH(t, 'on')) ORDER BY c.g ASC, c.v DESC";
        await ItemTests.RefusedAsync(HttpStatusCode.BadRequest, items.QueryAsync(Query));
        await items.ReplaceContainerAsync(Newtonsoft.Json.JsonConvert.DeserializeObject<ContainerProperties>("""
            { "id": "items", "partitionKey": { "paths": ["/pk"] }, "indexingPolicy": {
              "includedPaths": [{ "path": "/v/?" }, { "path": "/words/[]/?" }], "excludedPaths": [{ "path": "/*" }],
              "compositeIndexes": [[{ "path": "/g", "order": "ascending" }, { "path": "/v", "order": "descending" }]] } }
            """)!);
        Assert.Equal(["\"b\"", "\"a\""], await items.QueryAsync(Query));
    }

    [Fact]
    public async Task A_table_without_key_columns_gets_them_and_writes_keep_them_current()
    {
        const string Policy = """
            { "id": "items", "partitionKey": { "paths": ["/pk"] }, "indexingPolicy": { "includedPaths": [{ "path": "/v/?" }], "excludedPaths": [{ "path": "/*" }] } }
            """;
        const string Query = "SELECT VALUE c.id FROM c WHERE c.v > 1 ORDER BY c.v DESC";
        var items = await _store.ContainerAsync(Policy);
        await items.AddAsync("""{"id":"a","pk":"p","v":1}""", """{"id":"b","pk":"p","v":2}""");

        // Simulates the table of an earlier version.
        using (var file = SqliteSession.Open(_store.Close()))
        {
            foreach (var index in ContainerIndexes.Names(file, "index", "cosmos_1_sort_"))
            {
                file.Script($"DROP INDEX {index}");
            }

            file.Script($"ALTER TABLE cosmos_1 DROP COLUMN {KeyColumns.Of(JsonPath.Parse("/v"))}");
        }

        _store.Restart();
        items = _store.Container();
        await items.ReplaceContainerAsync(Newtonsoft.Json.JsonConvert.DeserializeObject<ContainerProperties>(Policy)!);
        Assert.Equal(["\"b\""], await items.QueryAsync(Query));

        await items.PatchItemAsync<object>("a", new PartitionKey("p"), [PatchOperation.Set("/v", 3)]);
        await items.PatchItemAsync<object>("b", new PartitionKey("p"), [PatchOperation.Remove("/v")]);
        await items.AddAsync("""{"id":"c","pk":"p","v":2}""", """{"id":"d","pk":"p","v":"text"}""");
        Assert.Equal(["\"a\"", "\"c\""], await items.QueryAsync(Query));
    }

    [Fact]
    public async Task The_sort_keys_that_writes_compute_equal_those_that_SQL_derives_from_the_stored_items()
    {
        string[] values =
        [
            "null", "true", "false", "0", "-0", "1", "1.0", "1e2", "0.1", "-1.5e30", "9007199254740992", "\"\"",
            "\"\u00e9\\ud83d\\ude00\\u0001/\"", "[1, \"a/\u00e9\", {\"b\": 1.50}]", "{\"a\": [null], \"b\": \"<\u00e9>\"}", "[]",
        ];
        var items = await _store.ContainerAsync("""
            { "id": "items", "partitionKey": { "paths": ["/pk"] }, "indexingPolicy": {
              "includedPaths": [{ "path": "/v/?" }, { "path": "/a/b/?" }], "excludedPaths": [{ "path": "/*" }] } }
            """);
        await items.AddAsync(
            [.. values.Select((value, i) => $$$"""{"id":"{{{i}}}","pk":"p","v":{{{value}}},"a":{"b":{{{values[^(i + 1)]}}} } }""")]);
        await items.AddAsync("""{"id":"nothing","pk":"p","a":1}""", """{"id":"changed","pk":"p","v":1}""");
        Assert.Empty(Differing());

        foreach (var value in values)
        {
            await items.PatchItemAsync<object>(
                "changed", new PartitionKey("p"), [PatchOperation.Set("/v", Newtonsoft.Json.Linq.JToken.Parse(value))]);
            Assert.Empty(Differing());
        }

        await items.PatchItemAsync<object>("changed", new PartitionKey("p"), [PatchOperation.Remove("/v")]);
        Assert.Empty(Differing());

        List<string> Differing()
        {
            using var file = SqliteSession.Open(_store.File);
            var differs = new[] { "/v", "/a/b" }.Select(JsonPath.Parse)
                .Select(path => $"{KeyColumns.Of(path)} IS NOT {SortKey.Of("body", path.Sql)}");
            using var rows = file.Query($"SELECT json(body) FROM cosmos_1 WHERE {string.Join(" OR ", differs)}");
            var found = new List<string>();
            while (rows.Step())
            {
                found.Add(rows.Text(0));
            }

            return found;
        }
    }

    [Fact]
    public async Task The_keys_of_a_container_cannot_be_changed()
    {
        var items = await _store.ContainerAsync();
        await ItemTests.RefusedAsync(HttpStatusCode.BadRequest, items.ReplaceContainerAsync(new ContainerProperties("items", "/other")));
    }

    [Fact]
    public async Task A_container_that_is_created_again_is_empty_and_has_a_new_rid()
    {
        var items = await _store.ContainerAsync(QueryCases.Container);
        await items.AddAsync("""{"id":"old","pk":"p","words":["w"]}""");
        var before = (await items.ReadContainerAsync()).Resource.SelfLink;
        await items.DeleteContainerAsync();
        _store.Restart();
        items = await _store.ContainerAsync(QueryCases.Container);
        Assert.Empty(await items.QueryAsync("SELECT * FROM c"));
        Assert.NotEqual(before, (await items.ReadContainerAsync()).Resource.SelfLink);
    }

    [Fact]
    public async Task Databases_and_containers_have_unique_names()
    {
        await _store.ContainerAsync();
        await ItemTests.RefusedAsync(HttpStatusCode.Conflict, _store.Client.CreateDatabaseAsync("test"));
        await ItemTests.RefusedAsync(HttpStatusCode.Conflict, _store.Client.GetDatabase("test").CreateContainerAsync("items", "/pk"));
        await ItemTests.RefusedAsync(HttpStatusCode.NotFound, _store.Client.GetDatabase("other").CreateContainerAsync("items", "/pk"));
        await ItemTests.RefusedAsync(HttpStatusCode.NotFound, _store.Client.GetDatabase("other").ReadAsync());
        await ItemTests.RefusedAsync(HttpStatusCode.NotFound, _store.Container("other").ReadContainerAsync());
    }

    [Theory]
    [InlineData(
        """{ "id": "items", "partitionKey": { "paths": ["/a", "/b"], "kind": "MultiHash" } }""", "a partition key of several paths")]
    [InlineData("""{ "id": "items", "partitionKey": { "paths": ["/a"] }, "indexingPolicy": { "indexingMode": "lazy" } }""", "lazy")]
    [InlineData("""{ "id": "items", "partitionKey": { "paths": ["/a"] }, "indexingPolicy": { "spatialIndexes": [{ "path": "/p/*", "types": ["Point"] }] } }""", "spatialIndexes")]
    [InlineData(
        """{ "id": "items", "partitionKey": { "paths": ["/a"] }, "indexingPolicy": { "includedPaths": [{ "path": "/a/[]/b/?" }] } }""",
        "/a/[]/b/?")]
    public async Task Unsupported_container_settings_are_refused_by_name(string description, string name)
    {
        var refusal = await ItemTests.RefusedAsync(HttpStatusCode.BadRequest, _store.ContainerAsync(description));
        Assert.Contains("does not support", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(name, refusal.Message, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>A clock that tests move.</summary>
internal sealed class SetTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void Advance(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;
}
