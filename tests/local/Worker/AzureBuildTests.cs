using System.Text.Json.Nodes;
using Connections.Local.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Local.Worker;

/// <summary>
/// What the Functions host will find, by the files that the build of <c>functions/Azure</c> writes for it, is what the local worker found.
/// The folder of those files is the environment's <c>AZURE_BUILD</c>: that app's own packages are not in every registry, so that it is not
/// built with the tests.
/// </summary>
public sealed class AzureBuildTests : IClassFixture<LocalHostFixture>
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("AZURE_BUILD") is { Length: > 0 } folder ? folder : null;

    private readonly LocalHostFixture _host;

    public AzureBuildTests(LocalHostFixture host) => _host = host;

    [AzureBuildFact]
    public void The_functions_of_Azure_are_those_of_the_local_worker_with_their_triggers_and_retries()
    {
        var local = _host.Services.GetRequiredService<FunctionCatalog>().Functions;
        Assert.NotEmpty(local);

        var found = local.Select(Found).ToList();
        var built = Read("functions.metadata").AsArray().Select(function => Built(function!)).ToList();
        Assert.Empty(found.Except(built, StringComparer.Ordinal).Select(function => $"only the local worker has {function}"));
        Assert.Empty(built.Except(found, StringComparer.Ordinal).Select(function => $"only Azure has {function}"));
    }

    [AzureBuildFact]
    public void The_extensions_of_the_host_take_every_trigger()
    {
        var extensions = Read("extensions.json")["extensions"]!.AsArray().Select(extension => extension!["name"]!.ToString()).ToList();

        // Calls and timers are the host's own.
        Assert.Contains("AzureStorageQueues", extensions);
        // That of the change feed is left out where its package cannot be restored.
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
            _ => throw new InvalidOperationException($"What is {function.Trigger}?"),
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
                Http(Text("route"), [.. binding["methods"]!.AsArray().Select(method => method!.ToString().ToUpperInvariant())]),
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
        public AzureBuildFactAttribute() => Skip = Folder is null ? "AZURE_BUILD names no build of functions/Azure." : null;
    }
}
