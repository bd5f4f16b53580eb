using Connections.Chat;
using Connections.Cosmos;
using Connections.Files;
using Connections.Invites.Contacts;
using Connections.Members;
using Connections.Notices;
using Connections.Telemetry;

namespace Connections.FollowUp;

/// <summary>
/// Dispatches a changed member: writes the new card to the contact rows of members tied to them by an invite or a connection, or does the
/// rest of an erasure; then marks the change dispatched. Before that, it queues the emails about the member's address and removes the
/// pictures that the profile had before.
/// </summary>
/// <remarks>
/// Dispatching can be repeated, at the same time and in any order: a row never goes back to an older card. If the card has changed since,
/// the member is not marked, and the later change is dispatched for both.
/// <para>
/// One member's changes must neither use up the database nor hold up the changes of others. So rows are written at a bounded rate. The
/// change feed writes at most <see cref="RowsAtOnce"/> rows for one member and leaves a longer list to the sweep, which holds up nobody. A
/// card that went to more than <see cref="FreeRows"/> rows delays the next one by a second for every <see cref="RowsPerSecond"/> rows;
/// changes made meanwhile reach the rows as one. A delayed change stays undispatched, so it is never lost.
/// </para>
/// </remarks>
public sealed class MemberFollowUp(
    MemberStore members,
    ContactStore contacts,
    Erasure erasure,
    Avatars avatars,
    LiveEvents live,
    INoticeQueue queue,
    TimeProvider time)
{
    /// <summary>The most rows written in a second while a card goes out.</summary>
    public const int RowsWithinSecond = 100;

    /// <summary>The rows that the change feed writes for one member before it leaves the rest to the sweep.</summary>
    public const int RowsAtOnce = 500;

    /// <summary>The rows that a card may go to without delaying the next card.</summary>
    public const int FreeRows = 100;

    /// <summary>The rows beyond <see cref="FreeRows"/> that a member's changes write in a second, on average.</summary>
    public const int RowsPerSecond = 10;

    private const int Parallelism = 8;

    /// <summary>
    /// How long the change feed tries with a member who has many contacts, and then leaves them to the sweep, which comes within this time.
    /// </summary>
    private static readonly TimeSpan UntilSwept = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Dispatches one member as far as that is quick; does nothing if they are dispatched already. One request a contact, two
    /// where what the member hides has changed, and two or three for the member.
    /// </summary>
    /// <param name="cardVersion">The least version of the card that the member must be read with.</param>
    /// <param name="emailChanges">The least number of changes of address that the member must be read with.</param>
    /// <exception cref="StaleReadException">The member was read as they were before that.</exception>
    public Task RunAsync(MemberId id, CancellationToken ct, long cardVersion = 0, int emailChanges = 0) =>
        RunAsync(id, cardVersion, emailChanges, isSweep: false, ct);

    /// <summary>Dispatches one member, however long it takes.</summary>
    public Task SweepAsync(MemberId id, CancellationToken ct) => RunAsync(id, cardVersion: 0, emailChanges: 0, isSweep: true, ct);

    private async Task RunAsync(MemberId id, long cardVersion, int emailChanges, bool isSweep, CancellationToken ct)
    {
        // The change feed's version may be old; the document says what is undispatched now.
        var member = (await members.FindAsync(id, ct))?.Value;
        StaleReadException.ThrowIf(
            member is null || member.CardVersion < cardVersion || member.EmailChanges < emailChanges, "A member");
        using var span = Signals.Following(member!.Trace);
        if (member.EmailOwedSince is not null)
        {
            foreach (var notice in member.EmailNotices())
            {
                await queue.EnqueueAsync(notice, TimeSpan.Zero, ct);
            }

            await members.MarkEmailDispatchedAsync(member, ct);
        }

        if (member.FormerAvatars is { } former)
        {
            var folder = FilePath.FolderOf(member.Id);
            foreach (var avatar in former)
            {
                await avatars.RemoveAsync(new FilePath(folder, avatar), ct);
            }

            await members.ForgetAvatarsAsync(member.Id, former, ct);
        }

        if (member.OwedSince is null)
        {
            return;
        }

        if (member.ErasedAt is not null)
        {
            await erasure.FinishAsync(member, ct);
            await members.MarkDispatchedAsync(member, cardsNotBefore: null, ct);
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

    // If a member changes their profile again and again, the change feed must not begin anew each time, and the sweep must get to the end
    // of the list.
    private bool IsPutOff(Member member, bool isSweep) =>
        member.CardsNotBefore is { } notBefore && (notBefore > time.Now() || (!isSweep && time.Now() - member.OwedSince >= UntilSwept));

    private async Task ShowAsync(Member member, bool isSweep, CancellationToken ct)
    {
        var (card, written) = (Card.Of(member), 0);

        // Only members who are still tied to this one. The member's own row is the first to say when a tie has ended.
        var tied = contacts.RowsAsync(member.Id, ct).Where(row => row.Pair.IsTied && row.Pair.InvitedAt >= member.CreatedAt);
        await foreach (var rows in tied.Chunk(RowsWithinSecond).WithCancellation(ct))
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
                rows,
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = ct },
                async (row, inner) => await ShowAsync(row, member, card, inner));
            written += rows.Length;
        }

        var waits = Second * Math.Max(0, written - FreeRows) / RowsPerSecond;
        await members.MarkDispatchedAsync(member, waits > TimeSpan.Zero ? time.Now() + waits : null, ct);
    }

    private async Task ShowAsync(ContactRow own, Member member, Card card, CancellationToken ct)
    {
        // The member's own first: from then on their calls tell the other side nothing that they hide.
        if (await contacts.KeepPrivacyAsync(own, member, ct) is { } kept)
        {
            await live.ConnectionChangedAsync(kept.MemberId, Contact.Of(kept, time.Now()), ct);
        }

        if (await contacts.ShowCardWhileTiedAsync(own.OtherId, own.Id, card, ct) is { } row)
        {
            await live.ConnectionChangedAsync(row.MemberId, Contact.Of(row, time.Now()), ct);
        }
    }
}
