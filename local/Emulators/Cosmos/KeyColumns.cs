using System.Collections.Concurrent;
using Connections.Emulators.Storage;

namespace Connections.Emulators.Cosmos;

/// <summary>The columns of a container's table that hold the <see cref="SortKey"/> of each indexed path.</summary>
/// <remarks>
/// A write computes each key once and updates only the indexes of the keys that changed; a query reads no JSON. The name of a column is a
/// hash of its path, so a changed policy adds and drops only what differs.
/// </remarks>
internal static class KeyColumns
{
    private const string Prefix = "k_";

    private static readonly ConcurrentDictionary<JsonPath, string> Names = new();

    /// <summary>The column of a path.</summary>
    public static string Of(JsonPath path) => Names.GetOrAdd(path, named => Prefix + ContainerIndexes.Hash(named.ToString()));

    /// <summary>Adds the missing columns and drops those that are no longer indexed, whose indexes must be gone already.</summary>
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
            session.Script($"UPDATE {container.Table} SET "
                + $"{string.Join(", ", missing.Select(path => $"{Of(path)} = {SortKey.Of("body", path.Sql)}"))}");
        }
    }

    /// <summary>The keys of an item, in the order of the columns.</summary>
    /// <param name="now">The time of this write, which is its <c>_ts</c>.</param>
    public static object[] Of(StoredContainer container, Item item, long now) =>
        [.. container.Settings.Kept.Select(path => path.IsTime ? (double)now : SortKey.OfStored(item.At(path)))];

    /// <summary>The columns, each with a comma before it, for a SELECT.</summary>
    public static string Selected(StoredContainer container) => Each(container.Settings.Kept, Of);

    /// <summary>The keys of a row that was read with <see cref="Selected"/>, from a column on.</summary>
    public static object[] Read(StoredContainer container, SqliteStatement row, int first) =>
        [.. container.Settings.Kept.Select((_, i) => row.Value(first + i))];

    /// <summary>Inserts a row. The values are its number, partition key, id, change, expiry and JSON text.</summary>
    public static void Insert(SqliteSession session, StoredContainer container, object[] keys, params ReadOnlySpan<object> values)
    {
        var (kept, first) = (container.Settings.Kept, values.Length + 1);
        session.Execute(
            $"INSERT INTO {container.Table} (n, pk, id, lsn, expires, body{Each(kept, Of)}) " +
            $"VALUES (?1, ?2, ?3, ?4, ?5, jsonb(?6){string.Concat(keys.Select((_, i) => $", ?{first + i}"))})",
            [.. values, .. keys]);
    }

    /// <summary>Updates a row, and of its keys only those that differ. The values are its number, change, expiry and JSON text.</summary>
    public static void Update(
        SqliteSession session, StoredContainer container, (object[] New, object[] Old) keys, params ReadOnlySpan<object> values)
    {
        var first = values.Length + 1;
        var changed = keys.New.Index().Where(key => !SortKey.AreSame(key.Item, keys.Old[key.Index])).ToArray();
        var sets = string.Concat(changed.Select((key, i) => $", {Of(container.Settings.Kept[key.Index])} = ?{first + i}"));
        session.Execute(
            $"UPDATE {container.Table} SET lsn = ?2, expires = ?3, body = jsonb(?4){sets} WHERE n = ?1",
            [.. values, .. changed.Select(key => key.Item)]);
    }

    private static string Each(IEnumerable<JsonPath> paths, Func<JsonPath, string> sql) =>
        string.Concat(paths.Select(path => ", " + sql(path)));

    private static List<string> Existing(SqliteSession session, StoredContainer container) => session.Rows(
        $"SELECT name FROM pragma_table_info('{container.Table}') WHERE substr(name, 1, {Prefix.Length}) = '{Prefix}'", row => row.Text(0));
}
