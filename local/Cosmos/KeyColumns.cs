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
            session.Script($"UPDATE {container.Table} SET {string.Join(", ", missing.Select(path => $"{Of(path)} = {SortKey.Of("body", path)}"))}");
        }
    }

    /// <summary>Adds a row: its number, partition key, id, change, expiry, and its JSON as text.</summary>
    public static void Insert(SqliteSession session, StoredContainer container, params ReadOnlySpan<object> values)
    {
        var kept = container.Settings.Kept;
        session.Execute(
            $"WITH new(body) AS MATERIALIZED (SELECT jsonb(?6)) INSERT INTO {container.Table} (n, pk, id, lsn, expires, body{Each(kept, path => Of(path))}) " +
            $"SELECT ?1, ?2, ?3, ?4, ?5, body{Each(kept, path => SortKey.Of("body", path))} FROM new",
            values);
    }

    /// <summary>Changes a row: its number, change, expiry, and its JSON as text.</summary>
    public static void Update(SqliteSession session, StoredContainer container, params ReadOnlySpan<object> values)
    {
        var (table, changed) = (container.Table, Changed(session, container, values[0], values[3]));
        session.Execute(
            $"WITH new(body) AS MATERIALIZED (SELECT jsonb(?4)) UPDATE {table} SET lsn = ?2, expires = ?3, body = new.body" +
            $"{Each(changed, path => $"{Of(path)} = {SortKey.Of("new.body", path)}")} FROM new WHERE {table}.n = ?1",
            values);
    }

    private static List<JsonPath> Changed(SqliteSession session, StoredContainer container, object number, object json)
    {
        var kept = container.Settings.Kept;
        if (kept.Count == 0)
        {
            return [];
        }

        var differ = string.Join(", ", kept.Select(path => $"i.{Of(path)} IS NOT {SortKey.Of("new.body", path)}"));
        using var row = session.Query($"WITH new(body) AS MATERIALIZED (SELECT jsonb(?2)) SELECT {differ} FROM {container.Table} i, new WHERE i.n = ?1", number, json);
        return row.Step() ? [.. kept.Where((_, i) => row.Long(i) != 0)] : [];
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
