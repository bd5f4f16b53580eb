using System.Globalization;

namespace Connections.Tests;

/// <summary>
/// The seed of randomized tests. It is fixed, so that every run of the suite tests the same cases. <c>TEST_SEED=123 dotnet test</c> tries
/// another seed, and <c>tests/Soak</c> uses a new one for each run.
/// </summary>
internal static class TestSeed
{
    /// <summary>The seed.</summary>
    public static int Value { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("TEST_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 20261122;
}
