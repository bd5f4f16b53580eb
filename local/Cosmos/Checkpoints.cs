namespace Connections.Local.Cosmos;

/// <summary>Brings the write-ahead log into the file, beside those who write.</summary>
/// <remarks>SQLite does it within a commit, if nobody else does: every thousand writes all would wait, for 40 to 60 ms.</remarks>
internal sealed class Checkpoints(string file, SemaphoreSlim turn) : IDisposable
{
    private const int WritesBetween = 1000;

    private int writes;
    private Task running = Task.CompletedTask;

    /// <summary>Notes how many writes were committed. For who has the turn.</summary>
    public void Committed(int count)
    {
        writes += count;
        if (writes >= WritesBetween && running.IsCompleted)
        {
            writes = 0;
            running = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    /// <summary>Waits for the one at hand. Nobody may have the turn then.</summary>
    public void Dispose() => running.Wait();

    private void Run()
    {
        try
        {
            using var session = SqliteSession.Open(file);
            // Most of it, while others write.
            session.Script("PRAGMA wal_checkpoint(PASSIVE)");
            turn.Wait();
            try
            {
                // What came meanwhile, so that the next write begins the log anew; unless somebody goes on reading what was.
                session.Script("PRAGMA busy_timeout = 50; PRAGMA wal_checkpoint(RESTART)");
            }
            finally
            {
                turn.Release();
            }
        }
        catch (StorageOutage)
        {
            // The log stays as it is until the next time.
        }
    }
}
