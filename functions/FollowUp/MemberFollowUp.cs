using Connections.Chat;
using Connections.Cosmos;
using Connections.Invites.Contacts;
using Connections.Members;
using Connections.Telemetry;

namespace Connections.FollowUp;

/// <summary>Pays what a changed member owes: the new card on the contact rows of those whom an invite or a connection ties to them, or the rest of an erasure; then marks it paid.</summary>
/// <remarks>
/// Safe to run again, at the same time and in any order: a row never goes back to an older card. Marking fails if the card has
/// changed since, and then the later change pays for both.
/// <para>
/// One member's changes must not take the database from the others, nor hold up their changes. So rows are written at a bounded rate.
/// The change feed writes no more than <see cref="RowsAtOnce"/> for one member and leaves a longer list whole to the sweep, which nobody
/// waits behind. And a card that went to more than <see cref="FreeRows"/> rows makes the next one wait, <see cref="RowsPerSecond"/> rows a second:
/// changes made meanwhile reach the rows as one. What waits stays owed, so it is never lost.
/// </para>
/// </remarks>
public sealed class MemberFollowUp(MemberStore members, ContactStore contacts, Erasure erasure, LiveEvents live, TimeProvider time)
{
    /// <summary>Rows that are written in a second at most, while a card goes out.</summary>
    public const int RowsWithinSecond = 100;

    /// <summary>Rows that the change feed writes for one member before it leaves them to the sweep.</summary>
    public const int RowsAtOnce = 500;

    /// <summary>Rows that a card may go to without making the next one wait.</summary>
    public const int FreeRows = 100;

    /// <summary>Over time, how many rows beyond these a member's changes write in a second.</summary>
    public const int RowsPerSecond = 10;

    private const int AtOnce = 8;

    /// <summary>How long the change feed goes on with a member who has many contacts, and for how long it then keeps away: the sweep comes within that.</summary>
    private static readonly TimeSpan UntilSwept = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Pays for one member what can be paid soon; does nothing where nothing is owed. Two requests a contact, two or three for the member.</summary>
    /// <param name="id">Which member.</param>
    /// <param name="ct">Cancels the requests.</param>
    /// <param name="cardVersion">The version of the card, at least, that owes it.</param>
    /// <exception cref="StaleReadException">The member was read as they were before that version.</exception>
    public Task RunAsync(MemberId id, CancellationToken ct, long cardVersion = 0) => RunAsync(id, cardVersion, isSweep: false, ct);

    /// <summary>Pays for one member, however long it takes.</summary>
    public Task SweepAsync(MemberId id, CancellationToken ct) => RunAsync(id, cardVersion: 0, isSweep: true, ct);

    private async Task RunAsync(MemberId id, long cardVersion, bool isSweep, CancellationToken ct)
    {
        // What the change feed tells may be old; what is owed is what the document says now.
        var member = (await members.FindAsync(id, ct))?.Value;
        StaleReadException.ThrowIf(member is null || member.CardVersion < cardVersion, "A member");
        if (member!.OwedSince is null)
        {
            return;
        }

        using var span = Signals.Following(member.Trace);
        if (member.ErasedAt is not null)
        {
            await erasure.FinishAsync(member, ct);
            await members.TrySettleAsync(member, cardsNotBefore: null, ct);
        }
        else if (!IsPutOff(member, isSweep))
        {
            if (member.CameBackAt is not null)
            {
                await erasure.EraseFavouritesAsync(member, ct);
            }

            await ShowAsync(member, isSweep, ct);
        }
    }

    // Who changes their profile again and again would otherwise have the change feed begin anew each time, and the sweep never get to the end of the list.
    private bool IsPutOff(Member member, bool isSweep) =>
        member.CardsNotBefore is { } notBefore && (notBefore > time.Now() || (!isSweep && time.Now() - member.OwedSince >= UntilSwept));

    private async Task ShowAsync(Member member, bool isSweep, CancellationToken ct)
    {
        var (card, written) = (Card.Of(member), 0);

        // Only those whom something ties to the member still. Their own row says first that it has ended.
        await foreach (var rows in contacts.RowsAsync(member.Id, ct).Where(row => row.Pair.IsTied && row.Pair.InvitedAt >= member.CreatedAt).Chunk(RowsWithinSecond).WithCancellation(ct))
        {
            if (!isSweep && written >= RowsAtOnce)
            {
                await members.PutCardsOffAsync(member, time.Now() + UntilSwept, ct);
                return;
            }

            if (written > 0)
            {
                await Task.Delay(Second, time, ct);
            }

            await Parallel.ForEachAsync(
                rows, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct }, async (row, inner) => await ShowAsync(row, card, inner));
            written += rows.Length;
        }

        var waits = Second * Math.Max(0, written - FreeRows) / RowsPerSecond;
        await members.TrySettleAsync(member, waits > TimeSpan.Zero ? time.Now() + waits : null, ct);
    }

    private async Task ShowAsync(ContactRow own, Card card, CancellationToken ct)
    {
        if (await contacts.ShowCardWhileTiedAsync(own.OtherId, own.Id, card, ct) is { } row)
        {
            await live.ConnectionChangedAsync(row.MemberId, Contact.Of(row, time.Now()), ct);
        }
    }
}
