using Connections.Emulators.Cosmos;
using Connections.Emulators.Storage;
using Connections.Local.Adapters;
using Connections.Local.Worker;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connections.Tests.Local.Worker;

public sealed partial class FeedTriggerTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteFile _file;
    private readonly CosmosClient _client;
    private Container _things = null!;

    public FeedTriggerTests()
    {
        _file = SqliteFile.Open(_folder.File("local.db"));
        _client = LocalCosmos.CreateClient(new CosmosStore(_file, TimeProvider.System));
    }

    public enum Colour
    {
        Red,
        DeepBlue,
    }

    public async Task InitializeAsync()
    {
        Microsoft.Azure.Cosmos.Database database = await _client.CreateDatabaseIfNotExistsAsync("feeds");
        _things = await database.CreateContainerIfNotExistsAsync("things", "/id");
        await database.CreateContainerIfNotExistsAsync(new ContainerProperties("leases", "/id") { DefaultTimeToLive = -1 });
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Documents_written_before_and_after_the_first_start_reach_the_function()
    {
        var before = await WriteAsync("before", Colour.DeepBlue);
        await using var host = await StartAsync(typeof(Recording));

        Assert.Equal([before], await host.Probe.NextAsync<IReadOnlyList<Thing>>());
        var after = await WriteAsync("after");
        Assert.Equal([after], await host.Probe.NextAsync<IReadOnlyList<Thing>>());
    }

    [Fact]
    public async Task After_a_restart_the_feed_resumes()
    {
        await WriteAsync("first");
        await using (var host = await StartAsync(typeof(Recording)))
        {
            await host.Probe.NextAsync<IReadOnlyList<Thing>>();
            await host.StopAsync();
        }

        var missed = await WriteAsync("while down");
        await using var next = await StartAsync(typeof(Recording));

        Assert.Equal([missed], await next.Probe.NextAsync<IReadOnlyList<Thing>>());
    }

    [Fact]
    public async Task Functions_with_separate_leases_each_get_every_change()
    {
        await using var host = await StartAsync(typeof(Twins));

        await WriteAsync("shared");

        var seen = new[] { await host.Probe.NextAsync<string>(), await host.Probe.NextAsync<string>() };
        Assert.Equal(["one shared", "two shared"], seen.Order());
    }

    [Fact]
    public async Task No_batch_is_larger_than_the_trigger_allows()
    {
        for (var n = 0; n < 5; n++)
        {
            await WriteAsync("thing-" + n);
        }

        await using var host = await StartAsync(typeof(InPairs));

        var batches = new List<IReadOnlyList<Thing>>();
        while (batches.Sum(b => b.Count) < 5)
        {
            batches.Add(await host.Probe.NextAsync<IReadOnlyList<Thing>>());
        }

        Assert.All(batches, batch => Assert.InRange(batch.Count, 1, 2));
        Assert.Equal(["thing-0", "thing-1", "thing-2", "thing-3", "thing-4"], batches.SelectMany(b => b).Select(t => t.Id));
    }

    [Fact]
    public async Task A_failed_batch_is_retried_until_it_succeeds()
    {
        await using var host = await StartAsync(typeof(FailingTwice));

        await WriteAsync("stubborn");

        Assert.Equal("stubborn 1", await host.Probe.NextAsync<string>());
        Assert.Equal("stubborn 2", await host.Probe.NextAsync<string>());
        Assert.Equal("stubborn 3", await host.Probe.NextAsync<string>());
        await WriteAsync("next");
        Assert.Equal("next 4", await host.Probe.NextAsync<string>());
        Assert.DoesNotContain(host.Log.At(LogLevel.Error), line => line.Contains("is lost to it", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_batch_that_fails_in_its_last_retry_is_lost_and_the_feed_continues()
    {
        await using (var host = await StartAsync(typeof(FailingOnBad)))
        {
            await WriteAsync("bad");
            Assert.Equal(["bad", "bad", "bad"], await NextIdsAsync(host, 3));

            await WriteAsync("good");
            Assert.Equal(["good"], await NextIdsAsync(host, 1));
            Assert.Contains(
                host.Log.At(LogLevel.Error),
                line => line.Contains("its batch of 1 changes of things is lost to it", StringComparison.Ordinal));
            await host.StopAsync();
        }

        // The lease has moved past the batch, so a restart does not deliver it again.
        await WriteAsync("later");
        await using var next = await StartAsync(typeof(FailingOnBad));
        Assert.Equal(["later"], await NextIdsAsync(next, 1));
    }

    [Fact]
    public async Task An_unreadable_batch_is_lost_as_a_failed_batch_is()
    {
        await using var host = await StartAsync(typeof(Recording));

        await _things.CreateItemAsync(new { id = "odd", colour = "no colour" });
        Assert.IsType<System.Text.Json.JsonException>((await host.Runs.NextAsync()).Failure);

        var good = await WriteAsync("good");
        Assert.Equal([good], await host.Probe.NextAsync<IReadOnlyList<Thing>>());
    }

    [Fact]
    public async Task A_batch_in_progress_when_the_process_dies_is_delivered_again_at_the_next_start()
    {
        await WriteAsync("under way");
        await using var dying = await StartAsync(typeof(Hanging));
        await dying.Probe.NextAsync<IReadOnlyList<Thing>>();

        // The first host does not stop, so it does not release its lease, which is valid for most of a minute.
        using var fileOfNext = SqliteFile.Open(_folder.File("local.db"));
        using var clientOfNext = LocalCosmos.CreateClient(new CosmosStore(fileOfNext, TimeProvider.System));
        await using var next = await StartAsync(typeof(Hanging), clientOfNext);

        Assert.Equal("under way", Assert.Single(await next.Probe.NextAsync<IReadOnlyList<Thing>>()).Id);
    }

    [Fact]
    public async Task A_batch_that_waits_for_a_retry_when_the_host_stops_is_delivered_again_at_the_next_start()
    {
        await WriteAsync("waiting");
        await using (var host = await StartAsync(typeof(FailingForHours)))
        {
            await host.Probe.NextAsync<string>();
            await host.Runs.NextAsync();
            await host.StopAsync().WaitAsync(TimeSpan.FromSeconds(10));
        }

        await using var next = await StartAsync(typeof(FailingForHours));
        Assert.Equal("waiting", await next.Probe.NextAsync<string>());
    }

    [Fact]
    public async Task A_missing_lease_container_stops_the_start()
    {
        await _client.GetContainer("feeds", "leases").DeleteContainerAsync();

        var e = await Assert.ThrowsAsync<FunctionBindingException>(() => StartAsync(typeof(Recording)));

        Assert.Equal("The function Recording cannot be bound: the database feeds has no container things or leases.", e.Message);
    }

    public void Dispose()
    {
        _client.Dispose();
        _file.Dispose();
        _folder.Dispose();
    }

    private static async Task<List<string>> NextIdsAsync(WorkerHost host, int count)
    {
        var ids = new List<string>();
        for (var n = 0; n < count; n++)
        {
            ids.Add(await host.Probe.NextAsync<string>());
        }

        return ids;
    }

    private async Task<Thing> WriteAsync(string id, Colour colour = Colour.Red)
    {
        var thing = new Thing(id, colour);
        await _things.UpsertItemAsync(thing);
        return thing;
    }

    private Task<WorkerHost> StartAsync(Type functions, CosmosClient? cosmos = null) =>
        WorkerHost.StartAsync(_folder, TimeProvider.System, [functions], services: s => s.AddSingleton(cosmos ?? _client));
}
