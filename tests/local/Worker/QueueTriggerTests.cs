using Connections.Emulators.Queues;
using Connections.Emulators.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Connections.Tests.Local.Worker;

public sealed class QueueTriggerTests : IDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_message_sent_in_process_is_handled_without_waiting_for_a_poll()
    {
        await using var host = await StartAsync(typeof(Greeter));

        // The clock stands still, so the trigger never polls.
        await host.Queue.SendAsync("greetings", """{"name":"Ada"}""", TimeSpan.Zero, default);

        Assert.Equal(new Greeting("Ada"), await host.Probe.NextAsync<Greeting>());
    }

    [Fact]
    public async Task A_handled_message_is_deleted()
    {
        await using var host = await StartAsync(typeof(Greeter));
        await host.Queue.SendAsync("greetings", """{"name":"Ada"}""", TimeSpan.Zero, default);
        await host.Probe.NextAsync<Greeting>();

        await host.StopAsync();

        Assert.Equal(0, await host.Queue.CountAsync("greetings", default));
    }

    [Fact]
    public async Task A_delayed_message_is_handled_after_its_delay()
    {
        await using var host = await StartAsync(typeof(Texts));
        await host.Queue.SendAsync("texts", "in a week", TimeSpan.FromDays(7), default);
        var sent = _time.GetUtcNow();

        var text = await _time.AdvanceUntilAsync(TimeSpan.FromHours(7), host.Probe.NextAsync<string>());

        Assert.Equal("in a week", text);
        Assert.True(_time.GetUtcNow() - sent >= TimeSpan.FromDays(7));
    }

    [Fact]
    public async Task A_message_that_keeps_failing_is_tried_five_times_and_then_poisoned()
    {
        await using var host = await StartAsync(typeof(Failing));
        await host.Queue.SendAsync("failing", "doomed", TimeSpan.Zero, default);

        var tries = new List<DateTimeOffset>();
        for (var n = 1; n <= 5; n++)
        {
            tries.Add(await _time.LeapUntilAsync(host.Probe.NextAsync<DateTimeOffset>()));
        }

        await host.StopAsync();
        Assert.All(tries.Zip(tries.Skip(1)), pair => Assert.True(pair.Second - pair.First >= Retry));
        Assert.True(host.Probe.IsEmpty);
        Assert.Equal(0, await host.Queue.CountAsync("failing", default));
        Assert.Equal(["doomed"], await host.Queue.PeekAsync("failing-poison", 10, default));
        Assert.Contains(host.Log.At(LogLevel.Error), line => line.Contains("gave up message", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Log.At(LogLevel.Error), line => line.Contains("doomed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unreadable_message_is_poisoned_and_does_not_block_the_next()
    {
        await using var host = await StartAsync(typeof(Greeter));

        await host.Queue.SendAsync("greetings", "not JSON", TimeSpan.Zero, default);
        await host.Queue.SendAsync("greetings", """{"name":"Grace"}""", TimeSpan.Zero, default);
        Assert.Equal(new Greeting("Grace"), await host.Probe.NextAsync<Greeting>());
        // Five runs of the unreadable message and one of the good message, in any order.
        for (var n = 1; n <= 6; n++)
        {
            await _time.LeapUntilAsync(host.Runs.NextAsync());
        }

        await host.StopAsync();
        Assert.Equal(["not JSON"], await host.Queue.PeekAsync("greetings-poison", 10, default));
    }

    [Fact]
    public async Task Concurrency_is_at_most_the_batch_size_plus_the_threshold()
    {
        await using var host =
            await WorkerHost.StartAsync(_folder, _time, [typeof(Blocking)], WorkerHost.HostJson(batchSize: 4, newBatchThreshold: 2));
        for (var n = 0; n < 20; n++)
        {
            await host.Queue.SendAsync("blocking", "wait", TimeSpan.Zero, default);
        }

        var most = 0;
        for (var n = 0; n < 20; n++)
        {
            var (runningNow, go) = await host.Probe.NextAsync<(int Running, TaskCompletionSource Go)>();
            most = Math.Max(most, runningNow);
            go.SetResult();
        }

        Assert.InRange(most, 1, 6);
    }

    [Fact]
    public async Task A_message_stays_invisible_while_its_function_runs()
    {
        await using var host = await StartAsync(typeof(Blocking));
        await host.Queue.SendAsync("blocking", "long", TimeSpan.Zero, default);
        var (_, go) = await host.Probe.NextAsync<(int Running, TaskCompletionSource Go)>();

        // An hour is six leases. The clock moves only while the trigger waits for both the next poll and the next renewal.
        for (var minute = 0; minute < 60; minute += 4)
        {
            await _time.WaitsAsync(2).WaitAsync(TimeSpan.FromSeconds(30));
            _time.Advance(TimeSpan.FromMinutes(4));
        }

        await _time.WaitsAsync(2).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(host.Probe.IsEmpty);
        go.SetResult();
        await host.StopAsync();
        Assert.Equal(0, await host.Queue.CountAsync("blocking", default));
    }

    [Fact]
    public async Task A_stop_waits_for_the_current_message_and_receives_no_other()
    {
        await using var host =
            await WorkerHost.StartAsync(_folder, _time, [typeof(Blocking)], WorkerHost.HostJson(batchSize: 1, newBatchThreshold: 0));
        await host.Queue.SendAsync("blocking", "first", TimeSpan.Zero, default);
        await host.Queue.SendAsync("blocking", "second", TimeSpan.Zero, default);
        var (_, go) = await host.Probe.NextAsync<(int Running, TaskCompletionSource Go)>();

        var stopped = host.StopAsync();
        Assert.False(stopped.IsCompleted);
        go.SetResult();
        await stopped.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(["second"], await host.Queue.PeekAsync("blocking", 10, default));
    }

    [Fact]
    public async Task A_function_that_outlasts_the_stop_is_cancelled_and_its_message_delivered_at_the_next_start()
    {
        await using (var host = await StartAsync(typeof(Endless)))
        {
            await host.Queue.SendAsync("endless", "again", TimeSpan.Zero, default);
            Assert.Equal("again", await host.Probe.NextAsync<string>());
            await _time.LeapUntilAsync(Task.Run(async () =>
            {
                await host.StopAsync();
                return true;
            }));
        }

        await using var next = await StartAsync(typeof(Endless));
        Assert.Equal("again", await next.Probe.NextAsync<string>());
    }

    [Fact]
    public async Task A_crash_or_stop_does_not_count_as_a_try_of_a_message()
    {
        // More crashes than a message has tries, without a failed function.
        const int Crashes = 6;
        for (var n = 0; n < Crashes; n++)
        {
            // The queue is not disposed, as in a killed process.
            var queue = LocalQueue.Open(SqliteFile.Open(_folder.File("local.db")), _time);
            if (n == 0)
            {
                await queue.SendAsync("endless", "owed", TimeSpan.Zero, default);
            }

            Assert.Single(await queue.ReceiveAsync("endless", 16, TimeSpan.FromMinutes(10), default));
        }

        for (var n = 0; n < Crashes; n++)
        {
            await using var host = await StartAsync(typeof(Endless));
            Assert.Equal("owed", await host.Probe.NextAsync<string>());
            await _time.LeapUntilAsync(Task.Run(async () =>
            {
                await host.StopAsync();
                return true;
            }));
        }

        await using var last = await StartAsync(typeof(Endless));
        Assert.Equal("owed", await last.Probe.NextAsync<string>());
        Assert.Equal(0, await last.Queue.CountAsync("endless-poison", default));
    }

    public void Dispose() => _folder.Dispose();

    private Task<WorkerHost> StartAsync(Type functions) => WorkerHost.StartAsync(_folder, _time, [functions]);

    public sealed record Greeting(string Name);

    public sealed class Greeter(Probe probe)
    {
        [Function("Greet")]
        public Task Run([QueueTrigger("greetings")] Greeting greeting)
        {
            probe.Record(greeting);
            return Task.CompletedTask;
        }
    }

    public sealed class Texts(Probe probe)
    {
        [Function("Texts")]
        public Task Run([QueueTrigger("texts")] string text)
        {
            probe.Record(text);
            return Task.CompletedTask;
        }
    }

    public sealed class Failing(Probe probe, TimeProvider time)
    {
        [Function("Failing")]
        public Task Run([QueueTrigger("failing")] string text)
        {
            probe.Record(time.GetUtcNow());
            throw new InvalidOperationException("The function fails.");
        }
    }

    public sealed class Blocking(Probe probe)
    {
        private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<Probe, int[]> RunningBy = [];

        [Function("Blocking")]
        public async Task Run([QueueTrigger("blocking")] string text)
        {
            var running = RunningBy.GetValue(probe, _ => new int[1]);
            var go = new TaskCompletionSource();
            probe.Record((Interlocked.Increment(ref running[0]), go));
            await go.Task;
            Interlocked.Decrement(ref running[0]);
        }
    }

    public sealed class Endless(Probe probe)
    {
        [Function("Endless")]
        public async Task Run([QueueTrigger("endless")] string text, CancellationToken ct)
        {
            probe.Record(text);
            await Task.Delay(Timeout.InfiniteTimeSpan, ct);
        }
    }
}
