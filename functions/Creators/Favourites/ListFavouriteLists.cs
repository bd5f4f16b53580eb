using Connections.Http;

namespace Connections.Creators.Favourites;

/// <summary>GET /api/favourite-lists: the caller's lists of favourites.</summary>
public sealed class ListFavouriteLists(HttpApi http, FavouriteStore favourites)
{
    /// <summary>Answers 200 with all lists, by name. One request.</summary>
    [Function(nameof(ListFavouriteLists))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/favourite-lists")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
            ContentTag.Answer(request, new Page<FavouriteList>(await favourites.ListsAsync(caller.Id, ct), null)));
}
