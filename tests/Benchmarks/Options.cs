namespace Connections.Benchmarks;

/// <summary>How much is measured.</summary>
/// <param name="Name">As the table is headed.</param>
/// <param name="Many">The largest number of creators.</param>
/// <param name="Samples">Calls of each kind that are timed.</param>
/// <param name="ChatTime">How long messages are sent.</param>
internal sealed record Scale(string Name, int Many, int Samples, TimeSpan ChatTime)
{
    /// <summary>What the targets are about.</summary>
    public static Scale Full { get; } = new("full", 100_000, 1000, TimeSpan.FromSeconds(60));

    /// <summary>To see that everything runs. Its figures are not those of the targets.</summary>
    public static Scale Quick { get; } = new("quick", 10_000, 100, TimeSpan.FromSeconds(15));

    /// <summary>The numbers of creators that search is measured with, least first.</summary>
    public IReadOnlyList<int> Sizes => [.. new[] { 1_000, 10_000, Many }.Distinct()];
}

/// <summary>What the command line asks for.</summary>
/// <param name="Parts">Which parts to run; all where it names none.</param>
/// <param name="Scale">How much of each.</param>
/// <param name="Json">Where the table is written as JSON too; null for nowhere.</param>
internal sealed record Options(IReadOnlyList<string> Parts, Scale Scale, string? Json)
{
    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">They cannot be read; the message says how they are written.</exception>
    public static Options Read(string[] args, IReadOnlyCollection<string> parts)
    {
        var options = new Options([], Scale.Full, null);
        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--quick" => options with { Scale = Scale.Quick },
                "--json" when i + 1 < args.Length => options with { Json = args[++i] },
                var part when parts.Contains(part) => options with { Parts = [.. options.Parts, part] },
                var unknown => throw new ArgumentException(
                    $"'{unknown}' is not understood. It is: [{string.Join(' ', parts)}] [--quick] [--json FILE]. Without a part, all run.",
                    nameof(args)),
            };
        }

        return options;
    }
}
