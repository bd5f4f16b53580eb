using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Local.Cosmos;

public sealed class ItemTests : IDisposable
{
    private static readonly PartitionKey P = new("p");

    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task An_item_is_returned_as_it_was_written()
    {
        var items = await _store.ContainerAsync();
        const string Written =
            """{"id":"ä b+c%","pk":"p","n":1.5,"big":12345678901234567,"deep":{"list":[1,null,{"x":"\u0000\u2028é😀"}]},"empty":{}}""";
        await items.AddAsync(Written);
        var read = await items.ReadItemAsync<JsonElement>("ä b+c%", P);
        var expected = JsonElement.Parse(Written);
        Assert.All(
            expected.EnumerateObject(),
            property => Assert.True(JsonElement.DeepEquals(property.Value, read.Resource.GetProperty(property.Name))));
        Assert.Equal(read.ETag, read.Resource.GetProperty("_etag").GetString());
    }

    [Fact]
    public async Task A_write_returns_no_body_unless_the_request_asks_for_it()
    {
        var items = await _store.ContainerAsync();
        var plain = await items.CreateItemAsync(JsonElement.Parse("""{"id":"a","pk":"p"}"""), P);
        var full = await items.CreateItemAsync(
            JsonElement.Parse("""{"id":"b","pk":"p"}"""), P, new ItemRequestOptions { EnableContentResponseOnWrite = true });
        Assert.Equal((HttpStatusCode.Created, default), (plain.StatusCode, plain.Resource.ValueKind));
        Assert.NotEmpty(plain.ETag);
        Assert.Equal("b", full.Resource.GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_id_is_unique_within_its_partition()
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync("""{"id":"a","pk":"p"}""", """{"id":"a","pk":"q"}""");
        await RefusedAsync(HttpStatusCode.Conflict, items.AddAsync("""{"id":"a","pk":"p"}"""));
    }

    [Fact]
    public async Task A_missing_item_is_not_found()
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync("""{"id":"a","pk":"p"}""");
        await RefusedAsync(HttpStatusCode.NotFound, items.ReadItemAsync<JsonElement>("b", P));
        await RefusedAsync(HttpStatusCode.NotFound, items.ReadItemAsync<JsonElement>("a", new PartitionKey("q")));
        await RefusedAsync(HttpStatusCode.NotFound, items.DeleteItemAsync<JsonElement>("b", P));
        await RefusedAsync(HttpStatusCode.NotFound, items.ReplaceItemAsync(JsonElement.Parse("""{"id":"b","pk":"p"}"""), "b", P));
        await RefusedAsync(HttpStatusCode.NotFound, items.PatchItemAsync<JsonElement>("b", P, [PatchOperation.Set("/n", 1)]));
        await RefusedAsync(HttpStatusCode.NotFound, _store.Container("nothing").ReadItemAsync<JsonElement>("a", P));
    }

    [Fact]
    public async Task An_upsert_adds_and_then_replaces()
    {
        var items = await _store.ContainerAsync();
        var first = await items.UpsertItemAsync(JsonElement.Parse("""{"id":"a","pk":"p","n":1}"""), P);
        var second = await items.UpsertItemAsync(JsonElement.Parse("""{"id":"a","pk":"p","n":2}"""), P);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(2, (await items.ReadItemAsync<JsonElement>("a", P)).Resource.GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task A_stale_ETag_changes_nothing()
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync("""{"id":"a","pk":"p","n":1}""");
        var stale = new ItemRequestOptions { IfMatchEtag = (await items.ReadItemAsync<JsonElement>("a", P)).ETag };
        var fresh = new ItemRequestOptions
        {
            IfMatchEtag = (await items.ReplaceItemAsync(JsonElement.Parse("""{"id":"a","pk":"p","n":2}"""), "a", P, stale)).ETag,
        };
        await RefusedAsync(
            HttpStatusCode.PreconditionFailed, items.ReplaceItemAsync(JsonElement.Parse("""{"id":"a","pk":"p","n":3}"""), "a", P, stale));
        await RefusedAsync(
            HttpStatusCode.PreconditionFailed, items.UpsertItemAsync(JsonElement.Parse("""{"id":"a","pk":"p","n":3}"""), P, stale));
        await RefusedAsync(HttpStatusCode.PreconditionFailed, items.DeleteItemAsync<JsonElement>("a", P, stale));
        await RefusedAsync(
            HttpStatusCode.PreconditionFailed,
            items.PatchItemAsync<JsonElement>(
                "a", P, [PatchOperation.Set("/n", 3)], new PatchItemRequestOptions { IfMatchEtag = stale.IfMatchEtag }));
        Assert.Equal(2, (await items.ReadItemAsync<JsonElement>("a", P)).Resource.GetProperty("n").GetInt32());
        await items.DeleteItemAsync<JsonElement>("a", P, fresh);
    }

    [Fact]
    public async Task ETags_are_never_reused()
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync("""{"id":"a","pk":"p"}""");
        var first = (await items.ReadItemAsync<JsonElement>("a", P)).ETag;
        await items.DeleteItemAsync<JsonElement>("a", P);
        _store.Restart();
        await _store.Container().AddAsync("""{"id":"a","pk":"p"}""");
        Assert.NotEqual(first, (await _store.Container().ReadItemAsync<JsonElement>("a", P)).ETag);
    }

