namespace Connections.Local.Cosmos;

/// <summary>What a caller asks of the item as it stands before it is changed.</summary>
/// <param name="IfMatch">The ETag it must have, <c>*</c> for any; null when it does not matter.</param>
/// <param name="Partition">The <see cref="SortKey"/> of the partition that the request names; null when it names none.</param>
internal sealed record WriteTerms(string? IfMatch, object? Partition);

/// <summary>Single items: made, read, replaced, patched and deleted.</summary>
internal sealed class Items(CosmosStore store)
{
    private const int ExpiredAtOnce = 500;

    /// <summary>Adds an item, or with <paramref name="upsert"/> replaces the one that has its id. Second: whether it is new.</summary>
    public async Task<(StoredItem Item, bool IsNew)> CreateAsync(
        StoredContainer container, ReadOnlyMemory<byte> body, WriteTerms terms, bool upsert, CancellationToken ct)
    {
        using var item = Item.Parse(container, body);
        CheckPartition(item, terms);
        return await store.WriteAsync(session =>
        {
            RemoveExpired(session, container);
            var existing = Find(session, container, item.PartitionKey, item.Id);
            if (existing is not null && !upsert)
            {
                throw CosmosRefusal.Conflict();
            }

            if (existing is not null)
            {
                CheckETag(existing, terms);
            }

            return (Save(session, container, item, existing), existing is null);
        }, ct);
    }

    /// <summary>An item as it stands; null when there is none.</summary>
    public StoredItem? Read(StoredContainer container, object partition, string id) =>
        store.Read(session => Find(session, container, partition, id));

    public async Task<StoredItem> ReplaceAsync(
        StoredContainer container, string id, ReadOnlyMemory<byte> body, WriteTerms terms, CancellationToken ct)
    {
        using var item = Item.Parse(container, body);
        CheckPartition(item, terms);
        if (item.Id != id)
        {
            throw CosmosRefusal.Bad("The id of the item differs from the one in the request's address.");
        }

        return await store.WriteAsync(session =>
        {
            RemoveExpired(session, container);
            var existing = Find(session, container, item.PartitionKey, id) ?? throw CosmosRefusal.NotFound();
            CheckETag(existing, terms);
            return Save(session, container, item, existing);
        }, ct);
    }

    /// <summary>Deletes an item; the number of the container's change.</summary>
    public Task<long> DeleteAsync(StoredContainer container, string id, WriteTerms terms, CancellationToken ct) => store.WriteAsync(session =>
    {
        var existing = Find(session, container, Partition(terms), id) ?? throw CosmosRefusal.NotFound();
        CheckETag(existing, terms);
        session.Execute($"DELETE FROM {container.Table} WHERE n = ?1", existing.Number);
        return ChangeFeed.NextLsn(session, container);
    }, ct);

    public Task<StoredItem> PatchAsync(StoredContainer container, string id, Patch patch, WriteTerms terms, CancellationToken ct) =>
        store.WriteAsync(session =>
        {
            RemoveExpired(session, container);
            var existing = Find(session, container, Partition(terms), id) ?? throw CosmosRefusal.NotFound();
            CheckETag(existing, terms);
            if (!patch.MayApply(session, container, existing.Number))
            {
                throw CosmosRefusal.PreconditionFailed();
            }

            using var item = Item.Parse(container, patch.Apply(existing.Body));
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

    private static void CheckETag(StoredItem existing, WriteTerms terms)
    {
        if (terms.IfMatch is { } etag && etag != "*" && etag != existing.ETag)
        {
            throw CosmosRefusal.PreconditionFailed();
        }
    }

    private StoredItem? Find(SqliteSession session, StoredContainer container, object partition, string id)
    {
        using var row = container.Expires
            ? session.Query(
                $"SELECT n, lsn, json(body) FROM {container.Table} WHERE pk = ?1 AND id = ?2 AND (expires IS NULL OR expires > ?3)",
                partition, id, store.Now)
            : session.Query($"SELECT n, lsn, json(body) FROM {container.Table} WHERE pk = ?1 AND id = ?2", partition, id);
        return row.Step() ? new StoredItem(row.Long(0), row.Long(1), row.Bytes(2).ToArray()) : null;
    }

    private StoredItem Save(SqliteSession session, StoredContainer container, Item item, StoredItem? existing)
    {
        var lsn = ChangeFeed.NextLsn(session, container);
        var number = existing?.Number ?? lsn;
        var now = store.Now;
        var body = item.Stamp(container, number, lsn, now);
        object expires = item.ExpiresAt(container, now) is { } at ? at : DBNull.Value;
        try
        {
            // As text, so that jsonb reads it as JSON: a blob would be taken for JSONB.
            var text = System.Text.Encoding.UTF8.GetString(body);
            if (existing is null)
            {
                KeyColumns.Insert(session, container, number, item.PartitionKey, item.Id, lsn, expires, text);
            }
            else
            {
                KeyColumns.Update(session, container, number, lsn, expires, text);
            }
        }
        catch (SqliteFailure e) when (e.IsUniqueViolation)
        {
            throw CosmosRefusal.Conflict("Unique index constraint violation.");
        }

        return new StoredItem(number, lsn, body);
    }

    // In the transaction of the next write, so that an expired item cannot hold a unique key.
    private void RemoveExpired(SqliteSession session, StoredContainer container)
    {
        if (container.Expires)
        {
            session.Execute(
                $"DELETE FROM {container.Table} WHERE n IN (SELECT n FROM {container.Table} WHERE expires <= ?1 LIMIT {ExpiredAtOnce})", store.Now);
        }
    }
}
