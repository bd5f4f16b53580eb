using System.Collections.Concurrent;
using System.Text.Json;

namespace Connections.Local.Cosmos;

/// <summary>The account's databases and containers. Numbers are never used twice, so a _rid names one resource for ever.</summary>
internal sealed class Catalogue
{
    private readonly ConcurrentDictionary<string, int> databases = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(int Database, string Id), StoredContainer> containers = new();

    // What the transaction at hand has changed above, the last first, in case it is not committed.
    private readonly Stack<Action> undo = new();

    public Catalogue(SqliteSession session)
    {
        session.Script("""
            CREATE TABLE IF NOT EXISTS cosmos_databases (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE);
            CREATE TABLE IF NOT EXISTS cosmos_containers (
              number INTEGER PRIMARY KEY AUTOINCREMENT, database INTEGER NOT NULL, settings TEXT NOT NULL, lsn INTEGER NOT NULL DEFAULT 0);
            """);
        using (var rows = session.Query("SELECT number, id FROM cosmos_databases"))
        {
            while (rows.Step())
            {
                databases[rows.Text(1)] = (int)rows.Long(0);
            }
        }

        using (var rows = session.Query("SELECT database, number, settings FROM cosmos_containers"))
        {
            while (rows.Step())
            {
                var number = (int)rows.Long(1);
                var container = new StoredContainer((int)rows.Long(0), number, ContainerSettings.Parse(rows.Bytes(2).ToArray()))
                {
                    Changes = ChangeNumbers.Read(session, number),
                };
                containers[(container.Database, container.Settings.Id)] = container;
            }
        }
    }

    /// <summary>The transaction at hand stands.</summary>
    public void Committed() => undo.Clear();

    /// <summary>The transaction at hand has changed nothing.</summary>
    public void RolledBack()
    {
        while (undo.TryPop(out var back))
        {
            back();
        }
    }

    /// <summary>A database by its id or its _rid.</summary>
    /// <exception cref="CosmosRefusal">404.</exception>
    public (string Id, int Number) Database(string idOrRid)
    {
        if (databases.TryGetValue(idOrRid, out var number))
        {
            return (idOrRid, number);
        }

        return databases.Where(d => ResourceIds.Database(d.Value) == idOrRid).Select(d => (d.Key, d.Value)).FirstOrDefault() is (not null, _) found
            ? found
            : throw CosmosRefusal.NotFound();
    }

    /// <summary>A container by its id or its _rid; null when there is none.</summary>
    public StoredContainer? Find(string database, string idOrRid)
    {
        try
        {
            var (_, number) = Database(database);
            return containers.TryGetValue((number, idOrRid), out var container)
                ? container
                : containers.Values.FirstOrDefault(c => c.Database == number && c.Rid == idOrRid);
        }
        catch (CosmosRefusal)
        {
            return null;
        }
    }

    public string CreateDatabase(SqliteSession session, ReadOnlyMemory<byte> body)
    {
        using var document = ParseObject(body);
        var id = Names.Check(document.RootElement, "database");
        if (databases.ContainsKey(id))
        {
            throw CosmosRefusal.Conflict();
        }

        databases[id] = (int)Insert(session, "INSERT INTO cosmos_databases (id) VALUES (?1) RETURNING number", id);
        undo.Push(() => databases.TryRemove(id, out _));
        return id;
    }

    public StoredContainer CreateContainer(SqliteSession session, string database, ReadOnlyMemory<byte> body)
    {
        var (_, parent) = Database(database);
        var settings = ContainerSettings.Parse(body);
        if (containers.ContainsKey((parent, settings.Id)))
        {
            throw CosmosRefusal.Conflict();
        }

        var number = Insert(
            session, "INSERT INTO cosmos_containers (database, settings) VALUES (?1, ?2) RETURNING number", parent, settings.ToString());
        var container = new StoredContainer(parent, (int)number, settings) { Changes = ChangeNumbers.New((int)number) };
        ContainerIndexes.CreateTable(session, container);
        ContainerIndexes.Apply(session, container);
        undo.Push(() => containers.TryRemove((parent, settings.Id), out _));
        return containers[(parent, settings.Id)] = container;
    }

    public StoredContainer ReplaceContainer(SqliteSession session, StoredContainer container, ReadOnlyMemory<byte> body)
    {
        var changed = container with { Settings = ContainerSettings.Parse(body) };
        if (changed.Settings.Id != container.Settings.Id || !changed.Settings.HasSameKeysAs(container.Settings))
        {
            throw CosmosRefusal.Bad("The id, the partition key and the unique keys of a container cannot be changed.");
        }

        session.Execute("UPDATE cosmos_containers SET settings = ?1 WHERE number = ?2", changed.Settings.ToString(), container.Number);
        ContainerIndexes.Apply(session, changed);
        undo.Push(() => containers[(container.Database, container.Settings.Id)] = container);
        return containers[(container.Database, container.Settings.Id)] = changed;
    }

    public void DeleteContainer(SqliteSession session, StoredContainer container)
    {
        session.Execute("DELETE FROM cosmos_containers WHERE number = ?1", container.Number);
        if (container.Settings.Policy.Words.Count > 0)
        {
            session.Script($"DROP TABLE {WordIndex.Table(container)}");
        }

        session.Script($"DROP TABLE {container.Table}");
        undo.Push(() => containers[(container.Database, container.Settings.Id)] = container);
        containers.TryRemove((container.Database, container.Settings.Id), out _);
    }

    internal static JsonDocument ParseObject(ReadOnlyMemory<byte> body)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 128 };
            var document = JsonDocument.Parse(body, options);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw CosmosRefusal.Bad("The body is not a JSON object.");
        }
        catch (JsonException e)
        {
            throw CosmosRefusal.Bad("The body is not valid JSON: " + e.Message);
        }
    }

    private static long Insert(SqliteSession session, string sql, params ReadOnlySpan<object> values)
    {
        using var row = session.Query(sql, values);
        row.Step();
        var number = row.Long(0);
        row.Step();
        return number;
    }
}
