using System.Globalization;
using Connections.Tests;

namespace Connections.Soak;

/// <summary>The options of the command line.</summary>
/// <param name="Parts">The parts to run; empty for all.</param>
/// <param name="Seed">The seed of all random choices; a random one by default.</param>
/// <param name="Json">The file for the table as JSON; by default <c>tests/TestResults/soak.json</c>.</param>
/// <param name="Seconds">How long to fuzz each operation of the contract, in seconds.</param>
/// <param name="Only">A word of the names of the scenarios of <c>faults</c> to run; null for all of them.</param>
internal sealed record SoakOptions(IReadOnlyList<string> Parts, int Seed, string Json, int Seconds, string? Only = null)
{
    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">An argument is unknown or incomplete; the message shows the usage.</exception>
    public static SoakOptions Read(string[] args, IReadOnlyCollection<string> parts)
    {
        var options = new SoakOptions(
            [], Random.Shared.Next(1, 1_000_000), Path.Combine(Repository.Root, "tests", "TestResults", "soak.json"), Seconds: 60);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--seed"
                    when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var seed) =>
                    options with { Seed = seed },
                "--seconds" when i + 1 < args.Length
                    && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 =>
                    options with { Seconds = seconds },
                "--json" when i + 1 < args.Length => options with { Json = args[i + 1] },
                "--only" when i + 1 < args.Length => options with { Only = args[i + 1] },
                var part when parts.Contains(part) => options with { Parts = [.. options.Parts, part] },
                var unknown => throw new ArgumentException(
                    $"'{unknown}' is not understood. Usage: [{string.Join(' ', parts)}] [--seed NUMBER] [--seconds NUMBER] [--json FILE] "
                        + "[--only WORD]. Without a part, all run.", nameof(args)),
            };
            i += args[i] is "--seed" or "--seconds" or "--json" or "--only" ? 1 : 0;
        }

        return options;
    }
}
