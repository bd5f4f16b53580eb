using Connections.Emulators.Storage;

namespace Connections.Emulators.Cosmos;

/// <summary>A Cosmos DB account in a SQLite file: databases, containers and their items.</summary>
/// <remarks>A change that was answered survives the end of the process. One process at a time may have the account open.</remarks>
public sealed class CosmosStore
{
    private readonly SqliteFile _file;
    private readonly TimeProvider _time;
    private volatile Catalogue _catalogue;

    /// <summary>Opens the account in a file. The file's owner closes it once no call is running.</summary>
    /// <exception cref="StorageOutage">The file cannot be written, or what it holds is damaged.</exception>
    public CosmosStore(SqliteFile file, TimeProvider time)
    {
        (_file, _time) = (file, time);
        try
        {
            _catalogue = file.Setup(Catalogue.Open);
        }
        catch (CosmosRefusal)
        {
            throw StorageOutage.OfDamage(file.Path, "a container's settings are damaged");
        }
    }

    internal Catalogue Catalogue => _catalogue;

    internal long Now => _time.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>After the file has failed, serves nothing until a write succeeds again.</summary>
    /// <exception cref="StorageOutage">The file still cannot be written.</exception>
    internal Task CheckAsync(CancellationToken ct) => _file.Outage is null ? Task.CompletedTask : _file.CheckAsync(ct);

    internal T Read<T>(Func<SqliteSession, T> read) => _file.Read(read);

    internal Task<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken ct) => _file.WriteAsync(write, ct);

    /// <summary>Changes databases or containers. <see cref="Catalogue"/> shows the change once it is committed.</summary>
    internal async Task ChangeCatalogueAsync(Action<Catalogue, SqliteSession> change, CancellationToken ct)
    {
        await _file.WriteAsync(
            session =>
            {
                change(Catalogue.Read(session), session);
                return true;
            },
            ct);
        // Read again after the commit rather than changed in memory, so that a failed commit needs no undoing.
        await _file.WriteAsync(session => _catalogue = Catalogue.Read(session), ct);
    }
}
