using static Connections.Benchmarks.Measure;

namespace Connections.Benchmarks.Search;

/// <summary>Search by words: rare and common, single and several, prefixes and whole words.</summary>
internal static class TextPart
{
    private const double MaxRatio = 3;

    private static readonly string[] Searches =
        ["slow", "sourdough", "vegan bak", "mar", "skincare curl", "running", "schaf", "home workouts"];

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale, TextWriter log)
    {
        using var floor = await SearchFloor.OpenAsync(scale.MaxCreators, log);
        await using var host = await BenchmarkHost.StartAsync(scale.MaxCreators, log);
        var brand = await host.BrandAsync("brand");
        var (words, call) = await AlternatingAsync(
            scale.Samples,
            i => Task.FromResult(floor.Find(Searches[i % Searches.Length])),
            i => brand.GetByteArrayAsync($"/api/creators?q={Uri.EscapeDataString(Searches[i % Searches.Length])}"));
        return
        [
            new Row(
                $"text search, {scale.MaxCreators:N0} creators", Ms(
                    words.P50), Ms(call.P50), $"{Times(call.P50 / words.P50)}, {call}", "p50 within 3x",
                call.P50 <= MaxRatio * words.P50),
        ];
    }
}
