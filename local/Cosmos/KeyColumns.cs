using System.Collections.Concurrent;

namespace Connections.Local.Cosmos;

/// <summary>The columns of a container's table that keep the <see cref="SortKey"/> of each path which indexes are about.</summary>
/// <remarks>
/// A write works out each key once and touches only the indexes of those that changed; a query reads them and no JSON. Indexes on
/// expressions over the JSON work out every key of every index for the row as it was and as it will be, whatever changed.
/// A column is named after its path, so that a changed policy makes and drops only what differs.
/// </remarks>
internal static class KeyColumns
{
    private const string Prefix = "k_";

    private static readonly ConcurrentDictionary<JsonPath, string> Names = new();

    /// <summary>The column of a path.</summary>
    public static string Of(JsonPath path) => Names.GetOrAdd(path, named => Prefix + ContainerIndexes.Hash(named.ToString()));

    /// <summary>Makes the columns that are missing, in tables of an earlier version too, and drops those that nothing is about any more.</summary>
    /// <remarks>Their indexes must have been dropped.</remarks>
    public static void Apply(SqliteSession session, StoredContainer container)
    {
        var existing = Existing(session, container);
        var missing = container.Settings.Kept.Where(path => !existing.Contains(Of(path))).ToList();
        foreach (var stale in existing.Except(container.Settings.Kept.Select(Of)))
        {
            session.Script($"ALTER TABLE {container.Table} DROP COLUMN {stale}");
        }

        foreach (var path in missing)
        {
            session.Script($"ALTER TABLE {container.Table} ADD COLUMN {Of(path)}");
        }

        if (missing.Count > 0)
        {
            session.Script($"UPDATE {container.Table} SET {string.Join(", ", missing.Select(path => $"{Of(path)} = {SortKey.Of("body", path.Sql)}"))}");
        }
    }

    /// <summary>The keys of an item, in the order of the columns.</summary>
    public static object[] Of(StoredContainer container, Item item) => [.. container.Settings.Kept.Select(path => SortKey.OfStored(item.At(path)))];

    /// <summary>The columns, to be selected behind others.</summary>
    public static string Selected(StoredContainer container) => Each(container.Settings.Kept, Of);

    /// <summary>The keys of a row that <see cref="Selected"/> stand in, from a column on.</summary>
    public static object[] Read(StoredContainer container, SqliteStatement row, int first) => [.. container.Settings.Kept.Select((_, i) => row.Value(first + i))];

    /// <summary>Adds a row.</summary>
    /// <param name="session">Writes.</param>
    /// <param name="container">Whose row.</param>
    /// <param name="keys">Those of the item.</param>
    /// <param name="values">Its number, partition key, id, change, expiry, and its JSON as text.</param>
    public static void Insert(SqliteSession session, StoredContainer container, object[] keys, params ReadOnlySpan<object> values)
    {
        var (kept, first) = (container.Settings.Kept, values.Length + 1);
        session.Execute(
            $"INSERT INTO {container.Table} (n, pk, id, lsn, expires, body{Each(kept, Of)}) " +
            $"VALUES (?1, ?2, ?3, ?4, ?5, jsonb(?6){string.Concat(keys.Select((_, i) => $", ?{first + i}"))})",
            [.. values, .. keys]);
    }

    /// <summary>Changes a row, and of its keys only those that differ: the indexes of the others are not touched.</summary>
    /// <param name="session">Writes.</param>
    /// <param name="container">Whose row.</param>
    /// <param name="keys">Those of the item as it becomes, and as it was.</param>
    /// <param name="values">Its number, change, expiry, and its JSON as text.</param>
    public static void Update(SqliteSession session, StoredContainer container, (object[] New, object[] Old) keys, params ReadOnlySpan<object> values)
    {
        var first = values.Length + 1;
        var changed = keys.New.Index().Where(key => !SortKey.AreSame(key.Item, keys.Old[key.Index])).ToArray();
        var sets = string.Concat(changed.Select((key, i) => $", {Of(container.Settings.Kept[key.Index])} = ?{first + i}"));
        session.Execute(
            $"UPDATE {container.Table} SET lsn = ?2, expires = ?3, body = jsonb(?4){sets} WHERE n = ?1",
            [.. values, .. changed.Select(key => key.Item)]);
    }

    private static string Each(IEnumerable<JsonPath> paths, Func<JsonPath, string> sql) => string.Concat(paths.Select(path => ", " + sql(path)));

    private static HashSet<string> Existing(SqliteSession session, StoredContainer container)
    {
        using var rows = session.Query($"SELECT name FROM pragma_table_info('{container.Table}') WHERE substr(name, 1, {Prefix.Length}) = '{Prefix}'");
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (rows.Step())
        {
            names.Add(rows.Text(0));
        }

        return names;
    }
}
