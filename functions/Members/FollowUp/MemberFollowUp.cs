using Connections.Chat;
using Connections.Invites;
using Connections.Invites.Contacts;

namespace Connections.Members.FollowUp;

/// <summary>Pays what a changed member owes: the new card on the contact rows of others, or the rest of an erasure; then marks it paid.</summary>
/// <remarks>
/// Safe to run again, at the same time and in any order: a row never goes back to an older card. Marking fails if the card has
/// changed since, and then the later change pays for both.
/// </remarks>
public sealed class MemberFollowUp(MemberStore members, ContactStore contacts, Erasure erasure, LiveEvents live, TimeProvider time)
{
    private const int AtOnce = 8;

    /// <summary>Pays for one member; does nothing where nothing is owed. Two requests a contact, two or three for the member.</summary>
    public async Task RunAsync(MemberId id, CancellationToken ct)
    {
        // What the change feed tells may be old; what is owed is what the document says now.
        if (await members.FindAsync(id, ct) is not { Value: { OwedSince: not null } member })
        {
            return;
        }

        if (member.ErasedAt is not null)
        {
            await erasure.FinishAsync(member, ct);
        }
        else
        {
            var card = Card.Of(member);
            await Parallel.ForEachAsync(
                contacts.RowsAsync(id, ct).Where(row => row.Pair.InvitedAt >= member.CreatedAt),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
                async (row, inner) => await ShowAsync(row, card, inner));
        }

        await members.TrySettleAsync(member, ct);
    }

    private async Task ShowAsync(ContactRow own, Card card, CancellationToken ct)
    {
        if (await contacts.ShowCardAsync(own.OtherId, own.Id, card, ct) is { Pair: { Blocked: not true, State: ConnectionState.Pending or ConnectionState.Connected } } row)
        {
            await live.ConnectionChangedAsync(row.MemberId, Contact.Of(row, time.Now()), ct);
        }
    }
}
