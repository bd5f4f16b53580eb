using System.Collections.Concurrent;
using System.Diagnostics;

namespace Connections.Tests.Faults;

/// <summary>What a soak found wrong, by what it means to a member.</summary>
internal enum Wrong
{
    /// <summary>Something promised is not there: a change, a message, an email, a row that agrees with its connection.</summary>
    Lost,

    /// <summary>Something is there more often than it should be: an email, a message, a winner.</summary>
    Doubled,

    /// <summary>Something does not come to its end: a call without an answer, a change that goes on owing.</summary>
    Stuck,

    /// <summary>A call was answered what is not so, or neither answered nor told to try again.</summary>
    Untrue,
}

/// <summary>Counts runs and what is wrong in them. Many may count at once.</summary>
/// <param name="log">Is told of everything wrong as it is found, so that a run which is given up was not for nothing.</param>
internal sealed class Tally(TextWriter? log = null)
{
    private readonly ConcurrentDictionary<string, long> _figures = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _findings = new();
    private readonly long[] _wrong = new long[Enum.GetValues<Wrong>().Length];
    private readonly long _begun = Stopwatch.GetTimestamp();
    private long _runs;

    /// <summary>Runs so far.</summary>
    public long Runs => Interlocked.Read(ref _runs);

    /// <summary>Each thing found wrong, with what is needed to see it again.</summary>
    public IReadOnlyCollection<string> Findings => _findings;

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsClean => _findings.IsEmpty;

    /// <summary>How many were found wrong in this way.</summary>
    public long this[Wrong wrong] => Interlocked.Read(ref _wrong[(int)wrong]);

    /// <summary>Counts a run.</summary>
    public void Ran() => Interlocked.Increment(ref _runs);

    /// <summary>Counts something wrong.</summary>
    public void Found(Wrong wrong, string what)
    {
        Interlocked.Increment(ref _wrong[(int)wrong]);
        _findings.Enqueue($"{wrong}: {what}");
        log?.WriteLine($"  {wrong}: {what}");
    }

    /// <summary>Counts something else that shows what a soak did, so that an empty one is seen to be empty.</summary>
    public void Count(string what, long by = 1) => _figures.AddOrUpdate(what, by, (_, count) => count + by);

    /// <summary>A figure so far; 0 where nothing was counted.</summary>
    public long Counted(string what) => _figures.GetValueOrDefault(what);

    /// <summary>The row of the table.</summary>
    public SoakRow Row(string what, int seed) => new(
        what, seed, Runs, this[Wrong.Lost], this[Wrong.Doubled], this[Wrong.Stuck], this[Wrong.Untrue], Math.Round(Stopwatch.GetElapsedTime(_begun).TotalSeconds, 1),
        new SortedDictionary<string, long>(_figures, StringComparer.Ordinal), [.. _findings]);
}

/// <summary>A row of the table that the soak prints and writes.</summary>
/// <param name="What">What was tried.</param>
/// <param name="Seed">What all chance came from: the same seed tries the same.</param>
/// <param name="Runs">How often.</param>
/// <param name="Lost">See <see cref="Wrong.Lost"/>.</param>
/// <param name="Doubled">See <see cref="Wrong.Doubled"/>.</param>
/// <param name="Stuck">See <see cref="Wrong.Stuck"/>.</param>
/// <param name="Untrue">See <see cref="Wrong.Untrue"/>.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Figures">What else it counted.</param>
/// <param name="Findings">All that is wrong, one by one.</param>
internal sealed record SoakRow(
    string What, int Seed, long Runs, long Lost, long Doubled, long Stuck, long Untrue, double Seconds,
    IReadOnlyDictionary<string, long> Figures, IReadOnlyList<string> Findings)
{
    /// <summary>Whether it tried something, and nothing was wrong.</summary>
    public bool IsClean => Runs > 0 && Lost + Doubled + Stuck + Untrue == 0;
}
