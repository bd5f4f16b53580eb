using System.Text;
using System.Text.Json;
using Connections.Cosmos;
using Connections.Emulators.Cosmos;
using Connections.Emulators.Cosmos.Query;
using Connections.Emulators.Storage;
using Microsoft.Azure.Cosmos;
using SQLitePCL;
using Xunit.Abstractions;

namespace Connections.Tests.Functions;

/// <summary>A page costs the same at the end of a list as at its start, however many items share a sort value.</summary>
/// <remarks>The cost is measured in virtual machine steps of SQLite, because the local database
/// charges the same for each request.</remarks>
[Trait("Category", "Long")]
public sealed class PageCostTests(ITestOutputHelper output)
{
    private const int Count = 200;
    private const int Limit = 10;

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(Count)]
    public async Task Every_page_of_every_list_takes_about_as_much_work_as_the_first(int alike)
    {
        var queries = new Queries();
        await using var host = await queries.StartHostWithoutTriggersAsync();
        await host.FillAsync("costs", Count, alike);
        var member = host.ClientFor("costs");
        var file = Path.Combine(host.Folder, "connections.db");
        using var opened = SqliteFile.Open(file);
        var store = new CosmosStore(opened, TimeProvider.System);
        foreach (var path in Lists.Paths.Append("/api/creators?minFollowers=0&maxFollowers=100000&country=DE"))
        {
            var work = new List<(int Requests, int Steps)>();
            for (string? link = path.With($"limit={Limit}"); link is not null;)
            {
                queries.Sent.Clear();
                var page = await member.ReadAsync(link);
                var list = queries.Sent.Where(query => query.Text.Contains("ORDER BY", StringComparison.Ordinal)).ToList();
                work.Add((list.Count, list.Sum(query => query.Work(store, file))));
                link = page.Body!["nextLink"]?.ToString();
            }

            output.WriteLine($"{path}: {string.Join(' ', work.Select(page => $"{page.Requests}/{page.Steps}"))}");
            Assert.True(work.Count >= Count / Limit, $"{path} has {work.Count} pages.");
            // A second request if the items of one value end within the page; sent invites of three states share their values.
            Assert.Equal(1, work[0].Requests);
            Assert.All(work, page => Assert.InRange(page.Requests, 1, alike == 1 && path != "/api/invites?direction=sent" ? 1 : 2));
            Assert.All(work, page => Assert.InRange(page.Steps, 1, 2 * work[0].Steps));
        }
    }

    /// <summary>A query with its values, as it was sent.</summary>
    private sealed record Query(string Container, string Text, Dictionary<string, JsonElement> Parameters, string? Partition, int Count)
    {
        public int Work(CosmosStore store, string file)
        {
            var container = store.Catalogue.Find(Connections.Cosmos.Containers.Name, Container)!;
            var plan = new Plan(container, Parser.ParseQuery(Text, Parameters), Partition, store.Now);
            var sql = plan.PageSql(["i.id"], null, Count + 1, 0, goesByWords: false);
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(file, out var database));
            Assert.Equal(raw.SQLITE_OK, raw.sqlite3_prepare_v2(database, sql, out var statement));
            foreach (var (i, value) in plan.Values.Index())
            {
                _ = value switch
                {
                    string text => raw.sqlite3_bind_text(statement, i + 1, text),
                    double number => raw.sqlite3_bind_double(statement, i + 1, number),
                    _ => raw.sqlite3_bind_int64(statement, i + 1, (long)value),
                };
            }

            while (raw.sqlite3_step(statement) == raw.SQLITE_ROW)
            {
            }

            var steps = raw.sqlite3_stmt_status(statement, raw.SQLITE_STMTSTATUS_VM_STEP, 0);
            statement.Dispose();
            database.Dispose();
            return steps;
        }
    }

    private sealed class Queries : RequestHandler
    {
        public List<Query> Sent { get; } = [];

        public override async Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri.OriginalString.Split('/', StringSplitOptions.RemoveEmptyEntries);
            if (path is ["dbs", _, "colls", var container, ..] && request.Headers["x-ms-documentdb-isquery"] is not null
                && request.Headers["x-ms-cosmos-is-query-plan-request"] is null)
            {
                using var reader = new StreamReader(request.Content, Encoding.UTF8, leaveOpen: true);
                var body = JsonElement.Parse(await reader.ReadToEndAsync(cancellationToken));
                request.Content.Position = 0;
                var parameters = body.TryGetProperty("parameters", out var given)
                    ? given.EnumerateArray().ToDictionary(p => p.GetProperty("name").GetString()!, p => p.GetProperty("value"))
                    : [];
                var partition = request.Headers["x-ms-documentdb-partitionkey"] is { } key ? JsonElement.Parse(key)[0].GetString() : null;
                lock (Sent)
                {
                    Sent.Add(new Query(container, body.GetProperty("query").GetString()!, parameters, partition, int.Parse(
                        request.Headers["x-ms-max-item-count"])));
                }
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
