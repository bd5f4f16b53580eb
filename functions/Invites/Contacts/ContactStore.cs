using System.Net;
using Connections.Cosmos;
using Connections.Members;
using Microsoft.Azure.Cosmos;

namespace Connections.Invites.Contacts;

/// <summary>Reads and writes what each member sees. A member's rows are one partition, so every list is one request.</summary>
public sealed partial class ContactStore(Containers containers, MemberStore members, TimeProvider time, InviteSettings settings) : IRelations
{
    private const int MaxRaces = 20;

    // More than the messages that can be deleted of a minute's 30 within 15 minutes, so that a row stays small whatever its member leaves unread.
    private const int MaxDeletedUnread = 500;

    /// <summary>One row; null when the member has none by that id. One request.</summary>
    public async Task<ContactRow?> FindAsync(MemberId member, string connectionId, CancellationToken ct) =>
        (await containers.Contacts.FindAsync<ContactRow>(connectionId, member.Value, ct))?.Value;

    /// <summary>Brings a member's row up to a connection's version, unless it is there already. One request when the row exists.</summary>
    /// <param name="connection">The connection as it was just written or read.</param>
    /// <param name="viewer">Whose row.</param>
    /// <param name="other">The other side's card, asked for only when the row must be made.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The row as it is now, and whether this call moved it.</returns>
    public async Task<(ContactRow Row, bool Moved)> FollowAsync(
        Connection connection, MemberId viewer, Func<CancellationToken, Task<Card>> other, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(other);
        if (await TryPatchAsync(connection, viewer, ct) is { } patched)
        {
            return patched;
        }

        var row = ContactRow.Of(connection, viewer, connection.HasLeft(viewer) ? Card.Unseen(connection.Other(viewer)) : await other(ct));
        if (await containers.Contacts.TryCreateAsync(row, row.MemberId.Value, ct))
        {
            return (row, true);
        }

        // Another writer made it between the two requests; rows are never deleted, so now the patch finds it.
        return await TryPatchAsync(connection, viewer, ct) ?? throw new InvalidOperationException($"Contact row {row.Id} is neither there nor absent.");
    }

    /// <summary>The same, with the other side's card as this member may see it, read where the row must be made.</summary>
    public Task<(ContactRow Row, bool Moved)> FollowAsync(Connection connection, MemberId viewer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return FollowAsync(
            connection,
            viewer,
            async inner => CardOf(connection, viewer, (await members.FindAsync(connection.Other(viewer), inner))?.Value),
            ct);
    }

    /// <summary>The same by two requests whether the row exists or not, so that how long it takes does not tell.</summary>
    public async Task<ContactRow> FollowUnseenAsync(Connection connection, MemberId viewer, Card other, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var row = ContactRow.Of(connection, viewer, other);
        return await FindAsync(viewer, connection.Id, ct) is null && await containers.Contacts.TryCreateAsync(row, viewer.Value, ct)
            ? row
            : (await FollowAsync(connection, viewer, _ => Task.FromResult(other), ct)).Row;
    }

    /// <summary>Brings a member's row up to a connection that they are about to be told of, for no more than that. One request when the row exists.</summary>
    public async Task CatchUpAsync(Connection connection, MemberId viewer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var (status, _) = await PatchPairAsync(connection, viewer, answersRow: false, ct);
        if (status == HttpStatusCode.NotFound)
        {
            await FollowAsync(connection, viewer, ct);
        }
    }

