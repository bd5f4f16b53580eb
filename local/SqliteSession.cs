using SQLitePCL;

namespace Connections.Local;

/// <summary>One connection to the local host's SQLite file, with its statements prepared once. Used by one caller at a time.</summary>
/// <remarks>Every call throws <see cref="StorageOutage"/> where the file cannot be read or written.</remarks>
internal sealed class SqliteSession : IDisposable
{
    private const string Memory = ":memory:";

    // Queries have few shapes, because every constant is bound; this only stops a flood of one-off texts.
    private const int MaxStatements = 256;

    private readonly string file;
    private readonly sqlite3 connection;
    private readonly Dictionary<string, SqliteStatement> statements = new(StringComparer.Ordinal);

    static SqliteSession() => Batteries_V2.Init();

    private SqliteSession(string file, sqlite3 connection)
    {
        this.file = file;
        this.connection = connection;
    }

    /// <summary>Whether a transaction has begun and not ended. SQLite ends one itself where the disk fails it.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(connection) == 0;

    /// <summary>How many rows the connection has changed since it was opened.</summary>
    public long Changes => raw.sqlite3_total_changes(connection);

    /// <summary>Opens the file, and makes one that only its owner may read where there is none. Others may write to it too: a lock is waited for, up to 30 s.</summary>
    public static SqliteSession Open(string file)
    {
        const int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        if (file != Memory)
        {
            // SQLite gives its -wal and -shm files the permissions of this one.
            PrivateFile.CreateIfMissing(file);
        }

        var result = raw.sqlite3_open_v2(file, out var connection, flags, null);
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
            session.Script(SharedFile.Setup + "PRAGMA cache_size = -16000;");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Numbers as SQLite reads them.</summary>
    public static IReadOnlyList<double> Numbers(params string[] literals)
    {
        using var session = Open(Memory);
        using var row = session.Query($"SELECT {string.Join(", ", literals)}");
        row.Step();
        return [.. literals.Select((_, i) => (double)row.Value(i))];
    }

    /// <summary>Runs statements that are used once and take no values, such as those that make tables.</summary>
    public void Script(string sql) => Check(raw.sqlite3_exec(connection, sql));

    /// <summary>Runs a statement to its end; answers how many rows the last one that changes rows has changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<object> values)
    {
        using var statement = Query(sql, values);
        while (statement.Step())
        {
        }

        return raw.sqlite3_changes(connection);
    }

    /// <summary>Runs a statement; answers its rows.</summary>
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

    /// <summary>Undoes the transaction at hand, if SQLite has not done so itself. Throws nothing: what led here is what counts.</summary>
    public void RollBack()
    {
        if (IsInTransaction)
        {
            _ = raw.sqlite3_exec(connection, "ROLLBACK");
        }
    }

    /// <summary>A statement with its values (long, double, string, byte[]) bound to ?1, ?2 and so on. Disposing it frees it for the next use.</summary>
    public SqliteStatement Query(string sql, params ReadOnlySpan<object> values)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            Trim();
            Check(raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle));
            statement = new SqliteStatement(this, handle);
            statements.Add(sql, statement);
        }

        statement.Bind(values);
        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Close();
        }

        statements.Clear();
        connection.Dispose();
    }

    internal void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw Failure(file, result, raw.sqlite3_errmsg(connection).utf8_to_string());
        }
    }

    private static Exception Failure(string file, int code, string message) =>
        StorageOutage.Of(file, code, message) is { } outage ? outage : new SqliteFailure(code, message);

    private void Trim()
    {
        if (statements.Count < MaxStatements)
        {
            return;
        }

        foreach (var (sql, statement) in statements.Where(entry => !entry.Value.IsBusy).ToList())
        {
            statement.Close();
            statements.Remove(sql);
        }
    }
}

/// <summary>A prepared statement and the row it stands on.</summary>
internal sealed class SqliteStatement(SqliteSession session, sqlite3_stmt handle) : IDisposable
{
    public bool IsBusy => raw.sqlite3_stmt_busy(handle) != 0;

    /// <summary>Goes to the next row; false after the last.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        session.Check(result);
        return result == raw.SQLITE_ROW;
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Long(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    /// <summary>The bytes of a text or a blob; valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>A value as it can be bound again.</summary>
    public object Value(int column) => raw.sqlite3_column_type(handle, column) switch
    {
        raw.SQLITE_INTEGER => Long(column),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(handle, column),
        raw.SQLITE_TEXT => Text(column),
        _ => Bytes(column).ToArray(),
    };

    public void Dispose()
    {
        raw.sqlite3_reset(handle);
        raw.sqlite3_clear_bindings(handle);
    }

    internal void Bind(ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            session.Check(values[i] switch
            {
                long value => raw.sqlite3_bind_int64(handle, i + 1, value),
                int value => raw.sqlite3_bind_int64(handle, i + 1, value),
                double value => raw.sqlite3_bind_double(handle, i + 1, value),
                string value => raw.sqlite3_bind_text(handle, i + 1, value),
                byte[] value => raw.sqlite3_bind_blob(handle, i + 1, value),
                DBNull => raw.sqlite3_bind_null(handle, i + 1),
                var value => throw new ArgumentException($"SQLite takes no {value.GetType().Name}.", nameof(values)),
            });
        }
    }

    internal void Close() => raw.sqlite3_finalize(handle);
}

/// <summary>SQLite refused a statement. <paramref name="code"/> is its extended result code.</summary>
internal sealed class SqliteFailure(int code, string message) : Exception($"SQLite error {code}: {message}")
{
    public bool IsUniqueViolation => code == raw.SQLITE_CONSTRAINT_UNIQUE;
}
