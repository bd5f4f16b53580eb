using Connections.Http;
using Connections.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Favourites;

/// <summary>GET /api/favourites: the caller's favourites as cards, the most recently marked first.</summary>
/// <remarks>
/// A creator who is no longer listed is left out, as their profile is no longer the caller's to see, unless the two have an
/// invite or a connection; so is one whom a block hides. The mark stays: who can be seen again is back, at the same place.
/// </remarks>
public sealed class ListFavourites(HttpApi http, FavouriteStore favourites, MemberStore members, TieReader ties)
{
    /// <summary>
    /// How often more is read to make up for those left out. After that a page may be short, and goes on by its link: the cost
    /// of a call stays bounded.
    /// </summary>
    private const int MaxReads = 4;

    /// <summary>Answers 200 with a page. One query, then the members and the caller's relations to them at once.</summary>
    [Function(nameof(ListFavourites))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "favourites")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
        {
            var fields = new Fields();
            var page = PageRequest.Read(request.Query, fields);
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            var cards = new List<Card>();
            var continuation = page.Continuation;
            for (var reads = 0; reads < MaxReads && cards.Count < page.Limit && (reads == 0 || continuation is not null); reads++)
            {
                if (await favourites.PageAsync(caller.Id, new PageRequest(page.Limit - cards.Count, continuation), ct) is not { } marked)
                {
                    return PageRequest.BrokenContinuation();
                }

                cards.AddRange(await CardsAsync(caller.Id, marked.Items, ct));
                continuation = marked.Continuation;
            }

            return Answers.Ok(PageRequest.Answer(request, cards, continuation));
        });

    private async Task<IEnumerable<Card>> CardsAsync(MemberId caller, IReadOnlyList<Favourite> marked, CancellationToken ct)
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
        return from id in ids
               where found.TryGetValue(id, out var member) && seen.MaySee(caller, member)
               select seen.On(Card.Of(found[id])) with { Favourite = true };
    }
}
