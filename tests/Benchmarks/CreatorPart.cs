using System.Diagnostics;
using System.Globalization;
using Connections.Benchmarks.Floors;
using Connections.Local.DemoData;
using static Connections.Benchmarks.Measure;

namespace Connections.Benchmarks;

/// <summary>Calls a second of one creator's profile, against a bare endpoint with the same bytes: same client, same number at once.</summary>
internal static class CreatorPart
{
    private const double Share = 0.4;
    private const int AtOnce = 16;
    private const int Turns = 5;
    private const int Different = 100;

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale, TextWriter log)
    {
        await using var host = await Subject.StartAsync(scale.Many, log);
        var brand = await host.BrandAsync("brand");
        var answer = Path.GetTempFileName();
        await File.WriteAllBytesAsync(answer, await brand.GetByteArrayAsync(PathOf(1)));
        using var process = await FloorProcess.StartAsync(FloorServer.Bytes, answer);
        using var bare = Subject.Client(process.Url);

        var turn = TimeSpan.FromMilliseconds(3 * scale.Samples);
        await CallAsync(bare, WarmUp);
        await CallAsync(brand, WarmUp);
        var (floor, calls) = (0.0, 0.0);
        for (var i = 0; i < Turns; i++)
        {
            floor += await CallAsync(bare, turn) / Turns;
            calls += await CallAsync(brand, turn) / Turns;
        }

        File.Delete(answer);
        return [new Row("GET /api/creators/{id}, calls a second", PerSecond(floor), PerSecond(calls), Times(calls / floor), "0.4x", calls >= Share * floor)];
    }

    private static string PathOf(int creator) => $"/api/creators/{DemoCreator.IdOf((creator % Different) + 1)}";

    private static string PerSecond(double calls) => calls.ToString("N0", CultureInfo.InvariantCulture) + " a second";

    private static async Task<double> CallAsync(HttpClient client, TimeSpan time)
    {
        var (clock, done) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(caller => Task.Run(async () =>
        {
            for (var i = caller; clock.Elapsed < time; i += AtOnce)
            {
                await client.GetByteArrayAsync(PathOf(i));
                Interlocked.Increment(ref done);
            }
        })));
        return done / clock.Elapsed.TotalSeconds;
    }
}
