using System.Globalization;

namespace Connections.Tests;

/// <summary>
/// The seed of tests that draw at random: always the same, so that two runs of the suite try the same. <c>TEST_SEED=123 dotnet test</c> tries
/// another, and <c>tests/Soak</c> draws a new one each time.
/// </summary>
internal static class TestSeed
{
    /// <summary>The seed.</summary>
    public static int Value { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("TEST_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 20261122;
}
