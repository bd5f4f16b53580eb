using System.Globalization;
using Xunit.Abstractions;

namespace Connections.Tests.Functions.Fuzz;

/// <summary>What <c>dotnet run -c Release --project tests/Soak -- fuzz</c> runs at length, small.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int CasesPerOperation = 200;

    [Fact]
    public async Task Whatever_is_sent_no_answer_is_a_500_and_no_refusal_changes_anything()
    {
        // The same again: FUZZ_SEED=123 dotnet test --filter FuzzTests.
        var seed = int.TryParse(Environment.GetEnvironmentVariable("FUZZ_SEED"), CultureInfo.InvariantCulture, out var set) ? set : Random.Shared.Next(1, 1_000_000);
        var row = await FuzzRuns.RunAsync(seed, FuzzLength.Of(CasesPerOperation), TextWriter.Null);
        output.WriteLine($"FUZZ_SEED={row.Seed}: {row.Runs} calls, {string.Join(", ", row.Figures.Select(figure => $"{figure.Value} {figure.Key}"))}, in {row.Seconds} s.");
        Assert.True(row.IsClean, $"FUZZ_SEED={row.Seed}, {row.Runs} calls, {row.Findings.Count} findings: {string.Join('\n', row.Findings.Take(20))}");
        // Enough of both, so that neither is trivial.
        Assert.All(["accepted", "refused"], what => Assert.True(row.Figures[what] > row.Runs / 10, $"Only {row.Figures[what]} of {row.Runs} are {what}."));
    }
}
