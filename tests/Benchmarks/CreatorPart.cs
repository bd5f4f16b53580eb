using System.Diagnostics;
using System.Globalization;
using Connections.Benchmarks.Floors;
using Connections.Local.DemoData;
using static Connections.Benchmarks.Measure;

namespace Connections.Benchmarks;

/// <summary>Reads of a creator's profile a second, compared with a bare endpoint that returns the same bytes to the same client.</summary>
internal static class CreatorPart
{
    private const double MinRatio = 0.4;
    private const int Concurrency = 16;
    private const int Turns = 5;
    private const int Creators = 100;

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale, TextWriter log)
    {
        await using var host = await BenchmarkHost.StartAsync(scale.MaxCreators, log);
        var brand = await host.BrandAsync("brand");
        var answer = Path.GetTempFileName();
        await File.WriteAllBytesAsync(answer, await brand.GetByteArrayAsync($"/api/creators/{IdOf(1)}"));
        using var process = await FloorProcess.StartAsync(FloorServer.Bytes, answer);
        using var bare = BenchmarkHost.Client(process.Url);

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
        using var requests = await SdkAlone.OpenAsync(scale.MaxCreators, log);
        await CallAsync(creator => requests.ReadAsync(creator), WarmUp);
        var sdk = await CallAsync(creator => requests.ReadAsync(creator), Turns * turn);
        return
        [
            new Row("GET /api/creators/{id}, calls a second", PerSecond(floor), PerSecond(calls), Times(calls / floor), "0.4x", calls
                >= MinRatio * floor),
            new Row("the same, its three requests by the SDK alone", PerSecond(floor), PerSecond(sdk), Times(sdk / floor), "", null),
        ];
    }

    private static string IdOf(int creator) => DemoCreator.IdOf((creator % Creators) + 1).Value;

    private static string PerSecond(double calls) => calls.ToString("N0", CultureInfo.InvariantCulture) + " a second";

    private static Task<double> CallAsync(HttpClient client, TimeSpan time) =>
        CallAsync(creator => client.GetByteArrayAsync($"/api/creators/{creator}"), time);

    private static async Task<double> CallAsync(Func<string, Task> call, TimeSpan time)
    {
        var (clock, done) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, Concurrency).Select(caller => Task.Run(async () =>
        {
            for (var i = caller; clock.Elapsed < time; i += Concurrency)
            {
                await call(IdOf(i));
                Interlocked.Increment(ref done);
            }
        })));
        return done / clock.Elapsed.TotalSeconds;
    }
}
