using Connections.Benchmarks.Floors;
using Connections.Tests;
using static Connections.Benchmarks.Measure;

namespace Connections.Benchmarks.Search;

/// <summary>A page of 24 with filters and an order, at several numbers of creators: whole calls compared with queries alone.</summary>
internal static class SearchPart
{
    private const double MaxRatio = 3;
    private const double MaxGrowth = 1.5;
    private const double MaxP99 = 20;

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale, TextWriter log)
    {
        var rows = new List<Row>();
        double? smallest = null;
        foreach (var creators in scale.Sizes)
        {
            var (floor, call, sdk) = await RunAsync(creators, scale.Samples, log);
            var isLargest = creators == scale.MaxCreators;
            rows.Add(new Row(
                $"search, {creators:N0} creators", Ms(floor.P50), Ms(call.P50), $"{Times(call.P50 / floor.P50)}, {call}",
                isLargest ? "p50 within 3x, p99 under 20 ms" : "p99 under 20 ms",
                call.P99 < MaxP99 && (!isLargest || call.P50 <= MaxRatio * floor.P50)));
            smallest ??= call.P50;
            if (isLargest)
            {
                rows.Add(new Row(
                    "the same, its three requests by the SDK alone",
                    Ms(floor.P50),
                    Ms(sdk.P50),
                    $"{Times(sdk.P50 / floor.P50)}, {sdk}",
                    "",
                    null));
                rows.Add(new Row(
                    $"search, {creators:N0} against {scale.Sizes[0]:N0}", Ms(
                        smallest.Value), Ms(call.P50), Times(call.P50 / smallest.Value), "within 1.5x",
                    call.P50 <= MaxGrowth * smallest.Value));
            }
        }

        return rows;
    }

    private static async Task<(Latencies Floor, Latencies Call, Latencies Sdk)> RunAsync(int creators, int samples, TextWriter log)
    {
        using var floor = await SearchFloor.OpenAsync(creators, log);
        await using var host = await BenchmarkHost.StartAsync(creators, log);
        var brand = await host.BrandAsync("brand");
        foreach (var search in SearchCase.All)
        {
            var found = (await brand.ReadAsync(search.Path))["value"].AsArray().Count;
            if (found != SearchFloor.PageSize)
            {
                throw new InvalidOperationException($"{search.Path} finds {found} of {creators} creators, which is not a full page.");
            }
        }

        var (bare, call) = await AlternatingAsync(
            samples, i => Task.FromResult(floor.Find(Nth(i))), i => brand.GetByteArrayAsync(Nth(i).Path));
        using var requests = await SdkAlone.OpenAsync(creators, log);
        var (_, sdk) = await AlternatingAsync(samples, i => Task.FromResult(floor.Find(Nth(i))), i => requests.FindAsync(Nth(i)));
        return (bare, call, sdk);
    }

    private static SearchCase Nth(int call) => SearchCase.All[call % SearchCase.All.Count];
}
