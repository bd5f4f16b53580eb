using Connections.Creators.Favourites;
using Connections.Http;
using Connections.Limits;

namespace Connections.Creators.Dismissed;

/// <summary>
/// PUT and DELETE /api/dismissed/{creatorId}: puts a listed creator away from the caller's searches, or takes them back. Both are
/// idempotent.
/// </summary>
public sealed class ChangeDismissed(
    HttpApi http, ViewerCards creators, DismissedStore dismissed, CapStore caps, FavouriteSettings settings, TimeProvider time)
{
    /// <summary>
    /// Puts away. Answers 204; 404 if there is no such listed creator or a block hides them. Two requests in parallel, then one for the cap
    /// and one for the document.
    /// </summary>
    [Function("DismissCreator")]
    public Task Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/dismissed/{creatorId}")] HttpRequest request, string creatorId) =>
        http.Handle(request, async (caller, ct) =>
        {
            if (!MemberId.TryParse(creatorId, out var creator) || !await creators.IsListedAsync(caller.Id, creator, ct))
            {
                return Problems.NotFound("creator");
            }

            var written = await caps.WriteAsync(
                settings.Dismissed,
                caller.Id,
                inner => dismissed.CountAsync(caller.Id, inner),
                inner => dismissed.PutAwayAsync(DismissedCreator.Of(caller.Id, creator, time.Now()), inner),
                inner => dismissed.IsAwayAsync(caller.Id, creator, inner),
                ct);
            return written is CappedWrite.NoRoom
                ? Problems.From(new DismissedLimit(settings.DismissedAtMost))
                : Answers.NoContent();
        }, media: null);

    /// <summary>Takes back. Answers 204, also if the creator was not away.</summary>
    [Function("TakeCreatorBack")]
    public Task Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/dismissed/{creatorId}")] HttpRequest request,
        string creatorId) =>
        http.Handle(request, async (caller, ct) =>
        {
            if (MemberId.TryParse(creatorId, out var creator))
            {
                await caps.DeleteAsync(
                    settings.Dismissed, caller.Id, inner => dismissed.TakeBackAsync(caller.Id, creator, inner), ct);
            }

            return Answers.NoContent();
        }, media: null);
}
