using Connections.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Members;

/// <summary>GET /api/creators: the listed creators that match all filters, as cards; the caller too, if listed.</summary>
/// <remarks>Creators who block the caller or whom the caller blocks are left out, as if there were none.</remarks>
public sealed class FindCreators(HttpApi http, MemberStore members, TieReader ties)
{
    /// <summary>
    /// How often more is read to make up for those left out. After that a page may be short, and goes on by its link: the cost
    /// of a call stays bounded.
    /// </summary>
    private const int MaxReads = 4;

    /// <summary>Answers 200 with a page. One query, then the caller's relations and favourites at once; again only for a page that blocks made short.</summary>
    [Function(nameof(FindCreators))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "creators")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
        {
            var fields = new Fields();
            var filter = CreatorFilter.Read(request.Query, fields);
            var page = PageRequest.Read(request.Query, fields);
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            var cards = new List<Card>();
            var continuation = page.Continuation;
            for (var reads = 0; reads < MaxReads && cards.Count < page.Limit && (reads == 0 || continuation is not null); reads++)
            {
                if (await members.FindCreatorsAsync(filter, new PageRequest(page.Limit - cards.Count, continuation), ct) is not { } found)
                {
                    return PageRequest.BrokenContinuation();
                }

                var seen = await ties.FindAsync(caller.Id, found.Items.Select(c => c.Id).ToArray(), ct);
                cards.AddRange(found.Items.Where(card => seen.MayFind(card.Id)).Select(seen.On));
                continuation = found.Continuation;
            }

            return Answers.Ok(PageRequest.Answer(request, cards, continuation));
        });
}
