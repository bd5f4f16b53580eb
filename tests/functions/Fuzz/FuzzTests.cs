using Xunit.Abstractions;

namespace Connections.Tests.Functions.Fuzz;

/// <summary>A short version of <c>dotnet run -c Release --project tests/Soak -- fuzz</c>.</summary>
[Trait("Category", "Long")]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int CasesPerOperation = 100;

    [Fact]
    public async Task Hostile_input_never_causes_a_500_and_refused_calls_change_nothing()
    {
        var row = await FuzzRuns.RunAsync(TestSeed.Value, FuzzLength.Of(CasesPerOperation), TextWriter.Null);
        output.WriteLine(
            $"TEST_SEED={row.Seed}: {row.Runs} calls, {string.Join(", ", row.Figures.Select(figure => $"{figure.Value} {figure.Key}"))}, "
                + $"in {row.Seconds} s.");
        Assert.True(
            row.IsClean,
            $"TEST_SEED={row.Seed}, {row.Runs} calls, {row.Violations.Count} violations: {string.Join('\n', row.Violations.Take(20))}");
        // Both kinds must be frequent, or the run would prove little.
        Assert.All(["accepted", "refused"], outcome =>
            Assert.True(row.Figures[outcome] > row.Runs / 10, $"Only {row.Figures[outcome]} of {row.Runs} are {outcome}."));
    }
}
