using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Connections.Local.Adapters;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Local.Cosmos;

public sealed class ChangeFeedTests : IDisposable
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    private readonly ShiftedTime _clock = new();
    private readonly TestStore _store;

    public ChangeFeedTests() => _store = new TestStore(_clock);

    public void Dispose() => _store.Dispose();

    [Fact]
    public async Task The_feed_returns_each_item_once_in_its_latest_version_and_in_the_order_of_the_changes()
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync("""{"id":"a","pk":"p","n":1}""", """{"id":"b","pk":"q","n":1}""", """{"id":"gone","pk":"p","n":1}""");
        await items.PatchItemAsync<JsonElement>("a", new PartitionKey("p"), [PatchOperation.Set("/n", 2)]);
        await items.DeleteItemAsync<JsonElement>("gone", new PartitionKey("p"));
        Assert.Equal(["b1", "a2"], (await PullAsync(items, ChangeFeedStartFrom.Beginning())).Changes);
    }

    [Fact]
    public async Task A_continuation_resumes_after_a_restart()
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync("""{"id":"a","pk":"p","n":1}""", """{"id":"b","pk":"p","n":1}""");
        var (_, continuation) = await PullAsync(items, ChangeFeedStartFrom.Beginning());
        await items.AddAsync("""{"id":"c","pk":"p","n":1}""");
        _store.Restart();
        await _store.Container().AddAsync("""{"id":"d","pk":"p","n":1}""");
        Assert.Equal(["c1", "d1"], (await PullAsync(_store.Container(), ChangeFeedStartFrom.ContinuationToken(continuation))).Changes);
    }

    [Fact]
    public async Task Changes_after_a_deleted_last_change_are_returned_after_a_restart()
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync("""{"id":"a","pk":"p","n":1}""", """{"id":"gone","pk":"p","n":1}""");
        var (_, continuation) = await PullAsync(items, ChangeFeedStartFrom.Beginning());
        await items.DeleteItemAsync<JsonElement>("gone", new PartitionKey("p"));
        _store.Restart();
        await _store.Container().AddAsync("""{"id":"b","pk":"p","n":1}""");
        Assert.Equal(["b1"], (await PullAsync(_store.Container(), ChangeFeedStartFrom.ContinuationToken(continuation))).Changes);
    }

    [Fact]
    public async Task Changes_after_an_expired_last_change_are_returned_after_a_restart()
    {
        var items = await _store.ContainerAsync("""{ "id": "items", "partitionKey": { "paths": ["/pk"] }, "defaultTtl": -1 }""");
        await items.AddAsync("""{"id":"a","pk":"p","n":1}""", """{"id":"gone","pk":"p","n":1,"ttl":1}""");
        var (_, continuation) = await PullAsync(items, ChangeFeedStartFrom.Beginning());
        _clock.Ahead += TimeSpan.FromSeconds(3);
        // A write removes expired items, even if the write itself fails.
        using (var none = await items.PatchItemStreamAsync("none", new PartitionKey("p"), [PatchOperation.Set("/n", 2)]))
        {
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        }

        _store.Restart();
        await _store.Container().AddAsync("""{"id":"b","pk":"p","n":1}""");
        Assert.Equal(["b1"], (await PullAsync(_store.Container(), ChangeFeedStartFrom.ContinuationToken(continuation))).Changes);
    }

    [Fact]
    public async Task Changes_come_in_pages_of_the_requested_size()
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync([.. Enumerable.Range(0, 5).Select(i => $$"""{"id":"{{i}}","pk":"p","n":1}""")]);
        using var feed = items.GetChangeFeedIterator<JsonElement>(
            ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental, new ChangeFeedRequestOptions { PageSizeHint = 2 });
        var (first, second, third) =
            ((await feed.ReadNextAsync()).Count, (await feed.ReadNextAsync()).Count, (await feed.ReadNextAsync()).Count);
        Assert.Equal((2, 2, 1), (first, second, third));
    }

    [Fact]
    public async Task A_reader_that_starts_now_gets_later_changes_only()
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync("""{"id":"old","pk":"p","n":1}""");
        var (none, continuation) = await PullAsync(items, ChangeFeedStartFrom.Now());
        await items.AddAsync("""{"id":"new","pk":"p","n":1}""");
        Assert.Empty(none);
        Assert.Equal(["new1"], (await PullAsync(items, ChangeFeedStartFrom.ContinuationToken(continuation))).Changes);
    }

    [Fact]
    public async Task A_reader_can_start_at_a_given_time()
    {
        var time = new SetTime();
        using var timed = new TestStore(time);
        var items = await timed.ContainerAsync();
        await items.AddAsync("""{"id":"early","pk":"p","n":1}""");
        time.Advance(TimeSpan.FromHours(1));
        var start = time.GetUtcNow().UtcDateTime;
        await items.AddAsync("""{"id":"late","pk":"p","n":1}""");
        Assert.Equal(["late1"], (await PullAsync(items, ChangeFeedStartFrom.Time(start))).Changes);
        Assert.Equal(["early1", "late1"], (await PullAsync(items, ChangeFeedStartFrom.Time(start.AddHours(-1)))).Changes);
    }

    [Fact]
    public async Task A_reader_of_a_partition_gets_no_changes_of_other_partitions()
    {
        var items = await _store.ContainerAsync();
        await items.AddAsync("""{"id":"a","pk":"p","n":1}""", """{"id":"b","pk":"q","n":1}""");
        Assert.Equal(
            ["b1"], (await PullAsync(items, ChangeFeedStartFrom.Beginning(FeedRange.FromPartitionKey(new PartitionKey("q"))))).Changes);
    }

    [Fact]
    public async Task Parallel_writes_lose_no_change_and_repeat_none()
    {
        var items = await _store.ContainerAsync();
        using var feed = items.GetChangeFeedIterator<JsonElement>(
            ChangeFeedStartFrom.Beginning(), ChangeFeedMode.Incremental, new ChangeFeedRequestOptions { PageSizeHint = 7 });
        var writing = Task.WhenAll(
            Enumerable.Range(0, 300).Select(i => Task.Run(() => items.AddAsync($$"""{"id":"{{i}}","pk":"p{{i % 9}}","n":1}"""))));
        var seen = new List<string>();
        while (true)
        {
            var isWritten = writing.IsCompleted;
            var page = await feed.ReadNextAsync();
            seen.AddRange(
                page.StatusCode == HttpStatusCode.NotModified ? [] : page.Select(change => change.GetProperty("id").GetString()!));
            if (isWritten && page.StatusCode == HttpStatusCode.NotModified)
            {
                break;
            }
        }

        await writing;
        Assert.Equal(Enumerable.Range(0, 300).Select(i => $"{i}").Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_SDKs_processor_gets_every_change_and_after_a_restart_only_new_ones()
    {
        var items = await _store.ContainerAsync();
        await _store.ContainerAsync("""{ "id": "leases", "partitionKey": { "paths": ["/id"] }, "defaultTtl": -1 }""");
        var seen = new ConcurrentQueue<string>();
        await items.AddAsync("""{"id":"a","pk":"p","n":1}""");
        await using (await ProcessAsync(seen))
        {
            await UntilAsync(() => seen.Contains("a1"));
            await items.AddAsync("""{"id":"b","pk":"p","n":1}""");
            await UntilAsync(() => seen.Contains("b1"));
        }

        _store.Restart();
        await _store.Container().AddAsync("""{"id":"c","pk":"p","n":1}""");
        await using (await ProcessAsync(seen))
        {
            await UntilAsync(() => seen.Contains("c1"));
        }

        Assert.Equal(["a1", "b1", "c1"], seen);
    }

    [Fact]
    public async Task A_processor_takes_over_at_once_from_a_killed_processor_of_the_same_name()
    {
        await _store.ContainerAsync();
        await _store.ContainerAsync("""{ "id": "leases", "partitionKey": { "paths": ["/id"] }, "defaultTtl": -1 }""");
        using (var child = await Child.ServeAsync(_store.Close()))
        {
            using var client = LocalCosmos.CreateClient(child.Url);
            var before = new ConcurrentQueue<string>();
            await Processor(client, before).StartAsync();
            await client.GetContainer("test", "items").AddAsync("""{"id":"a","pk":"p","n":1}""");
            await UntilAsync(() => before.Contains("a1"));
            child.Kill();
        }

        _store.Restart();
        var seen = new ConcurrentQueue<string>();
        await _store.Container().AddAsync("""{"id":"b","pk":"p","n":1}""");
        await using (await ProcessAsync(seen))
        {
            await UntilAsync(() => seen.Contains("b1"));
        }

        Assert.Single(seen, "b1");
    }

    private static async Task<(List<string> Changes, string Continuation)> PullAsync(Container items, ChangeFeedStartFrom start)
    {
        using var feed = items.GetChangeFeedIterator<JsonElement>(start, ChangeFeedMode.Incremental);
        var changes = new List<string>();
        while (true)
        {
            var page = await feed.ReadNextAsync();
            if (page.StatusCode == HttpStatusCode.NotModified)
            {
                return (changes, page.ContinuationToken);
            }

            changes.AddRange(page.Select(Summary));
        }
    }

    private static string Summary(JsonElement change) => $"{change.GetProperty("id").GetString()}{change.GetProperty("n").GetRawText()}";

    private static ChangeFeedProcessor Processor(CosmosClient client, ConcurrentQueue<string> seen) => client.GetContainer("test", "items")
        .GetChangeFeedProcessorBuilder<JsonElement>("feed", (changes, _) =>
        {
            changes.ToList().ForEach(change => seen.Enqueue(Summary(change)));
            return Task.CompletedTask;
        })
        .WithInstanceName("instance")
        .WithLeaseContainer(client.GetContainer("test", "leases"))
        .WithPollInterval(TimeSpan.FromMilliseconds(50))
        .WithStartTime(DateTime.MinValue.ToUniversalTime())
        .Build();

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(MaxWait);
        while (!condition())
        {
            await Task.Delay(20, timeout.Token);
        }
    }

    private async Task<IAsyncDisposable> ProcessAsync(ConcurrentQueue<string> seen)
    {
        var processor = Processor(_store.Client, seen);
        await processor.StartAsync();
        return new Running(processor);
    }

    private sealed class Running(ChangeFeedProcessor processor) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await processor.StopAsync();
    }
}
