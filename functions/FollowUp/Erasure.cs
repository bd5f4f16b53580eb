using Connections.Chat;
using Connections.Creators.Favourites;
using Connections.FollowUp;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members;
using Connections.Safety;

namespace Connections.FollowUp;

/// <summary>Does what is left of erasing a member after their document: ends and seals what ties others to them, and erases what is theirs.</summary>
/// <remarks>
/// Each step can be repeated and finds nothing to do the second time, so a run that died half way is finished by the next. What was being made
/// meanwhile is ended by its own follow-up: an invite or a block by <see cref="PairProfiles"/>, a message by
/// <see cref="MessageFollowUp"/>, a report by <c>ReportNoticeHandler</c>.
/// </remarks>
public sealed class Erasure(
    ContactStore contacts, ConversationSeal seal, FavouriteStore favourites, ReportStore reports, InviteAllowance allowance, ILiveDelivery live)
{
    private const int AtOnce = 8;

    /// <summary>Does all of it. Some ten requests a contact and one for each message with them, one for each favourite and each report.</summary>
    public async Task FinishAsync(Member erased, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(erased);
        // A socket that was opening while the profile was erased is open now.
        await live.CloseAsync(erased.Id, [], ct);
        var card = Card.OfOrFormer(erased, erased.Id);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct };
        await Parallel.ForEachAsync(contacts.RowsAsync(erased.Id, ct).Where(IsOwed), options, async (row, inner) =>
        {
            // First the card, so that the event of the ending shows it.
            await contacts.ShowFormerAsync(row.OtherId, row.Id, card, inner);
            await seal.EndAsync(row.Id, erased.Id, row.Pair.Version, inner);
        });
        await EraseFavouritesAsync(erased, ct);
        await Parallel.ForEachAsync(reports.ByAsync(erased.Id, ct), options, async (report, inner) => await reports.EraseReporterAsync(report, inner));
        await Parallel.ForEachAsync(reports.MailedAboutAsync(erased.Id, ct), options, async (report, inner) => await reports.EraseReportedAsync(report, inner));
        await allowance.ForgetPairsAsync(erased.Id, ct);
    }

    /// <summary>Erases what an erased profile marked, also a mark that was being made meanwhile, which the member's next profile would find.</summary>
    public Task EraseFavouritesAsync(Member member, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(member);
        return Parallel.ForEachAsync(
            favourites.AllAsync(member.Id, ct).Where(marked => member.HasErased(marked.MarkedAt)),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (marked, inner) => await favourites.UnmarkAsync(member.Id, marked.Id, inner));
    }

    /// <summary>Whether a row of theirs was not sealed before; with a block, it may be one that they made since.</summary>
    private static bool IsOwed(ContactRow row) => row.Pair is not { Former: true, Blocked: not true } || row.OtherVersion != Card.Unseen(row.OtherId).Version;
}
