using System.Diagnostics;
using System.Text.Json;
using Connections.Emulators.Cosmos;
using Connections.Emulators.Storage;
using Connections.Tests.Functions.Members;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connections.Tests.Local.Cosmos;

/// <summary>Runs this assembly in a child process, which a test can kill, or in which the SDK plans queries natively. Native planning is a
/// setting of a whole process.</summary>
internal static class Child
{
    private const string NativePlanning = "AZURE_COSMOS_USE_QUERY_PLAN_INTEROP_LINUX";

    /// <summary>Serves a store on a port of a child process. Disposing kills the process.</summary>
    public static async Task<ServingChild> ServeAsync(string file)
    {
        var process = Start("serve", file);
        var url = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(
            await process.StandardError.ReadToEndAsync());
        return new ServingChild(process, new Uri(url));
    }

    /// <summary>Runs queries in a child process whose SDK plans them natively.</summary>
    public static async Task<NativeAnswers> QueryNativelyAsync(string file, IEnumerable<NativeQuery> queries)
    {
        using var process = Start("query", file);
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(queries));
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return JsonSerializer.Deserialize<NativeAnswers>(output)!;
    }

    /// <summary>Searches three physical partitions in a child process whose SDK plans queries natively.</summary>
    /// <returns>The result, and the output of the process on both streams.</returns>
    public static async Task<(RangedSearchResult Result, string Output, string Errors)> SearchRangesAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cosmos").FullName;
        try
        {
            using var process = Start("ranges", folder);
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, await errors);
            return (JsonSerializer.Deserialize<RangedSearchResult>(await File.ReadAllTextAsync(ResultIn(folder)))!, output, await errors);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(string task, string file)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Child).Assembly.Location, task, file])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment[NativePlanning] = task is "query" or "ranges" ? "true" : "false";
        return Process.Start(start)!;
    }

    private static string ResultIn(string folder) => Path.Combine(folder, "result.json");

    private static async Task Main(string[] args)
    {
        if (args[0] == "ranges")
        {
            await File.WriteAllTextAsync(ResultIn(args[1]), JsonSerializer.Serialize(await RangedSearch.RunAsync(args[1])));
            return;
        }

        using var file = SqliteFile.Open(args[1]);
        var store = new CosmosStore(file, TimeProvider.System);
        await (args[0] == "serve" ? ServeAsync(store) : QueryAsync(store));
    }

    private static async Task ServeAsync(CosmosStore store)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.MapCosmos(store);
        await app.StartAsync();
        await Console.Out.WriteLineAsync(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/");
        await Task.Delay(Timeout.Infinite);
    }

    private static async Task QueryAsync(CosmosStore store)
    {
        using var log = new QueryLog(store);
        var queries = JsonSerializer.Deserialize<List<NativeQuery>>(await Console.In.ReadToEndAsync())!;
        var answers = new List<List<string>>();
        foreach (var query in queries)
        {
            // Uses a new client for each page, so that the next page depends on the token alone.
            var all = new List<string>();
            string? token = null;
            do
            {
                using var client = log.CreateClient();
                (var page, token) = await client.GetContainer("test", "items").PageAsync(query.Text, query.PageSize, token);
                all.AddRange(page);
            }
            while (token is not null);
            answers.Add(all);
        }

        await Console.Out.WriteAsync(JsonSerializer.Serialize(new NativeAnswers(answers, [.. log.Sent], log.PlanRequests)));
    }
}

/// <summary>A query of container <c>test/items</c>.</summary>
internal sealed record NativeQuery(string Text, int PageSize);

/// <summary>The results by query, the texts that the store received, and the number of requests for query plans.</summary>
internal sealed record NativeAnswers(List<List<string>> Answers, List<string> Sent, int PlanRequests);

/// <summary>A child process that serves a store on a port.</summary>
internal sealed class ServingChild(Process process, Uri url) : IDisposable
{
    public Uri Url => url;

    /// <summary>Ends the process as <c>kill -9</c> does.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }
}
