using System.Net;

namespace Connections.Tests.Local.Cosmos;

public sealed class RefusalTests(QueryStore store) : IClassFixture<QueryStore>
{
    [Theory]
    [InlineData("SELECT DISTINCT c.v FROM c", "DISTINCT")]
    [InlineData("SELECT c.g FROM c GROUP BY c.g", "GROUP BY")]
    [InlineData("SELECT * FROM c JOIN t IN c.words", "JOIN")]
    [InlineData("SELECT VALUE t FROM t IN c.words", "IN outside EXISTS")]
    [InlineData("SELECT * FROM c WHERE c.s LIKE 'x%'", "LIKE")]
    [InlineData("SELECT * FROM c WHERE c.v BETWEEN 1 AND 2", "BETWEEN")]
    [InlineData("SELECT VALUE SUM(c.v) FROM c", "SUM")]
    [InlineData("SELECT VALUE MAX(c.v) FROM c", "MAX")]
    [InlineData("SELECT VALUE COUNT(c.v) FROM c", "COUNT of anything but a constant")]
    [InlineData("SELECT COUNT(1) FROM c", "SELECT VALUE COUNT(1)")]
    [InlineData("SELECT VALUE c.v + 1 FROM c", "the operator +")]
    [InlineData("SELECT * FROM c WHERE c.v % 2 = 1", "the operator %")]
    [InlineData("SELECT * FROM c WHERE (c.v ?? 1) = 1", "the operator ??")]
    [InlineData("SELECT * FROM c WHERE udf.f(c)", "user-defined functions")]
    [InlineData("SELECT * FROM c WHERE CONTAINS(c.s, 'x')", "CONTAINS")]
    [InlineData("SELECT * FROM c WHERE c.v = (SELECT VALUE 1)", "subqueries other than EXISTS")]
    [InlineData("SELECT VALUE ARRAY(SELECT VALUE t FROM t IN c.words) FROM c", "ARRAY")]
    [InlineData("SELECT * FROM c WHERE c.g < c.v", "between two properties")]
    [InlineData("SELECT * FROM c WHERE c.o = {\"a\": 1}", "a condition as a value")]
    [InlineData("SELECT * FROM c WHERE c.o = @o", "comparing with an object")]
    [InlineData("SELECT * FROM c WHERE c[c.s] = 1", "a computed property name")]
    [InlineData("SELECT * FROM c WHERE ARRAY_CONTAINS(c.words, 'a', true)", "ARRAY_CONTAINS with 3 arguments")]
    [InlineData("SELECT * FROM c WHERE STARTSWITH(c.s, c.g)", "STARTSWITH with a prefix that is not a constant")]
    [InlineData("SELECT VALUE c.v = 1 FROM c", "a condition as a value")]
    public async Task Features_of_Cosmos_that_the_product_does_not_use_are_refused_by_name(string query, string name)
    {
        var refusal = await ItemTests.RefusedAsync(HttpStatusCode.BadRequest, store.Items.QueryAsync(query, new { o = new { a = 1 } }));
        Assert.Contains(name, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("does not support", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SELECT * FROM c ORDER BY c.v + 1")]
    [InlineData("SELECT * FROM c ORDER BY 1")]
    [InlineData("SELECT TOP 1.5 * FROM c")]
    [InlineData("SELECT TOP -1 * FROM c")]
    [InlineData("SELECT TOP 'x' * FROM c")]
    [InlineData("SELECT TOP 1 * FROM c OFFSET 1 LIMIT 1")]
    [InlineData("SELECT * FROM c OFFSET 1")]
    [InlineData("SELECT c.v, c.v FROM c")]
    [InlineData("SELECT VALUE {\"n\": COUNT(1)} FROM c")]
    [InlineData("SELECT * FROM c WHERE x.v = 1")]
    [InlineData("SELECT * FROM c WHERE c.from = 'me'")]
    [InlineData("SELECT * FROM c WHERE c.order = 1")]
    [InlineData("SELECT * FROM c WHERE c.v = 'it''s'")]
    [InlineData("SELECT * FROM c WHERE c.v = 'unended")]
    [InlineData("SELECT * FROM c WHERE")]
    [InlineData("SELECT * WHERE c.v = 1")]
    [InlineData("SELECT * FROM c; DROP TABLE c")]
    [InlineData("SELECT * FROM c WHERE NOSUCH(c.v)")]
    [InlineData("")]
    public async Task Queries_that_Cosmos_refuses_are_refused(string query)
    {
        Assert.NotNull(NativePlanner.ErrorOf(query, "/pk"));
        if (query.Length > 0)
        {
            await ItemTests.RefusedAsync(HttpStatusCode.BadRequest, store.Items.QueryAsync(query));
        }
    }

    [Theory]
    [InlineData("SELECT * FROM c ORDER BY c.deep.m", "excluded")]
    [InlineData("SELECT * FROM c ORDER BY c.g, c.s", "composite index")]
    [InlineData("SELECT * FROM c ORDER BY c.g, c.v", "composite index")]
    [InlineData("SELECT * FROM c ORDER BY c.g ASC, c.v ASC, c.id ASC", "composite index")]
    [InlineData("SELECT * FROM c ORDER BY c.v DESC, c.g ASC, c.id ASC", "composite index")]
    [InlineData("SELECT * FROM c ORDER BY c._ts ASC, c.id ASC", "composite index")]
    public async Task A_sort_that_the_indexing_policy_does_not_serve_is_refused(string query, string reason)
    {
        var refusal = await ItemTests.RefusedAsync(HttpStatusCode.BadRequest, store.Items.QueryAsync(query));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invalid_or_foreign_continuation_token_is_refused()
    {
        var (_, token) = await store.Items.PageAsync("SELECT * FROM c ORDER BY c.v", 1, null);
        Assert.NotNull(token);
        await ItemTests.RefusedAsync(HttpStatusCode.BadRequest, store.Items.PageAsync("SELECT * FROM c ORDER BY c.v", 1, "nonsense"));
        await ItemTests.RefusedAsync(
            HttpStatusCode.BadRequest, store.Items.PageAsync("SELECT * FROM c ORDER BY c.s DESC, c.v ASC", 1, token));
    }

    [Fact]
    public async Task A_query_nested_too_deeply_is_refused()
    {
        var query = $"SELECT * FROM c WHERE {new string('(', 5000)}c.v = 1{new string(')', 5000)}";
        await ItemTests.RefusedAsync(HttpStatusCode.BadRequest, store.Items.QueryAsync(query));
    }
}
