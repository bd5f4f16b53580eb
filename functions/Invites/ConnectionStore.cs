using System.Net;
using Connections.Cosmos;
using Connections.Notices;
using Connections.Telemetry;
using Microsoft.Azure.Cosmos;

namespace Connections.Invites;

/// <summary>Reads and writes the records of pairs. Every change of state is one write under the ETag.</summary>
public sealed class ConnectionStore(Containers containers, TimeProvider time)
{
    // Every try to send an email adds a hash, and so does a try that fails. The email that arrives holds the key of the latest try, or of
    // an earlier try whose answer was lost.
    private const int MaxLinks = 10;

    private static readonly PatchOperation[] NoOperations = [];

    /// <summary>A connection; null when the pair never had one. One request.</summary>
    public Task<Document<Connection>?> FindAsync(
        string id, CancellationToken ct) => containers.Connections.FindAsync<Connection>(id, id, ct);

    /// <summary>Adds a pair's first record. False, and no change, when there is already a record. One request.</summary>
    public Task<bool> TryCreateAsync(Connection connection, CancellationToken ct) =>
        containers.Connections.TryCreateAsync(connection with { Trace = Signals.Trace }, connection.Id, ct);

    /// <summary>Replaces a connection unless it has changed since it was read; false when it has. One request.</summary>
    public async Task<bool> TryReplaceAsync(Connection connection, string etag, CancellationToken ct)
    {
        var traced = connection with { Trace = Signals.Trace };
        return await containers.Connections.TryReplaceAsync(traced, connection.Id, connection.Id, etag, ct) is not null;
    }

    /// <summary>
    /// Reads, decides and writes under the ETag: of two changes at once one wins, and the other is decided again on what won. Two requests
    /// unless superseded.
    /// </summary>
    /// <param name="decide">What becomes of the connection as it is.</param>
    /// <param name="version">The least version that the connection must have been read at; 0 when none is known.</param>
    /// <returns>The decision that stands; null when there is no such connection.</returns>
    /// <exception cref="StaleReadException">The connection was read as it was before <paramref name="version"/>.</exception>
    /// <exception cref="ContentionException">The connection kept changing.</exception>
    public async Task<Transition?> ChangeAsync(string id, Func<Connection, Transition> decide, CancellationToken ct, long version = 0)
    {
        var (transition, _) = await containers.Connections.ChangeAsync<Connection, Transition?>(
            id,
            id,
            current =>
            {
                StaleReadException.ThrowIf((current?.Version ?? 0) < version, "A connection");
                var transition = current is null ? null : decide(current);
                return (transition, transition is Transition.Moved { After: var after } ? after with { Trace = Signals.Trace } : null);
            },
            time,
            ct);
        return transition;
    }

    /// <summary>
    /// Marks a version as dispatched and clears the outbox and the reports, unless the connection has changed since. One request.
    /// </summary>
    public Task MarkDispatchedAsync(Connection connection, CancellationToken ct) =>
        TryPatchAsync(
            connection.Id,
            [
                PatchOperation.Remove("/owedSince"),
                PatchOperation.Set("/outbox", Array.Empty<Notice>()),
                PatchOperation.Set("/followed", connection.Version),
                .. connection.OwedReports.Count > 0 ? [PatchOperation.Set("/owedReports", Array.Empty<OwedReport>())] : NoOperations,
            ],
            $"c.version = {connection.Version} AND IS_DEFINED(c.owedSince)",
            answer: false,
            ct);