    /// <summary>
    /// The card of the other side as a member may see it: a member who has invited or was invited has seen it, unless the invite was taken
    /// back, which is silent; anybody may see a listed creator's, unless they block the member. Otherwise a card that tells nothing.
    /// </summary>
    public static Card CardOf(Connection connection, MemberId viewer, Member? other)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var id = connection.Other(viewer);
        return (connection.WasInvited && connection.State != ConnectionState.Revoked) || (other is { Listed: true } && !connection.IsBlockedBy(id)) ? Card.OfOrFormer(other, id, connection.InvitedAt) : Card.Unseen(id);
    }

    /// <summary>Makes the row of a new invite; brings it up to date if there is one from an earlier invite. One request the first time.</summary>
    public async Task<ContactRow> BeginAsync(Connection connection, MemberId viewer, Card other, CancellationToken ct)
    {
        var row = ContactRow.Of(connection, viewer, other);
        if (await containers.Contacts.TryCreateAsync(row, row.MemberId.Value, ct))
        {
            return row;
        }

        // With the card: what an earlier invite left may show a profile that was erased since.
        var followed = await TryPatchAsync(connection, viewer, ct, other);
        return followed?.Row ?? throw new InvalidOperationException($"Contact row {row.Id} is neither there nor absent.");
    }

    /// <summary>Shows a message as the last of a row's conversation, unless the row shows a later one, or a later text of it, already, or the message is sealed. One request.</summary>
    /// <returns>False when the row does not exist yet: the connection's own follow-up makes it.</returns>
    public async Task<bool> ShowMessageAsync(MemberId viewer, string connectionId, ChatView chat, CancellationToken ct)
    {
        var (status, _) = await PatchChatAsync(viewer, connectionId, chat, answersRow: false, ct);
        return status != HttpStatusCode.NotFound;
    }

    /// <summary>The same, answering the row as it is after it. One request; two where the row shows a later message.</summary>
    /// <returns>Null when the row does not exist yet.</returns>
    /// <exception cref="StaleReadException">The row was read as it was before it showed the message.</exception>
    public async Task<ContactRow?> ShowMessageAndReadAsync(MemberId viewer, string connectionId, ChatView chat, CancellationToken ct)
    {
        var (status, row) = await PatchChatAsync(viewer, connectionId, chat, answersRow: true, ct);
        if (status == HttpStatusCode.PreconditionFailed)
        {
            row = await FindAsync(viewer, connectionId, ct);
            StaleReadException.ThrowIf(row?.Chat?.IsAtLeast(chat) != true, "A contact row");
        }

        return row;
    }

    /// <summary>The same where the row most likely shows the message already: it is looked at first, which costs an eighth of the patch. One request then.</summary>
    /// <returns>False when the row does not exist yet.</returns>
    public async Task<bool> EnsureShownAsync(MemberId viewer, string connectionId, ChatView chat, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(chat);
        return await FindAsync(viewer, connectionId, ct) is { } row
            && (row.Chat?.IsAtLeast(chat) == true || await ShowMessageAsync(viewer, connectionId, chat, ct));
    }

    /// <summary>Notes that received messages were deleted, so that they no longer count as unread. One request where all of them have been read, or noted; two otherwise.</summary>
    /// <param name="viewer">Who received them.</param>
    /// <param name="connectionId">In which conversation.</param>
    /// <param name="numbers">Their numbers among the messages that the viewer has received.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The row as it is now; null when nothing was changed.</returns>
    /// <exception cref="InvalidOperationException">The row kept changing; try again.</exception>
    public async Task<ContactRow?> NoteDeletedAsync(MemberId viewer, string connectionId, IReadOnlyCollection<long> numbers, CancellationToken ct)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            if (await containers.Contacts.FindAsync<ContactRow>(connectionId, viewer.Value, ct) is not { Value: var row } found)
            {
                return null;
            }

            var read = row.Pair.Read.Received;
            if (numbers.All(number => number <= read || row.DeletedUnread.Contains(number)))
            {
                return null;
            }

            var noted = row.DeletedUnread.Union(numbers).Where(number => number > read).Order().TakeLast(MaxDeletedUnread).ToList();
            var (status, changed) = await containers.Contacts.TryPatchAsync<ContactRow>(
                connectionId,
                viewer.Value,
                [PatchOperation.Set("/deletedUnread", noted)],
                new PatchItemRequestOptions { IfMatchEtag = found.ETag, EnableContentResponseOnWrite = true },
                ct);
            if (status == HttpStatusCode.OK)
            {
                return changed;
            }
        }

        throw new InvalidOperationException($"Contact row {connectionId} changed {MaxRaces} times while deleted messages were being noted.");
    }

    /// <summary>
    /// Shows a card as the other side of a row, unless the row shows a later one already, whatever the connection's state: for a card that this
    /// member may see in any case. One request.
    /// </summary>
    /// <returns>The row as it is now; null when nothing was changed.</returns>
    public Task<ContactRow?> ShowCardAsync(MemberId viewer, string connectionId, Card card, CancellationToken ct) => PatchCardAsync(viewer, connectionId, card, "", ct);

    /// <summary>
    /// The same as long as an invite or a connection ties the two. Afterwards the row keeps the card as this member last saw it, because what
    /// the other side changes from then on is not theirs to see.
    /// </summary>
    public Task<ContactRow?> ShowCardWhileTiedAsync(MemberId viewer, string connectionId, Card card, CancellationToken ct) => PatchCardAsync(
        viewer,
        connectionId,
        card,
        $" AND (c.pair.state = 'connected' OR (c.pair.state = 'pending' AND c.pair.expiresAt > '{UtcTimeConverter.Text(time.Now())}'))",
        ct);

    private async Task<(ContactRow Row, bool Moved)?> TryPatchAsync(Connection connection, MemberId viewer, CancellationToken ct, Card? other = null)
    {
        var (status, row) = await PatchPairAsync(connection, viewer, answersRow: true, ct, other);
        return status switch
        {
            HttpStatusCode.OK => (row!, true),
            HttpStatusCode.NotFound => null,
            // The row is as new as the connection, or newer: that is why it was not patched.
            _ => await FindAsync(viewer, connection.Id, ct) is { } newer && newer.Pair.Version >= connection.Version
                ? (newer, false)
                : throw new StaleReadException("A contact row"),
        };
    }

    private Task<(HttpStatusCode Status, ContactRow? Row)> PatchPairAsync(
        Connection connection, MemberId viewer, bool answersRow, CancellationToken ct, Card? other = null)
    {
        List<PatchOperation> operations = [PatchOperation.Set("/pair", PairView.Of(connection, viewer))];
        if (connection.State == ConnectionState.Connected && connection.Followed < connection.StateVersion)
        {
            operations.Add(PatchOperation.Set("/talkedAt", connection.AnsweredAt));
        }

        if (other is not null)
        {
            operations.AddRange(Shown(other));
        }

        return PatchAsync(viewer, connection.Id, operations, $"FROM c WHERE c.pair.version < {connection.Version}", answersRow, ct);
    }

    private Task<(HttpStatusCode Status, ContactRow? Row)> PatchChatAsync(
        MemberId viewer, string connectionId, ChatView chat, bool answersRow, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(chat);
        return PatchAsync(
            viewer,
            connectionId,
            [PatchOperation.Set("/chat", chat), PatchOperation.Set("/talkedAt", chat.Last.SentAt)],
            $"FROM c WHERE (NOT IS_DEFINED(c.chat) OR c.chat.last.seq < {chat.Last.Seq} OR (c.chat.last.seq = {chat.Last.Seq} AND c.chat.revision < {chat.Revision}))"
                + $" AND (NOT IS_DEFINED(c.pair.sealedSeq) OR c.pair.sealedSeq < {chat.Last.Seq})",
            answersRow,
            ct);
    }

    private async Task<ContactRow?> PatchCardAsync(MemberId viewer, string connectionId, Card card, string condition, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(card);
        var (_, row) = await PatchAsync(
            viewer,
            connectionId,
            Shown(card),
            $"FROM c WHERE (NOT IS_DEFINED(c.otherVersion) OR c.otherVersion < {card.Version}){condition}",
            answersRow: true,
            ct);
        return row;
    }

    /// <summary>Puts a card in the place of the other side's.</summary>
    private static PatchOperation[] Shown(Card other) => [PatchOperation.Set("/other", other), PatchOperation.Set("/otherVersion", other.Version)];

    /// <summary>The status and, when patched and asked for, the row.</summary>
    private Task<(HttpStatusCode Status, ContactRow? Row)> PatchAsync(
        MemberId viewer, string id, IReadOnlyList<PatchOperation> operations, string condition, bool answersRow, CancellationToken ct) =>
        containers.Contacts.TryPatchAsync<ContactRow>(
            id, viewer.Value, operations, new PatchItemRequestOptions { FilterPredicate = condition, EnableContentResponseOnWrite = answersRow }, ct);
}
