using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Connections.Tests.Local.Worker;

public sealed class TimerTriggerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    // Starts on Monday at 09:00.
    private readonly ManualTime _time = new();

    [Fact]
    public async Task A_timer_runs_at_each_time_of_its_schedule()
    {
        await using var host = await StartAsync(typeof(Quarterly));

        var first = await NextAsync(host);
        var second = await NextAsync(host);

        Assert.Equal((At(9, 15), false), (first.At, first.Info.IsPastDue));
        Assert.Equal(At(9, 30), second.At);
        Assert.Equal(At(9, 15).UtcDateTime, second.Info.ScheduleStatus!.Last);
        Assert.Equal(At(9, 45).UtcDateTime, second.Info.ScheduleStatus.Next);
    }

    [Fact]
    public async Task Runs_missed_while_the_host_was_down_are_made_up_for_by_a_single_run()
    {
        await using (var host = await StartAsync(typeof(Quarterly)))
        {
            await NextAsync(host);
            await host.StopAsync();
        }

        _time.Advance(TimeSpan.FromDays(1));
        await using var next = await StartAsync(typeof(Quarterly));
        // The clock does not move, so this run makes up for the missed runs.
        var madeUp = await next.Probe.NextAsync<TimerRun>();
        madeUp.Go.SetResult();
        var regular = await NextAsync(next);

        Assert.True(madeUp.Info.IsPastDue);
        Assert.Equal(At(9, 15).UtcDateTime, madeUp.Info.ScheduleStatus!.Last);
        Assert.Equal((At(9, 30).AddDays(1), false), (regular.At, regular.Info.IsPastDue));
    }

    [Fact]
    public async Task A_timer_without_missed_runs_waits_for_its_next_time_after_a_restart()
    {
        await using (var host = await StartAsync(typeof(Quarterly)))
        {
            await NextAsync(host);
            await host.StopAsync();
        }

        await using var next = await StartAsync(typeof(Quarterly));
        var run = await NextAsync(next);

        Assert.Equal((At(9, 30), false), (run.At, run.Info.IsPastDue));
    }

    [Fact]
    public async Task A_timer_without_a_monitor_does_not_make_up_for_missed_runs()
    {
        await using (var host = await StartAsync(typeof(Unmonitored)))
        {
            await NextAsync(host);
            await host.StopAsync();
        }

        _time.Advance(TimeSpan.FromHours(1));
        await using var next = await StartAsync(typeof(Unmonitored));
        var run = await NextAsync(next);

        Assert.Equal((At(10, 30), false), (run.At, run.Info.IsPastDue));
        Assert.Null(run.Info.ScheduleStatus);
    }

    [Fact]
    public async Task A_timer_can_run_at_the_start_too()
    {
        await using var host = await StartAsync(typeof(AtStart));

        Assert.Equal((At(9, 0), false), await host.Probe.NextAsync<(DateTimeOffset, bool)>());
    }

    [Fact]
    public async Task The_schedule_can_be_a_setting()
    {
        await using var host = await WorkerHost.StartAsync(
            _folder, _time, [typeof(BySetting)], settings: new() { ["Sweep:Schedule"] = "0 0 12 * * *" });

        Assert.Equal(At(12, 0), (await NextAsync(host)).At);
    }

    [Fact]
    public async Task A_failed_run_is_retried_after_the_delay_and_abandoned_after_the_last_retry()
    {
        await using var host = await StartAsync(typeof(Retried));

        var tries = new List<DateTimeOffset>();
        for (var n = 0; n < 4; n++)
        {
            tries.Add(await _time.LeapUntilAsync(host.Probe.NextAsync<DateTimeOffset>()));
        }

        // Two retries, then the regular run of the next hour.
        Assert.Equal([At(10, 0), At(10, 0).AddSeconds(30), At(10, 1), At(11, 0)], tries);
        Assert.Contains(host.Log.At(LogLevel.Error), line => line.Contains("failed in its last try", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    private static DateTimeOffset At(int hour, int minute) => new(2026, 11, 2, hour, minute, 0, TimeSpan.Zero);

    private Task<WorkerHost> StartAsync(Type functions) => WorkerHost.StartAsync(_folder, _time, [functions]);

    /// <summary>Waits for the next run and lets it finish. The clock then stays at the time of the run.</summary>
    private async Task<TimerRun> NextAsync(WorkerHost host)
    {
        var run = await _time.LeapUntilAsync(host.Probe.NextAsync<TimerRun>());
        run.Go.SetResult();
        return run;
    }

    public sealed record TimerRun(DateTimeOffset At, TimerInfo Info, TaskCompletionSource Go)
    {
        public static Task RecordAsync(Probe probe, TimeProvider time, TimerInfo timer)
        {
            var run = new TimerRun(time.GetUtcNow(), timer, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            probe.Record(run);
            return run.Go.Task;
        }
    }

    public sealed class Quarterly(Probe probe, TimeProvider time)
    {
        [Function("Quarterly")]
        public Task Run([TimerTrigger("0 */15 * * * *")] TimerInfo timer) =>
            TimerRun.RecordAsync(probe, time, timer);
    }

    public sealed class Unmonitored(Probe probe, TimeProvider time)
    {
        [Function("Unmonitored")]
        public Task Run([TimerTrigger("0 */15 * * * *", UseMonitor = false)] TimerInfo timer) =>
            TimerRun.RecordAsync(probe, time, timer);
    }

    public sealed class AtStart(Probe probe, TimeProvider time)
    {
        [Function("AtStart")]
        public Task Run([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer)
        {
            probe.Record((time.GetUtcNow(), timer.IsPastDue));
            return Task.CompletedTask;
        }
    }

    public sealed class BySetting(Probe probe, TimeProvider time)
    {
        [Function("BySetting")]
        public Task Run([TimerTrigger("%Sweep__Schedule%")] TimerInfo timer) =>
            TimerRun.RecordAsync(probe, time, timer);
    }

    public sealed class Retried(Probe probe, TimeProvider time)
    {
        [Function("Retried")]
        [FixedDelayRetry(2, "00:00:30")]
        public Task Run([TimerTrigger("0 0 * * * *")] TimerInfo timer)
        {
            probe.Record(time.GetUtcNow());
            throw new InvalidOperationException("The function fails.");
        }
    }
}