    /// <summary>Adds the hash of the key in an email of this invite, before the email is sent. One request.</summary>
    /// <returns>False when the invite has ended, or is a later one by now: the email must not be sent.</returns>
    public async Task<bool> TryAddLinkAsync(Connection connection, NoticeKind kind, string hash, CancellationToken ct)
    {
        var (list, hashes) = kind == NoticeKind.Reminder
            ? ("reminderHashes", connection.ReminderHashes)
            : ("linkHashes", connection.LinkHashes);
        List<PatchOperation> operations = [];
        if (connection.LinkKey is { } key)
        {
            // A record from before keys were hashed has no lists yet, but the key that its emails hold.
            operations.AddRange([
                PatchOperation.Set("/linkHashes", new[] { LinkKey.HashOf(key) }),
                PatchOperation.Set("/reminderHashes", Array.Empty<string>()),
                PatchOperation.Remove("/linkKey"),
            ]);
        }

        operations.Add(PatchOperation.Add($"/{list}/-", hash));
        if (hashes.Count >= MaxLinks)
        {
            operations.Add(PatchOperation.Remove($"/{list}/0"));
        }

        var isOwed = $"c.state = 'pending' AND c.inviteNumber = {connection.InviteNumber}";
        var isRead = connection.LinkKey is null ? "" : " AND IS_DEFINED(c.linkKey)";
        return await TryPatchAsync(connection.Id, operations, $"{isOwed}{isRead}", answer: true, ct) is not null;
    }

    /// <summary>Notes that an email was sent, and of an invite's first one when. One request.</summary>
    public Task MarkSentAsync(Notice notice, CancellationToken ct)
    {
        List<PatchOperation> operations = [PatchOperation.Set($"/sent/{notice.Kind.JsonName()}", notice.InviteNumber)];
        if (notice.Kind == NoticeKind.InviteReceived)
        {
            operations.Add(PatchOperation.Set("/emailedAt", time.Now()));
        }

        return TryPatchAsync(notice.ConnectionId, operations, condition: null, answer: false, ct);
    }

    /// <summary>Notes the email about unread messages that a member got, unless a later one is noted already. One request.</summary>
    public Task MarkDigestAsync(Connection connection, MemberId member, DigestMark mark, CancellationToken ct)
    {
        var field = connection.IsFirst(member) ? "firstDigest" : "secondDigest";
        return TryPatchAsync(
            connection.Id,
            [PatchOperation.Set($"/{field}", mark)],
            $"NOT IS_DEFINED(c.{field}) OR c.{field}.readSeq < {mark.ReadSeq}"
                + $" OR (c.{field}.readSeq = {mark.ReadSeq} AND c.{field}.sent = false)",
            answer: false,
            ct);
    }

    /// <summary>
    /// The connection that an email was about, by its operation id; null when none is known. One request to each partition: only for an
    /// email that did not arrive.
    /// </summary>
    public async Task<Connection?> FindByMailAsync(Guid operationId, CancellationToken ct) =>
        await containers.Connections.ReadAllAsync<Connection>(
            new QueryDefinition(
                "SELECT * FROM c WHERE ARRAY_CONTAINS(c.mails, @mail) OR c.firstDigest.mail = @mail OR c.secondDigest.mail = @mail")
                .WithParameter("@mail", operationId),
            ct).FirstOrDefaultAsync(ct);

    /// <summary>The connections with a change that has waited to be dispatched since before a time.</summary>
    public IAsyncEnumerable<Connection> UndispatchedAsync(DateTimeOffset before, CancellationToken ct) =>
        containers.Connections.UndispatchedAsync<Connection>(before, ct);

    /// <summary>The ids of the invites past their time that are still written as pending.</summary>
    public IAsyncEnumerable<string> ExpiredByAsync(DateTimeOffset moment, CancellationToken ct) =>
        containers.Connections.ReadAllAsync<string>(
            new QueryDefinition("SELECT VALUE c.id FROM c WHERE c.state = 'pending' AND c.expiresAt <= @now")
                .WithParameter("@now", UtcTimeConverter.Text(moment)),
            ct);

    /// <summary>The connection after the patch; null when <paramref name="answer"/> is false, or the condition did not hold.</summary>
    private async Task<Connection?> TryPatchAsync(
        string id, IReadOnlyList<PatchOperation> operations, string? condition, bool answer, CancellationToken ct)
    {
        var (status, patched) = await containers.Connections.TryPatchAsync<Connection>(id, id, operations, condition, ct, answer);
        return status == HttpStatusCode.NotFound ? throw new InvalidOperationException($"Connection {id} is gone.") : patched;
    }
}
