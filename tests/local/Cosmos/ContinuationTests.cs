using System.Text.Json;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Local.Cosmos;

public sealed class ContinuationTests : IDisposable
{
    private const string Sorted = "SELECT VALUE c.id FROM c ORDER BY c.g ASC, c.v DESC, c.id ASC";

    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Theory]
    [InlineData(Sorted)]
    [InlineData("SELECT VALUE c.id FROM c ORDER BY c.v DESC")]
    [InlineData("SELECT VALUE c.id FROM c WHERE c.g > 1")]
    [InlineData("SELECT TOP 7 VALUE c.id FROM c ORDER BY c.v")]
    [InlineData("SELECT VALUE c.id FROM c ORDER BY c.v OFFSET 2 LIMIT 7")]
    public async Task Pages_continue_after_a_restart_from_the_token_alone(string query)
    {
        await (await _store.ContainerAsync(QueryCases.Container)).AddAsync(QueryCases.Items);
        var atOnce = await _store.Container().QueryAsync(query);
        var answers = new List<string>();
        string? token = null;
        do
        {
            (var page, token) = await _store.Container().PageAsync(query, 2, token);
            answers.AddRange(page);
            _store.Restart();
        }
        while (token is not null);
        Assert.Equal(atOnce, answers);
    }

    [Fact]
    public async Task Writes_between_two_pages_make_no_other_item_disappear_or_appear_twice()
    {
        var items = await _store.ContainerAsync(QueryCases.Container);
        await items.AddAsync(QueryCases.Items);
        var atOnce = await items.QueryAsync(Sorted);
        var (first, token) = await items.PageAsync(Sorted, 5, null);
        await items.AddAsync("""{"id":"0","pk":"p","g":0,"v":1}""", """{"id":"1","pk":"p","g":9,"v":1}""");
        await items.DeleteItemAsync<JsonElement>(JsonSerializer.Deserialize<string>(first[^1])!, new PartitionKey("p"));
        var (rest, _) = await items.PageAsync(Sorted, 100, token);
        Assert.Equal([.. atOnce, "\"1\""], [.. first, .. rest]);
    }

    [Fact]
    public async Task A_page_holds_at_most_the_requested_number_and_the_last_page_has_no_token()
    {
        var items = await _store.ContainerAsync(QueryCases.Container);
        await items.AddAsync(QueryCases.Items);
        var (page, token) = await items.PageAsync(Sorted, 11, null);
        var (last, end) = await items.PageAsync(Sorted, 11, token);
        Assert.Equal((11, 1, null), (page.Count, last.Count, end));
        Assert.Null((await items.PageAsync(Sorted, 12, null)).Token);
    }

    [Fact]
    public async Task A_page_ends_before_it_exceeds_the_size_of_a_response()
    {
        var items = await _store.ContainerAsync();
        var large = new string('x', 1_500_000);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => items.AddAsync($$"""{"id":"{{i}}","pk":"p","x":"{{large}}"}""")));
        var (page, token) = await items.PageAsync("SELECT * FROM c", 100, null);
        Assert.InRange(page.Count, 1, 5);
        Assert.NotNull(token);
        Assert.Equal(6, (await items.QueryAsync("SELECT * FROM c")).Count);
    }

    [Fact]
    public async Task Searches_for_rare_and_common_words_find_what_a_scan_would_find()
    {
        var items = await _store.ContainerAsync(QueryCases.Container);
        const int Count = 2400;
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), async (i, _) => await items.AddAsync(
            $$"""{"id":"{{i:d4}}","pk":"p{{i % 3}}","g":{{i % 2}},"v":{{i * 7919 % Count}},"words":["common","{{(i % 100 == 0 ? "rare" : "other")}}"],"tags":["t{{i % 5}}"]}"""));
        foreach (var (word, tag) in new[] { ("comm", 0), ("rar", 0), ("comm", 3), ("none", 1) })
        {
            var expected = Enumerable.Range(0, Count)
                .Where(i => i % 5 == tag && ("common".StartsWith(word, StringComparison.Ordinal) || (i % 100 == 0 && word == "rar")))
                .OrderBy(i => i % 2).ThenByDescending(i => i * 7919 % Count).Select(i => $"\"{i:d4}\"");
            var query = $"SELECT VALUE c.id FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.words WHERE STARTSWITH(t, '{word}')) " +
                $"AND (ARRAY_CONTAINS(c.tags, 't{tag}') OR ARRAY_CONTAINS(c.tags, 'no')) ORDER BY c.g ASC, c.v DESC, c.id ASC";
            Assert.Equal(expected, await items.QueryAsync(query, pageSize: 100));
        }
    }

    [Theory]
    [InlineData("", "listed, followers DESC, id")]
    [InlineData("WHERE c.listed = true", "listed, followers DESC, id")]
    [InlineData("WHERE c.listed = true AND c.followers >= 20 AND c.followers <= 60", "listed, followers DESC, id")]
    [InlineData("WHERE c.listed = true AND 20 < c.followers", "listed DESC, followers, id DESC")]
    [InlineData("", "followers")]
    [InlineData("WHERE c.followers < 50", "followers DESC")]
    public async Task A_sort_across_partitions_is_complete_page_by_page(string where, string sort)
    {
        const int Count = 150;
        var items = await _store.ContainerAsync("""
            { "id": "items", "partitionKey": { "paths": ["/id"] }, "indexingPolicy": {
              "includedPaths": [{ "path": "/followers/?" }], "excludedPaths": [{ "path": "/*" }],
              "compositeIndexes": [[{ "path": "/listed", "order": "ascending" }, { "path": "/followers", "order": "descending" }, { "path": "/id", "order": "ascending" }]] } }
            """);
        var all = Enumerable.Range(0, Count)
            .Select(i => (Id: $"{i * 7 % Count:d3}", Listed: i % 3 > 0, Followers: i % 10 == 0 ? (int?)null : i % 70)).ToList();
        foreach (var (id, listed, followers) in all)
        {
            await items.AddAsync(
                $$"""{"id":"{{id}}","listed":{{(listed ? "true" : "false")}}{{(followers is null ? "" : $",\"followers\":{followers}")}}}""");
        }

        var found = all.Index().Where(item => where switch
        {
            "" => true,
            "WHERE c.listed = true" => item.Item.Listed,
            "WHERE c.followers < 50" => item.Item.Followers < 50,
            _ when where.Contains("<= 60", StringComparison.Ordinal) => item.Item.Listed && item.Item.Followers is >= 20 and <= 60,
            _ => item.Item.Listed && item.Item.Followers > 20,
        });
        var expected = sort switch
        {
            "listed, followers DESC, id" =>
                found.OrderBy(i => i.Item.Listed).ThenByDescending(i => i.Item.Followers).ThenBy(i => i.Item.Id, StringComparer.Ordinal),
            "followers" => found.OrderBy(i => i.Item.Followers).ThenBy(i => i.Index),
            "followers DESC" => found.OrderByDescending(i => i.Item.Followers).ThenByDescending(i => i.Index),
            _ =>
                found.OrderByDescending(i => i.Item.Listed).ThenBy(i => i.Item.Followers)
                .ThenByDescending(i => i.Item.Id, StringComparer.Ordinal),
        };
        var order = string.Join(", ", sort.Split(", ").Select(field => "c." + field));
        Assert.Equal(
            expected.Select(i => $"\"{i.Item.Id}\""),
            await items.QueryAsync($"SELECT VALUE c.id FROM c {where} ORDER BY {order}", pageSize: 7));
    }

    [Fact]
    public async Task The_word_index_follows_changes_of_an_item()
    {
        var items = await _store.ContainerAsync(QueryCases.Container);
        await items.AddAsync("""{"id":"a","pk":"p","words":["before"]}""");
        await items.PatchItemAsync<JsonElement>(
            "a", new PartitionKey("p"), [PatchOperation.Add("/words/-", "after"), PatchOperation.Remove("/words/0")]);
        Assert.Empty(await items.QueryAsync(Having("before")));
        Assert.Equal(["\"a\""], await items.QueryAsync(Having("aft")));
        await items.DeleteItemAsync<JsonElement>("a", new PartitionKey("p"));
        Assert.Empty(await items.QueryAsync(Having("aft")));
    }

    private static string Having(string prefix) =>
        $"SELECT VALUE c.id FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.words WHERE STARTSWITH(t, '{prefix}'))";
}
