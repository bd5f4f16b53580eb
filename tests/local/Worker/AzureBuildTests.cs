using System.Text.Json.Nodes;
using Connections.Local.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Local.Worker;

/// <summary>
/// Compares the functions of the local worker with the metadata that the build of <c>functions/Azure</c> writes for the Functions host. The
/// environment variable <c>AZURE_BUILD</c> names the folder of that build. The tests do not build that app, because some of its packages
/// are not in every registry.
/// </summary>
public sealed class AzureBuildTests : IClassFixture<LocalHostFixture>
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("AZURE_BUILD") is { Length: > 0 } folder ? folder : null;

    private readonly LocalHostFixture _host;

    public AzureBuildTests(LocalHostFixture host) => _host = host;

    [AzureBuildFact]
    public void Azure_and_the_local_worker_find_the_same_functions_triggers_and_retries()
    {
        var local = _host.Services.GetRequiredService<FunctionCatalog>().Functions;
        Assert.NotEmpty(local);

        var found = local.Select(Found).ToList();
        var built = Read("functions.metadata").AsArray().Select(function => Built(function!)).ToList();
        Assert.Empty(found.Except(built, StringComparer.Ordinal).Select(function => $"only the local worker has {function}"));
        Assert.Empty(built.Except(found, StringComparer.Ordinal).Select(function => $"only Azure has {function}"));
    }

    [AzureBuildFact]
    public void The_host_has_the_extensions_for_the_triggers()
    {
        var extensions = Read("extensions.json")["extensions"]!.AsArray().Select(extension => extension!["name"]!.ToString()).ToList();

        // HTTP and timers need no extension.
        Assert.Contains("AzureStorageQueues", extensions);
        // The extension of the change feed is not checked, because its package cannot be restored everywhere.
    }

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder!, file)))!;

    private static string Found(FunctionDefinition function)
    {
        var trigger = function.Trigger switch
        {
            Trigger.Http http => Http(http.Route, http.Methods),
            Trigger.Queue queue => $"queue {queue.Name}",
            Trigger.Timer timer => Timer(timer.Schedule.ToString(), timer.UseMonitor, timer.RunOnStartup),
            Trigger.Feed { Attribute: var feed } found =>
                Feed(
                    found.Database,
                    found.Container,
                    found.LeaseContainer,
                    found.Prefix,
                    feed.FeedPollDelay,
                    feed.MaxItemsPerInvocation,
                    feed.StartFromBeginning),
            _ => throw new InvalidOperationException($"The trigger {function.Trigger} is not supported."),
        };
        return $"{function.Name} = {function.Method.DeclaringType}.{function.Method.Name}: "
            + $"{trigger}{Retry(function.Retry?.MaxRetryCount, function.Retry?.First, function.Retry?.Longest)}";
    }

    private static string Built(JsonNode function)
    {
        var binding = Assert.Single(function["bindings"]!.AsArray())!;
        var trigger = binding["type"]!.ToString() switch
        {
            "httpTrigger" =>
                // A trigger without methods takes all of them.
                Http(Text("route"), [.. binding["methods"]?.AsArray().Select(method => method!.ToString().ToUpperInvariant()) ?? []]),
            "queueTrigger" => $"queue {Text("queueName")}",
            "timerTrigger" =>
                Timer(
                    Schedule.Parse(Text("schedule")).ToString(),
                    (bool?)binding["useMonitor"] ?? true,
                    (bool?)binding["runOnStartup"] ?? false),
            "cosmosDBTrigger" => Feed(
                Text("databaseName"), Text("containerName"), Text("leaseContainerName"), Text("leaseContainerPrefix"),
                (int?)binding["feedPollDelay"] ?? 5_000, (int?)binding["maxItemsPerInvocation"] ?? 0,
                (bool?)binding["startFromBeginning"] ?? false),
            var type => type,
        };
        var retry = function["retry"];
        return $"{function["name"]} = {function["entryPoint"]}: {trigger}"
            + Retry(
                (int?)retry?["maxRetryCount"],
                Time(retry?["minimumInterval"] ?? retry?["delayInterval"]),
                Time(retry?["maximumInterval"] ?? retry?["delayInterval"]));

        string Text(string property) => binding[property]?.ToString() ?? "";
    }

    private static TimeSpan? Time(JsonNode? node) =>
        node is null ? null : TimeSpan.Parse(node.ToString(), System.Globalization.CultureInfo.InvariantCulture);

    private static string Http(string route, IReadOnlyList<string> methods) =>
        $"{string.Join(',', methods.Order(StringComparer.Ordinal))} {route}";

    private static string Timer(string schedule, bool useMonitor, bool runOnStartup) =>
        $"timer {schedule}, monitor {useMonitor}, at the start {runOnStartup}";

    private static string Feed(string database, string container, string leases, string prefix, int delay, int most, bool fromBeginning) =>
        $"feed {database}/{container}, leases {leases}/{prefix}, every {delay} ms, {most} at most, from the beginning {fromBeginning}";

    private static string Retry(int? count, TimeSpan? first, TimeSpan? longest) =>
        count is null ? "" : $", retries {count} {first} {longest}";

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class AzureBuildFactAttribute : FactAttribute
    {
        public AzureBuildFactAttribute() => Skip = Folder is null ? "AZURE_BUILD does not name a build of functions/Azure." : null;
    }
}
