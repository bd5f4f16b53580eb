using Connections.Http;
using Connections.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Favourites;

/// <summary>PUT /api/favourites/{creatorId}: marks a listed creator. Marking again changes nothing.</summary>
public sealed class MarkFavourite(HttpApi http, MemberStore members, FavouriteStore favourites, TimeProvider time)
{
    /// <summary>Answers 204; 404 for everybody who is not a listed creator.</summary>
    [Function(nameof(MarkFavourite))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "favourites/{creatorId}")] HttpRequest request, string creatorId) =>
        http.Handle(request, async (caller, ct) =>
        {
            if (!MemberId.TryParse(creatorId, out var creator) || await members.FindAsync(creator, ct) is not { Value.Listed: true })
            {
                return Problems.NotFound("creator");
            }

            await favourites.MarkAsync(new Favourite(creator, caller.Id, time.Now()), ct);
            return Answers.NoContent();
        });
}
