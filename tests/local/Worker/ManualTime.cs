using System.Collections.Concurrent;
using System.Diagnostics;
using Connections.Cosmos;
using Microsoft.Extensions.Time.Testing;

namespace Connections.Tests.Local.Worker;

/// <summary>A clock that moves when it is told to, and knows how long each wait on it lasts.</summary>
public sealed class ManualTime(DateTimeOffset start) : FakeTimeProvider(start)
{
    private readonly ConcurrentDictionary<Wait, DateTimeOffset> _ends = new();

    public ManualTime()
        : this(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Completes when as many waits as given are under way.</summary>
    public async Task WaitsAsync(int count)
    {
        while (_ends.Count < count)
        {
            await Task.Delay(1);
        }
    }

    /// <summary>Moves the clock to the next time that anybody waits for, again and again, until the task is done.</summary>
    /// <remarks>While nobody waits, the clock stands still: so no wait begins late.</remarks>
    public Task<T> LeapUntilAsync<T>(Task<T> task) => UntilAsync(task, () =>
    {
        if (_ends.Values is { Count: > 0 } ends && ends.Min() is var next && next > GetUtcNow())
        {
            SetUtcNow(next);
        }
    });

    /// <summary>Moves the clock step by step until the task is done.</summary>
    public Task<T> AdvanceUntilAsync<T>(TimeSpan step, Task<T> task) => UntilAsync(task, () => Advance(step));

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // A write that was superseded waits a moment for its next attempt, and no test moves the clock for that.
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

    /// <summary>A timer that says when it ends.</summary>
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
            // The clock may have moved meanwhile; and what ends at once has ended.
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
