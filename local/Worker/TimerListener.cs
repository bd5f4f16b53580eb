using Connections.Emulators.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using NCrontab;

namespace Connections.Local.Worker;

/// <summary>Runs a function on a schedule, one run at a time. Skips the times that pass during a run.</summary>
/// <remarks>
/// After runs were missed because the host was down, the function runs once at the start, with <see cref="TimerInfo.IsPastDue"/>.
/// As in the Functions host, a timer that fires more than once a minute is not monitored.
/// </remarks>
internal sealed partial class TimerListener(
    FunctionDefinition function, Trigger.Timer trigger, TimerMonitor monitor, FunctionInvoker invoker, TimeProvider time,
    ILogger<TimerListener> log) : LoopListener(function.Name, time, log)
{
    /// <summary>The runtime's timers take at most 49 days.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(30);

    private readonly bool _monitored = trigger.UseMonitor && !trigger.Schedule.IsWithinMinutes(time.GetUtcNow());
    private bool _started;

    protected override async Task RunAsync(CancellationToken stop, CancellationToken abandon)
    {
        if (!_started)
        {
            await StartUpAsync(stop, abandon);
            _started = true;
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
        var run = _monitored ? monitor.Find(function.Name) : null;
        if (run is not null && trigger.Schedule.NextAfter(run.Updated) <= now)
        {
            await RunOnceAsync(isPastDue: true, stop, abandon);
            return;
        }

        if (_monitored && run is null)
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
            // Rounded up, because the delay drops fractions of a millisecond and would end too early.
            var wait = left < LongestWait ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) : LongestWait;
            await Task.Delay(wait, Time, stop);
        }
    }

    private async Task RunOnceAsync(bool isPastDue, CancellationToken stop, CancellationToken abandon)
    {
        var now = Time.GetUtcNow();
        var status = _monitored ? Status(monitor.Find(function.Name), now) : null;
        if (
            !await invoker.InvokeWithRetriesAsync(
                function, new TimerInfo { IsPastDue = isPastDue, ScheduleStatus = status }, stop, abandon))
        {
            LogGivenUp(function.Name, trigger.Schedule.NextAfter(Time.GetUtcNow()));
        }

        if (_monitored)
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

/// <summary>Stores the last run of each timer.</summary>
internal sealed class TimerMonitor
{
    private readonly SqliteFile _file;

    public TimerMonitor(SqliteFile file)
    {
        _file = file;
        file.Script("CREATE TABLE IF NOT EXISTS timer_runs(function TEXT PRIMARY KEY, last INTEGER, updated INTEGER NOT NULL)");
    }

    /// <summary>The timer's last run; null if this host has never seen the timer.</summary>
    public TimerRun? Find(string function) => _file.Read(session => session.Rows(
        "SELECT last, updated FROM timer_runs WHERE function = ?1",
        row => new TimerRun(
            row.IsNull(0) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.Number(0)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.Number(1))),
        function)).SingleOrDefault();

    public Task SaveAsync(string function, TimerRun run, CancellationToken ct) =>
        _file.WriteAsync(
            session => session.Execute(
                "INSERT OR REPLACE INTO timer_runs(function, last, updated) VALUES(?1, ?2, ?3)",
                function,
                run.Last is { } last ? last.ToUnixTimeMilliseconds() : DBNull.Value,
                run.Updated.ToUnixTimeMilliseconds()),
            ct);
}

/// <summary>The last run of a timer. It is next due at the schedule's first time after <paramref name="Updated"/>.</summary>
/// <param name="Last">The last run; null if it never ran.</param>
/// <param name="Updated">The last run, or the first start of the host with this timer.</param>
internal sealed record TimerRun(DateTimeOffset? Last, DateTimeOffset Updated);

/// <summary>A timer's schedule: an NCRONTAB expression of six fields, in UTC, read by the Functions host's library.</summary>
internal sealed class Schedule
{
    /// <summary>Long enough for a 29 February around 2100, which has none.</summary>
    private const int HorizonYears = 12;

    private readonly CrontabSchedule _crontab;

    private Schedule(CrontabSchedule crontab) => _crontab = crontab;

    /// <exception cref="FormatException">The text is not an expression, or the schedule has no times.</exception>
    public static Schedule Parse(string expression)
    {
        var parsed = CrontabSchedule.TryParse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = true })
            ?? throw new FormatException(
                $"'{expression}' is not an NCRONTAB expression of six fields (second, minute, hour, day, month, day of the week).");
        var schedule = new Schedule(parsed);
        return schedule.Next(DateTimeOffset.UnixEpoch) is null
            ? throw new FormatException($"'{expression}' never comes round.")
            : schedule;
    }

    /// <summary>The first time that is later than <paramref name="after"/>.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset after) => Next(after)!.Value;

    /// <summary>Whether the schedule fires more than once a minute after a time.</summary>
    public bool IsWithinMinutes(DateTimeOffset after)
    {
        var first = NextAfter(after);
        return NextAfter(first) - first < TimeSpan.FromMinutes(1);
    }

    public override string ToString() => _crontab.ToString();

    private DateTimeOffset? Next(DateTimeOffset after)
    {
        var end = after.UtcDateTime.AddYears(HorizonYears);
        var next = _crontab.GetNextOccurrence(after.UtcDateTime, end);
        return next < end ? new DateTimeOffset(DateTime.SpecifyKind(next, DateTimeKind.Utc)) : null;
    }
}
