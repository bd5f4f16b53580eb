using System.Collections.Concurrent;
using Connections.Tests.Faults.Rig;

namespace Connections.Tests.Faults;

/// <summary>
/// A fault at every call that leaves the app between a request and its last effect, one a run: the call fails, or its answer is lost,
/// or the process stops before it or after it. Each run starts the host again, lets everything happen that is due, and looks whether
/// what was promised is there.
/// </summary>
internal static class FaultRuns
{
    // Polls and timers go on for as long as nothing happens; what they ask first is what matters.
    private const int MaxOfFeed = 3;
    private static readonly Fault[] Kinds = [Fault.FailBefore, Fault.FailAfter, Fault.StopBefore, Fault.StopAfter];

    /// <summary>Runs every point, or some of them.</summary>
    /// <param name="seed">Which faults befall, which callers give up, and, if not all are run, which runs.</param>
    /// <param name="most">How many runs at most; all where null.</param>
    /// <param name="atOnce">How many hosts at a time.</param>
    /// <param name="log">Is told how far it is.</param>
    public static async Task<SoakRow> RunAsync(int seed, int? most, int atOnce, TextWriter log)
    {
        var tally = new Tally(log);
        var chance = new Random(seed);
        var scenarios = Scenario.All.ToArray();
        if (most is { } few)
        {
            // A scenario has dozens of runs, and takes a dry run first.
            chance.Shuffle(scenarios);
            scenarios = scenarios[..Math.Min(scenarios.Length, Math.Max(1, few / 4))];
        }

        var stages = new ConcurrentBag<Stage>();
        await Parallel.ForEachAsync(scenarios, Options(atOnce), async (scenario, _) => stages.Add(await Stage.SetAsync(scenario, seed, tally)));
        try
        {
            var runs = stages.OrderBy(stage => stage.Scenario.Name, StringComparer.Ordinal).SelectMany(RunsOf).ToArray();
            tally.Count("points", stages.Sum(stage => stage.Points.Count));
            if (most is not null)
            {
                chance.Shuffle(runs);
                runs = runs[..Math.Min(runs.Length, most.Value)];
            }

            var numbered = runs.Select((run, i) => (Run: run, Seed: unchecked((seed * 7919) + i)));
            await Parallel.ForEachAsync(numbered, Options(atOnce), async (one, _) =>
            {
                await one.Run.Stage.RunAsync(one.Run.Point, one.Run.Kind, one.Seed, tally);
                if (tally.Runs % 50 == 0)
                {
                    await log.WriteLineAsync($"  {tally.Runs} of {runs.Length} runs, {tally.Findings.Count} findings");
                }
            });
            return tally.Row("a fault at every call", seed);
        }
        finally
        {
            foreach (var stage in stages)
            {
                stage.Dispose();
            }
        }
    }

    private static IEnumerable<(Stage Stage, FaultPoint Point, Fault Kind)> RunsOf(Stage stage) =>
        from point in stage.Points
        where point.Nth <= (point.Call.In == OutsideCalls.Feed ? MaxOfFeed : int.MaxValue)
        from kind in Kinds
        // The end of a call is its answer, which is on its way already: only the process can still stop.
        where point.Call is not { In: OutsideCalls.Call, To: OutsideCalls.End } || kind == Fault.StopAfter
        select (stage, point, kind);

    private static ParallelOptions Options(int atOnce) => new() { MaxDegreeOfParallelism = atOnce };
}

/// <summary>The nth time, from the act on, that a call is made.</summary>
internal sealed record FaultPoint(OutsideCall Call, int Nth)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Call} {Nth}";
}
