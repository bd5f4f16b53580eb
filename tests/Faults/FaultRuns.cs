using System.Collections.Concurrent;
using Connections.Tests.Faults.Rig;

namespace Connections.Tests.Faults;

/// <summary>
/// Injects one fault per run, at every outbound call between a request and its last effect: the call fails, its answer is lost, or the
/// process stops before or after it. Each run restarts the host, waits until all due work is done, and checks what was promised.
/// </summary>
internal static class FaultRuns
{
    // The change feed polls without end; only its first requests matter.
    private const int MaxOfFeed = 3;
    private static readonly Fault[] Kinds = [Fault.FailBefore, Fault.FailAfter, Fault.StopBefore, Fault.StopAfter];

    /// <summary>Runs every fault point, or a random selection.</summary>
    /// <param name="seed">Chooses the form of each fault, the callers that give up, and the selection.</param>
    /// <param name="most">The maximum number of runs; null for all.</param>
    /// <param name="atOnce">The number of hosts in parallel.</param>
    /// <param name="log">Receives the progress.</param>
    /// <param name="only">A word of the names of the scenarios to run; null for all of them.</param>
    public static async Task<SoakRow> RunAsync(int seed, int? most, int atOnce, TextWriter log, string? only = null)
    {
        var report = new SoakReport(log);
        var random = new Random(seed);
        var scenarios = Scenario.All.Where(one => only is null || one.Name.Contains(only, StringComparison.Ordinal)).ToArray();
        if (most is { } few)
        {
            // Each scenario costs a run without faults, and gives dozens of runs.
            random.Shuffle(scenarios);
            scenarios = scenarios[..Math.Min(scenarios.Length, Math.Max(1, few / 4))];
        }

        var prepared = new ConcurrentBag<PreparedScenario>();
        await Parallel.ForEachAsync(
            scenarios, Options(atOnce), async (scenario, _) => prepared.Add(await PreparedScenario.PrepareAsync(scenario, seed, report)));
        try
        {
            var runs = prepared.OrderBy(scenario => scenario.Scenario.Name, StringComparer.Ordinal).SelectMany(RunsOf).ToArray();
            report.Count("points", prepared.Sum(scenario => scenario.Points.Count));
            if (most is not null)
            {
                random.Shuffle(runs);
                runs = runs[..Math.Min(runs.Length, most.Value)];
            }

            var numbered = runs.Select((run, i) => (Run: run, Seed: unchecked((seed * 7919) + i)));
            await Parallel.ForEachAsync(numbered, Options(atOnce), async (numberedRun, _) =>
            {
                var ((scenario, point, kind), runSeed) = numberedRun;
                await scenario.RunAsync(point, kind, runSeed, report);
                if (report.Runs % 50 == 0)
                {
                    await log.WriteLineAsync($"  {report.Runs} of {runs.Length} runs, {report.Violations.Count} violations");
                }
            });
            return report.ToRow("a fault at every call", seed);
        }
        finally
        {
            foreach (var scenario in prepared)
            {
                scenario.Dispose();
            }
        }
    }

    private static IEnumerable<(PreparedScenario Scenario, FaultPoint Point, Fault Kind)> RunsOf(PreparedScenario scenario) =>
        from point in scenario.Points
        where point.Nth <= (point.Call.In == OutboundCalls.Feed ? MaxOfFeed : int.MaxValue)
        from kind in Kinds
            // At its end a call has been answered: only the process can still stop.
        where point.Call is not { In: OutboundCalls.Call, To: OutboundCalls.End } || kind == Fault.StopAfter
        select (scenario, point, kind);

    private static ParallelOptions Options(int atOnce) => new() { MaxDegreeOfParallelism = atOnce };
}

/// <summary>The nth time that a call is made, counted from the start of the scenario's action.</summary>
internal sealed record FaultPoint(OutboundCall Call, int Nth)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Call} {Nth}";
}
