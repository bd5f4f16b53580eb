using System.Collections.Concurrent;
using System.Text.Json;
using Connections.Emulators.Cosmos;
using Connections.Local.Adapters;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Local.Cosmos;

public sealed class DurabilityTests : IDisposable
{
    private readonly TestStore _store = new();

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task Every_acknowledged_change_survives_a_kill()
    {
        await _store.ContainerAsync(QueryCases.Container);
        using var child = await Child.ServeAsync(_store.Close());
        using var client = LocalCosmos.CreateClient(child.Url);
        var items = client.GetContainer("test", "items");
        var answered = new ConcurrentBag<int>();
        var untilKilled = 200;
        using var killed = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = writer; ; i += 4)
            {
                await items.CreateItemAsync(
                    JsonElement.Parse($$"""{"id":"{{i}}","pk":"p","v":{{i}},"words":["w{{i}}."]}"""), new PartitionKey("p"),
                    cancellationToken: killed.Token);
                answered.Add(i);
                if (Interlocked.Decrement(ref untilKilled) == 0)
                {
                    child.Kill();
                    await killed.CancelAsync();
                }
            }
        })).ToList();
        foreach (var writer in writers)
        {
            await Assert.ThrowsAnyAsync<Exception>(() => writer);
        }

        _store.Restart();
        var kept = (await _store.Container().QueryAsync("SELECT VALUE c.v FROM c ORDER BY c.v")).Select(int.Parse).ToList();
        Assert.Empty(answered.Except(kept));
        Assert.InRange(kept.Count, answered.Count, answered.Count + writers.Count);
        var last = answered.Max();
        Assert.Single(
            await _store.Container()
            .QueryAsync($"SELECT * FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.words WHERE STARTSWITH(t, 'w{last}.'))"));
    }

    [Fact]
    public async Task A_refused_write_undoes_no_parallel_write()
    {
        var items = await _store.ContainerAsync();
        // Each id occurs twice, so half of the writes are refused.
        var writes = Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            using var answer = await items.CreateItemStreamAsync(
                new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new { id = $"{i / 2}", pk = "p" })), new PartitionKey("p"));
            return answer.StatusCode;
        }));

        var answers = (await Task.WhenAll(writes)).CountBy(status => status).ToDictionary();

        Assert.Equal(100, answers[System.Net.HttpStatusCode.Created]);
        Assert.Equal(100, answers[System.Net.HttpStatusCode.Conflict]);
        Assert.Equal(["100"], await items.QueryAsync("SELECT VALUE COUNT(1) FROM c"));
    }

    [Fact]
    public async Task The_HTTP_endpoint_answers_as_the_store_in_process_does()
    {
        await (await _store.ContainerAsync(QueryCases.Container)).AddAsync(QueryCases.Items);
        using var child = await Child.ServeAsync(_store.Close());
        using var client = LocalCosmos.CreateClient(child.Url);
        var items = client.GetContainer("test", "items");
        foreach (var (query, answers) in QueryCases.Queries)
        {
            Assert.Equal(QueryCases.Expected(answers), QueryCases.InOrder(query, await items.QueryAsync(query)));
        }

        const string Id = "a b+ü%";
        await items.AddAsync($$"""{"id":"{{Id}}","pk":"ü","v":1}""");
        await items.PatchItemAsync<JsonElement>(
            Id, new PartitionKey("ü"), [PatchOperation.Increment("/v", 1)],
            new PatchItemRequestOptions { FilterPredicate = "from c where c.v = 1" });
        Assert.Equal(2, (await items.ReadItemAsync<JsonElement>(Id, new PartitionKey("ü"))).Resource.GetProperty("v").GetInt32());
        await items.DeleteItemAsync<JsonElement>(Id, new PartitionKey("ü"));
    }
}
