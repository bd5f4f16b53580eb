using static Connections.Benchmarks.Measure;

namespace Connections.Benchmarks.Search;

/// <summary>Search by words: rare and common ones, one and several, beginnings and whole.</summary>
internal static class TextPart
{
    private const double FloorTimes = 3;

    private static readonly string[] Searches =
        ["slow", "sourdough", "vegan bak", "mar", "skincare curl", "running", "schaf", "home workouts"];

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale, TextWriter log)
    {
        using var floor = await SearchFloor.OpenAsync(scale.Many, log);
        await using var host = await Subject.StartAsync(scale.Many, log);
        var brand = await host.BrandAsync("brand");
        var (words, call) = await ByTurnsAsync(
            scale.Samples,
            i => Task.FromResult(floor.Find(Searches[i % Searches.Length])),
            i => brand.GetByteArrayAsync($"/api/creators?q={Uri.EscapeDataString(Searches[i % Searches.Length])}"));
        return
        [
            new Row(
                $"text search, {scale.Many:N0} creators", Ms(
                    words.P50), Ms(call.P50), $"{Times(call.P50 / words.P50)}, {call}", "p50 within 3x",
                call.P50 <= FloorTimes * words.P50),
        ];
    }
}
