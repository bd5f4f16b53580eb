namespace Connections.Local;

/// <summary>One connection to the local host's SQLite file, used by one caller at a time; it survives a kill -9.</summary>
internal sealed class SqliteFile : IDisposable
{
    private readonly SharedFile shared;
    private readonly SqliteSession session;
    private bool closed;

    private SqliteFile(string path, SqliteSession session)
    {
        Path = path;
        this.session = session;
        shared = SharedFile.Of(path);
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>Opens the file, makes it if need be, and runs <paramref name="script"/>, which can run at every start.</summary>
    /// <exception cref="StorageOutage">The file cannot be opened or is no database.</exception>
    public static SqliteFile Open(string path, string script)
    {
        var opened = SqliteSession.Open(path);
        try
        {
            opened.Script(script);
            return new SqliteFile(path, opened);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Runs <paramref name="use"/> with the connection to itself, in one transaction that commits when it returns.</summary>
    /// <exception cref="StorageOutage">The file cannot be read or written; nothing is changed.</exception>
    public async Task<T> InTransactionAsync<T>(Func<SqliteSession, T> use, CancellationToken ct)
    {
        await shared.Turn.WaitAsync(ct);
        try
        {
            ObjectDisposedException.ThrowIf(closed, this);
            return shared.Write(session, use);
        }
        finally
        {
            shared.Turn.Release();
        }
    }

    /// <summary>Whether the file can be written.</summary>
    /// <exception cref="StorageOutage">It cannot.</exception>
    public Task CheckAsync(CancellationToken ct) => InTransactionAsync(SharedFile.Probe, ct);

    /// <summary>Closes the file once the transaction at hand is done. Whoever comes later gets an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        shared.Turn.Wait();
        closed = true;
        session.Dispose();
        shared.Turn.Release();
    }
}
