using Connections.Cosmos;
using Connections.Http;

namespace Connections.Creators.Dismissed;

/// <summary>GET /api/dismissed: the creators that the caller has put away as cards, the one put away last first.</summary>
/// <remarks>A creator whom the caller may no longer see is left out, as from the favourites.</remarks>
public sealed class ListDismissed(HttpApi http, DismissedStore dismissed, ViewerCards cards)
{
    /// <summary>Answers 200 with a page. One query, then the members and the viewer state in parallel.</summary>
    [Function(nameof(ListDismissed))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/dismissed")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
        {
            var fields = new Fields();
            var question = new ListQuestion<DismissedCreator>("dismissed", DismissedStore.Order, caller.Id.Value);
            var page = request.Query.ReadPage(question, fields);
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            return ContentTag.Answer(request, PageQuery.Answer(request, await question.PageAsync(
                page,
                (after, count) => dismissed.ReadAsync(caller.Id, after, count, ct),
                away => cards.FindAsync(caller.Id, [.. away.Select(one => one.CreatorId)], ct))));
        }, query: PageQuery.OfList());
}
