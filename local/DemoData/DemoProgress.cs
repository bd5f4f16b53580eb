using Microsoft.Data.Sqlite;

namespace Connections.Local.DemoData;

/// <summary>How many demo creators a SQLite file holds already: what makes the load go on where it stopped, and happen once.</summary>
internal sealed class DemoProgress : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _turn;

    private DemoProgress(SqliteConnection connection, SemaphoreSlim turn) => (_connection, _turn) = (connection, turn);

    /// <summary>Opens the file, which others may have open too.</summary>
    public static DemoProgress Open(string sqliteFile)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = sqliteFile, Pooling = false }.ToString());
        connection.Open();
        var progress = new DemoProgress(connection, SharedFile.Turn(sqliteFile));
        progress.Run(
            "PRAGMA busy_timeout = 5000;" + SharedFile.Setup +
            """
            CREATE TABLE IF NOT EXISTS demo_progress (only INTEGER PRIMARY KEY CHECK (only = 1), loaded INTEGER NOT NULL) STRICT;
            """);
        return progress;
    }

    /// <summary>Creators 1 to this number are loaded; -1 where not even the brand is.</summary>
    public int Loaded
    {
        get
        {
            using var command = _connection.CreateCommand();
            command.CommandText = "SELECT loaded FROM demo_progress";
            return command.ExecuteScalar() is long loaded ? (int)loaded : -1;
        }

        set
        {
            _turn.Wait();
            try
            {
                Run($"INSERT INTO demo_progress VALUES (1, {value}) ON CONFLICT (only) DO UPDATE SET loaded = excluded.loaded");
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
