using System.Globalization;
using Connections.Tests;

namespace Connections.Soak;

/// <summary>What the command line asks for.</summary>
/// <param name="Parts">Which parts to run; all where it names none.</param>
/// <param name="Seed">What all chance comes from; by chance itself where it names none.</param>
/// <param name="Json">Where the table is written as JSON too; among the tests' results where it names no file.</param>
/// <param name="Seconds">How long each operation of the contract is fuzzed.</param>
internal sealed record SoakOptions(IReadOnlyList<string> Parts, int Seed, string Json, int Seconds)
{
    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">They cannot be read; the message says how they are written.</exception>
    public static SoakOptions Read(string[] args, IReadOnlyCollection<string> parts)
    {
        var options = new SoakOptions([], Random.Shared.Next(1, 1_000_000), Path.Combine(Repository.Root, "tests", "TestResults", "soak.json"), Seconds: 60);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--seed" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var seed) => options with { Seed = seed },
                "--seconds" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 => options with { Seconds = seconds },
                "--json" when i + 1 < args.Length => options with { Json = args[i + 1] },
                var part when parts.Contains(part) => options with { Parts = [.. options.Parts, part] },
                var unknown => throw new ArgumentException(
                    $"'{unknown}' is not understood. It is: [{string.Join(' ', parts)}] [--seed NUMBER] [--seconds NUMBER] [--json FILE]. Without a part, all run.", nameof(args)),
            };
            i += args[i] is "--seed" or "--seconds" or "--json" ? 1 : 0;
        }

        return options;
    }
}
