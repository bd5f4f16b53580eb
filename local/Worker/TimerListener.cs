using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Connections.Local.Worker;

/// <summary>Runs a function by the clock, never twice at a time; times that pass while it runs are left out.</summary>
/// <remarks>
/// A run that was missed while the host was down is made up for once, at the start, with <see cref="TimerInfo.IsPastDue"/>. As in
/// the Functions host, a timer that comes round more than once a minute is not monitored.
/// </remarks>
internal sealed partial class TimerListener(
    FunctionDefinition function, Trigger.Timer trigger, TimerMonitor monitor, FunctionInvoker invoker, TimeProvider time,
    ILogger<TimerListener> log) : LoopListener(function.Name, time, log)
{
    /// <summary>Timers of the runtime take no more than 49 days.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private readonly bool monitored = trigger.UseMonitor && !trigger.Schedule.IsWithinMinutes(time.GetUtcNow());
    private bool started;

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken stop, CancellationToken abandon)
    {
        if (!started)
        {
            await StartUpAsync(stop, abandon);
            started = true;
        }

        while (true)
        {
            await WaitUntilAsync(trigger.Schedule.NextAfter(Time.GetUtcNow()), stop);
            await RunOnceAsync(isPastDue: false, stop, abandon);
        }
    }

    private async Task StartUpAsync(CancellationToken stop, CancellationToken abandon)
    {
        var now = Time.GetUtcNow();
        var run = monitored ? await monitor.FindAsync(function.Name, stop) : null;
        if (run is not null && trigger.Schedule.NextAfter(run.Updated) <= now)
        {
            await RunOnceAsync(isPastDue: true, stop, abandon);
            return;
        }

        if (monitored && run is null)
        {
            await monitor.SaveAsync(function.Name, new TimerRun(null, now), stop);
        }

        if (trigger.RunOnStartup)
        {
            await RunOnceAsync(isPastDue: false, stop, abandon);
        }
    }

    private async Task WaitUntilAsync(DateTimeOffset due, CancellationToken stop)
    {
        while (due - Time.GetUtcNow() is { Ticks: > 0 } left)
        {
            // Rounded up, as the delay itself drops parts of a millisecond and would wake too early.
            var wait = left < LongestWait ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) : LongestWait;
            await Task.Delay(wait, Time, stop);
        }
    }

    private async Task RunOnceAsync(bool isPastDue, CancellationToken stop, CancellationToken abandon)
    {
        var now = Time.GetUtcNow();
        var status = monitored ? Status(await monitor.FindAsync(function.Name, stop), now) : null;
        if (!await invoker.InvokeWithRetriesAsync(function, new TimerInfo { IsPastDue = isPastDue, ScheduleStatus = status }, stop, abandon))
        {
            LogGivenUp(function.Name, trigger.Schedule.NextAfter(Time.GetUtcNow()));
        }

        if (monitored)
        {
            await monitor.SaveAsync(function.Name, new TimerRun(now, now), CancellationToken.None);
        }
    }

    private ScheduleStatus Status(TimerRun? run, DateTimeOffset now) => new()
    {
        Last = run?.Last?.UtcDateTime ?? default,
        Next = trigger.Schedule.NextAfter(now).UtcDateTime,
        LastUpdated = run?.Updated.UtcDateTime ?? now.UtcDateTime,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Function {Function} failed in its last try; it runs next at {Next:u}")]
    private partial void LogGivenUp(string function, DateTimeOffset next);
}
