namespace Connections.Tests.Local.Cosmos;

/// <summary>Queries that the SDK plans and rewrites itself: always on Windows, and on Linux if an environment variable says so.</summary>
[Trait("Category", "Long")]
public sealed class NativePlanningTests
{
    [Fact]
    public async Task Natively_planned_queries_give_the_same_answers_in_one_page_and_page_by_page()
    {
        using var store = new TestStore();
        await (await store.ContainerAsync(QueryCases.Container)).AddAsync(QueryCases.Items);
        var file = store.Close();

        int[] pageSizes = [100, 1];
        var queries = QueryCases.Queries.SelectMany(item => pageSizes.Select(size => (item, new NativeQuery(item.Query, size)))).ToList();
        var native = await Child.QueryNativelyAsync(file, queries.Select(query => query.Item2));

        Assert.Equal(0, native.PlanRequests);
        Assert.Contains(native.Sent, text => text.Contains("orderByItems", StringComparison.Ordinal));
        Assert.Contains(native.Sent, text => text.Contains("[{\"item\": COUNT(1)}]", StringComparison.Ordinal));
        Assert.Equal(
            queries.Select(query => $"{query.Item2} {string.Join(' ', QueryCases.Expected(query.item.Answers))}"),
            queries.Zip(
                native.Answers, (query, answers) => $"{query.Item2} {string.Join(' ', QueryCases.InOrder(query.item.Query, answers))}"));
    }
}
