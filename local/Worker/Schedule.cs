using NCrontab;

namespace Connections.Local.Worker;

/// <summary>When a timer runs: an NCRONTAB expression of six fields, in UTC, read by the library that the Functions host uses.</summary>
internal sealed class Schedule
{
    /// <summary>Long enough to see a 29 February even around a century without one.</summary>
    private const int HorizonYears = 12;

    private readonly CrontabSchedule crontab;

    private Schedule(CrontabSchedule crontab) => this.crontab = crontab;

    /// <summary>Reads an expression.</summary>
    /// <exception cref="FormatException">It is none, or it never comes round.</exception>
    public static Schedule Parse(string expression)
    {
        var parsed = CrontabSchedule.TryParse(expression, new CrontabSchedule.ParseOptions { IncludingSeconds = true })
            ?? throw new FormatException(
                $"'{expression}' is not an NCRONTAB expression of six fields (second, minute, hour, day, month, day of the week).");
        var schedule = new Schedule(parsed);
        return schedule.Next(DateTimeOffset.UnixEpoch) is null
            ? throw new FormatException($"'{expression}' never comes round.")
            : schedule;
    }

    /// <summary>The first time after <paramref name="after"/>, never the same.</summary>
    public DateTimeOffset NextAfter(DateTimeOffset after) => Next(after)!.Value;

    /// <summary>Whether the times after <paramref name="after"/> come round more than once a minute.</summary>
    public bool IsWithinMinutes(DateTimeOffset after)
    {
        var first = NextAfter(after);
        return NextAfter(first) - first < TimeSpan.FromMinutes(1);
    }

    /// <summary>The expression.</summary>
    public override string ToString() => crontab.ToString();

    private DateTimeOffset? Next(DateTimeOffset after)
    {
        var end = after.UtcDateTime.AddYears(HorizonYears);
        var next = crontab.GetNextOccurrence(after.UtcDateTime, end);
        return next < end ? new DateTimeOffset(DateTime.SpecifyKind(next, DateTimeKind.Utc)) : null;
    }
}
