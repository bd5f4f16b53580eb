using Connections.Members;
using Microsoft.Azure.Cosmos;

namespace Connections.Invites.Contacts;

/// <content>What is left of rows when one of the two has erased their profile.</content>
public sealed partial class ContactStore
{
    /// <summary>Shows the card of a member who has erased their profile, but not on a hidden row whose viewer has never seen them: it would tell that there was such a member. One request.</summary>
    public Task<ContactRow?> ShowFormerAsync(MemberId viewer, string connectionId, Card card, CancellationToken ct) => PatchCardAsync(
        viewer, connectionId, card, " AND (NOT IS_DEFINED(c.pair.hidden) OR NOT IS_DEFINED(c.otherVersion) OR c.otherVersion >= 0)", ct);

    /// <summary>Takes the end of a sealed conversation out of a member's row, and the other side's card if the pair is not the member's to see. Three requests at most.</summary>
    public async Task SealAsync(Connection connection, MemberId viewer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        // From then on the row takes no message of the sealed part. A row that is not made yet is made without.
        if (await TryPatchAsync(connection, viewer, ct) is not { Row: var row })
        {
            return;
        }

        if (row.Chat is { } chat && chat.Last.Seq <= connection.SealedSeq && chat.Last.Text.Length > 0)
        {
            await PatchAsync(
                viewer,
                connection.Id,
                [PatchOperation.Set("/chat/last/text", ""), PatchOperation.Set("/chat/last/deleted", true)],
                $"FROM c WHERE c.chat.last.seq <= {connection.SealedSeq}",
                answersRow: false,
                ct);
        }

        if (connection.HasLeft(viewer))
        {
            await PatchAsync(viewer, connection.Id, Shown(Card.Unseen(row.OtherId)), "FROM c WHERE c.pair.former = true", answersRow: false, ct);
        }
    }
}
