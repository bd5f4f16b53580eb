using System.Diagnostics;
using System.Globalization;
using Connections.Tests;

namespace Connections.Benchmarks;

/// <summary>Times floor and subject by turns, so that what disturbs the machine disturbs both.</summary>
internal static class Measure
{
    /// <summary>Calls are made before any is timed: the runtime compiles what is called often a second time,
    /// for speed, and takes its time.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(12);

    private const int Turn = 20;

    /// <summary>Latencies of both; each is given the number of the call.</summary>
    public static async Task<(Latencies Floor, Latencies Subject)> ByTurnsAsync(int samples, Func<int, Task> floor, Func<int, Task> subject)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; clock.Elapsed < WarmUp; i++)
        {
            await floor(i);
            await subject(i);
        }

        var (floors, subjects) = (new Latencies(), new Latencies());
        for (var done = 0; done < samples; done += Turn)
        {
            await TimeAsync(floors, done, floor);
            await TimeAsync(subjects, done, subject);
        }

        return (floors, subjects);
    }

    /// <summary>Times one call.</summary>
    public static async Task<T> TimeAsync<T>(Latencies into, Func<Task<T>> call)
    {
        var start = Stopwatch.GetTimestamp();
        var result = await call();
        into.Add(Stopwatch.GetElapsedTime(start));
        return result;
    }

    /// <summary>A factor as the table shows it.</summary>
    public static string Times(double factor) => factor.ToString("0.00", CultureInfo.InvariantCulture) + "x";

    /// <summary>Milliseconds as the table shows them.</summary>
    public static string Ms(double milliseconds) => milliseconds.ToString("0.00", CultureInfo.InvariantCulture) + " ms";

    private static async Task TimeAsync(Latencies into, int from, Func<int, Task> call)
    {
        for (var i = from; i < from + Turn; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await call(i);
            into.Add(Stopwatch.GetElapsedTime(start));
        }
    }
}
