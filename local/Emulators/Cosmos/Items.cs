using Connections.Emulators.Storage;

namespace Connections.Emulators.Cosmos;

/// <summary>The conditions of a write.</summary>
/// <param name="IfMatch">The ETag that the item must have; <c>*</c> or null for any.</param>
/// <param name="Partition">The <see cref="SortKey"/> of the request's partition; null if it names none.</param>
internal sealed record WriteTerms(string? IfMatch, object? Partition);

/// <summary>Creates, reads, replaces, patches and deletes single items.</summary>
internal sealed class Items(CosmosStore store)
{
    private const int ExpiredAtOnce = 500;

    /// <summary>Adds an item, or with <paramref name="upsert"/> replaces the one that has its id.</summary>
    public async Task<ItemAnswer> CreateAsync(
        StoredContainer container, ReadOnlyMemory<byte> body, WriteTerms terms, bool upsert, CancellationToken ct)
    {
        using var item = Item.Parse(container, body);
        CheckPartition(item, terms);
        return await store.WriteAsync(session =>
        {
            RemoveExpired(session, container);
            return FindForChange(session, container, item.PartitionKey, item.Id) switch
            {
                null => Save(session, container, item, null),
                not null when !upsert => CosmosRefusal.Conflict(),
                var existing when !HasETag(existing, terms) => CosmosRefusal.PreconditionFailed(),
                var existing => Save(session, container, item, existing),
            };
        }, ct);
    }

    /// <summary>An item; null if there is none.</summary>
    public StoredItem? Read(StoredContainer container, object partition, string id) =>
        store.Read(session => Find(session, container, "", partition, id, Stored));

    public async Task<ItemAnswer> ReplaceAsync(
        StoredContainer container, string id, ReadOnlyMemory<byte> body, WriteTerms terms, CancellationToken ct)
    {
        using var item = Item.Parse(container, body);
        CheckPartition(item, terms);
        if (item.Id != id)
        {
            throw CosmosRefusal.Bad("The id of the item differs from the one in the request's address.");
        }

        return await ChangeAsync(
            container, id, item.PartitionKey, terms, (session, existing) => Save(session, container, item, existing), ct);
    }

    /// <summary>Deletes an item. Returns it with the number of the change that deleted it.</summary>
    public Task<ItemAnswer> DeleteAsync(StoredContainer container, string id, WriteTerms terms, CancellationToken ct) =>
        ChangeAsync(container, id, Partition(terms), terms, (session, existing) =>
        {
            var lsn = NumberDelete(session, container);
            session.Execute($"DELETE FROM {container.Table} WHERE n = ?1", existing.Stored.Number);
            return new ItemAnswer(existing.Stored with { Lsn = lsn });
        }, ct);

    public Task<ItemAnswer> PatchAsync(StoredContainer container, string id, Patch patch, WriteTerms terms, CancellationToken ct) =>
        ChangeAsync(container, id, Partition(terms), terms, (session, existing) =>
        {
            if (!patch.MayApply(session, container, existing.Stored.Number))
            {
                return CosmosRefusal.PreconditionFailed();
            }

            using var item = Item.Parse(container, patch.Apply(existing.Stored.Body));
            if (item.Id != id || !item.PartitionKey.Equals(Partition(terms)))
            {
                throw CosmosRefusal.Bad("A patch cannot change the id or the partition key.");
            }

            return Save(session, container, item, existing);
        }, ct);

    private static object Partition(WriteTerms terms) =>
        terms.Partition ?? throw CosmosRefusal.Bad("PartitionKey value must be supplied for this operation.");

    private static void CheckPartition(Item item, WriteTerms terms)
    {
        if (terms.Partition is { } partition && !partition.Equals(item.PartitionKey))
        {
            throw CosmosRefusal.Bad("PartitionKey extracted from document doesn't match the one specified in the header.", 1001);
        }
    }

