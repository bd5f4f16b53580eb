namespace Connections.Limits;

/// <summary>What became of a use of an allowance.</summary>
public enum Outcome
{
    /// <summary>It was welcome.</summary>
    Accepted,

    /// <summary>It was refused.</summary>
    Declined,

    /// <summary>It was reported, or its sender was blocked for it.</summary>
    Reported,
}

/// <summary>A use of an allowance that was answered.</summary>
/// <param name="Key">Names the use; null once it must not be known any more.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="At">When.</param>
public sealed record AnsweredUse(string? Key, Outcome Outcome, DateTimeOffset At);

/// <summary>What became of a member's uses of an allowance; kept with its counters, so that a limit can follow it.</summary>
/// <param name="Accepted">How many were accepted.</param>
/// <param name="Reported">How many of <paramref name="Last"/> were reported.</param>
/// <param name="Last">The last ones, oldest first.</param>
public sealed record Conduct(int Accepted, int Reported, IReadOnlyList<AnsweredUse> Last)
{
    /// <summary>Nothing was answered yet.</summary>
    public static Conduct None { get; } = new(0, 0, []);

    /// <summary>
    /// The conduct with one more answer, counted once however often and in whatever order it is told. A report replaces an earlier answer,
    /// and nothing replaces a report. The same object when nothing is new.
    /// </summary>
    /// <param name="keep">How many of the last ones are kept.</param>
    public Conduct With(AnsweredUse answer, int keep)
    {
        if (Last.FirstOrDefault(known => known.Key == answer.Key) is { } known)
        {
            return known.Outcome == Outcome.Reported || answer.Outcome != Outcome.Reported
                ? this
                : Of(Accepted, Last.Select(one => one == known ? known with { Outcome = Outcome.Reported } : one));
        }

        // One that fell out of the list before was counted then.
        return Last.Count >= keep && answer.At <= Last[0].At
            ? this
            : Of(
                Accepted + (answer.Outcome == Outcome.Accepted ? 1 : 0),
                Last.Append(answer).OrderBy(one => one.At).ThenBy(one => one.Key, StringComparer.Ordinal).TakeLast(keep));
    }

    /// <summary>The conduct without what the uses were.</summary>
    public Conduct WithoutKeys() => this with { Last = [.. Last.Select(one => one with { Key = null })] };

    private static Conduct Of(int accepted, IEnumerable<AnsweredUse> last)
    {
        AnsweredUse[] kept = [.. last];
        return new Conduct(accepted, kept.Count(one => one.Outcome == Outcome.Reported), kept);
    }
}

/// <summary>How many uses of an allowance a period has, by what became of earlier ones.</summary>
/// <remarks>
/// The database decides, by a condition on the counters and the conduct in one document, so that the limit holds under parallel calls and
/// costs no request.
/// </remarks>
/// <param name="Most">The limit of a member who can be trusted.</param>
/// <param name="Unproven">The limit of a member who is not trusted yet.</param>
/// <param name="AfterReports">The limit of a member with too many reports among the last uses.</param>
/// <param name="MostReported">How many of the last uses may have been reported.</param>
/// <param name="TrustedFrom">
/// How many accepted uses make a member trusted: 0 for one who is trusted already, null for one who cannot be trusted yet.
/// </param>
public sealed record ConductLimit(int Most, int Unproven, int AfterReports, int MostReported, int? TrustedFrom)
{
    /// <summary>Whether too many of the last uses were reported.</summary>
    public bool IsReported(Conduct conduct) => conduct.Reported > MostReported;

    /// <summary>Whether the member is trusted.</summary>
    public bool IsTrusted(Conduct conduct) => conduct.Accepted >= TrustedFrom;

    /// <summary>The limit.</summary>
    public int For(Conduct conduct) => IsReported(conduct) ? AfterReports : IsTrusted(conduct) ? Most : Unproven;

    /// <summary>
    /// The condition under which the document's counter may grow: it is below <see cref="For"/> of the document's conduct.
    /// </summary>
    /// <param name="below">The condition that the counter is below a number.</param>
    internal string Condition(Func<int, string> below)
    {
        var trusted = TrustedFrom switch
        {
            null => below(Unproven),
            0 => below(Most),
            { } accepted => $"({below(Unproven)} OR (IS_DEFINED(c.conduct) AND c.conduct.accepted >= {accepted} AND {below(Most)}))",
        };
        return $"((IS_DEFINED(c.conduct) AND c.conduct.reported > {MostReported} AND {below(AfterReports)})"
            + $" OR ((NOT IS_DEFINED(c.conduct) OR c.conduct.reported <= {MostReported}) AND {trusted}))";
    }
}
