using System.Collections.Concurrent;

namespace Connections.Local;

/// <summary>What the parts of a host that keep their tables in one SQLite file share.</summary>
internal sealed class SharedFile
{
    /// <summary>
    /// How a connection is set up. With WAL, NORMAL loses nothing when the process is killed: what is committed is with the operating system.
    /// The log is brought into the file beside the writers (<see cref="Cosmos.Checkpoints"/>), and within a commit only when it has grown far
    /// beyond what that leaves.
    /// </summary>
    public const string Setup = "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 40000;";

    private static readonly ConcurrentDictionary<string, SharedFile> Files = new(StringComparer.Ordinal);

    private volatile StorageOutage? outage;

    private SharedFile()
    {
    }

    /// <summary>
    /// Held by the caller that writes to the file in this process. SQLite would let the next one wait asleep, for longer than it must, on a
    /// thread that others need; a few that wait so at once, and nobody is served.
    /// </summary>
    public SemaphoreSlim Turn { get; } = new(1, 1);

    /// <summary>Why the file could not be used; null once a write has succeeded since.</summary>
    public StorageOutage? Outage => outage;

    /// <summary>What is shared of a file.</summary>
    public static SharedFile Of(string path) => Files.GetOrAdd(Path.GetFullPath(path), _ => new SharedFile());

    /// <summary>Does all of <paramref name="write"/> in a transaction or, when it throws, nothing. For the caller that has the turn.</summary>
    /// <remarks>What is thrown is the first cause: a failure often ends the transaction itself, so that there is nothing to roll back.</remarks>
    public T Write<T>(SqliteSession session, Func<SqliteSession, T> write)
    {
        try
        {
            var before = session.Changes;
            var result = WriteAll(session, write);
            if (session.Changes != before)
            {
                outage = null;
            }

            return result;
        }
        catch (StorageOutage e)
        {
            Failed(e);
            throw;
        }
    }

    /// <summary>Notes that the file could not be used. That another process held it for once says nothing of the next time.</summary>
    public void Failed(StorageOutage cause)
    {
        if (!cause.IsBusy)
        {
            outage = cause;
        }
    }

    /// <summary>Writes what needs some room and is of no other use.</summary>
    public static int Probe(SqliteSession session)
    {
        session.Script("CREATE TABLE IF NOT EXISTS storage_probe (only INTEGER PRIMARY KEY, room BLOB NOT NULL)");
        return session.Execute("INSERT OR REPLACE INTO storage_probe VALUES (1, zeroblob(16384))");
    }

    private static T WriteAll<T>(SqliteSession session, Func<SqliteSession, T> write)
    {
        // Of a write before, where even that failed.
        session.RollBack();
        session.Script("BEGIN IMMEDIATE");
        try
        {
            var result = write(session);
            session.Script("COMMIT");
            return result;
        }
        catch
        {
            session.RollBack();
            throw;
        }
    }
}
