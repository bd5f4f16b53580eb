using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Connections.Benchmarks.Floors;
using Connections.Tests;

namespace Connections.Benchmarks;

/// <summary>The time from the start of a process on existing data to its first answer, for the host and an empty app, each started directly
/// and by <c>dotnet run</c>.</summary>
internal static class StartPart
{
    private static readonly TimeSpan MaxStart = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<Row>> RunAsync(Scale scale, TextWriter log)
    {
        var folder = await PreparedData.CopyAsync(200, log);
        string Program(string name) => Path.Combine(AppContext.BaseDirectory, name);
        string[] Run(string project, params string[] arguments) => ["run", "-c", "Release", "--project", project, "--", .. arguments];
        var emptyProject = await EmptyProjectAsync();
        var (empty, process, emptyRun, run) = (new Latencies(), new Latencies(), new Latencies(), new Latencies());
        var times = Math.Max(2, scale.Samples / 300);
        for (var i = 0; i <= times; i++)
        {
            // The first start of each is not counted, because it reads files from disk that later starts find in memory.
            var (e, p, er, r) =
                i == 0 ? (new Latencies(), new Latencies(), new Latencies(), new Latencies()) : (empty, process, emptyRun, run);
            e.Add(await FirstAnswerAsync(
                [Program("Connections.Benchmarks.dll"), FloorProcess.Argument, FloorServer.Empty], "/", signIn: false));
            p.Add(await FirstAnswerAsync([Program("Connections.Local.dll"), "--no-web", "--data", folder], "/api/creators", signIn: true));
            er.Add(await FirstAnswerAsync(Run(emptyProject), "/", signIn: false));
            r.Add(await FirstAnswerAsync(
                Run(Path.Combine(Repository.Root, "local"), "--no-web", "--data", folder), "/api/creators", signIn: true));
        }

        Directory.Delete(folder, recursive: true);
        Directory.Delete(emptyProject, recursive: true);
        return [ToRow("second start to a page of creators, the process", process, empty), ToRow("the same, dotnet run", run, emptyRun)];
    }

    // The project of dotnet new web, outside this repository and its settings.
    private static async Task<string> EmptyProjectAsync()
    {
        var folder = Directory.CreateTempSubdirectory("connections-empty-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "Empty.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapGet("/", () => "Hello World!");
            app.Run();
            """);
        return folder;
    }

    private static Row ToRow(string what, Latencies measured, Latencies floor) => new(
        what,
        Seconds(floor.P50),
        Seconds(measured.P50),
        $"{Measure.Times(measured.P50 / floor.P50)}, slowest {Seconds(measured.Percentile(100))}",
        "under 2 s", measured.Percentile(100) < MaxStart.TotalMilliseconds);

    private static string Seconds(double milliseconds) => (milliseconds / 1000).ToString("0.00", CultureInfo.InvariantCulture) + " s";

    private static async Task<TimeSpan> FirstAnswerAsync(string[] command, string path, bool signIn)
    {
        var url = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo("dotnet", [.. command, "--urls", url.AbsoluteUri])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            using var client = BenchmarkHost.Client(url);
            while (!await AnswersAsync(client, path, signIn))
            {
                if (process.HasExited || Stopwatch.GetElapsedTime(began) > MaxWait)
                {
                    throw new InvalidOperationException(
                        $"{string.Join(' ', command)} does not answer: {await process.StandardError.ReadToEndAsync()}");
                }

                await Task.Delay(5);
            }

            return Stopwatch.GetElapsedTime(began);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client, string path, bool signIn)
    {
        try
        {
            // A token is valid only for the host that issued it, so each attempt requests a new token.
            client.DefaultRequestHeaders.Authorization = signIn ? await BenchmarkHost.TokenAsync(client, "demo-brand") : null;
            using var answer = await client.GetAsync(path);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
