using System.Collections.Frozen;
using System.Text.Json;
using Connections.Emulators.Storage;

namespace Connections.Emulators.Cosmos;

/// <summary>The account's databases and containers as they are stored. A number is never used twice, so a _rid names one resource for
/// ever.</summary>
internal sealed class Catalogue
{
    private readonly FrozenDictionary<string, int> _databases;
    private readonly FrozenDictionary<(int Database, string Id), StoredContainer> _containers;

    private Catalogue(IEnumerable<(string Id, int Number)> databases, IEnumerable<StoredContainer> containers)
    {
        _databases = databases.ToFrozenDictionary(database => database.Id, database => database.Number, StringComparer.Ordinal);
        _containers = containers.ToFrozenDictionary(container => (container.Database, container.Settings.Id));
    }

    /// <summary>Creates the tables that are missing and reads them.</summary>
    public static Catalogue Open(SqliteSession session)
    {
        session.Script("""
            CREATE TABLE IF NOT EXISTS cosmos_databases (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE);
            CREATE TABLE IF NOT EXISTS cosmos_containers (
              number INTEGER PRIMARY KEY AUTOINCREMENT, database INTEGER NOT NULL, settings TEXT NOT NULL, lsn INTEGER NOT NULL DEFAULT 0);
            """);
        return Read(session);
    }

    public static Catalogue Read(SqliteSession session) => new(
        session.Rows("SELECT id, number FROM cosmos_databases", row => (row.Text(0), (int)row.Number(1))),
        session.Rows(
            "SELECT database, number, settings FROM cosmos_containers",
            row => new StoredContainer((int)row.Number(0), (int)row.Number(1), ContainerSettings.Parse(row.Bytes(2).ToArray()))));

    /// <summary>A database by its id or its _rid.</summary>
    /// <exception cref="CosmosRefusal">404.</exception>
    public (string Id, int Number) Database(string idOrRid) =>
        _databases.TryGetValue(idOrRid, out var number) ? (idOrRid, number)
        : _databases.FirstOrDefault(
            database => ResourceIds.Database(database.Value) == idOrRid) is { Key: { } id, Value: var found } ? (id, found)
        : throw CosmosRefusal.NotFound();

    /// <summary>A container by its id or its _rid; null if there is none.</summary>
    public StoredContainer? Find(string database, string idOrRid)
    {
        try
        {
            var (_, number) = Database(database);
            return _containers.GetValueOrDefault((number, idOrRid))
                ?? _containers.Values.FirstOrDefault(container => container.Database == number && container.Rid == idOrRid);
        }
        catch (CosmosRefusal)
        {
            return null;
        }
    }

    public static void CreateDatabase(SqliteSession session, string id)
    {
        if (session.Execute("INSERT INTO cosmos_databases (id) VALUES (?1) ON CONFLICT DO NOTHING", id) == 0)
        {
            throw CosmosRefusal.Conflict();
        }
    }

    public void CreateContainer(SqliteSession session, string database, ContainerSettings settings)
    {
        var (_, parent) = Database(database);
        if (_containers.ContainsKey((parent, settings.Id)))
        {
            throw CosmosRefusal.Conflict();
        }

        var number = session.Number(
            "INSERT INTO cosmos_containers (database, settings) VALUES (?1, ?2) RETURNING number", parent, settings.ToString());
        var container = new StoredContainer(parent, (int)number!.Value, settings);
        ContainerIndexes.CreateTable(session, container);
        ContainerIndexes.Apply(session, container);
    }

    public static void ReplaceContainer(SqliteSession session, StoredContainer container, ContainerSettings settings)
    {
        if (settings.Id != container.Settings.Id || !settings.HasSameKeysAs(container.Settings))
        {
            throw CosmosRefusal.Bad("The id, the partition key and the unique keys of a container cannot be changed.");
        }

        session.Execute("UPDATE cosmos_containers SET settings = ?1 WHERE number = ?2", settings.ToString(), container.Number);
        ContainerIndexes.Apply(session, container with { Settings = settings });
    }

    public static void DeleteContainer(SqliteSession session, StoredContainer container)
    {
        session.Execute("DELETE FROM cosmos_containers WHERE number = ?1", container.Number);
        if (container.Settings.Policy.Words.Count > 0)
        {
            session.Script($"DROP TABLE {WordIndex.Table(container)}");
        }

        session.Script($"DROP TABLE {container.Table}");
    }

    /// <exception cref="CosmosRefusal">400: the body is not a JSON object.</exception>
    internal static JsonDocument ParseObject(ReadOnlyMemory<byte> body)
    {
        try
        {
            var document = JsonDocument.Parse(body, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 128 });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw CosmosRefusal.Bad("The body is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw CosmosRefusal.Bad("The body is not valid JSON: " + e.Message);
        }
    }
}
