using Connections.Tests.Local.Worker;

namespace Connections.Tests.Local.Cosmos;

/// <summary>Items by the time of their last write, <c>_ts</c>: whole seconds, indexed whatever the policy says.</summary>
public sealed class WriteTimeTests : IDisposable
{
    private readonly ManualTime _time = new(DateTimeOffset.FromUnixTimeSeconds(1_000_000));
    private readonly TestStore _store;

    public WriteTimeTests() => _store = new TestStore(_time);

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Items_are_sorted_by_their_last_write_and_then_by_id_where_a_composite_index_has_both()
    {
        var items = await _store.ContainerAsync("""
            { "id": "items", "partitionKey": { "paths": ["/pk"] }, "indexingPolicy": {
              "includedPaths": [{ "path": "/v/?" }], "excludedPaths": [{ "path": "/*" }],
              "compositeIndexes": [[{ "path": "/_ts", "order": "ascending" }, { "path": "/id", "order": "ascending" }]] } }
            """);
        foreach (var id in new[] { "d", "b", "c", "a" })
        {
            await items.AddAsync($$"""{"id":"{{id}}","pk":"p","v":1}""");
        }

        Assert.Equal(["\"a\"", "\"b\"", "\"c\"", "\"d\""], await SortedAsync());
        _time.Advance(TimeSpan.FromMilliseconds(1500));
        // A whole document with the time of an earlier write: the write's own time counts.
        var old = (await items.ReadItemAsync<System.Text.Json.JsonElement>("a", new("p"))).Resource;
        await items.ReplaceItemAsync(old, "a", new("p"));
        _time.Advance(TimeSpan.FromSeconds(1));
        await items.PatchItemAsync<object>("b", new("p"), [Microsoft.Azure.Cosmos.PatchOperation.Set("/v", 2)]);

        Assert.Equal(["\"c\"", "\"d\"", "\"a\"", "\"b\""], await SortedAsync());
        Assert.Equal(["\"d\"", "\"a\"", "\"b\""], await SortedAsync("WHERE c._ts >= 1000000 AND (c._ts > 1000000 OR c.id > 'c')"));
        Assert.Equal(["1000000", "1000000", "1000001", "1000002"], await items.QueryAsync("SELECT VALUE c._ts FROM c ORDER BY c._ts"));
        _store.Restart();
        Assert.Equal(["\"c\"", "\"d\"", "\"a\"", "\"b\""], await SortedAsync());

        Task<List<string>> SortedAsync(string where = "") =>
            _store.Container().QueryAsync($"SELECT VALUE c.id FROM c {where} ORDER BY c._ts ASC, c.id ASC", partition: "p", pageSize: 3);
    }
}
