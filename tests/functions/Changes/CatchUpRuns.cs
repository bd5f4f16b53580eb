using Connections.Tests.Faults;

namespace Connections.Tests.Functions.Changes;

/// <summary>Many random histories, each compared as in <see cref="CatchUpTests"/>.</summary>
internal static class CatchUpRuns
{
    private const int Rounds = 20;
    private const int Steps = 40;

    /// <summary>Runs the histories, one after the other.</summary>
    public static async Task<SoakRow> RunAsync(int seed, int histories, TextWriter log)
    {
        var report = new SoakReport(log);
        for (var i = 0; i < histories; i++)
        {
            await using var walk = await CatchUpWalk.StartAsync(seed + i);
            try
            {
                for (var round = 0; round < Rounds; round++)
                {
                    await walk.RunAsync(Steps);
                    report.Count("comparisons");
                }
            }
            catch (Xunit.Sdk.XunitException e)
            {
                report.Add(Violation.Lost, $"seed {seed + i}: {e.Message}");
            }

            report.CountRun();
        }

        return report.ToRow("apps that slept and caught up", seed);
    }
}
