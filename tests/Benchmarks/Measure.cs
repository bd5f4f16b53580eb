using System.Diagnostics;
using System.Globalization;
using Connections.Tests;

namespace Connections.Benchmarks;

/// <summary>Times the floor and the product alternately, so that a disturbance of the machine affects both.</summary>
internal static class Measure
{
    /// <summary>How long calls are made before any is timed, because the runtime compiles frequently called code a second time.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(12);

    private const int CallsPerTurn = 20;

    /// <summary>The latencies of both. Each function gets the number of its call.</summary>
    public static async Task<(Latencies Floor, Latencies Product)> AlternatingAsync(
        int samples, Func<int, Task> floor, Func<int, Task> product)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; clock.Elapsed < WarmUp; i++)
        {
            await floor(i);
            await product(i);
        }

        var (floors, products) = (new Latencies(), new Latencies());
        for (var done = 0; done < samples; done += CallsPerTurn)
        {
            await TimeAsync(floors, done, floor);
            await TimeAsync(products, done, product);
        }

        return (floors, products);
    }

    /// <summary>Times one call.</summary>
    public static async Task<T> TimeAsync<T>(Latencies into, Func<Task<T>> call)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await call();
        into.Add(Stopwatch.GetElapsedTime(start));
        return result;
    }

    public static string Times(double factor) => factor.ToString("0.00", CultureInfo.InvariantCulture) + "x";

    public static string Ms(double milliseconds) => milliseconds.ToString("0.00", CultureInfo.InvariantCulture) + " ms";

    private static async Task TimeAsync(Latencies into, int from, Func<int, Task> call)
    {
        for (var i = from; i < from + CallsPerTurn; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await call(i);
            into.Add(Stopwatch.GetElapsedTime(start));
        }
    }
}
