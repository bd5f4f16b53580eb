using System.Collections.Concurrent;

namespace Connections.Emulators.Storage;

/// <summary>The SQLite file that the emulators of one host keep their data in. The host opens it, gives it to each of them, and closes
/// it.</summary>
/// <remarks>
/// A committed write survives the end of the process, however it ends; a power failure can damage the file. A host may keep tables of its
/// own in the file. Other processes may have the file open too; SQLite's locks keep their writes apart.
/// </remarks>
public sealed class SqliteFile : IDisposable
{
    // Bounds a transaction, so that its first write does not wait long for its last.
    private const int MaxWrites = 64;

    private readonly SqliteSession _writer;
    private readonly ConcurrentBag<SqliteSession> _readers = [];

    // One thread has the turn and commits what has queued up until then in one transaction. Writes that took the turn one after the other
    // would each wait for a thread and for a commit: with hundreds of messages a second that wait is most of a write.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ConcurrentQueue<QueuedWrite> _queue = new();
    private volatile StorageOutage? _outage;
    private bool _closed;

    private SqliteFile(string path)
    {
        Path = path;
        _writer = SqliteSession.Open(path);
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>The last failure to read or write the file; null once a write has succeeded since.</summary>
    public StorageOutage? Outage => _outage;

    /// <summary>Opens the file. Creates it and its folder if they are missing; only its owner can read it.</summary>
    /// <exception cref="StorageOutage">The file cannot be opened or is not a database.</exception>
    public static SqliteFile Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(full)!);
        return new SqliteFile(full);
    }

    /// <summary>Runs statements that take no values, such as those that create tables, in one transaction.</summary>
    /// <exception cref="StorageOutage">The file cannot be written.</exception>
    public void Script(string sql) => Setup(session =>
    {
        session.Script(sql);
        return true;
    });

    /// <summary>Reads what is committed. Reads run side by side, also while a write runs.</summary>
    /// <exception cref="StorageOutage">The file cannot be read.</exception>
    public T Read<T>(Func<SqliteSession, T> read)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        SqliteSession? session = null;
        try
        {
            session = _readers.TryTake(out var idle) ? idle : SqliteSession.Open(Path);
            return read(session);
        }
        catch (StorageOutage e)
        {
            Note(e);
            throw;
        }
        finally
        {
            if (session is not null)
            {
                _readers.Add(session);
            }
        }
    }

    /// <summary>Runs <paramref name="write"/> in a transaction and returns when it is committed. If it throws, nothing of it is kept. One
    /// write at a time; those that wait at the same moment share a transaction.</summary>
    /// <param name="write">Reads and writes.</param>
    /// <param name="ct">Cancels a write that has not begun.</param>
    /// <exception cref="StorageOutage">The file cannot be read or written.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken ct)
    {
        var queued = new QueuedWrite<T>(write, ct);
        _queue.Enqueue(queued);
        WriteQueued();
        return queued.Task;
    }

    /// <summary>Checks that the file can be written.</summary>
    /// <exception cref="StorageOutage">It cannot.</exception>
    public Task CheckAsync(CancellationToken ct) => WriteAsync(Probe, ct);

    /// <summary>The same at the start of a host, where nothing else waits.</summary>
    /// <exception cref="StorageOutage">The file cannot be written.</exception>
    public void Check() => Setup(Probe);

    /// <summary>Closes the file after the write that is running. Later calls throw <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        _turn.Wait();
        _closed = true;
        while (_readers.TryTake(out var reader))
        {
            reader.Dispose();
        }

        _writer.Dispose();
        _turn.Release();
        WriteQueued();
    }

    /// <summary>A write at the start of a host, where nothing else waits.</summary>
    internal T Setup<T>(Func<SqliteSession, T> write) => WriteAsync(write, CancellationToken.None).GetAwaiter().GetResult();

    // Needs some room on the disk, so that a full one is noticed.
    private static int Probe(SqliteSession session)
    {
        session.Script("CREATE TABLE IF NOT EXISTS storage_probe (only INTEGER PRIMARY KEY, room BLOB NOT NULL)");
        return session.Execute("INSERT OR REPLACE INTO storage_probe VALUES (1, zeroblob(16384))");
    }

    // Does nothing while another thread has the turn, because that one looks again when it gives it back.
    private void WriteQueued()
    {
        if (_queue.IsEmpty || !_turn.Wait(0))
        {
            return;
        }

        List<QueuedWrite> writes = [];
        while (writes.Count < MaxWrites && _queue.TryDequeue(out var write))
        {
            writes.Add(write);
        }

        try
        {
            Commit(writes);
            writes.ForEach(write => write.Answer());
        }
#pragma warning disable CA1031 // Every caller gets it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            writes.ForEach(write => write.Fail(e));
        }

        _turn.Release();
        // On another thread: this one's caller waits for its own write alone.
        if (!_queue.IsEmpty)
        {
            ThreadPool.UnsafeQueueUserWorkItem(file => file.WriteQueued(), this, preferLocal: false);
        }
    }

    private void Commit(List<QueuedWrite> writes)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        try
        {
            var before = _writer.Changes;
            // A failing disk can also fail the rollback; then the earlier transaction is still open.
            _writer.RollBack();
            _writer.Execute("BEGIN IMMEDIATE");
            writes.ForEach(write => write.Run(_writer));
            _writer.Execute("COMMIT");
            if (_writer.Changes != before)
            {
                _outage = null;
            }
        }
        catch (StorageOutage e)
        {
            Note(e);
            throw;
        }
        finally
        {
            // Does nothing after a commit.
            _writer.RollBack();
        }
    }

    // Another process that held the file for a moment says nothing about the next call.
    private void Note(StorageOutage cause)
    {
        if (!cause.IsBusy)
        {
            _outage = cause;
        }
    }
}
