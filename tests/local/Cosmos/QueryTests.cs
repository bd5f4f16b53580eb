using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Local.Cosmos;

/// <summary>The store with the items of <see cref="QueryCases"/>, for tests that only read.</summary>
public sealed class QueryStore : IAsyncLifetime, IDisposable
{
    private readonly TestStore _store = new();

    internal Container Items => _store.Container();

    public async Task InitializeAsync() => await (await _store.ContainerAsync(QueryCases.Container)).AddAsync(QueryCases.Items);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _store.Dispose();
}

public sealed class QueryTests(QueryStore store) : IClassFixture<QueryStore>
{
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var (query, answers) in QueryCases.Queries)
        {
            cases.Add(query, answers);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_query_returns_what_Cosmos_returns(string query, string answers) =>
        Assert.Equal(QueryCases.Expected(answers), QueryCases.InOrder(query, await store.Items.QueryAsync(query)));

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_query_returns_the_same_page_by_page(string query, string answers) =>
        Assert.Equal(QueryCases.Expected(answers), QueryCases.InOrder(query, await store.Items.QueryAsync(query, pageSize: 1)));

    [Fact]
    public void The_SDKs_planner_accepts_every_tested_query() =>
        Assert.All(QueryCases.Queries, item => Assert.Null(NativePlanner.ErrorOf(item.Query, "/pk")));

    [Fact]
    public async Task Parameters_keep_the_types_of_their_values()
    {
        Assert.Equal(["\"d\""], await store.Items.QueryAsync("SELECT VALUE c.id FROM c WHERE c.v = @v", new { v = 1 }));
        Assert.Equal(["\"g\""], await store.Items.QueryAsync("SELECT VALUE c.id FROM c WHERE c.v = @v", new { v = "1" }));
        Assert.Equal(["\"c\""], await store.Items.QueryAsync("SELECT VALUE c.id FROM c WHERE c.v = @v", new { v = true }));
        Assert.Equal(["\"a\""], await store.Items.QueryAsync("SELECT VALUE c.id FROM c WHERE c.v = @v", new { v = (string?)null }));
        Assert.Equal(
            ["\"d\"", "\"f\""],
            await store.Items.QueryAsync("SELECT VALUE c.id FROM c WHERE ARRAY_CONTAINS(@ids, c.id)", new { ids = "d f".Split(' ') }));
        Assert.Equal(["\"l\""], await store.Items.QueryAsync("SELECT TOP @n VALUE c.id FROM c ORDER BY c.v DESC", new { n = 1 }));
    }

    [Fact]
    public async Task A_query_with_a_partition_key_stays_within_the_partition()
    {
        Assert.Equal(
            ["\"b\"", "\"d\""], await store.Items.QueryAsync("SELECT VALUE c.id FROM c WHERE c.s = 'y' ORDER BY c.id", partition: "p"));
        Assert.Equal(
            ["\"f\"", "\"e\"", "\"h\""],
            await store.Items.QueryAsync("SELECT VALUE c.id FROM c WHERE c.s = 'x' ORDER BY c.v", partition: "q"));
        Assert.Equal(["6"], await store.Items.QueryAsync("SELECT VALUE COUNT(1) FROM c", partition: "q"));
        Assert.Empty(await store.Items.QueryAsync("SELECT * FROM c", partition: "nobody"));
    }

    [Fact]
    public async Task A_sort_by_a_property_that_the_conditions_fix_is_supported()
    {
        Assert.Equal(["\"d\""], await store.Items.QueryAsync("SELECT VALUE c.id FROM c WHERE c.v = 1 ORDER BY c.v", partition: "p"));
        Assert.Empty(await store.Items.QueryAsync("SELECT VALUE c.id FROM c WHERE c.pk = undefined ORDER BY c.v"));
        Assert.Equal(["\"k\"", "\"l\""], await store.Items.QueryAsync("SELECT VALUE c.id FROM c WHERE c.pk = 'r' ORDER BY c.v"));
    }

    [Fact]
    public async Task A_query_returns_whole_items_with_their_system_properties()
    {
        var answer = System.Text.Json.JsonElement.Parse(Assert.Single(await store.Items.QueryAsync("SELECT * FROM c WHERE c.id = 'e'")));
        Assert.Equal("""{"n":7,"list":[{"k":"z"}]}""", answer.GetProperty("deep").GetRawText());
        Assert.All(["_rid", "_self", "_etag", "_ts"], name => Assert.True(answer.TryGetProperty(name, out _)));
    }

    [Fact]
    public async Task Reading_many_items_returns_those_that_exist_in_any_partition()
    {
        (string, PartitionKey)[] wanted = [("a", new("p")), ("e", new("q")), ("e", new("p")), ("k", new("r")), ("none", new("r"))];
        var found = await store.Items.ReadManyItemsAsync<System.Text.Json.JsonElement>(wanted);
        Assert.Equal(["a", "e", "k"], found.Select(item => item.GetProperty("id").GetString()).Order(StringComparer.Ordinal));
    }
}
