using Connections.Chat;
using Connections.Cosmos;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members;

namespace Connections.FollowUp;

/// <summary>Brings a pair's rows up to both profiles, and ends what ties one of the two to somebody who has gone.</summary>
/// <remarks>
/// A profile that changes finds the rows that are there. One that changed while a row was being made, between the reading of its card
/// and the writing of the row, is found here: this looks after both rows are written, so whatever changes later finds them.
/// </remarks>
public sealed class PairProfiles(ContactStore contacts, MemberStore members, ConversationSeal seal, LiveEvents live, TimeProvider time)
{
    /// <summary>Looks at both profiles. One request for each, at once, when the rows show them as they are.</summary>
    public async Task FollowAsync(Connection connection, IReadOnlyList<ContactRow> rows, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(rows);
        var both = await members.FindManyAsync([connection.Inviter, connection.Invitee], ct);
        // Both had a profile when the one invited the other, and a profile's document stays for ever.
        StaleReadException.ThrowIf(connection.WasInvited && both.Count < 2, "A member");
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
            // A member who came back after erasing their profile stays a former member to those they knew before.
            else if (row.Pair.IsTied && connection.InvitedAt >= other.CreatedAt)
            {
                // The event of the invite showed the former one.
                if (await contacts.ShowCardWhileTiedAsync(row.MemberId, row.Id, Card.Of(other), ct) is { } shown)
                {
                    await live.ConnectionChangedAsync(shown.MemberId, Contact.Of(shown, time.Now()), ct);
                }
            }
        }

        foreach (var gone in both.Values.Where(member => IsEndOwed(connection, member)))
        {
            await seal.EndAsync(connection.Id, gone.Id, connection.Version, ct);
        }
    }

    /// <summary>Whether this is an invite or a block that was being made while the member erased their profile.</summary>
    private static bool IsEndOwed(Connection connection, Member member) => connection.HasLeft(member.Id)
        ? member.ErasedAt is not null && connection.IsBlockedBy(member.Id)
        : member.ErasedAt is not null || (connection.WasInvited && member.HasErased(connection.InvitedAt));
}
