using Connections.Http;
using Connections.Limits;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Creators.Favourites;

/// <summary>DELETE /api/favourites/{creatorId}: takes the caller's mark away.</summary>
public sealed class UnmarkFavourite(HttpApi http, FavouriteStore favourites, CapStore caps, FavouriteSettings settings, TimeProvider time)
{
    /// <summary>Answers 204, also when nothing was marked.</summary>
    [Function(nameof(UnmarkFavourite))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "favourites/{creatorId}")] HttpRequest request, string creatorId) =>
        http.Handle(request, async (caller, ct) =>
        {
            var began = time.Now();
            if (MemberId.TryParse(creatorId, out var creator) && await favourites.UnmarkAsync(caller.Id, creator, ct))
            {
                await caps.ReleaseAsync(settings.Marked, caller.Id, began, ct);
            }

            return Answers.NoContent();
        });
}
