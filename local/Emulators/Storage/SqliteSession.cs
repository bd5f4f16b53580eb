using SQLitePCL;

namespace Connections.Emulators.Storage;

/// <summary>One connection to a SQLite file, which prepares each statement once. One caller at a time uses it.</summary>
/// <remarks>Every call throws <see cref="StorageOutage"/> if the file cannot be read or written.</remarks>
public sealed class SqliteSession : IDisposable
{
    private const string Memory = ":memory:";

    // With WAL, synchronous = OFF loses nothing when the process is killed: the operating system already has what is committed. Only a
    // power failure can damage the file. With NORMAL, all writes of a busy host wait for the disk once a second, for 50 ms and more.
    private const string Setup = "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;";

    // Queries have few shapes, because every constant is bound. The limit only stops a flood of texts that are used once.
    private const int MaxStatements = 256;

    private readonly string _file;
    private readonly sqlite3 _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    static SqliteSession() => Batteries_V2.Init();

    private SqliteSession(string file, sqlite3 connection)
    {
        _file = file;
        _connection = connection;
    }

    /// <summary>How many rows the connection has changed since it was opened.</summary>
    internal long Changes => raw.sqlite3_total_changes(_connection);

    /// <summary>Opens the file; creates one that only its owner can read if there is none. Waits up to 30 s for another process's
    /// lock.</summary>
    internal static SqliteSession Open(string file)
    {
        const int Flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        if (file != Memory)
        {
            // SQLite gives its -wal and -shm files the permissions of this one.
            PrivateFile.CreateIfMissing(file);
        }

        var result = raw.sqlite3_open_v2(file, out var connection, Flags, null);
        if (result != raw.SQLITE_OK)
        {
            connection?.Dispose();
            throw Failure(file, result, raw.sqlite3_errstr(result).utf8_to_string());
        }

        raw.sqlite3_extended_result_codes(connection, 1);
        raw.sqlite3_busy_timeout(connection, 30_000);
        var session = new SqliteSession(file, connection);
        try
        {
            session.Script(Setup);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Numbers as SQLite reads them.</summary>
    internal static IReadOnlyList<double> Numbers(params string[] literals)
    {
        using var session = Open(Memory);
        using var row = session.Query($"SELECT {string.Join(", ", literals)}");
        row.Step();
        return [.. literals.Select((_, i) => (double)row.Value(i))];
    }

    /// <summary>Runs statements that take no values, without keeping them prepared.</summary>
    public void Script(string sql) => Check(raw.sqlite3_exec(_connection, sql));

    /// <summary>Runs a statement to its end and returns how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object> values)
    {
        using var statement = Query(sql, values);
        while (statement.Step())
        {
        }

        return raw.sqlite3_changes(_connection);
    }

    /// <summary>The first column of the first row; null if there is no row or the column is NULL.</summary>
    public long? Number(string sql, params ReadOnlySpan<object> values)
    {
        using var row = Query(sql, values);
        return row.Step() && !row.IsNull(0) ? row.Number(0) : null;
    }

    /// <summary>The rows of a statement.</summary>
    public List<T> Rows<T>(string sql, Func<SqliteStatement, T> read, params ReadOnlySpan<object> values)
    {
        using var statement = Query(sql, values);
        var rows = new List<T>();
        while (statement.Step())
        {
            rows.Add(read(statement));
        }

        return rows;
    }

    /// <summary>Rolls back the open transaction, if there is one. Does not throw, so that the exception that led here is not
    /// lost.</summary>
    internal void RollBack()
    {
        if (raw.sqlite3_get_autocommit(_connection) == 0)
        {
            _ = raw.sqlite3_exec(_connection, "ROLLBACK");
        }
    }

    /// <summary>A statement with its values (long, int, double, string, byte[], DBNull) bound to ?1, ?2 and so on. Disposing it frees it
    /// for the next use.</summary>
    public SqliteStatement Query(string sql, params ReadOnlySpan<object> values)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Trim();
            Check(raw.sqlite3_prepare_v3(_connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle));
            statement = new SqliteStatement(this, handle);
            _statements.Add(sql, statement);
        }

        statement.Bind(values);
        return statement;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Close();
        }

        _statements.Clear();
        _connection.Dispose();
    }

    internal void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw Failure(_file, result, raw.sqlite3_errmsg(_connection).utf8_to_string());
        }
    }

    private static Exception Failure(string file, int code, string message) =>
        StorageOutage.Of(file, code, message) is { } outage ? outage : new SqliteException(code, message);

    private void Trim()
    {
        if (_statements.Count < MaxStatements)
        {
            return;
        }

        foreach (var (sql, statement) in _statements.Where(entry => !entry.Value.IsBusy).ToList())
        {
            statement.Close();
            _statements.Remove(sql);
        }
    }
}

/// <summary>A prepared statement and its current row.</summary>
public sealed class SqliteStatement : IDisposable
{
    private readonly SqliteSession _session;
    private readonly sqlite3_stmt _handle;

    internal SqliteStatement(SqliteSession session, sqlite3_stmt handle) => (_session, _handle) = (session, handle);

    internal bool IsBusy => raw.sqlite3_stmt_busy(_handle) != 0;

    /// <summary>Moves to the next row; false after the last.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(_handle);
        _session.Check(result);
        return result == raw.SQLITE_ROW;
    }

    /// <summary>Whether a column of the row, counted from 0, is NULL.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(_handle, column) == raw.SQLITE_NULL;

    /// <summary>A column as a whole number.</summary>
    public long Number(int column) => raw.sqlite3_column_int64(_handle, column);

    /// <summary>A column as text.</summary>
    public string Text(int column) => raw.sqlite3_column_text(_handle, column).utf8_to_string();

    /// <summary>The bytes of a text or blob column; valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_handle, column);

    /// <summary>A column as a value that can be bound.</summary>
    public object Value(int column) => raw.sqlite3_column_type(_handle, column) switch
    {
        raw.SQLITE_INTEGER => Number(column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(_handle, column),
        raw.SQLITE_TEXT => Text(column),
        _ => Bytes(column).ToArray(),
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        raw.sqlite3_reset(_handle);
        raw.sqlite3_clear_bindings(_handle);
    }

    internal void Bind(ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _session.Check(values[i] switch
            {
                long value => raw.sqlite3_bind_int64(_handle, i + 1, value),
                int value => raw.sqlite3_bind_int64(_handle, i + 1, value),
                double value => raw.sqlite3_bind_double(_handle, i + 1, value),
                string value => raw.sqlite3_bind_text(_handle, i + 1, value),
                byte[] value => raw.sqlite3_bind_blob(_handle, i + 1, value),
                DBNull => raw.sqlite3_bind_null(_handle, i + 1),
                var value => throw new ArgumentException($"SQLite takes no {value.GetType().Name}.", nameof(values)),
            });
        }
    }

    internal void Close() => raw.sqlite3_finalize(_handle);
}

/// <summary>SQLite refused a statement. <paramref name="code"/> is its extended result code.</summary>
internal sealed class SqliteException(int code, string message) : Exception($"SQLite error {code}: {message}")
{
    public bool IsUniqueViolation => code == raw.SQLITE_CONSTRAINT_UNIQUE;
}
