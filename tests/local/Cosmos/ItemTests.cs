using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Local.Cosmos;

public sealed class ItemTests : IDisposable
{
    private readonly TestStore store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task The_SDK_writes_reads_queries_patches_and_follows_items()
    {
        var c = await store.ContainerAsync();
        await c.AddAsync("""{"id":"a","pk":"p","n":1}""", """{"id":"b","pk":"p","n":2}""", """{"id":"c","pk":"q","n":"x"}""");
        var read = await c.ReadItemAsync<JsonElement>("a", new PartitionKey("p"));
        Assert.Equal(1, read.Resource.GetProperty("n").GetInt32());
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        Assert.Equal(["{\"n\":2}", "{\"n\":1}"], await c.QueryAsync("SELECT c.n FROM c WHERE c.n < 5 ORDER BY c.n DESC", pageSize: 1));
        Assert.Equal(["3"], await c.QueryAsync("SELECT VALUE COUNT(1) FROM c"));
        var patched = await c.PatchItemAsync<JsonElement>("a", new PartitionKey("p"), [PatchOperation.Increment("/n", 5)], new PatchItemRequestOptions { FilterPredicate = "from c where c.n = 1", EnableContentResponseOnWrite = true });
        Assert.Equal(6, patched.Resource.GetProperty("n").GetInt32());
        var many = await c.ReadManyItemsAsync<JsonElement>([("a", new PartitionKey("p")), ("c", new PartitionKey("q")), ("zz", new PartitionKey("q"))]);
        Assert.Equal(2, many.Count);
        var conflict = await Assert.ThrowsAsync<CosmosException>(() => c.AddAsync("""{"id":"a","pk":"p"}"""));
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        await c.ReplaceItemAsync(JsonElement.Parse("""{"id":"a","pk":"p","n":7}"""), "a", new PartitionKey("p"), new ItemRequestOptions { IfMatchEtag = patched.ETag });
        var stale = await Assert.ThrowsAsync<CosmosException>(() => c.ReplaceItemAsync(JsonElement.Parse("""{"id":"a","pk":"p","n":8}"""), "a", new PartitionKey("p"), new ItemRequestOptions { IfMatchEtag = patched.ETag }));
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        using var feed = c.GetChangeFeedIterator<JsonElement>(ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental);
        var changes = await feed.ReadNextAsync();
        Assert.Equal(3, changes.Count);
        changes = await feed.ReadNextAsync();
        Assert.Equal(HttpStatusCode.NotModified, changes.StatusCode);
        await c.DeleteItemAsync<JsonElement>("a", new PartitionKey("p"));
        var gone = await Assert.ThrowsAsync<CosmosException>(() => c.ReadItemAsync<JsonElement>("a", new PartitionKey("p")));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        await Connections.Local.Cosmos.LocalCosmos.CreateContainersAsync(store.Client, Path.Combine(AppContext.BaseDirectory, "infra/cosmos"), default);
        await Connections.Local.Cosmos.LocalCosmos.CreateContainersAsync(store.Client, Path.Combine(AppContext.BaseDirectory, "infra/cosmos"), default);
    }
}
