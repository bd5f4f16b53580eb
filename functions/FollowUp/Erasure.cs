using Connections.Chat;
using Connections.Chat.SavedTexts;
using Connections.Creators.Dismissed;
using Connections.Creators.Favourites;
using Connections.Files;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Limits;
using Connections.Members;
using Connections.Safety;

namespace Connections.FollowUp;

/// <summary>
/// Finishes the erasure of a member whose own document is erased: ends and seals their pairs, and erases their files, favourites, reports
/// and counters.
/// </summary>
/// <remarks>
/// Each step can be repeated and finds nothing to do the second time, so the next run finishes one that died half way. A document that was
/// being written meanwhile is handled by its own follow-up: an invite or a block by <see cref="PairProfiles"/>, a message by
/// <see cref="MessageFollowUp"/>, a report by <c>ReportNoticeHandler</c>.
/// </remarks>
public sealed class Erasure(
    ContactStore contacts,
    ConversationSeal seal,
    FavouriteStore favourites,
    DismissedStore dismissed,
    SavedTextStore saved,
    ReportStore reports,
    AllowanceStore allowances,
    FileRecords files,
    IFileStore store,
    InviteSettings invites,
    ILiveDelivery live)
{
    private const int Parallelism = 8;

    /// <summary>Finishes the erasure. Some ten requests a contact, and one for each message, favourite and report.</summary>
    public async Task FinishAsync(Member erased, CancellationToken ct)
    {
        // A socket that was being opened while the profile was erased is open now.
        await live.CloseAsync(erased.Id, [], ct);
        var card = Card.OfOrFormer(erased, erased.Id);
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = ct };
        await Parallel.ForEachAsync(contacts.RowsAsync(erased.Id, ct).Where(IsUnsealed), options, async (row, inner) =>
        {
            // The card first, so that the event of the end shows it.
            await contacts.ShowFormerAsync(row.OtherId, row.Id, card, inner);
            await seal.EndAsync(row.Id, erased.Id, row.Pair.Version, inner);
        });
        await EraseFilesAsync(erased.Id, ct);
        await EraseFavouritesAsync(erased, ct);
        await Parallel.ForEachAsync(
            reports.ByAsync(erased.Id, ct), options, async (report, inner) => await reports.EraseReporterAsync(report, inner));
        await Parallel.ForEachAsync(
            reports.MailedAboutAsync(erased.Id, ct), options, async (report, inner) => await reports.EraseReportedAsync(report, inner));
        await allowances.ForgetKeysAsync(invites.Inviting, erased.Id, ct);
    }

    /// <summary>Erases all files of a member: first their bytes, so that no file is left that no document names.</summary>
    private async Task EraseFilesAsync(MemberId member, CancellationToken ct)
    {
        var folder = FilePath.FolderOf(member);
        await store.DeleteAllAsync(folder, ct);
        await foreach (var file in files.AllAsync(folder, ct))
        {
            await files.DeleteAsync(file.Path, ct);
        }
    }

    /// <summary>
    /// Erases the favourites of an erased profile, the creators it had put away and the texts it had saved, and what was being marked or
    /// saved meanwhile, so that the member's next profile does not have it.
    /// </summary>
    public async Task EraseFavouritesAsync(Member member, CancellationToken ct)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = ct };
        await Parallel.ForEachAsync(
            favourites.AllAsync(member.Id, ct).Where(marked => member.HasErased(marked.MarkedAt)),
            options,
            async (marked, inner) => await favourites.UnmarkAsync(member.Id, marked.Id, inner));
        await Parallel.ForEachAsync(
            dismissed.AllAsync(member.Id, ct).Where(away => member.HasErased(away.DismissedAt)),
            options,
            async (away, inner) => await dismissed.TakeBackAsync(member.Id, away.CreatorId, inner));
        await saved.EraseAsync(member.Id, member.HasErased, ct);
    }

    /// <summary>Whether a row is still to be sealed. A row with a block may be of a block made after the erasure.</summary>
    private static bool IsUnsealed(ContactRow row) =>
        row.Pair is not { Former: true, Blocked: not true } || row.OtherVersion != Card.Unseen(row.OtherId).Version;
}
