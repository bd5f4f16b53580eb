using System.Collections.Concurrent;
using System.Diagnostics;

namespace Connections.Tests.Faults;

/// <summary>The kinds of violation that a soak looks for, by what they mean to a member.</summary>
internal enum Violation
{
    /// <summary>Something promised is missing: a change, a message, an email, a row that agrees with its connection.</summary>
    Lost,

    /// <summary>Something is there more often than it should be: an email, a message, a winner.</summary>
    Duplicated,

    /// <summary>Something never ends: a call without an answer, a change that still owes a notice.</summary>
    Stuck,

    /// <summary>An answer contradicts what is stored, or a call failed without telling the caller to try again.</summary>
    Incorrect,
}

/// <summary>Counts the runs of a soak and the violations found in them. Thread-safe.</summary>
/// <param name="log">Receives each violation as it is found, so that an aborted soak still shows them.</param>
internal sealed class SoakReport(TextWriter? log = null)
{
    private readonly ConcurrentDictionary<string, long> _figures = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _violations = new();
    private readonly long[] _counts = new long[Enum.GetValues<Violation>().Length];
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _runs;

    /// <summary>Runs so far.</summary>
    public long Runs => Interlocked.Read(ref _runs);

    /// <summary>The violations, each with what it takes to reproduce it.</summary>
    public IReadOnlyCollection<string> Violations => _violations;

    private long this[Violation violation] => Interlocked.Read(ref _counts[(int)violation]);

    /// <summary>Counts a run.</summary>
    public void CountRun() => Interlocked.Increment(ref _runs);

    /// <summary>Adds a violation.</summary>
    public void Add(Violation violation, string description)
    {
        Interlocked.Increment(ref _counts[(int)violation]);
        _violations.Enqueue($"{violation}: {description}");
        log?.WriteLine($"  {violation}: {description}");
    }

    /// <summary>Counts something else that the soak did, so that a soak that did nothing is noticed.</summary>
    public void Count(string figure, long by = 1) => _figures.AddOrUpdate(figure, by, (_, count) => count + by);

    /// <summary>A figure so far; 0 if it was never counted.</summary>
    public long CountOf(string figure) => _figures.GetValueOrDefault(figure);

    /// <summary>The row of the table.</summary>
    public SoakRow ToRow(string what, int seed) => new(
        what, seed, Runs, this[Violation.Lost], this[Violation.Duplicated], this[Violation.Stuck], this[Violation.Incorrect],
        Math.Round(Stopwatch.GetElapsedTime(_started).TotalSeconds, 1),
        new SortedDictionary<string, long>(_figures, StringComparer.Ordinal), [.. _violations]);
}

/// <summary>A row of the table that the soak prints and writes.</summary>
/// <param name="What">What was tried.</param>
/// <param name="Seed">The seed of everything random: the same seed tries the same.</param>
/// <param name="Runs">The number of runs.</param>
/// <param name="Lost">See <see cref="Violation.Lost"/>.</param>
/// <param name="Duplicated">See <see cref="Violation.Duplicated"/>.</param>
/// <param name="Stuck">See <see cref="Violation.Stuck"/>.</param>
/// <param name="Incorrect">See <see cref="Violation.Incorrect"/>.</param>
/// <param name="Seconds">The duration.</param>
/// <param name="Figures">What else was counted.</param>
/// <param name="Violations">All violations.</param>
internal sealed record SoakRow(
    string What, int Seed, long Runs, long Lost, long Duplicated, long Stuck, long Incorrect, double Seconds,
    IReadOnlyDictionary<string, long> Figures, IReadOnlyList<string> Violations)
{
    /// <summary>Whether the soak ran at all and found no violation.</summary>
    public bool IsClean => Runs > 0 && Violations.Count == 0;
}
