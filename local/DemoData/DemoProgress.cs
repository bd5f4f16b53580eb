namespace Connections.Local.DemoData;

/// <summary>How many demo creators a SQLite file holds already: what makes the load go on where it stopped, and happen once.</summary>
internal sealed class DemoProgress : IDisposable
{
    private const string Schema = "CREATE TABLE IF NOT EXISTS demo_progress (only INTEGER PRIMARY KEY CHECK (only = 1), loaded INTEGER NOT NULL) STRICT;";

    private readonly SqliteFile _file;

    private DemoProgress(SqliteFile file) => _file = file;

    /// <summary>Opens the file, which others may have open too.</summary>
    public static DemoProgress Open(string sqliteFile) => new(SqliteFile.Open(sqliteFile, Schema));

    /// <summary>Creators 1 to this number are loaded; -1 where not even the brand is.</summary>
    public Task<int> LoadedAsync(CancellationToken ct) =>
        _file.InTransactionAsync(session => session.Rows("SELECT loaded FROM demo_progress", row => (int)row.Long(0)) is [var loaded] ? loaded : -1, ct);

    /// <summary>Notes that creators 1 to this number are loaded.</summary>
    public Task NoteAsync(int loaded, CancellationToken ct) =>
        _file.InTransactionAsync(session => session.Execute("INSERT INTO demo_progress VALUES (1, ?1) ON CONFLICT (only) DO UPDATE SET loaded = excluded.loaded", loaded), ct);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