    private static bool HasETag(FoundItem existing, WriteTerms terms) =>
        terms.IfMatch is null or "*" || terms.IfMatch == existing.Stored.ETag;

    private Task<ItemAnswer> ChangeAsync(
        StoredContainer container, string id, object partition, WriteTerms terms, Func<SqliteSession, FoundItem, ItemAnswer> change,
        CancellationToken ct) =>
        store.WriteAsync(session =>
        {
            RemoveExpired(session, container);
            return FindForChange(session, container, partition, id) switch
            {
                null => CosmosRefusal.NotFound(),
                var existing when !HasETag(existing, terms) => CosmosRefusal.PreconditionFailed(),
                var existing => change(session, existing),
            };
        }, ct);

    private FoundItem? FindForChange(SqliteSession session, StoredContainer container, object partition, string id) =>
        Find(
            session,
            container,
            KeyColumns.Selected(container),
            partition,
            id,
            row => new FoundItem(Stored(row), KeyColumns.Read(container, row, 3)));

    private T? Find<T>(
        SqliteSession session, StoredContainer container, string more, object partition, string id, Func<SqliteStatement, T> read)
        where T : class
    {
        var sql = $"SELECT n, lsn, json(body){more} FROM {container.Table} WHERE pk = ?1 AND id = ?2";
        using var row = container.Expires
            ? session.Query(sql + " AND (expires IS NULL OR expires > ?3)", partition, id, store.Now)
            : session.Query(sql, partition, id);
        return row.Step() ? read(row) : null;
    }

    private static StoredItem Stored(SqliteStatement row) => new(row.Number(0), row.Number(1), row.Bytes(2).ToArray());

    private ItemAnswer Save(SqliteSession session, StoredContainer container, Item item, FoundItem? existing)
    {
        var lsn = NextChange(session, container);
        var number = existing?.Stored.Number ?? lsn;
        var now = store.Now;
        var body = item.Stamp(container, number, lsn, now);
        var keys = KeyColumns.Of(container, item, now);
        object expires = item.ExpiresAt(container, now) is { } at ? at : DBNull.Value;
        try
        {
            // As text, because jsonb() takes a blob for JSONB.
            var text = System.Text.Encoding.UTF8.GetString(body);
            if (existing is null)
            {
                KeyColumns.Insert(session, container, keys, number, item.PartitionKey, item.Id, lsn, expires, text);
            }
            else
            {
                KeyColumns.Update(session, container, (keys, existing.Keys), number, lsn, expires, text);
            }
        }
        catch (SqliteException e) when (e.IsUniqueViolation)
        {
            return CosmosRefusal.Conflict("Unique index constraint violation.");
        }

        return new ItemAnswer(new StoredItem(number, lsn, body), IsNew: existing is null);
    }

    // Changes are numbered one after the other.
    private static long NextChange(SqliteSession session, StoredContainer container) => 1 + session.Number(
        $"SELECT max(lsn, (SELECT ifnull(max(lsn), 0) FROM {container.Table})) FROM cosmos_containers WHERE number = ?1",
        container.Number)!.Value;

    // Call before the rows are deleted. The number is stored with the container: the rows that were deleted could have had the last one.
    private static long NumberDelete(SqliteSession session, StoredContainer container)
    {
        var lsn = NextChange(session, container);
        session.Execute("UPDATE cosmos_containers SET lsn = ?2 WHERE number = ?1", container.Number, lsn);
        return lsn;
    }

    // In the transaction of the next write, so that an expired item cannot block a unique key.
    private void RemoveExpired(SqliteSession session, StoredContainer container)
    {
        if (container.Expires && session.Number($"SELECT min(expires) FROM {container.Table} WHERE expires IS NOT NULL") <= store.Now)
        {
            NumberDelete(session, container);
            session.Execute(
                $"DELETE FROM {container.Table} WHERE n IN (SELECT n FROM {container.Table} WHERE expires <= ?1 LIMIT {ExpiredAtOnce})",
                store.Now);
        }
    }
}
