using System.Diagnostics;
using Connections.Tests;
using static Connections.Benchmarks.Measure;

namespace Connections.Benchmarks.Search;

/// <summary>Each filter and order of search alone, and those of one platform together, with few creators and with many in turns.</summary>
internal static class FiltersPart
{
    private const int Few = 1_000;
    private const double MaxGrowth = 1.5;
    private const double MaxP99 = 20;

    private static readonly string[] Searches =
    [
        "sort=followers", "sort=engagement", "sort=newest",
        "category=travel", "platform=tiktok", "country=DE", "language=es",
        "minFollowers=50000", "maxFollowers=20000", "minEngagement=0.04",
        "openTo=gifted", "format=short-video", "available=2027-01-31", "relation=none", "q=slow",
        "platform=tiktok&minFollowers=20000", "platform=tiktok&maxFollowers=50000&sort=engagement", "platform=tiktok&sort=newest",
        "platform=tiktok&platform=youtube&minEngagement=0.03", "platform=youtube&openTo=paid&format=video&available=2026-12-31",
    ];

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale, TextWriter log)
    {
        await using var few = await BenchmarkHost.StartAsync(Few, log);
        await using var many = await BenchmarkHost.StartAsync(scale.MaxCreators, log);
        var (fewer, more) = (await few.BrandAsync("brand"), await many.BrandAsync("brand"));
        // The runtime compiles what is called often a second time.
        for (var (clock, i) = (Stopwatch.StartNew(), 0); clock.Elapsed < WarmUp; i++)
        {
            await fewer.GetByteArrayAsync(Path(i));
            await more.GetByteArrayAsync(Path(i));
        }

        var rows = new List<Row>();
        for (var search = 0; search < Searches.Length; search++)
        {
            var path = Path(search);
            var (small, large) = (new Latencies(), new Latencies());
            for (var i = 0; i < scale.Samples / 4; i++)
            {
                await TimeAsync(small, () => fewer.GetByteArrayAsync(path));
                await TimeAsync(large, () => more.GetByteArrayAsync(path));
            }

            rows.Add(new Row(
                $"`{Searches[search]}`, {scale.MaxCreators:N0} against {Few:N0} creators", Ms(small.P50), Ms(large.P50),
                $"{Times(large.P50 / small.P50)}, {large}", "p99 under 20 ms, within 1.5x",
                large.P99 < MaxP99 && large.P50 <= MaxGrowth * small.P50));
        }

        return rows;
    }

    private static string Path(int search) => "/api/creators?" + Searches[search % Searches.Length];
}
