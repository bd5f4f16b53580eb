using Connections.Cosmos;
using Connections.Http;

namespace Connections.Creators.Favourites;

/// <summary>
/// GET /api/favourites: the caller's favourites as cards, the most recently marked first; with <c>list</c>, those of one of their lists.
/// </summary>
/// <remarks>
/// A creator whom the caller may no longer see is left out: one who is unlisted, unless the two share an invite or a connection, or whom a
/// block hides. The mark stays, and the creator comes back in the same place once the caller may see them again.
/// </remarks>
public sealed class ListFavourites(HttpApi http, FavouriteStore favourites, ViewerCards cards)
{
    /// <summary>The parameter for the name of a list.</summary>
    public const string ListName = "list";

    /// <summary>Answers 200 with a page. One query, then the members and the viewer state in parallel.</summary>
    [Function(nameof(ListFavourites))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/favourites")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
        {
            var fields = new Fields();
            var list = ReadList(request, fields);
            var question = new ListQuestion<Favourite>(
                "favourites", FavouriteStore.Order, list is null ? [caller.Id.Value] : [caller.Id.Value, list]);
            var page = request.Query.ReadPage(question, fields);
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            return ContentTag.Answer(request, PageQuery.Answer(
                request,
                await question.PageAsync(
                    page,
                    (after, count) => favourites.ReadAsync(caller.Id, list, after, count, ct),
                    marked => cards.FindAsync(caller.Id, [.. marked.Select(one => one.Id)], ct)),
                ListName));
        }, query: PageQuery.OfList(ListName));

    /// <summary>The list that is asked for; null for none. Forms send empty values, so an empty one counts as absent.</summary>
    internal static string? ReadList(HttpRequest request, Fields fields) =>
        request.Query.TryReadOne(ListName, fields, out var text) ? FavouriteRequest.ReadName(fields, ListName, text) : null;
}
