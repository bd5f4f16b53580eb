using System.Net;
using System.Security.Cryptography;
using Connections.Cosmos;
using Connections.Notices;
using Connections.Telemetry;
using Microsoft.Azure.Cosmos;

namespace Connections.Invites;

/// <summary>Reads and writes the records of pairs. Every change of state is one write, guarded by the ETag.</summary>
public sealed class ConnectionStore(Containers containers)
{
    // Each lost race means that another writer won; far more than ever race for one pair.
    private const int MaxRaces = 50;

    // Every handing over of an email adds a hash, also one that fails. The email that arrives is of the latest, or of one shortly before whose answer was lost.
    private const int MaxLinks = 10;

    /// <summary>One connection; null when the pair never had one. One request.</summary>
    public Task<Document<Connection>?> FindAsync(string id, CancellationToken ct) => containers.Connections.FindAsync<Connection>(id, id, ct);

    /// <summary>Adds a pair's first record. False when there was one already; nothing is changed then. One request.</summary>
    public Task<bool> TryCreateAsync(Connection connection, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return containers.Connections.TryCreateAsync(connection with { Trace = Signals.Trace }, connection.Id, ct);
    }

    /// <summary>Writes a connection if nobody has since it was read. One request.</summary>
    public async Task<bool> TryReplaceAsync(Connection connection, string etag, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return await containers.Connections.TryReplaceAsync(connection with { Trace = Signals.Trace }, connection.Id, connection.Id, etag, ct) is not null;
    }

    /// <summary>
    /// Reads, decides and writes until the write is the next one after the read: of two changes at once one wins, and the other
    /// is decided again on what won. Two requests when nobody races.
    /// </summary>
    /// <param name="id">Which connection.</param>
    /// <param name="decide">What becomes of the connection as it is.</param>
    /// <param name="ct">Cancels the requests.</param>
    /// <param name="version">The version of the connection that is known of; 0 where none is.</param>
    /// <returns>What came of it; null when there is no such connection.</returns>
    /// <exception cref="StaleReadException">The connection was read as it was before <paramref name="version"/>.</exception>
    public async Task<Transition?> ChangeAsync(string id, Func<Connection, Transition> decide, CancellationToken ct, long version = 0)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var read = await FindAsync(id, ct);
            StaleReadException.ThrowIf((read?.Value.Version ?? 0) < version, "A connection");
            if (read is null)
            {
                return null;
            }

            var transition = decide(read.Value);
            if (transition is not Transition.Moved moved || await TryReplaceAsync(moved.After, read.ETag, ct))
            {
                return transition;
            }

