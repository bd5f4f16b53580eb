using Connections.Favourites;
using Connections.Invites;
using Connections.Invites.Contacts;

namespace Connections.Members.FollowUp;

/// <summary>Does what is left of erasing a member after their document: ends what ties others to them, and erases what they marked.</summary>
/// <remarks>
/// Each step can be repeated and finds nothing to do the second time, so a run that died half way is finished by the next.
/// Messages stay, shown as from a former member. An invite or a block that was being made meanwhile is ended by its own follow-up.
/// </remarks>
public sealed class Erasure(ConnectionStore connections, ContactStore contacts, FavouriteStore favourites, InviteSettings settings, TimeProvider time)
{
    private const int AtOnce = 8;

    /// <summary>Does all of it. Four requests a contact that is to be ended, three for any other, one for each favourite.</summary>
    public async Task FinishAsync(Member erased, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(erased);
        var card = Card.OfOrFormer(erased, erased.Id);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct };
        await Parallel.ForEachAsync(contacts.RowsAsync(erased.Id, ct), options, async (row, inner) =>
        {
            // First the card, so that the event of the ending shows it.
            await contacts.ShowCardAsync(row.OtherId, row.Id, card, inner);
            await connections.ChangeAsync(row.Id, current => Leaving.Of(current, erased.Id, time.Now(), settings), inner);
        });
        await Parallel.ForEachAsync(
            favourites.AllAsync(erased.Id, ct), options, async (marked, inner) => await favourites.UnmarkAsync(erased.Id, marked.Id, inner));
    }
}
