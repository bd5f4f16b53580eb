using System.Net;
using Connections.Cosmos;
using Connections.Members;
using Microsoft.Azure.Cosmos;

namespace Connections.Invites.Contacts;

/// <summary>Reads and writes contact rows. A member's rows are one partition, so every list is one request.</summary>
public sealed partial class ContactStore(
    Containers containers, MemberStore members, TimeProvider time, InviteSettings settings) : IRelations
{
    /// <summary>A row; null when the member has none with this id. One request.</summary>
    public async Task<ContactRow?> FindAsync(MemberId member, string connectionId, CancellationToken ct) =>
        (await containers.Contacts.FindAsync<ContactRow>(connectionId, member.Value, ct))?.Value;

    /// <summary>Brings a member's row up to a connection's version, unless the row is as new. One request when the row exists.</summary>
    /// <param name="connection">The connection as it was just written or read.</param>
    /// <param name="viewer">The row's member.</param>
    /// <param name="other">Reads the other side's card, only when the row must be created.</param>
    /// <returns>The row as it is now, and whether this call changed it.</returns>
    public async Task<(ContactRow Row, bool Moved)> FollowAsync(
        Connection connection, MemberId viewer, Func<CancellationToken, Task<Card>> other, CancellationToken ct)
    {
        if (await TryPatchAsync(connection, viewer, ct) is { } patched)
        {
            return patched;
        }

        var row = ContactRow.Of(connection, viewer, connection.HasLeft(viewer) ? Card.Unseen(connection.Other(viewer)) : await other(ct));
        if (await containers.Contacts.TryCreateAsync(row, row.MemberId.Value, ct))
        {
            return (row, true);
        }

        // Another writer created it between the two requests. Rows are never deleted, so now the patch finds it.
        return await TryPatchAsync(connection, viewer, ct) ?? throw new StaleReadException("A contact row");
    }

    /// <summary>
    /// Brings a member's row up to a connection's version. A new row shows the other side's card as this member may see it.
    /// </summary>
    public Task<(ContactRow Row, bool Moved)> FollowAsync(Connection connection, MemberId viewer, CancellationToken ct) =>
        FollowAsync(
            connection,
            viewer,
            async inner => CardOf(connection, viewer, (await members.FindAsync(connection.Other(viewer), inner))?.Value),
            ct);

    /// <summary>
    /// Brings a member's row up to a connection's version where a call has most likely done so. The row is read first, because a read costs
    /// a twelfth of a patch. One request then.
    /// </summary>
    public async Task<ContactRow> EnsureFollowedAsync(Connection connection, MemberId viewer, CancellationToken ct) =>
        await FindAsync(viewer, connection.Id, ct) is { } row && row.Pair.Version >= connection.Version
            ? row
            : (await FollowAsync(connection, viewer, ct)).Row;

    /// <summary>
    /// Brings a member's row up to a connection's version by two requests whether or not it exists, so that the time does not reveal which.
    /// </summary>
    public async Task<ContactRow> FollowUnseenAsync(Connection connection, MemberId viewer, Card other, CancellationToken ct)
    {
        var row = ContactRow.Of(connection, viewer, other);
        return await FindAsync(viewer, connection.Id, ct) is null && await containers.Contacts.TryCreateAsync(row, viewer.Value, ct)
            ? row
            : (await FollowAsync(connection, viewer, _ => Task.FromResult(other), ct)).Row;
    }

    /// <summary>Brings a member's row up to a connection before the member is told its state. One request when the row exists.</summary>
    public async Task CatchUpAsync(Connection connection, MemberId viewer, CancellationToken ct)
    {
        var (status, _) = await PatchPairAsync(connection, viewer, answersRow: false, ct);
        if (status == HttpStatusCode.NotFound)
        {
            await FollowAsync(connection, viewer, ct);
        }
    }

    /// <summary>
    /// The other side's card as a member may see it. Both members of an invite have seen each other's, unless the invite was revoked, which
    /// is silent; every member may see a listed creator's, unless the creator blocks them. Otherwise it is a card that shows nothing.
    /// </summary>
    public static Card CardOf(Connection connection, MemberId viewer, Member? other)
    {
        var id = connection.Other(viewer);
        var hasSeen = connection.WasInvited && connection.State != ConnectionState.Revoked;
        return hasSeen || (other is { Listed: true } && !connection.IsBlockedBy(id))
            ? Card.OfOrFormer(other, id, connection.InvitedAt)
            : Card.Unseen(id);
    }

    /// <summary>Creates the row of a new invite, or brings up to date the row of an earlier one. One request the first time.</summary>
    public async Task<ContactRow> BeginAsync(Connection connection, MemberId viewer, Card other, CancellationToken ct)
    {
        var row = ContactRow.Of(connection, viewer, other);
        if (await containers.Contacts.TryCreateAsync(row, row.MemberId.Value, ct))
        {
            return row;
        }

        // With the card: the row of an earlier invite may show a profile that was erased since.
        return (await TryPatchAsync(connection, viewer, ct, other))?.Row ?? throw new StaleReadException("A contact row");
    }

    /// <summary>
    /// Shows a card as the other side of a row in any state, unless the row shows a later card: for a card that this member may see in any
    /// case. One request.
    /// </summary>
    /// <returns>The row as it is now; null when nothing was changed.</returns>
    public Task<ContactRow?> ShowCardAsync(MemberId viewer, string connectionId, Card card, CancellationToken ct) =>
        PatchCardAsync(viewer, connectionId, card, "", ct);

    /// <summary>
    /// Shows a card while an invite or a connection ties the two. Afterwards the row keeps the card as this member last saw it, because
    /// they may not see later changes.
    /// </summary>
    public Task<ContactRow?> ShowCardWhileTiedAsync(
        MemberId viewer, string connectionId, Card card, CancellationToken ct) => PatchCardAsync(
        viewer,
        connectionId,
        card,
        $" AND (c.pair.state = 'connected' OR (c.pair.state = 'pending' AND c.pair.expiresAt > '{UtcTimeConverter.Text(time.Now())}'))",
        ct);

    /// <summary>
    /// Brings a member's own row up to what they let the other side see, unless it is as new. One request; none where it says the same.
    /// </summary>
    /// <returns>The row as it is now; null when nothing was changed.</returns>
    public async Task<ContactRow?> KeepPrivacyAsync(ContactRow row, Member own, CancellationToken ct)
    {
        if ((row.OwnPrivacy ?? Privacy.Open) == own.Privacy || row.OwnVersion >= own.CardVersion)
        {
            return null;
        }

        var (_, changed) = await PatchAsync(
            row.MemberId,
            row.Id,
            [PatchOperation.Set("/ownPrivacy", own.Privacy), PatchOperation.Set("/ownVersion", own.CardVersion)],
            $"NOT IS_DEFINED(c.ownVersion) OR c.ownVersion < {own.CardVersion}",
            answersRow: true,
            ct);
        return changed;
    }

    /// <summary>
    /// Shows the card of a member who has erased their profile, but not on a hidden row whose viewer has never seen the member: it would
    /// reveal that there was such a member. One request.
    /// </summary>
    public Task<ContactRow?> ShowFormerAsync(MemberId viewer, string connectionId, Card card, CancellationToken ct) => PatchCardAsync(
        viewer, connectionId, card, " AND (NOT IS_DEFINED(c.pair.hidden) OR NOT IS_DEFINED(c.otherVersion) OR c.otherVersion >= 0)", ct);

    /// <summary>
    /// Removes the last text of a sealed conversation from a member's row, and the other side's card if the member no longer sees the pair.
    /// At most three requests.
    /// </summary>
    public async Task SealAsync(Connection connection, MemberId viewer, CancellationToken ct)
    {
        // From then on the row takes no sealed message. A row that does not exist yet will be created without them.
        if (await TryPatchAsync(connection, viewer, ct) is not { Row: var row })
        {
            return;
        }

        if (row.Chat is { } chat && chat.Last.Seq <= connection.SealedSeq && (chat.Last.Text.Length > 0 || chat.Last.Files is not null))
        {
            await PatchAsync(
                viewer,
                connection.Id,
                [
                    PatchOperation.Set("/chat/last/text", ""),
                    PatchOperation.Set<LastFiles?>("/chat/last/files", null),
                    PatchOperation.Set("/chat/last/deleted", true),
                ],
                $"c.chat.last.seq <= {connection.SealedSeq}",
                answersRow: false,
                ct);
        }

        if (connection.HasLeft(viewer))
        {
            PatchOperation[] unseen = [.. Shown(Card.Unseen(row.OtherId)), .. NoFlags];
            await PatchAsync(viewer, connection.Id, unseen, "c.pair.former = true", answersRow: false, ct);
        }
    }

    private async Task<(ContactRow Row, bool Moved)?> TryPatchAsync(
        Connection connection, MemberId viewer, CancellationToken ct, Card? other = null)
    {
        var (status, row) = await PatchPairAsync(connection, viewer, answersRow: true, ct, other);
        return status switch
        {
            HttpStatusCode.OK => (row!, true),
            HttpStatusCode.NotFound => null,
            // The row was not patched because it is as new as the connection, or newer.
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
            operations.AddRange(
            [
                PatchOperation.Set("/talkedAt", connection.AnsweredAt),
                // Put away or marked was the conversation before; what the two begin now belongs in the inbox.
                PatchOperation.Set("/archived", false),
                PatchOperation.Set("/markedUnread", false),
            ]);
        }

        if (other is not null)
        {
            operations.AddRange(Shown(other));
        }

        return PatchAsync(viewer, connection.Id, operations, $"c.pair.version < {connection.Version}", answersRow, ct);
    }

    private async Task<ContactRow?> PatchCardAsync(MemberId viewer, string connectionId, Card card, string condition, CancellationToken ct)
    {
        var (_, row) = await PatchAsync(
            viewer,
            connectionId,
            Shown(card),
            $"(NOT IS_DEFINED(c.otherVersion) OR c.otherVersion < {card.Version}){condition}",
            answersRow: true,
            ct);
        return row;
    }

    private static PatchOperation[] Shown(Card other) =>
    [
        PatchOperation.Set("/other", other),
        PatchOperation.Set("/otherVersion", other.Version),
        PatchOperation.Set("/otherPrivacy", other.Privacy),
    ];

    /// <summary>Patches a row. The row is returned if <paramref name="answersRow"/> is true and the condition holds.</summary>
    private Task<(HttpStatusCode Status, ContactRow? Row)> PatchAsync(
        MemberId viewer, string id, IReadOnlyList<PatchOperation> operations, string condition, bool answersRow, CancellationToken ct) =>
        containers.Contacts.TryPatchAsync<ContactRow>(id, viewer.Value, operations, condition, ct, answersRow);
}
