using Connections.Benchmarks.Floors;
using Connections.Tests;
using static Connections.Benchmarks.Measure;

namespace Connections.Benchmarks.Search;

/// <summary>A page of 24 with filters and an order, at several numbers of creators: a whole call, against the queries alone.</summary>
internal static class SearchPart
{
    private const double FloorTimes = 3;
    private const double FlatTimes = 1.5;
    private const double MostP99 = 20;

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale, TextWriter log)
    {
        var rows = new List<Row>();
        double? least = null;
        foreach (var creators in scale.Sizes)
        {
            var (floor, call, sdk) = await RunAsync(creators, scale.Samples, log);
            var isMost = creators == scale.Many;
            rows.Add(new Row(
                $"search, {creators:N0} creators", Ms(floor.P50), Ms(call.P50), $"{Times(call.P50 / floor.P50)}, {call}",
                isMost ? "p50 within 3x, p99 under 20 ms" : "p99 under 20 ms",
                call.P99 < MostP99 && (!isMost || call.P50 <= FloorTimes * floor.P50)));
            least ??= call.P50;
            if (isMost)
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
                        least.Value), Ms(call.P50), Times(call.P50 / least.Value), "within 1.5x",
                    call.P50 <= FlatTimes * least.Value));
            }
        }

        return rows;
    }

    private static async Task<(Latencies Floor, Latencies Call, Latencies Sdk)> RunAsync(int creators, int samples, TextWriter log)
    {
        using var floor = await SearchFloor.OpenAsync(creators, log);
        await using var host = await Subject.StartAsync(creators, log);
        var brand = await host.BrandAsync("brand");
        foreach (var search in SearchCase.All)
        {
            var found = (await brand.ReadAsync(search.Path))["value"].AsArray().Count;
            if (found != SearchFloor.Page)
            {
                throw new InvalidOperationException($"{search.Path} finds {found} of {creators} creators: no full page to compare.");
            }
        }

        var (bare, call) = await ByTurnsAsync(samples, i => Task.FromResult(floor.Find(Nth(i))), i => brand.GetByteArrayAsync(Nth(i).Path));
        using var requests = await SdkAlone.OpenAsync(creators, log);
        var (_, sdk) = await ByTurnsAsync(samples, i => Task.FromResult(floor.Find(Nth(i))), i => requests.FindAsync(Nth(i)));
        return (bare, call, sdk);
    }

    private static SearchCase Nth(int call) => SearchCase.All[call % SearchCase.All.Count];
}
