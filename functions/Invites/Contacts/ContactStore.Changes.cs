using System.Net;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.Invites.Contacts;

/// <summary>A row's place in the order in which a member's rows were written.</summary>
/// <param name="At">When it was last written, in Unix seconds of the database's clock.</param>
/// <param name="Id">The row's id, which decides within a second; empty for before every row of that second.</param>
public sealed record WritePosition(long At, string Id);

/// <summary>A row, and its last write.</summary>
/// <param name="At">When that was, in Unix seconds of the database's clock.</param>
/// <param name="ETag">The row's ETag since.</param>
/// <param name="Row">The row.</param>
public sealed record WrittenRow(long At, string ETag, ContactRow Row)
{
    /// <summary>Its place in the order of writes.</summary>
    public WritePosition Position => new(At, Row.Id);
}

/// <content>
/// What changed for a member: every row by the time of its last write, which Cosmos DB keeps and indexes without being asked to.
/// </content>
public sealed partial class ContactStore
{
    private const int MaxLate = 5;

    /// <summary>
    /// A member's rows that were written after a position, the earliest first; fewer than asked for only where they end. Rows of
    /// connections that the member was never shown, or that are of a profile that they erased, are left out. One request.
    /// </summary>
    public Task<IReadOnlyList<WrittenRow>> WrittenAsync(MemberId member, WritePosition after, int count, CancellationToken ct) =>
        containers.Contacts.ReadFewAsync<WrittenRow>(
            // The record of a block before any invite has the same time for both.
            new QueryDefinition(
                "SELECT c._ts AS at, c._etag AS eTag, c AS row FROM c WHERE c._ts >= @at AND (c._ts > @at OR c.id > @id)"
                    + " AND IS_DEFINED(c.pair.state) AND NOT IS_DEFINED(c.pair.former) AND c.pair.invitedAt != c.pair.expiresAt"
                    + $" ORDER BY c._ts ASC, c.id ASC OFFSET 0 LIMIT {count}")
                .WithParameter("@at", after.At).WithParameter("@id", after.Id),
            member.Value,
            count,
            ct);

    /// <summary>
    /// How many messages a member has not read, over all their connections that are neither archived nor muted; one that they marked as
    /// unread counts at least one. One request, and one more for each further hundred conversations with unread messages.
    /// </summary>
    public async Task<long> UnreadAsync(MemberId member, CancellationToken ct) =>
        await containers.Contacts.ReadPartitionAsync<ContactRow>(
            "SELECT * FROM c WHERE c.pair.state = 'connected' AND (c.hasUnread = true OR NOT IS_DEFINED(c.hasUnread))", member.Value, ct)
            .Select(row => row.Counted).SumAsync(ct);

    /// <summary>Notes in a member's row that it is about to show messages late. Two requests; nothing where there is no row.</summary>
    /// <param name="from">The time from which on the messages were stored or changed.</param>
    /// <exception cref="ContentionException">The row kept changing.</exception>
    public Task NoteLateAsync(MemberId viewer, string connectionId, DateTimeOffset from, CancellationToken ct) =>
        OptimisticWrite.RunAsync<bool>(
            time,
            async _ =>
            {
                if (await containers.Contacts.FindAsync<ContactRow>(connectionId, viewer.Value, ct) is not { } read)
                {
                    return false;
                }

                var late = read.Value.Late.Append(new LateMark(time.Now(), from)).ToList();
                if (late.Count > MaxLate)
                {
                    late[1] = new LateMark(late[1].At, late[0].From < late[1].From ? late[0].From : late[1].From);
                    late.RemoveAt(0);
                }

                var (status, _) = await containers.Contacts.TryPatchAsync<ContactRow>(
                    connectionId, viewer.Value, [PatchOperation.Set("/late", late)], condition: null, ct, etag: read.ETag);
                return status == HttpStatusCode.OK ? true : new Superseded();
            },
            ct);

    /// <summary>
    /// Notes that a message was changed which is not the last one of a row's conversation, unless a later change is noted. One request.
    /// </summary>
    /// <returns>The row as it is now; null when nothing was noted.</returns>
    private async Task<ContactRow?> NoteChangeAsync(MemberId viewer, string connectionId, ChatView chat, CancellationToken ct)
    {
        var (_, row) = await PatchAsync(
            viewer,
            connectionId,
            [PatchOperation.Set("/changedAt", chat.ChangedAt)],
            $"c.chat.last.seq > {chat.Last.Seq} AND (NOT IS_DEFINED(c.pair.sealedSeq) OR c.pair.sealedSeq < {chat.Last.Seq})"
                + $" AND (NOT IS_DEFINED(c.changedAt) OR c.changedAt < '{UtcTimeConverter.Text(chat.ChangedAt!.Value)}')",
            answersRow: true,
            ct);
        return row;
    }
}
