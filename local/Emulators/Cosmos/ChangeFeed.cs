using System.Buffers;
using System.Globalization;
using Connections.Emulators.Storage;

namespace Connections.Emulators.Cosmos;

/// <summary>Where a reader of the change feed starts. With neither a change nor a time it starts now.</summary>
/// <param name="After">After the change of this number.</param>
/// <param name="Since">From this time on, in Unix seconds.</param>
/// <param name="Partition">The <see cref="SortKey"/> of the one partition to read; null for all.</param>
internal sealed record FeedStart(long? After, long? Since, object? Partition);

/// <summary>The changes of items in order: each item once, as its last change left it. Deletes do not appear.</summary>
internal sealed class ChangeFeed(CosmosStore store)
{
    private const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>The number of the last change of the items that exist.</summary>
    public long CurrentLsn(StoredContainer container) =>
        store.Read(session => session.Number($"SELECT max(lsn) FROM {container.Table}") ?? 0);

    /// <summary>The next changes as JSON, and the number after which to continue.</summary>
    public (List<byte[]> Items, long State) Read(StoredContainer container, FeedStart start, int max)
    {
        // Read first, so that a write after this line is not skipped.
        var current = CurrentLsn(container);
        return store.Read(session =>
        {
            var state = start.After ?? (start.Since is { } time ? Before(session, container, time) : current);
            var items = new List<byte[]>();
            var bytes = 0;
            var partition = start.Partition is null ? "" : "AND pk = ?4";
            using var rows = session.Query(
                $"SELECT lsn, json(body) FROM {container.Table} " +
                $"WHERE lsn > ?1 AND (expires IS NULL OR expires > ?2) {partition} ORDER BY lsn LIMIT ?3",
                start.Partition is null ? [state, store.Now, max] : [state, store.Now, max, start.Partition]);
            while (bytes < MaxBytes && rows.Step())
            {
                state = rows.Number(0);
                items.Add(WithLsn(rows.Bytes(1), state));
                bytes += items[^1].Length;
            }

            return (items, items.Count == 0 ? Math.Max(state, current) : state);
        });
    }

    private static long Before(SqliteSession session, StoredContainer container, long time) =>
        session.Number($"SELECT lsn FROM {container.Table} WHERE body->>'$._ts' < ?1 ORDER BY lsn DESC LIMIT 1", time) ?? 0;

    private static byte[] WithLsn(ReadOnlySpan<byte> body, long lsn)
    {
        var buffer = new ArrayBufferWriter<byte>(body.Length + 32);
        buffer.Write(body[..^1]);
        buffer.Write(System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"_lsn\":{lsn}}}")));
        return buffer.WrittenSpan.ToArray();
    }
}
