using System.Collections.Concurrent;
using Connections.Creators.Facets;
using Connections.FollowUp;
using Connections.Tests.Faults.Rig;
using Connections.Tests.Local.Worker;

namespace Connections.Tests.Faults;

/// <summary>A scenario with all that must be there before it, ready to be run as often as wanted.</summary>
internal sealed class Stage : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 8, 0, 30, TimeSpan.Zero);
    private static readonly TimeSpan DigestAfter = TimeSpan.FromMinutes(16);
    private static readonly TimeSpan RemindAfter = TimeSpan.FromDays(7);

    private readonly string _folder;
    private readonly Ledger _ledger;
    private readonly DateTimeOffset _now;

    private Stage(Scenario scenario, string folder, Ledger ledger, DateTimeOffset now)
    {
        Scenario = scenario;
        _folder = folder;
        _ledger = ledger;
        _now = now;
    }

    /// <summary>What is run.</summary>
    public Scenario Scenario { get; }

    /// <summary>Every call that leaves the app between the act and its last effect, when nothing goes wrong.</summary>
    public IReadOnlyList<FaultPoint> Points { get; private set; } = [];

    /// <summary>Prepares a scenario, and runs it once without a fault.</summary>
    public static async Task<Stage> SetAsync(Scenario scenario, int seed, Tally tally)
    {
        var time = new ManualTime(Start);
        var ledger = new Ledger("ada", "bob");
        await using var host = await FaultHost.StartAsync(time, seed);
        var audit = new Audit(host, tally, $"before {scenario.Name}");
        await scenario.Prepare(new Pair(host, ledger, tally, new Random(seed)));
        await audit.DrainAsync();
        await audit.LookAsync(ledger, digestsAreDue: false);
        var stage = new Stage(scenario, DataCopy.OfRunning(host.Host.Folder), ledger, time.GetUtcNow());
        stage.Points = await stage.RehearseAsync(seed, tally);
        return stage;
    }

    /// <summary>Runs the scenario with one fault.</summary>
    public async Task RunAsync(FaultPoint point, Fault kind, int seed, Tally tally)
    {
        var strikes = 0;
        var name = $"{Scenario.Name}, {kind} at {point}, seed {seed}";
        try
        {
            await RunAsync(name, seed, tally, call => call == point.Call && Interlocked.Increment(ref strikes) == point.Nth ? kind : Fault.None);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            tally.Found(Wrong.Stuck, $"{name}: {e}");
        }

        tally.Count(strikes >= point.Nth ? $"runs with {kind}" : "runs whose point was not reached");
        tally.Count($"runs of {Scenario.Name}");
        tally.Ran();
    }

    /// <inheritdoc/>
    public void Dispose() => DataCopy.Delete(_folder);

    private async Task<IReadOnlyList<FaultPoint>> RehearseAsync(int seed, Tally tally)
    {
        var made = new ConcurrentQueue<OutsideCall>();
        await RunAsync($"{Scenario.Name} without a fault", seed, tally, call =>
        {
            if (IsOnTheWay(call))
            {
                made.Enqueue(call);
            }

            return Fault.None;
        });
        return [.. made.GroupBy(call => call).OrderBy(group => group.Key.ToString(), StringComparer.Ordinal).SelectMany(group => group.Select((call, i) => new FaultPoint(call, i + 1)))];
    }

    // Timers that find nothing to do are on nothing's way. The wire is below the database's calls, which are struck themselves.
    private bool IsOnTheWay(OutsideCall call) =>
        call.To != FaultyWire.Name && (call.In is not ("CountFacets" or "SweepReports" or "SweepOwed" or "SweepOwedMembers") || (Scenario.IsFeedAway && call.In != "CountFacets"));

    private async Task RunAsync(string name, int seed, Tally tally, Func<OutsideCall, Fault> plan)
    {
        var ledger = _ledger.Copy();
        await using var host = await FaultHost.StartAsync(new ManualTime(_now), seed, _folder);
        var audit = new Audit(host, tally, name);
        host.Calls.Plan = call => Scenario.IsFeedAway && call is { In: OutsideCalls.Feed } && call.To.EndsWith("changes", StringComparison.Ordinal) ? Fault.FailBefore : plan(call);
        await Scenario.Act(host, new Pair(host, ledger, tally, new Random(seed)));
        await audit.DrainAsync();
        if (!host.IsStopped)
        {
            // What has not been struck by now is not on the way.
            host.Calls.Plan = null;
        }

        do
        {
            await host.RestartAsync();
            await audit.DrainAsync();
        }
        while (host.IsStopped);
        await audit.ReplayAsync();
        await audit.LookAsync(ledger, digestsAreDue: false);
        await LaterAsync(host, audit, ledger);
    }

    /// <summary>What time brings must be right too: a fault must neither lose it nor double it.</summary>
    private static async Task LaterAsync(FaultHost host, Audit audit, Ledger ledger)
    {
        foreach (var time in new[] { DigestAfter, RemindAfter })
        {
            var later = host.Time.GetUtcNow() + time;
            if (ledger.OwedByTime(later, digestsAreDue: true).Any())
            {
                await host.PassAsync(time);
                await audit.LookAsync(ledger, digestsAreDue: true);
            }
        }
    }
}
