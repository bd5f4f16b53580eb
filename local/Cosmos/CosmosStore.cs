using System.Collections.Concurrent;

namespace Connections.Local.Cosmos;

/// <summary>A Cosmos DB account in one SQLite file: databases, containers and their items.</summary>
/// <remarks>
/// A change that was answered survives the end of the process, however it ends. One process opens the store at a time; other
/// tables of the same file may be written by others.
/// </remarks>
public sealed class CosmosStore : IDisposable
{
    // So that the first of them does not wait long for the last.
    private const int MostTogether = 32;

    private readonly string file;
    private readonly SqliteSession writer;
    private readonly SemaphoreSlim writing;
    private readonly Checkpoints checkpoints;
    private readonly ConcurrentQueue<PendingWrite> waiting = new();
    private readonly ConcurrentBag<SqliteSession> readers = [];

    private CosmosStore(string file, TimeProvider time)
    {
        this.file = file;
        Time = time;
        writer = SqliteSession.Open(file);
        writing = SharedFile.Turn(file);
        checkpoints = new Checkpoints(file, writing);
        Catalogue = new Catalogue(writer);
    }

    internal TimeProvider Time { get; }

    internal Catalogue Catalogue { get; }

    internal long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Opens the store, and makes the file and its folder where there are none.</summary>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static CosmosStore Open(string sqliteFile, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(sqliteFile);
        ArgumentNullException.ThrowIfNull(time);
        var path = Path.GetFullPath(sqliteFile);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new CosmosStore(path, time);
    }

    /// <summary>Closes the file. Calls that are under way must have ended.</summary>
    public void Dispose()
    {
        checkpoints.Dispose();
        while (readers.TryTake(out var reader))
        {
            reader.Dispose();
        }

        writer.Dispose();
    }

    /// <summary>Reads what is committed. Several may read at once, and while one writes.</summary>
    internal T Read<T>(Func<SqliteSession, T> read)
    {
        if (!readers.TryTake(out var session))
        {
            session = SqliteSession.Open(file);
        }

        try
        {
            return read(session);
        }
        finally
        {
            readers.Add(session);
        }
    }

    /// <summary>Does all of <paramref name="write"/> or, when it throws, nothing. One at a time.</summary>
    /// <remarks>
    /// Those that wait for their turn are committed together: what a commit costs is the same for one and for many, and none is answered
    /// before it is committed.
    /// </remarks>
    internal async Task<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken ct)
    {
        var mine = new PendingWrite<T>(write);
        waiting.Enqueue(mine);
        try
        {
            await writing.WaitAsync(ct);
        }
        catch (OperationCanceledException) when (mine.TryWithdraw())
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            // Somebody is doing it already, so it is done.
            return await mine.Result;
        }

        try
        {
            // Unless it was done with another's. More than once where many wait.
            while (!mine.Result.IsCompleted)
            {
                WriteWaiting();
            }
        }
        finally
        {
            writing.Release();
        }

        return await mine.Result;
    }

    private void WriteWaiting()
    {
        var together = new List<PendingWrite>();
        while (together.Count < MostTogether && waiting.TryDequeue(out var next))
        {
            if (next.TryTake())
            {
                together.Add(next);
            }
        }

        try
        {
            writer.Execute("BEGIN IMMEDIATE");
            try
            {
                if (together is [var only])
                {
                    only.Run(writer);
                }
                else
                {
                    together.ForEach(pending => pending.RunAmongOthers(writer));
                }

                writer.Execute("COMMIT");
            }
            catch
            {
                writer.Execute("ROLLBACK");
                throw;
            }
        }
#pragma warning disable CA1031 // It is each caller's own answer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            together.ForEach(pending => pending.Fail(e));
            return;
        }

        together.ForEach(pending => pending.Answer());
        checkpoints.Committed(together.Count);
    }
}
