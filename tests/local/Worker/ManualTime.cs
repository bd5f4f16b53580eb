using System.Diagnostics;

namespace Connections.Tests.Local.Worker;

/// <summary>A clock that moves when it is told to.</summary>
public sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Timer> timers = [];
    private DateTimeOffset now = start;

    public ManualTime()
        : this(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero))
    {
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Moves the clock at one leap, then fires what fell due, each timer once.</summary>
    public void Advance(TimeSpan by)
    {
        List<Timer> due;
        lock (gate)
        {
            now += by;
            due = [.. timers.Where(t => t.Due <= now).OrderBy(t => t.Due)];
            due.ForEach(t => t.Fired(now));
        }

        due.ForEach(t => t.Run());
    }

    /// <summary>Completes when as many waits as given are under way.</summary>
    public async Task WaitsAsync(int count)
    {
        while (true)
        {
            lock (gate)
            {
                if (timers.Count >= count)
                {
                    return;
                }
            }

            await Task.Delay(1);
        }
    }

    /// <summary>Moves the clock to the next time that anybody waits for, again and again, until the task is done.</summary>
    /// <remarks>While nobody waits, the clock stands still: so no wait begins late.</remarks>
    public Task<T> LeapUntilAsync<T>(Task<T> task) => UntilAsync(task, () =>
    {
        TimeSpan? wait;
        lock (gate)
        {
            wait = timers.Count == 0 ? null : timers.Min(t => t.Due) - now;
        }

        if (wait is { } leap)
        {
            Advance(leap);
        }
    });

    /// <summary>Moves the clock step by step until the task is done.</summary>
    public Task<T> AdvanceUntilAsync<T>(TimeSpan step, Task<T> task) => UntilAsync(task, () => Advance(step));

    private static async Task<T> UntilAsync<T>(Task<T> task, Action advance)
    {
        var start = Stopwatch.StartNew();
        while (!task.IsCompleted && start.Elapsed < TimeSpan.FromSeconds(30))
        {
            advance();
            await Task.WhenAny(task, Task.Delay(5));
        }

        return await task.WaitAsync(TimeSpan.FromSeconds(1));
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(ManualTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                this.period = period;
                time.timers.Remove(this);
                if (dueTime >= TimeSpan.Zero)
                {
                    Due = time.now + dueTime;
                    time.timers.Add(this);
                }
            }

            return true;
        }

        public void Fired(DateTimeOffset now)
        {
            time.timers.Remove(this);
            if (period > TimeSpan.Zero)
            {
                Due = now + period;
                time.timers.Add(this);
            }
        }

        public void Run() => callback(state);

        public void Dispose()
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