    [Fact]
    public async Task A_read_with_the_current_ETag_answers_not_modified()
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync("""{"id":"a","pk":"p"}""");
        var etag = (await items.ReadItemAsync<JsonElement>("a", P)).ETag;
        using var known = await items.ReadItemStreamAsync("a", P, new ItemRequestOptions { IfNoneMatchEtag = etag });
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Fact]
    public async Task An_item_whose_partition_key_differs_from_the_requests_is_refused()
    {
        var items = await _store.ContainerAsync();
        var refusal = await RefusedAsync(HttpStatusCode.BadRequest, items.CreateItemAsync(JsonElement.Parse("""{"id":"a","pk":"q"}"""), P));
        Assert.Equal(1001, refusal.SubStatusCode);
    }

    [Fact]
    public async Task Partition_keys_differ_by_type()
    {
        var items = await _store.ContainerAsync();
        PartitionKey[] keys = [new("1"), new(1), new(true), PartitionKey.Null, PartitionKey.None];
        string[] bodies = ["\"pk\":\"1\",", "\"pk\":1,", "\"pk\":true,", "\"pk\":null,", ""];
        for (var i = 0; i < keys.Length; i++)
        {
            await items.CreateItemAsync(JsonElement.Parse($$"""{{{bodies[i]}}"id":"a","n":{{i}}}"""), keys[i]);
        }

        for (var i = 0; i < keys.Length; i++)
        {
            Assert.Equal(i, (await items.ReadItemAsync<JsonElement>("a", keys[i])).Resource.GetProperty("n").GetInt32());
        }
    }

    [Theory]
    [InlineData("""{"pk":"p"}""")]
    [InlineData("""{"id":5,"pk":"p"}""")]
    [InlineData("""{"id":"","pk":"p"}""")]
    [InlineData("""{"id":"a/b","pk":"p"}""")]
    [InlineData("""{"id":"a\\b","pk":"p"}""")]
    [InlineData("""{"id":"a?b","pk":"p"}""")]
    [InlineData("""{"id":"a#b","pk":"p"}""")]
    [InlineData("""{"id":"a","pk":"p","ttl":0}""")]
    [InlineData("""{"id":"a","pk":"p","x":1,"x":2}""")]
    [InlineData("""{"id":"\ud800","pk":"p"}""")]
    [InlineData("""{"id":"a","pk":"\ud800"}""")]
    [InlineData("""{"id":"a","pk":"p","x":{"y":"\udc00 half"}}""")]
    [InlineData("""["id"]""")]
    [InlineData("""{"id":"a","pk":"p" """)]
    public async Task A_body_that_is_not_an_item_is_refused(string text)
    {
        var items = await _store.ContainerAsync();
        using var body = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        using var answer = await items.CreateItemStreamAsync(body, P);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Ids_and_items_have_the_size_limits_of_Cosmos()
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync($$"""{"id":"{{new string('i', 1023)}}","pk":"p"}""");
        await RefusedAsync(HttpStatusCode.BadRequest, items.AddAsync($$"""{"id":"{{new string('i', 1024)}}","pk":"p"}"""));
        await RefusedAsync(
            HttpStatusCode.RequestEntityTooLarge, items.AddAsync($$"""{"id":"a","pk":"p","x":"{{new string('x', 2 * 1024 * 1024)}}"}"""));
    }

    [Fact]
    public async Task Transactional_batches_are_refused_by_name()
    {
        var items = await _store.ContainerAsync();
        using var answer = await items.CreateTransactionalBatch(P).ReadItem("a").ExecuteAsync();
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("transactional batches", answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parallel_calls_are_all_answered()
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync("""{"id":"counter","pk":"p","n":0}""");
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            await items.AddAsync($$"""{"id":"i{{i}}","pk":"p"}""");
            await items.PatchItemAsync<JsonElement>("counter", P, [PatchOperation.Increment("/n", 1)]);
            await items.QueryAsync("SELECT VALUE COUNT(1) FROM c", partition: "p");
        }));
        Assert.Equal(200, (await items.ReadItemAsync<JsonElement>("counter", P)).Resource.GetProperty("n").GetInt32());
        Assert.Equal(["201"], await items.QueryAsync("SELECT VALUE COUNT(1) FROM c"));
    }

    [Fact]
    public async Task A_call_waits_while_others_write_to_the_same_file()
    {
        var items = await _store.ContainerAsync();
        await using var other = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_store.File};Pooling=False");
        await other.OpenAsync();
        await using var transaction = await other.BeginTransactionAsync();
        var writing = Task.Run(() => items.AddAsync("""{"id":"a","pk":"p"}"""));
        Assert.Empty(await items.QueryAsync("SELECT * FROM c"));
        await transaction.RollbackAsync();
        await writing;
        Assert.Single(await items.QueryAsync("SELECT * FROM c"));
    }

    internal static async Task<CosmosException> RefusedAsync(HttpStatusCode status, Task call)
    {
        var refusal = await Assert.ThrowsAsync<CosmosException>(() => call);
        Assert.Equal(status, refusal.StatusCode);
        return refusal;
    }
}
