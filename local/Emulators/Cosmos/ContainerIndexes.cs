using System.Security.Cryptography;
using System.Text;
using Connections.Emulators.Storage;

namespace Connections.Emulators.Cosmos;

/// <summary>The indexes of a container's table, by its indexing policy.</summary>
/// <remarks>
/// Composite and single paths become indexes on <see cref="KeyColumns"/>. An index for queries of one partition starts with the partition
/// key, unless that is the id; composite indexes are only of this kind, because sorted lists are read within one partition. The arrays of
/// <c>/a/[]/?</c> share one FTS5 table. The name of an index is a hash of its columns, so a changed policy creates and drops only what
/// differs.
/// </remarks>
internal static class ContainerIndexes
{
    private static readonly bool[] Places = [true, false];

    /// <summary>Creates the table with the indexes that do not depend on the policy.</summary>
    public static void CreateTable(SqliteSession session, StoredContainer container)
    {
        var table = container.Table;
        session.Script($"""
            CREATE TABLE {table} (n INTEGER PRIMARY KEY, pk NOT NULL, id TEXT NOT NULL, lsn INTEGER NOT NULL, expires INTEGER, body BLOB NOT NULL);
            CREATE UNIQUE INDEX {table}_id ON {table} (pk, id);
            CREATE UNIQUE INDEX {table}_lsn ON {table} (lsn);
            CREATE INDEX {table}_expires ON {table} (expires) WHERE expires IS NOT NULL;
            """);
        KeyColumns.Apply(session, container);
        foreach (var paths in container.Settings.UniqueKeys)
        {
            // As in Cosmos DB, a missing value counts as null, and null is a value like any other.
            var keys = string.Join(", ", paths.Select(path => $"max({container.Key(path)}, {SortKey.Null})"));
            session.Script($"CREATE UNIQUE INDEX {table}_unique_{Hash(keys)} ON {table} (pk, {keys})");
        }
    }

    /// <summary>Creates the policy's indexes and drops those of an earlier policy.</summary>
    public static void Apply(SqliteSession session, StoredContainer container)
    {
        var policy = container.Settings.Policy;
        var wanted = policy.Composites.Select(fields => Definition(container, fields, withinPartition: true))
            .Concat(
                policy.Scalars.SelectMany(
                    path => Places.Select(place => Definition(container, [new SortField(path, Descending: false)], place))))
            .DistinctBy(index => index.Name).ToDictionary(index => index.Name, index => index.Sql, StringComparer.Ordinal);
        var existing = Names(session, "index", container.Table + "_sort_");
        foreach (var stale in existing.Where(name => !wanted.ContainsKey(name)))
        {
            session.Script($"DROP INDEX {stale}");
        }

        KeyColumns.Apply(session, container);
        foreach (var missing in wanted.Keys.Except(existing))
        {
            session.Script(wanted[missing]);
        }

        WordIndex.Apply(session, container);
    }

    /// <summary>The index that has the items of a container, or of one partition, in this order; null if there is none.</summary>
    public static string? For(StoredContainer container, IReadOnlyList<SortField> sort, bool withinPartition)
    {
        if (sort.Count == 1)
        {
            return container.Settings.Policy.Scalars.Contains(sort[0].Path)
                ? Definition(container, [sort[0] with { Descending = false }], withinPartition).Name
                : null;
        }

        return (withinPartition || container.IsPartitionedById) && container.Settings.Policy.Composite(sort) is { } composite
            ? Definition(container, composite, withinPartition).Name
            : null;
    }

    internal static IReadOnlyList<string> Names(SqliteSession session, string type, string prefix) =>
        session.Rows(
            "SELECT name FROM sqlite_schema WHERE type = ?1 AND substr(name, 1, length(?2)) = ?2", row => row.Text(0), type, prefix);

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6));

    private static (string Name, string Sql) Definition(StoredContainer container, SortField[] fields, bool withinPartition)
    {
        var keys = fields.Select(field => container.Key(field.Path) + (field.Descending ? " DESC" : ""));
        // As in Cosmos DB, items with equal keys come in the order of their numbers, in the direction of the first field.
        keys = keys.Append(fields[0].Descending ? "n DESC" : "n");
        if (withinPartition && !container.IsPartitionedById)
        {
            keys = keys.Prepend("pk");
        }

        if (fields.Length > 1)
        {
            // A query that walks the index can then test its other conditions without reading the items.
            var others = container.Settings.Policy.Scalars.Where(path => fields.All(field => !field.Path.Equals(path)));
            keys = keys.Concat(others.Select(path => container.Key(path)));
        }

        var columns = string.Join(", ", keys);

        var name = $"{container.Table}_sort_{Hash(columns)}";
        return (name, $"CREATE INDEX {name} ON {container.Table} ({columns})");
    }
}
