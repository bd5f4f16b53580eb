using System.Security.Cryptography;
using System.Text;

namespace Connections.Local.Cosmos;

/// <summary>The indexes of a container's table, as its policy asks for them.</summary>
/// <remarks>
/// Composite and single paths become indexes on <see cref="KeyColumns"/>. Those that serve a partition lead with its key,
/// unless the id is the partition key; composite ones serve nothing else, because sorted lists are read within one partition.
/// The arrays of strings of <c>/a/[]/?</c> share one FTS5 table with a column each. An index is named after what it says, so
/// that a changed policy makes and drops only what differs.
/// </remarks>
internal static class ContainerIndexes
{
    private static readonly bool[] Places = [true, false];

    /// <summary>The table itself, with the indexes that do not depend on the policy.</summary>
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
            // Cosmos DB takes a missing value for null, and null but once.
            var keys = string.Join(", ", paths.Select(path => $"max({container.Key(path)}, {SortKey.Null})"));
            session.Script($"CREATE UNIQUE INDEX {table}_unique_{Hash(keys)} ON {table} (pk, {keys})");
        }
    }

    /// <summary>Makes the policy's indexes and drops those of an earlier policy.</summary>
    public static void Apply(SqliteSession session, StoredContainer container)
    {
        var policy = container.Settings.Policy;
        var wanted = policy.Composites.Select(fields => Definition(container, fields, withinPartition: true))
            .Concat(policy.Scalars.SelectMany(path => Places.Select(place => Definition(container, [new SortField(path, Descending: false)], place))))
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

    /// <summary>The index that has the items of a container, or of one partition, in this order; null when there is none.</summary>
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

    internal static IReadOnlyList<string> Names(SqliteSession session, string type, string prefix)
    {
        using var rows = session.Query("SELECT name FROM sqlite_schema WHERE type = ?1 AND substr(name, 1, length(?2)) = ?2", type, prefix);
        var names = new List<string>();
        while (rows.Step())
        {
            names.Add(rows.Text(0));
        }

        return names;
    }

    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 6));

    private static (string Name, string Sql) Definition(StoredContainer container, SortField[] fields, bool withinPartition)
    {
        var keys = fields.Select(field => container.Key(field.Path) + (field.Descending ? " DESC" : ""));
        // Items that sort alike come in the order of their numbers, in the direction of the first field, as in Cosmos DB.
        keys = keys.Append(fields[0].Descending ? "n DESC" : "n");
        if (withinPartition && !container.IsPartitionedById)
        {
            keys = keys.Prepend("pk");
        }

        if (fields.Length > 1)
        {
            // What else a query may ask of the items is answered from the index, while a page is gathered in its order.
            var others = container.Settings.Policy.Scalars.Where(path => fields.All(field => !field.Path.Equals(path)));
            keys = keys.Concat(others.Select(path => container.Key(path)));
        }

        var columns = string.Join(", ", keys);

        var name = $"{container.Table}_sort_{Hash(columns)}";
        return (name, $"CREATE INDEX {name} ON {container.Table} ({columns})");
    }
}
