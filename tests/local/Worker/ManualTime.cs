using System.Collections.Concurrent;
using System.Diagnostics;
using Connections.Cosmos;
using Microsoft.Extensions.Time.Testing;

namespace Connections.Tests.Local.Worker;

/// <summary>A clock that tests move, and that knows the end of every wait on it.</summary>
public sealed class ManualTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly ConcurrentDictionary<Wait, DateTimeOffset> _ends = new();

    public ManualTime()
        : this(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Returns when at least the given number of waits are in progress.</summary>
    public async Task WaitsAsync(int count)
    {
        while (_ends.Count < count)
        {
            await Task.Delay(1);
        }
    }

    /// <summary>Moves the clock from the end of a wait to the end of the next until the task completes.</summary>
    /// <remarks>The clock stands still while there are no waits, so that no wait begins late.</remarks>
    public Task<T> LeapUntilAsync<T>(Task<T> task) => UntilAsync(task, () =>
    {
        if (_ends.Values is { Count: > 0 } ends && ends.Min() is var next && next > GetUtcNow())
        {
            SetUtcNow(next);
        }
    });

    /// <summary>Moves the clock step by step until the task completes.</summary>
    public Task<T> AdvanceUntilAsync<T>(TimeSpan step, Task<T> task) => UntilAsync(task, () => Advance(step));

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // The short waits between the attempts of a superseded write use the system clock, because no test moves this clock for them.
        if (dueTime > TimeSpan.Zero && dueTime <= OptimisticWrite.MaxWait && period == Timeout.InfiniteTimeSpan)
        {
            return System.CreateTimer(callback, state, dueTime, period);
        }

        var wait = new Wait(this);
        wait.Begin(
            base.CreateTimer(_ => wait.Fire(callback, state), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan), dueTime, period);
        return wait;
    }

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

    /// <summary>A timer that reports its end to the clock.</summary>
    private sealed class Wait(ManualTime time) : ITimer
    {
        private ITimer? _timer;
        private TimeSpan _period;

        public void Begin(ITimer timer, TimeSpan dueTime, TimeSpan period)
        {
            _timer = timer;
            Change(dueTime, period);
        }

        public void Fire(TimerCallback callback, object? state)
        {
            End();
            if (_period > TimeSpan.Zero)
            {
                time._ends[this] = time.GetUtcNow() + _period;
            }

            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            End();
            _period = period;
            if (dueTime < TimeSpan.Zero)
            {
                return _timer!.Change(dueTime, period);
            }

            var end = time._ends[this] = time.GetUtcNow() + dueTime;
            var changed = _timer!.Change(dueTime, period);
            // Corrects the end if the clock moved meanwhile. Does nothing if the timer has fired already.
            time._ends.TryUpdate(this, time.GetUtcNow() + dueTime, end);
            return changed;
        }

        public void Dispose()
        {
            End();
            _timer!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void End() => time._ends.TryRemove(this, out _);
    }
}
