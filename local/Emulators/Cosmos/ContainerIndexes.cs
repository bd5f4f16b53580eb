using System.Security.Cryptography;
using System.Text;
using Connections.Emulators.Storage;

namespace Connections.Emulators.Cosmos;

/// <summary>The indexes of a container's table, by its indexing policy.</summary>
/// <remarks>
/// Composite and single paths become indexes on <see cref="KeyColumns"/>. They start with the partition key, unless that is the id: items
/// are found and sorted within one partition, and the few queries across the partitions read all items. Every index more is a page or two
/// more in the log for each write. The arrays of <c>/a/[]/?</c> share one FTS5 table. The name of an index is a hash of its columns, so a
/// changed policy creates and drops only what differs.
/// </remarks>
internal static class ContainerIndexes
{
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
        var wanted = policy.Composites.Concat(policy.Scalars.Select(path => new[] { new SortField(path, Descending: false) }))
            .Select(fields => Definition(container, fields))
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
        if (!withinPartition && !container.IsPartitionedById)
        {
            return null;
        }

        var policy = container.Settings.Policy;
        SortField[]? fields = sort is [var only]
            ? policy.Scalars.Contains(only.Path) ? [only with { Descending = false }] : null
            : policy.Composite(sort);
        return fields is null ? null : Definition(container, fields).Name;
    }

    internal static IReadOnlyList<string> Names(SqliteSession session, string type, string prefix) =>
        session.Rows(
            "SELECT name FROM sqlite_schema WHERE type = ?1 AND substr(name, 1, length(?2)) = ?2", row => row.Text(0), type, prefix);

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6));

    private static (string Name, string Sql) Definition(StoredContainer container, SortField[] fields)
    {
        var keys = fields.Select(field => container.Key(field.Path) + (field.Descending ? " DESC" : ""));
        // As in Cosmos DB, items with equal keys come in the order of their numbers, in the direction of the first field.
        keys = keys.Append(fields[0].Descending ? "n DESC" : "n");
        if (!container.IsPartitionedById)
        {
            keys = keys.Prepend("pk");
        }
        else if (fields.Length > 1)
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
