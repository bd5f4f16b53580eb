using System.Runtime.InteropServices;

namespace Connections.Http;

/// <summary>A rate: a number of times per period, half of which may come in a burst.</summary>
/// <param name="Times">How many times per period. Used times come back at an even rate.</param>
/// <param name="Period">The period.</param>
public sealed record Rate(int Times, TimeSpan Period)
{
    /// <summary>How many times are available at once after a pause.</summary>
    public int Burst => Math.Max(1, Times / 2);
}

/// <summary>An attempt to take one time from a bucket.</summary>
/// <param name="Wait">Zero if there was one; otherwise the time to wait for the next.</param>
/// <param name="Remaining">How many are left.</param>
/// <param name="FullIn">When the bucket is full again if nothing else is taken.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct BucketUse(TimeSpan Wait, int Remaining, TimeSpan FullIn);

/// <summary>Limits each key (a member, an address) to a rate, in the memory of this instance.</summary>
/// <remarks>
/// A token bucket per key, stored as the moment when the bucket is full again. A key is dropped once that moment has passed.
/// System.Threading.RateLimiting does not fit: it reads the system clock instead of the app's, the timer of its partitioned limiter visits
/// every partition ten times a second, and the number of partitions has no limit.
/// </remarks>
public sealed class RateLimiter<TKey>(Rate rate, TimeProvider time)
    where TKey : notnull
{
    /// <summary>The most keys in memory.</summary>
    public const int MaxKeys = 100_000;

    private const int FirstSweep = 1_000;

    private readonly long _step = rate.Period.Ticks / rate.Times;
    private readonly long _depth = rate.Period.Ticks / rate.Times * rate.Burst;
    private readonly Dictionary<TKey, long> _fullAt = [];
    private readonly Lock _gate = new();
    private int _sweepAt = FirstSweep;

    /// <summary>The number of keys in memory.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _fullAt.Count;
            }
        }
    }

    /// <summary>Takes one time from the key's bucket, if there is one.</summary>
    public BucketUse Use(TKey key)
    {
        var now = time.GetUtcNow().UtcTicks;
        lock (_gate)
        {
            // Without the upper bound, setting the clock back would lock everybody out.
            var fullAt = Math.Clamp(_fullAt.GetValueOrDefault(key), now, now + _depth);
            var wait = fullAt + _step - _depth - now;
            if (wait > 0)
            {
                return new BucketUse(TimeSpan.FromTicks(wait), 0, TimeSpan.FromTicks(fullAt - now));
            }

            fullAt += _step;
            _fullAt[key] = fullAt;
            Sweep(now);
            return new BucketUse(TimeSpan.Zero, (int)((_depth - (fullAt - now)) / _step), TimeSpan.FromTicks(fullAt - now));
        }
    }

    /// <summary>Fills the key's bucket.</summary>
    public void Forget(TKey key)
    {
        lock (_gate)
        {
            _fullAt.Remove(key);
        }
    }

    private void Sweep(long now)
    {
        if (_fullAt.Count < _sweepAt)
        {
            return;
        }

        foreach (var (key, fullAt) in _fullAt)
        {
            if (fullAt <= now)
            {
                _fullAt.Remove(key);
            }
        }

        // Only an attacker has this many keys, and refilling their buckets gives them little more. Nobody else loses a time.
        if (_fullAt.Count > MaxKeys / 2)
        {
            _fullAt.Clear();
        }

        _sweepAt = Math.Max(FirstSweep, _fullAt.Count * 2);
    }
}
