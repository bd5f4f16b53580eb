namespace Connections.Benchmarks;

/// <summary>The size of a run.</summary>
/// <param name="Name">The name in the heading of the table.</param>
/// <param name="MaxCreators">The largest number of creators.</param>
/// <param name="Samples">The number of timed calls of each kind.</param>
/// <param name="ChatTime">The duration of the chat run.</param>
internal sealed record Scale(string Name, int MaxCreators, int Samples, TimeSpan ChatTime)
{
    /// <summary>The scale that the targets apply to.</summary>
    public static Scale Full { get; } = new("full", 100_000, 1000, TimeSpan.FromSeconds(60));

    /// <summary>A short run to see that everything works. The targets do not apply to its figures.</summary>
    public static Scale Quick { get; } = new("quick", 10_000, 100, TimeSpan.FromSeconds(15));

    /// <summary>The numbers of creators for search, in ascending order.</summary>
    public IReadOnlyList<int> Sizes => [.. new[] { 1_000, 10_000, MaxCreators }.Distinct()];
}

/// <summary>The options of the command line.</summary>
/// <param name="Parts">The parts to run; empty for all.</param>
/// <param name="Scale">The size of each part.</param>
/// <param name="Json">The file for the table as JSON; null to write none.</param>
internal sealed record Options(IReadOnlyList<string> Parts, Scale Scale, string? Json)
{
    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">An argument is unknown; the message shows the usage.</exception>
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
                    $"'{unknown}' is not understood. Usage: [{string.Join(' ', parts)}] [--quick] [--json FILE]. Without a part, all run.",
                    nameof(args)),
            };
        }

        return options;
    }
}
