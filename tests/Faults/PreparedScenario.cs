using System.Collections.Concurrent;
using Connections.Creators.Facets;
using Connections.FollowUp;
using Connections.Tests.Faults.Rig;
using Connections.Tests.Local.Worker;

namespace Connections.Tests.Faults;

/// <summary>A scenario with the data that it starts from, ready for any number of runs.</summary>
internal sealed class PreparedScenario : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 8, 0, 30, TimeSpan.Zero);
    private static readonly TimeSpan DigestAfter = TimeSpan.FromMinutes(16);
    private static readonly TimeSpan RemindAfter = TimeSpan.FromDays(7);

    private readonly string _folder;
    private readonly Ledger _ledger;
    private readonly DateTimeOffset _now;

    private PreparedScenario(Scenario scenario, string folder, Ledger ledger, DateTimeOffset now)
    {
        Scenario = scenario;
        _folder = folder;
        _ledger = ledger;
        _now = now;
    }

    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; }

    /// <summary>Every outbound call between the action and its last effect in a run without faults.</summary>
    public IReadOnlyList<FaultPoint> Points { get; private set; } = [];

    /// <summary>Prepares a scenario, and runs it once without faults.</summary>
    public static async Task<PreparedScenario> PrepareAsync(Scenario scenario, int seed, SoakReport report)
    {
        var time = new ManualTime(Start);
        var ledger = new Ledger("ada", "bob");
        await using var host = await FaultHost.StartAsync(time, seed);
        var audit = new Audit(host, report, $"before {scenario.Name}");
        await scenario.Prepare(new Pair(host, ledger, report, new Random(seed)));
        await audit.DrainAsync();
        await audit.CheckAsync(ledger, digestsAreDue: false);
        var prepared = new PreparedScenario(scenario, DataCopy.OfRunning(host.Host.Folder), ledger, time.GetUtcNow());
        prepared.Points = await prepared.RehearseAsync(seed, report);
        return prepared;
    }

    /// <summary>Runs the scenario with one fault.</summary>
    public async Task RunAsync(FaultPoint point, Fault kind, int seed, SoakReport report)
    {
        var calls = 0;
        var name = $"{Scenario.Name}, {kind} at {point}, seed {seed}";
        try
        {
            await RunAsync(
                name, seed, report, call => call == point.Call && Interlocked.Increment(ref calls) == point.Nth ? kind : Fault.None);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            report.Add(Violation.Stuck, $"{name}: {e}");
        }

        report.Count(calls >= point.Nth ? $"runs with {kind}" : "runs that did not reach their point");
        report.Count($"runs of {Scenario.Name}");
        report.CountRun();
    }

    /// <inheritdoc/>
    public void Dispose() => DataCopy.Delete(_folder);

    private async Task<IReadOnlyList<FaultPoint>> RehearseAsync(int seed, SoakReport report)
    {
        var made = new ConcurrentQueue<OutboundCall>();
        await RunAsync($"{Scenario.Name} without a fault", seed, report, call =>
        {
            if (IsOnTheWay(call))
            {
                made.Enqueue(call);
            }

            return Fault.None;
        });
        return [.. made.GroupBy(call => call).OrderBy(group => group.Key.ToString(), StringComparer.Ordinal)
            .SelectMany(group => group.Select((call, i) => new FaultPoint(call, i + 1)))];
    }

    // A timer that finds nothing to do is not on the way; the sweep of messages finds some after each of them. The wire is below the
    // database's calls, which have faults of their own.
    private bool IsOnTheWay(OutboundCall call) =>
        call.To != FaultyWire.Name
        && (call.In != nameof(SweepFiles) || Scenario.IsSweepOfFiles)
        && (call.In is not ("CountFacets" or "SweepReports" or "SweepModeration" or "SweepOwed" or "SweepOwedMembers")
            || (Scenario.IsFeedAway && call.In != "CountFacets")
            || (call.In == "SweepOwed" && !call.To.Contains("connections", StringComparison.Ordinal)));

    private async Task RunAsync(string name, int seed, SoakReport report, Func<OutboundCall, Fault> plan)
    {
        var ledger = _ledger.Copy();
        await using var host = await FaultHost.StartAsync(new ManualTime(_now), seed, _folder);
        var audit = new Audit(host, report, name);
        host.Calls.Plan = call =>
            Scenario.IsFeedAway && call is { In: OutboundCalls.Feed } && call.To.EndsWith("changes", StringComparison.Ordinal)
                ? Fault.FailBefore
                : plan(call);
        await Scenario.Act(host, new Pair(host, ledger, report, new Random(seed)));
        await audit.DrainAsync();
        if (!host.IsStopped)
        {
            // A call that comes later is not on the way.
            host.Calls.Plan = null;
        }

        do
        {
            await host.RestartAsync();
            await audit.DrainAsync();
        }
        while (host.IsStopped);
        await audit.ReplayAsync();
        await audit.CheckAsync(ledger, digestsAreDue: false);
        await LaterAsync(host, audit, ledger);
    }

    /// <summary>A fault must neither lose nor duplicate the emails that become due later, nor leave a file for more than a day.</summary>
    private static async Task LaterAsync(FaultHost host, Audit audit, Ledger ledger)
    {
        foreach (var time in new[] { DigestAfter, RemindAfter })
        {
            var later = host.Time.GetUtcNow() + time;
            if (ledger.OwedByTime(later, digestsAreDue: true).Any())
            {
                await host.PassAsync(time);
                await audit.CheckAsync(ledger, digestsAreDue: true);
            }

            if (time == DigestAfter && ledger.HasFiles)
            {
                await host.PassDayAsync();
                await audit.CheckAsync(ledger, digestsAreDue: true, isDayOver: true);
            }
        }
    }
}
