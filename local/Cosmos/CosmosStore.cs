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
    private readonly SharedFile shared;
    private readonly Checkpoints checkpoints;
    private readonly ConcurrentQueue<PendingWrite> waiting = new();
    private readonly ConcurrentBag<SqliteSession> readers = [];

    private CosmosStore(string file, TimeProvider time)
    {
        this.file = file;
        Time = time;
        shared = SharedFile.Of(file);
        checkpoints = new Checkpoints(file, shared.Turn);
        writer = SqliteSession.Open(file);
        try
        {
            Catalogue = new Catalogue(writer);
        }
        catch (Exception e)
        {
            writer.Dispose();
            if (e is CosmosRefusal)
            {
                throw StorageOutage.OfDamage(file, "a container's settings are damaged");
            }

            throw;
        }
    }

    internal TimeProvider Time { get; }

    internal Catalogue Catalogue { get; }

    internal long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>Opens the store, and makes the file and its folder where there are none.</summary>
    /// <exception cref="StorageOutage">The file cannot be opened or is no database.</exception>
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

    /// <summary>Once the file has failed, tries a write: until one succeeds, nothing of the store is served.</summary>
    /// <exception cref="StorageOutage">The file still cannot be written.</exception>
    internal Task CheckAsync(CancellationToken ct) => shared.Outage is null ? Task.CompletedTask : WriteAsync(SharedFile.Probe, ct);

    /// <summary>Reads what is committed. Several may read at once, and while one writes.</summary>
    internal T Read<T>(Func<SqliteSession, T> read)
    {
        SqliteSession? session = null;
        try
        {
            session = readers.TryTake(out var idle) ? idle : SqliteSession.Open(file);
            return read(session);
        }
        catch (StorageOutage e)
        {
            shared.Failed(e);
            throw;
        }
        finally
        {
            if (session is not null)
            {
                readers.Add(session);
            }
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
            await shared.Turn.WaitAsync(ct);
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
            shared.Turn.Release();
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
            shared.Write(writer, session =>
            {
                if (together is [var only])
                {
                    only.Run(session);
                }
                else
                {
                    together.ForEach(pending => pending.RunAmongOthers(session));
                }

                return true;
            });
        }
#pragma warning disable CA1031 // It is each caller's own answer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Catalogue.RolledBack();
            together.ForEach(pending => pending.Fail(e));
            return;
        }

        Catalogue.Committed();
        together.ForEach(pending => pending.Answer());
        checkpoints.Committed(together.Count);
    }
}
