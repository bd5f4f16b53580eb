using System.Net;
using System.Text.Json;
using Connections.Emulators.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Local.Cosmos;

/// <summary>A store whose file cannot grow, as on a full disk.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int Writes = 60;

    private readonly TestStore _store = new();

    [Fact]
    public async Task Writes_are_answered_503_with_the_cause_and_only_acknowledged_writes_are_stored()
    {
        var items = await _store.ContainerAsync();
        await LimitAsync((await PagesAsync()) + 100);

        var answers = await Task.WhenAll(Enumerable.Range(0, Writes).Select(i => Task.Run(() => CreateAsync(items, i))));

        await LimitAsync(1_000_000);
        var stored = (await items.QueryAsync("SELECT VALUE c.id FROM c")).Select(id => id.Trim('"')).ToHashSet();
        Assert.Contains(HttpStatusCode.ServiceUnavailable, answers.Select(answer => answer.Status));
        Assert.All(answers, answer => Assert.Equal(stored.Contains(answer.Id), answer.Status == HttpStatusCode.Created));
        Assert.All(
            answers.Where(answer => answer.Status != HttpStatusCode.Created),
            answer => Assert.Contains("database or disk is full", answer.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_recovers_without_a_restart_when_there_is_room()
    {
        var items = await _store.ContainerAsync();
        await LimitAsync(await PagesAsync());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await CreateAsync(items, 1)).Status);
        // Reads fail too while writes fail.
        await Assert.ThrowsAsync<CosmosException>(() => items.QueryAsync("SELECT * FROM c"));

        await LimitAsync(1_000_000);

        Assert.Empty(await items.QueryAsync("SELECT * FROM c"));
        Assert.Equal(HttpStatusCode.Created, (await CreateAsync(items, 1)).Status);
    }

    [Fact]
    public async Task A_container_that_could_not_be_created_does_not_exist_and_can_be_created_later()
    {
        await _store.ContainerAsync();
        await LimitAsync(await PagesAsync());
        const string Other = """{ "id": "other", "partitionKey": { "paths": ["/pk"], "kind": "Hash" } }""";
        await Assert.ThrowsAsync<CosmosException>(() => _store.ContainerAsync(Other));

        await LimitAsync(1_000_000);

        Assert.Equal(
            HttpStatusCode.NotFound,
            (await Assert.ThrowsAsync<CosmosException>(() => _store.Container("other").ReadContainerAsync())).StatusCode);
        await (await _store.ContainerAsync(Other)).AddAsync("""{"id":"a","pk":"p"}""");
    }

    public void Dispose() => _store.Dispose();

    private static async Task<(string Id, HttpStatusCode Status, string Message)> CreateAsync(Container items, int number)
    {
        using var answer = await items.CreateItemStreamAsync(
            new MemoryStream(
                JsonSerializer.SerializeToUtf8Bytes(
                    new { id = $"{number}", pk = "p", text = new string('x', 20_000) })), new PartitionKey("p"));
        return ($"{number}", answer.StatusCode, answer.ErrorMessage ?? "");
    }

    // The limit belongs to the connection of writes, so a write sets it.
    private Task<bool> LimitAsync(long pages) => _store.Store.WriteAsync(
        session =>
        {
            session.Script($"PRAGMA max_page_count = {pages}");
            return true;
        },
        default);

    private Task<long> PagesAsync() =>
        _store.Store.WriteAsync(session => session.Rows("PRAGMA page_count", row => row.Number(0))[0], default);
}
