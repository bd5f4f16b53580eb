using Microsoft.Data.Sqlite;

namespace Connections.Local.Queue;

/// <summary>One connection to the local host's SQLite file, used by one caller at a time; it survives a kill -9.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SemaphoreSlim turn;
    private bool closed;

    private SqliteFile(string path, SqliteConnection connection)
    {
        Path = path;
        this.connection = connection;
        turn = SharedFile.Turn(path);
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>Opens the file, makes it if need be, and runs <paramref name="script"/>, which can run at every start.</summary>
    /// <remarks>Others write to the same file, and take turns; one that another process holds is waited for, 10 seconds at most.</remarks>
    public static SqliteFile Open(string path, string script)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 };
        var opened = new SqliteConnection(settings.ConnectionString);
        try
        {
            opened.Open();
            using var command = opened.CreateCommand();
#pragma warning disable CA2100 // The script is made of the caller's constants and numbers.
            command.CommandText = "PRAGMA busy_timeout = 10000;" + SharedFile.Setup + script;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
            return new SqliteFile(path, opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Runs <paramref name="use"/> with the connection to itself, in one transaction that commits when it returns.</summary>
    public async Task<T> InTransactionAsync<T>(Func<SqliteTurn, T> use, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            ObjectDisposedException.ThrowIf(closed, this);
            using var transaction = connection.BeginTransaction(deferred: false);
            var result = use(new SqliteTurn(connection, transaction));
            transaction.Commit();
            return result;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Runs one statement; answers how many rows it changed.</summary>
    public Task<int> ExecuteAsync(string sql, CancellationToken ct, params (string Name, object? Value)[] parameters) =>
        InTransactionAsync(turn => turn.Execute(sql, parameters), ct);

    /// <summary>Closes the file once the transaction at hand is done. Whoever comes later gets an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        turn.Wait();
        closed = true;
        connection.Dispose();
        turn.Release();
    }
}

/// <summary>What can be done with the connection during one transaction.</summary>
internal readonly struct SqliteTurn(SqliteConnection connection, SqliteTransaction transaction)
{
    /// <summary>Runs one statement; answers how many rows it changed.</summary>
    public int Execute(string sql, params (string Name, object? Value)[] parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs one statement; answers its rows.</summary>
    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> row, params (string Name, object? Value)[] parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(row(reader));
        }

        return rows;
    }

    private SqliteCommand Command(string sql, (string Name, object? Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Every statement is a constant; values travel as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
