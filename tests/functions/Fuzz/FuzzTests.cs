using Xunit.Abstractions;

namespace Connections.Tests.Functions.Fuzz;

/// <summary>A short version of <c>dotnet run -c Release --project tests/Soak -- fuzz</c>.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int CasesPerOperation = 200;

    [Fact]
    public async Task Whatever_is_sent_no_answer_is_a_500_and_no_refusal_changes_anything()
    {
        var row = await FuzzRuns.RunAsync(TestSeed.Value, FuzzLength.Of(CasesPerOperation), TextWriter.Null);
        output.WriteLine(
            $"TEST_SEED={row.Seed}: {row.Runs} calls, {string.Join(", ", row.Figures.Select(figure => $"{figure.Value} {figure.Key}"))}, "
                + $"in {row.Seconds} s.");
        Assert.True(
            row.IsClean,
            $"TEST_SEED={row.Seed}, {row.Runs} calls, {row.Violations.Count} violations: {string.Join('\n', row.Violations.Take(20))}");
        // Enough of both, so that neither is trivial.
        Assert.All(["accepted", "refused"], what =>
            Assert.True(row.Figures[what] > row.Runs / 10, $"Only {row.Figures[what]} of {row.Runs} are {what}."));
    }
}
