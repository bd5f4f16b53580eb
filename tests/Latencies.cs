using System.Globalization;

namespace Connections.Tests;

/// <summary>The durations of many calls, in milliseconds. Thread-safe.</summary>
public sealed class Latencies
{
    private readonly Lock _gate = new();
    private readonly List<double> _samples = [];
    private bool _isSorted = true;

    /// <summary>The number of calls.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _samples.Count;
            }
        }
    }

    /// <summary>Half of the calls took at most this.</summary>
    public double P50 => Percentile(50);

    /// <summary>99 of 100 calls took at most this.</summary>
    public double P99 => Percentile(99);

    /// <summary>Adds a call.</summary>
    public void Add(TimeSpan took)
    {
        lock (_gate)
        {
            _samples.Add(took.TotalMilliseconds);
            _isSorted = false;
        }
    }

    /// <summary>The nearest-rank percentile: always a measured sample, never a mean of two.</summary>
    /// <param name="percent">Above 0, at most 100.</param>
    /// <exception cref="InvalidOperationException">There are no samples.</exception>
    public double Percentile(double percent)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(percent);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(percent, 100);
        lock (_gate)
        {
            if (_samples.Count == 0)
            {
                throw new InvalidOperationException("Nothing was measured.");
            }

            if (!_isSorted)
            {
                _samples.Sort();
                _isSorted = true;
            }

            // Multiplied first: 99 / 100.0 * 200 is a little more than 198.
            return _samples[(int)Math.Ceiling(percent * _samples.Count / 100) - 1];
        }
    }

    /// <summary>Both percentiles, as a table shows them.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p50 {P50:0.00} ms, p99 {P99:0.00} ms");
}
