using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Connections.Notices;
using Connections.Telemetry;

namespace Connections.Tests.Infra;

/// <summary>Each alert queries a metric that the app sends, by its name, tags and values, and the runbook covers it.</summary>
public sealed partial class AlertsTests
{
    [BicepFact]
    public void Every_alert_queries_a_metric_of_the_app_with_tags_that_the_app_sends()
    {
        var metrics = new ConcurrentDictionary<string, Instrument>(StringComparer.Ordinal);
        var sent = new ConcurrentDictionary<(string Metric, string Tag, string? Value), bool>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == Signals.Name)
                {
                    metrics[instrument.Name] = instrument;
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) =>
        {
            foreach (var (tag, value) in tags)
            {
                sent[(instrument.Name, tag, value?.ToString())] = true;
            }
        });
        RuntimeHelpers.RunClassConstructor(typeof(Signals).TypeHandle);
        listener.Start();
        Signals.Call("ReadHealth", 503);
        foreach (var outcome in Repository.Sources("functions").SelectMany(source => NoticeOutcome().Matches(source))
            .Select(match => match.Groups["outcome"].Value).Distinct())
        {
            Signals.Notice("report", outcome);
        }

        var queries = Queries();
        Assert.Equal(7, queries.Count);
        Assert.All(queries, alert =>
        {
            // The host's own tables contain neither the function nor the outcome.
            var metric = Metric().Match(alert.Query).Groups["metric"].Value;
            Assert.True(metrics.TryGetValue(metric, out var instrument), alert.Query);
            Assert.All(Tag().Matches(alert.Query), filter =>
                Assert.Contains((metric, filter.Groups["tag"].Value, filter.Groups["value"].Value), sent.Keys));
            Assert.Equal(Regex.Count(alert.Query, "Properties"), Tag().Count(alert.Query));
            // Counters are summed; for measurements the maximum counts.
            Assert.Matches(instrument is Counter<long> ? @"\b(sum|sumif)\(Sum\b" : @"\bmax\(Max\)", alert.Query);
        });
    }

    [BicepFact]
    public void Error_rate_counts_all_calls_and_no_sweep_counts_finished_sweeps()
    {
        var queries = Queries().ToDictionary(alert => alert.Name, alert => alert.Query, StringComparer.Ordinal);
        Assert.Contains("\"connections.calls\"", queries["error-rate"], StringComparison.Ordinal);
        Assert.Contains("== \"5xx\"", queries["error-rate"], StringComparison.Ordinal);
        Assert.Contains("\"connections.sweeps\"", queries["no-sweep"], StringComparison.Ordinal);
    }

    [BicepFact]
    public void Every_alert_is_explained_to_operators()
    {
        var operations = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        var metrics = Deployment.Default.Of("Microsoft.Insights/metricAlerts").Select(Name).ToList();
        Assert.Equal(["throttled-database"], metrics);
        Assert.All(Queries().Select(alert => alert.Name).Concat(metrics), name =>
            Assert.Contains($"### {name}\n", operations, StringComparison.Ordinal));
    }

    private static List<(string Name, string Query)> Queries() =>
    [
        .. Deployment.Default.Of("Microsoft.Insights/scheduledQueryRules")
            .Select(rule => (Name(rule), Assert.Single(rule.Properties["criteria"]!["allOf"]!.AsArray())!["query"]!.ToString())),
    ];

    // A name without its unique suffix.
    private static string Name(Deployment.Resource alert) => alert.Name.Split('-', 3)[2];

    [GeneratedRegex(@"^AppMetrics \| where Name == ""(?<metric>[a-z.]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Metric();

    [GeneratedRegex(@"tostring\(Properties\.(?<tag>\w+)\) == ""(?<value>[^""]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();

    [GeneratedRegex(@"Signals\.Notice\([\w.()]+, ""(?<outcome>\w+)""\)", RegexOptions.ExplicitCapture)]
    private static partial Regex NoticeOutcome();
}
