namespace Connections.Local.Worker;

/// <summary>Remembers when each timer last ran, across restarts.</summary>
internal sealed class TimerMonitor : IDisposable
{
    private const string Schema = "CREATE TABLE IF NOT EXISTS timer_runs(function TEXT PRIMARY KEY, last INTEGER, updated INTEGER NOT NULL);";

    private readonly SqliteFile file;

    private TimerMonitor(SqliteFile file) => this.file = file;

    /// <summary>Opens the memory in a SQLite file.</summary>
    public static TimerMonitor Open(string sqliteFile) => new(SqliteFile.Open(sqliteFile, Schema));

    /// <summary>The timer's state; null when it was never seen.</summary>
    public Task<TimerRun?> FindAsync(string function, CancellationToken ct) =>
        file.InTransactionAsync(
            session => session.Rows(
                "SELECT last, updated FROM timer_runs WHERE function = ?1",
                row => new TimerRun(
                    row.IsNull(0) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.Long(0)),
                    DateTimeOffset.FromUnixTimeMilliseconds(row.Long(1))),
                function).SingleOrDefault(),
            ct);

    /// <summary>Remembers the timer's state.</summary>
    public Task SaveAsync(string function, TimerRun run, CancellationToken ct) =>
        file.InTransactionAsync(
            session => session.Execute(
                "INSERT OR REPLACE INTO timer_runs(function, last, updated) VALUES(?1, ?2, ?3)",
                function,
                run.Last is { } last ? last.ToUnixTimeMilliseconds() : DBNull.Value,
                run.Updated.ToUnixTimeMilliseconds()),
            ct);

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}

/// <summary>What is remembered of a timer. It is due at the schedule's first time after <paramref name="Updated"/>.</summary>
/// <param name="Last">The last run; null when it never ran.</param>
/// <param name="Updated">The last run, or the first start of the host with this timer.</param>
internal sealed record TimerRun(DateTimeOffset? Last, DateTimeOffset Updated);
