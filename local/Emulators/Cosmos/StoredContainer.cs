using System.Buffers.Binary;
using System.Globalization;

namespace Connections.Emulators.Cosmos;

/// <summary>A container and the table that holds its items.</summary>
internal sealed record StoredContainer(int Database, int Number, ContainerSettings Settings)
{
    /// <summary>
    /// <c>n</c> numbers the items in the order of their creation, <c>pk</c> is the partition key's <see cref="SortKey"/>, <c>lsn</c>
    /// the number of the item's last change, <c>expires</c> a time in Unix seconds, <c>body</c> the item as JSONB. Further columns are
    /// <see cref="KeyColumns"/>.
    /// </summary>
    public string Table { get; } = $"cosmos_{Number.ToString(CultureInfo.InvariantCulture)}";

    public string Rid { get; } = ResourceIds.Container(Database, Number);

    public string Self => $"dbs/{ResourceIds.Database(Database)}/colls/{Rid}/";

    public bool Expires => Settings.DefaultTtl is not null;

    /// <summary>Whether every partition holds one item.</summary>
    public bool IsPartitionedById => Settings.PartitionKey.IsId;

    /// <summary>The <see cref="SortKey"/> of a path of an item, as SQL over the columns of the table.</summary>
    public string Key(JsonPath path, string table = "") =>
        Column(path) is { } column ? table + column : SortKey.Of(table + "body", path.Sql);

    /// <summary>The column that holds the <see cref="SortKey"/> of a path; null if the path is not indexed.</summary>
    public string? Column(JsonPath path)
    {
        if (path.Equals(Settings.PartitionKey))
        {
            return "pk";
        }

        return path.IsId ? "id" : Settings.Kept.Contains(path) ? KeyColumns.Of(path) : null;
    }
}

/// <summary>The _rid of databases, containers and items: their numbers, in the form that the SDK parses.</summary>
internal static class ResourceIds
{
    public static string Database(int number) => Encode(Bytes(number, 0, 0).AsSpan(0, 4));

    public static string Container(int database, int number) => Encode(Bytes(database, number, 0).AsSpan(0, 8));

    public static string Item(StoredContainer container, long number) => Encode(Bytes(container.Database, container.Number, number));

    private static byte[] Bytes(int database, int container, long item)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteInt32BigEndian(bytes, database);
        // The high bit marks a container; without it the bytes would name a user.
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), (uint)container | 0x8000_0000);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), item);
        return bytes;
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).Replace('/', '-');
}