            // Writers that met once would meet again in step.
            await Task.Delay(RandomNumberGenerator.GetInt32(5, 10 * (race + 1)), ct);
        }

        throw new CosmosException("One connection had too many writers at once.", HttpStatusCode.ServiceUnavailable, 0, "", 0);
    }

    /// <summary>Moves a member's read mark forward, if it is behind and the two are connected. One request.</summary>
    /// <returns>The connection as it is after it; null when there was nothing to move.</returns>
    public Task<Connection?> TryMarkReadAsync(Connection connection, MemberId reader, ReadMark mark, DateTimeOffset now, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(mark);
        var field = connection.IsFirst(reader) ? "firstRead" : "secondRead";
        return TryPatchAsync(
            connection.Id,
            [PatchOperation.Set($"/{field}", mark), PatchOperation.Increment("/version", 1), PatchOperation.Set("/owedSince", now), .. Traced()],
            $"FROM c WHERE c.state = 'connected' AND c.{field}.seq < {mark.Seq}",
            answer: true,
            ct);
    }

    private static IEnumerable<PatchOperation> Traced() => Signals.Trace is { } trace ? [PatchOperation.Set("/trace", trace)] : [];

    /// <summary>Notes that rows, events and queue have caught up with a version, unless the connection has changed since. One request.</summary>
    public Task TrySettleAsync(Connection connection, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return TryPatchAsync(
            connection.Id,
            [PatchOperation.Remove("/owedSince"), PatchOperation.Set("/outbox", Array.Empty<Notice>()), PatchOperation.Set("/followed", connection.Version)],
            $"FROM c WHERE c.version = {connection.Version} AND IS_DEFINED(c.owedSince)",
            answer: false,
            ct);
    }

    /// <summary>Notes the hash of the key in an email of this invite, before the email is handed over. One request.</summary>
    /// <returns>False when the invite has ended, or is another by now: the email is no longer owed.</returns>
    public async Task<bool> TryAddLinkAsync(Connection connection, NoticeKind kind, string hash, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var (list, hashes) = kind == NoticeKind.Reminder ? ("reminderHashes", connection.ReminderHashes) : ("linkHashes", connection.LinkHashes);
        List<PatchOperation> operations = [];
        if (connection.LinkKey is { } key)
        {
            // A record from before keys were hashed has no lists yet, and a key that its emails hold.
            operations.AddRange([
                PatchOperation.Set("/linkHashes", new[] { LinkKey.HashOf(key) }), PatchOperation.Set("/reminderHashes", Array.Empty<string>()), PatchOperation.Remove("/linkKey")]);
        }

        operations.Add(PatchOperation.Add($"/{list}/-", hash));
        if (hashes.Count >= MaxLinks)
        {
            operations.Add(PatchOperation.Remove($"/{list}/0"));
        }

        var isOwed = $"c.state = 'pending' AND c.inviteNumber = {connection.InviteNumber}";
        var isRead = connection.LinkKey is null ? "" : " AND IS_DEFINED(c.linkKey)";
        return await TryPatchAsync(connection.Id, operations, $"FROM c WHERE {isOwed}{isRead}", answer: true, ct) is not null;
    }

    /// <summary>Notes that an email was handed over. One request.</summary>
    public Task MarkSentAsync(Notice notice, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return TryPatchAsync(
            notice.ConnectionId, [PatchOperation.Set($"/sent/{notice.Kind.JsonName()}", notice.InviteNumber)], condition: null, answer: false, ct);
    }

    /// <summary>Notes what a member was told of their unread messages, unless more is noted already. One request.</summary>
    public Task MarkDigestAsync(Connection connection, MemberId member, DigestMark mark, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(mark);
        var field = connection.IsFirst(member) ? "firstDigest" : "secondDigest";
        return TryPatchAsync(
            connection.Id,
            [PatchOperation.Set($"/{field}", mark)],
            $"FROM c WHERE NOT IS_DEFINED(c.{field}) OR c.{field}.readSeq < {mark.ReadSeq} OR (c.{field}.readSeq = {mark.ReadSeq} AND c.{field}.sent = false)",
            answer: false,
            ct);
    }

    /// <summary>The connections that owe something since before a moment: what the change feed has lost.</summary>
    public IAsyncEnumerable<Connection> OwingSinceBeforeAsync(DateTimeOffset moment, CancellationToken ct) =>
        containers.Connections.OwingSinceBeforeAsync<Connection>(moment, ct);

    /// <summary>The ids of the invites whose time is over and that still stand as pending.</summary>
    public IAsyncEnumerable<string> ExpiredByAsync(DateTimeOffset moment, CancellationToken ct) =>
        containers.Connections.ReadAllAsync<string>(
            new QueryDefinition("SELECT VALUE c.id FROM c WHERE c.state = 'pending' AND c.expiresAt <= @now").WithParameter("@now", UtcTimeConverter.Text(moment)), ct);

    /// <summary>The connection after the patch; null when no answer was asked for, or the condition did not hold.</summary>
    private async Task<Connection?> TryPatchAsync(string id, IReadOnlyList<PatchOperation> operations, string? condition, bool answer, CancellationToken ct)
    {
        var (status, patched) = await containers.Connections.TryPatchAsync<Connection>(
            id, id, operations, new PatchItemRequestOptions { FilterPredicate = condition, EnableContentResponseOnWrite = answer }, ct);
        return status == HttpStatusCode.NotFound ? throw new InvalidOperationException($"Connection {id} is gone.") : patched;
    }
}
