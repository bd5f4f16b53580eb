using System.Net;
using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Local.Cosmos;

public sealed class PatchTests : IDisposable
{
    private static readonly PartitionKey P = new("p");

    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Operations_change_only_the_paths_they_name()
    {
        var patched = await PatchAsync(
            """{"id":"a","pk":"p","n":1,"x":{"y":1,"z":2},"list":[1,2],"old":true}""",
            PatchOperation.Increment("/n", 2),
            PatchOperation.Increment("/fresh", 5),
            PatchOperation.Increment("/x/y", 0.5),
            PatchOperation.Set("/x/new", "v"),
            PatchOperation.Add("/list/-", 3),
            PatchOperation.Add("/list/0", 0),
            PatchOperation.Replace("/list/1", "one"),
            PatchOperation.Remove("/old"),
            PatchOperation.Set("/nothing", (string?)null));
        Assert.Equal(
            """{"id":"a","pk":"p","n":3,"x":{"y":1.5,"z":2,"new":"v"},"list":[0,"one",2,3],"fresh":5,"nothing":null}""",
            patched);
    }

    [Fact]
    public async Task A_set_on_an_array_element_replaces_it_and_an_add_inserts() => Assert.Equal(
        """{"id":"a","pk":"p","list":["s","i",2]}""",
        await PatchAsync("""{"id":"a","pk":"p","list":[1,2]}""", PatchOperation.Set("/list/0", "s"), PatchOperation.Add("/list/1", "i")));

    [Fact]
    public async Task A_name_with_a_slash_is_written_with_tilde_one() => Assert.Equal(
        """{"id":"a","pk":"p","x":{"a/b~":2}}""",
        await PatchAsync("""{"id":"a","pk":"p","x":{"a/b~":1}}""", PatchOperation.Increment("/x/a~1b~0", 1)));

    [Theory]
    [InlineData("replace", "/nothing")]
    [InlineData("remove", "/nothing")]
    [InlineData("set", "/nothing/below")]
    [InlineData("add", "/list/9")]
    [InlineData("set", "/n/below")]
    [InlineData("incr", "/text")]
    [InlineData("set", "/id")]
    [InlineData("set", "/pk")]
    [InlineData("set", "/_etag")]
    public async Task An_operation_that_cannot_be_applied_changes_nothing(string kind, string path)
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync("""{"id":"a","pk":"p","n":1,"text":"t","list":[1]}""");
        var operation = kind switch
        {
            "replace" => PatchOperation.Replace(path, "v"),
            "remove" => PatchOperation.Remove(path),
            "add" => PatchOperation.Add(path, "v"),
            "incr" => PatchOperation.Increment(path, 1),
            _ => PatchOperation.Set(path, "v"),
        };
        await ItemTests.RefusedAsync(
            HttpStatusCode.BadRequest, items.PatchItemAsync<JsonElement>("a", P, [PatchOperation.Set("/n", 2), operation]));
        Assert.Equal(1, (await items.ReadItemAsync<JsonElement>("a", P)).Resource.GetProperty("n").GetInt32());
    }

    [Fact]
    public async Task A_move_and_an_eleventh_operation_are_refused()
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync("""{"id":"a","pk":"p","n":1}""");
        var move = await ItemTests.RefusedAsync(
            HttpStatusCode.BadRequest, items.PatchItemAsync<JsonElement>("a", P, [PatchOperation.Move("/n", "/m")]));
        Assert.Contains("'move'", move.Message, StringComparison.Ordinal);
        var eleven = Enumerable.Repeat(PatchOperation.Increment("/n", 1), 11).ToList();
        await ItemTests.RefusedAsync(HttpStatusCode.BadRequest, items.PatchItemAsync<JsonElement>("a", P, eleven));
    }

    [Theory]
    [InlineData("from c where c.version = 3 and c.used < 50 and not is_defined(c.reserved[\"x\"])", true)]
    [InlineData("FROM c WHERE c.version = 3 AND c.used < 50 AND NOT IS_DEFINED(c.reserved[\"m-1.a~_\"])", false)]
    [InlineData("from c where c.version = 4", false)]
    [InlineData("from c where c.version = '3'", false)]
    [InlineData("from c where c.state = 'pending' or c.version = 3", true)]
    [InlineData("from c where c.used >= 49 and c.version in (1, 2, 3)", true)]
    [InlineData("from c where c.missing < 50", false)]
    public async Task A_patch_is_applied_only_where_its_condition_holds(string condition, bool applies)
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync("""{"id":"a","pk":"p","version":3,"used":49,"reserved":{"m-1.a~_":1}}""");
        var patch = items.PatchItemAsync<JsonElement>(
            "a", P, [PatchOperation.Increment("/used", 1)], new PatchItemRequestOptions { FilterPredicate = condition });
        if (applies)
        {
            await patch;
        }
        else
        {
            await ItemTests.RefusedAsync(HttpStatusCode.PreconditionFailed, patch);
        }

        Assert.Equal(applies ? 50 : 49, (await items.ReadItemAsync<JsonElement>("a", P)).Resource.GetProperty("used").GetInt32());
    }

    [Fact]
    public async Task A_limit_holds_under_parallel_patches()
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync("""{"id":"a","pk":"p","used":0}""");
        var options = new PatchItemRequestOptions { FilterPredicate = "from c where c.used < 50" };
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(
            _ => items.PatchItemStreamAsync("a", P, [PatchOperation.Increment("/used", 1)], options)));
        Assert.Equal(50, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(50, answers.Count(answer => answer.StatusCode == HttpStatusCode.PreconditionFailed));
        Assert.Equal(50, (await items.ReadItemAsync<JsonElement>("a", P)).Resource.GetProperty("used").GetInt32());
    }

    private async Task<string> PatchAsync(string item, params PatchOperation[] operations)
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync(item);
        var options = new PatchItemRequestOptions { EnableContentResponseOnWrite = true };
        var patched = (await items.PatchItemAsync<JsonElement>("a", P, operations, options)).Resource;
        return JsonSerializer.Serialize(patched.EnumerateObject().Where(p => p.Name[0] != '_').ToDictionary(p => p.Name, p => p.Value));
    }
}
