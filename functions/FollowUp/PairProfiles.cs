using Connections.Chat;
using Connections.Cosmos;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members;

namespace Connections.FollowUp;

/// <summary>Brings a pair's rows up to both profiles, and ends the pair if one of the two has erased their profile.</summary>
/// <remarks>
/// A profile that changes updates the rows that exist. If it changed while a row was being created, after its card was read, the change is
/// found here: this reads both profiles after both rows are written, so every later change finds the rows.
/// </remarks>
public sealed class PairProfiles(ContactStore contacts, MemberStore members, ConversationSeal seal, LiveEvents live, TimeProvider time)
{
    /// <summary>Compares the rows with both profiles. One request for each profile, at once, when the rows are up to date.</summary>
    public async Task FollowAsync(Connection connection, IReadOnlyList<ContactRow> rows, CancellationToken ct)
    {
        var both = await members.FindManyAsync([connection.Inviter, connection.Invitee], ct);
        // Both had a profile when one invited the other, and a member's document is never deleted.
        StaleReadException.ThrowIf(connection.WasInvited && both.Count < 2, "A member");
        // A new row does not know yet what its own member hides.
        foreach (var row in rows.Where(row => row.Pair.IsTied && both.ContainsKey(row.MemberId)))
        {
            if (await contacts.KeepPrivacyAsync(row, both[row.MemberId], ct) is { Pair.Hidden: not true } kept)
            {
                await live.ConnectionChangedAsync(kept.MemberId, Contact.Of(kept, time.Now()), ct);
            }
        }

        foreach (var row in rows)
        {
            if (!both.TryGetValue(row.OtherId, out var other) || other.CardVersion <= row.OtherVersion || connection.HasLeft(row.MemberId))
            {
                continue;
            }

            if (other.ErasedAt is not null)
            {
                await contacts.ShowFormerAsync(row.MemberId, row.Id, Card.OfOrFormer(other, other.Id), ct);
            }
            // A member who came back after erasing their profile stays a former member to their earlier contacts.
            else if (row.Pair.IsTied && connection.InvitedAt >= other.CreatedAt)
            {
                // The event of the invite showed the earlier card. The call that invited may have shown the later one since.
                var shown = await contacts.ShowCardWhileTiedAsync(row.MemberId, row.Id, Card.Of(other), ct)
                    ?? await contacts.FindAsync(row.MemberId, row.Id, ct);
                if (shown is { Pair.Hidden: not true } && shown.OtherVersion > row.OtherVersion)
                {
                    await live.ConnectionChangedAsync(shown.MemberId, Contact.Of(shown, time.Now()), ct);
                }
            }
        }

        foreach (var gone in both.Values.Where(member => MustEnd(connection, member)))
        {
            await seal.EndAsync(connection.Id, gone.Id, connection.Version, ct);
        }
    }

    /// <summary>Whether an invite or a block was being made while the member erased their profile, so that the pair must end.</summary>
    private static bool MustEnd(Connection connection, Member member) => connection.HasLeft(member.Id)
        ? member.ErasedAt is not null && connection.IsBlockedBy(member.Id)
        : member.ErasedAt is not null || (connection.WasInvited && member.HasErased(connection.InvitedAt));
}
