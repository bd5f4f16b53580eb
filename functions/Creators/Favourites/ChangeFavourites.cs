using Connections.Http;
using Connections.Limits;

namespace Connections.Creators.Favourites;

/// <summary>PUT and DELETE /api/favourites/{creatorId}: marks a listed creator, or removes the mark. Both are idempotent.</summary>
public sealed class ChangeFavourites(
    HttpApi http, ViewerCards creators, FavouriteStore favourites, CapStore caps, FavouriteSettings settings, TimeProvider time)
{
    /// <summary>
    /// Marks. Answers 204; 404 if there is no such listed creator or a block hides them. Two requests in parallel, then one for the cap and
    /// one for the mark.
    /// </summary>
    [Function("MarkFavourite")]
    public Task Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/favourites/{creatorId}")] HttpRequest request, string creatorId) =>
        http.Handle(request, async (caller, ct) =>
        {
            if (!MemberId.TryParse(creatorId, out var creator) || !await creators.IsListedAsync(caller.Id, creator, ct))
            {
                return Problems.NotFound("creator");
            }

            if (!await caps.AcquireAsync(settings.Marked, caller.Id, inner => favourites.CountAsync(caller.Id, inner), ct))
            {
                return await favourites.IsMarkedAsync(caller.Id, creator, ct)
                    ? Answers.NoContent()
                    : Problems.From(new FavouriteLimit(settings.AtMost));
            }

            if (!await favourites.MarkAsync(new Favourite(creator, caller.Id, time.Now()), ct))
            {
                await caps.ReleaseAsync(settings.Marked, caller.Id, time.Now(), ct);
            }

            return Answers.NoContent();
        }, media: null);

    /// <summary>Removes the mark. Answers 204, also if there was none.</summary>
    [Function("UnmarkFavourite")]
    public Task Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/favourites/{creatorId}")] HttpRequest request,
        string creatorId) =>
        http.Handle(request, async (caller, ct) =>
        {
            var began = time.Now();
            if (MemberId.TryParse(creatorId, out var creator) && await favourites.UnmarkAsync(caller.Id, creator, ct))
            {
                await caps.ReleaseAsync(settings.Marked, caller.Id, began, ct);
            }

            return Answers.NoContent();
        }, media: null);
}

/// <summary>The caller has as many favourites as a member may have. Only removing one makes room.</summary>
public sealed record FavouriteLimit : Error
{
    /// <summary>The limit on favourites is <paramref name="atMost"/>.</summary>
    public FavouriteLimit(int atMost)
        : base(
            "favourite-limit",
            ErrorKind.TooMany,
            "You have too many favourites",
            $"You can have {atMost} favourites. Take one away, then add this one.") =>
        RetryAfter = Cap.RetryAfter;
}
