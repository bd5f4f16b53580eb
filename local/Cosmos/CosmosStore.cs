using System.Collections.Concurrent;

namespace Connections.Local.Cosmos;

/// <summary>A Cosmos DB account in one SQLite file: databases, containers and their items.</summary>
/// <remarks>
/// A change that was answered survives the end of the process, however it ends. One process opens the store at a time; other
/// tables of the same file may be written by others.
/// </remarks>
public sealed class CosmosStore : IDisposable
{
    private readonly string file;
    private readonly SqliteSession writer;
    private readonly SemaphoreSlim writing = new(1);
    private readonly ConcurrentBag<SqliteSession> readers = [];

    private CosmosStore(string file, TimeProvider time)
    {
        this.file = file;
        Time = time;
        writer = SqliteSession.Open(file);
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
        while (readers.TryTake(out var reader))
        {
            reader.Dispose();
        }

        writer.Dispose();
        writing.Dispose();
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
    internal async Task<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken ct)
    {
        await writing.WaitAsync(ct);
        try
        {
            writer.Execute("BEGIN IMMEDIATE");
            try
            {
                var result = write(writer);
                writer.Execute("COMMIT");
                return result;
            }
            catch
            {
                writer.Execute("ROLLBACK");
                throw;
            }
        }
        finally
        {
            writing.Release();
        }
    }
}
