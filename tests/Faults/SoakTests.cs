using Connections.Tests.Faults.Life;

namespace Connections.Tests.Faults;

/// <summary>What <c>dotnet run -c Release --project tests/Soak</c> runs at length, small. A failure names the seed that shows it again.</summary>
public sealed class SoakTests
{
    private static readonly int Seed = Random.Shared.Next(1, 1_000_000);

    [Fact]
    public void Walks_through_a_connections_life_go_as_the_specification_says() => AssertClean(LifeWalks.Run(Seed, 500));

    private static void AssertClean(SoakRow row) => Assert.True(row.IsClean, $"--seed {row.Seed}, {row.Runs} runs: {string.Join('\n', row.Findings)}");
}
