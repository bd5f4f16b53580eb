using Connections.Cosmos;
using Connections.Http;
using Connections.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Creators.Favourites;

/// <summary>GET /api/favourites: the caller's favourites as cards, the most recently marked first.</summary>
/// <remarks>
/// A creator who is no longer listed is left out, as their profile is no longer the caller's to see, unless the two have an
/// invite or a connection; so is one whom a block hides. The mark stays: who can be seen again is back, at the same place.
/// </remarks>
public sealed class ListFavourites(HttpApi http, FavouriteStore favourites, MemberStore members, TieReader ties)
{
    /// <summary>Answers 200 with a page. One query, then the members and the caller's relations to them at once.</summary>
    [Function(nameof(ListFavourites))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "favourites")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
        {
            var fields = new Fields();
            var question = new ListQuestion<Favourite>("favourites", FavouriteStore.Order, caller.Id.Value);
            var page = request.Query.ReadPage(question, fields);
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            return Answers.Ok(PageQuery.Answer(request, await question.PageAsync(
                page, (after, count) => favourites.ReadAsync(caller.Id, after, count, ct), marked => CardsAsync(caller.Id, marked, ct))));
        });

    private async Task<IReadOnlyList<Card?>> CardsAsync(MemberId caller, IReadOnlyList<Favourite> marked, CancellationToken ct)
    {
        if (marked.Count == 0)
        {
            return [];
        }

        var ids = marked.Select(f => f.Id).ToArray();
        var reading = members.FindManyAsync(ids, ct);
        var tying = ties.FindAsync(caller, ids, ct);
        await Task.WhenAll(reading, tying);
        var (found, seen) = (await reading, await tying);
        return
        [
            .. from id in ids
               select found.TryGetValue(id, out var member) && seen.MaySee(caller, member) ? seen.On(Card.Of(member)) with { Favourite = true } : null,
        ];
    }
}
