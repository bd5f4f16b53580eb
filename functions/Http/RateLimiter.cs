namespace Connections.Http;

/// <summary>How often something may be done: so many times a period, half of them at once.</summary>
/// <param name="Times">How many times; the rate at which they come back is even.</param>
/// <param name="Period">In which time.</param>
public sealed record Rate(int Times, TimeSpan Period)
{
    /// <summary>How many times after a pause, without waiting.</summary>
    public int AtOnce => Math.Max(1, Times / 2);
}

/// <summary>Holds each key (a member, an address) to a rate. It is kept in memory, so it costs no request and holds for this instance alone.</summary>
/// <remarks>
/// A token bucket, written as the one moment at which the key's bucket is full again: a key whose moment has passed need not be kept.
/// Not System.Threading.RateLimiting: it reads the machine's clock and not the app's, a timer of its partitioned limiter visits every
/// partition ten times a second, and nothing bounds how many partitions there are.
/// </remarks>
public sealed class RateLimiter<TKey>(Rate rate, TimeProvider time)
    where TKey : notnull
{
    /// <summary>The most keys that are kept.</summary>
    public const int MostKeys = 100_000;

    private const int FirstSweep = 1_000;

    private readonly long _step = rate.Period.Ticks / rate.Times;
    private readonly long _depth = rate.Period.Ticks / rate.Times * rate.AtOnce;
    private readonly Dictionary<TKey, long> _fullAt = [];
    private readonly Lock _gate = new();
    private int _sweepAt = FirstSweep;

    /// <summary>How many keys are kept now.</summary>
    public int Kept
    {
        get
        {
            lock (_gate)
            {
                return _fullAt.Count;
            }
        }
    }

    /// <summary>Uses one of the key's times; how long to wait where none is left, and zero where one was. Waiting callers that ask again lose nothing by it.</summary>
    public TimeSpan Use(TKey key)
    {
        var now = time.GetUtcNow().UtcTicks;
        lock (_gate)
        {
            // No bucket is ever further from full than empty; without this, a clock that is set back would lock everybody out.
            var fullAt = Math.Clamp(_fullAt.GetValueOrDefault(key), now, now + _depth);
            var wait = fullAt + _step - _depth - now;
            if (wait > 0)
            {
                return TimeSpan.FromTicks(wait);
            }

            _fullAt[key] = fullAt + _step;
            Sweep(now);
            return TimeSpan.Zero;
        }
    }

    /// <summary>Gives the key all of its times back.</summary>
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

        // An attacker with so many keys has their times so often over that giving them back adds little; and nobody else loses any by it.
        if (_fullAt.Count > MostKeys / 2)
        {
            _fullAt.Clear();
        }

        _sweepAt = Math.Max(FirstSweep, _fullAt.Count * 2);
    }
}
