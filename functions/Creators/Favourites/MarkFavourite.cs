using Connections.Http;
using Connections.Limits;
using Connections.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Creators.Favourites;

/// <summary>PUT /api/favourites/{creatorId}: marks a listed creator. Marking again changes nothing.</summary>
public sealed class MarkFavourite(HttpApi http, MemberStore members, IRelations relations, FavouriteStore favourites, CapStore caps, FavouriteSettings settings, TimeProvider time)
{
    /// <summary>Answers 204; 404 for everybody who is not a listed creator, or whom a block hides. Two requests at once, then the room for the mark, then the mark.</summary>
    [Function(nameof(MarkFavourite))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "favourites/{creatorId}")] HttpRequest request, string creatorId) =>
        http.Handle(request, async (caller, ct) =>
        {
            if (!MemberId.TryParse(creatorId, out var creator))
            {
                return Problems.NotFound("creator");
            }

            var reading = members.FindAsync(creator, ct);
            var relating = relations.FindAsync(caller.Id, [creator], ct);
            await Task.WhenAll(reading, relating);
            if (await reading is not { Value.Listed: true } || (await relating).GetValueOrDefault(creator)?.State == RelationState.Blocked)
            {
                return Problems.NotFound("creator");
            }

            if (!await caps.AcquireAsync(settings.Marked, caller.Id, inner => favourites.CountAsync(caller.Id, inner), ct))
            {
                return await favourites.IsMarkedAsync(caller.Id, creator, ct) ? Answers.NoContent() : Problems.From(new FavouriteLimit(settings.AtMost));
            }

            if (!await favourites.MarkAsync(new Favourite(creator, caller.Id, time.Now()), ct))
            {
                await caps.ReleaseAsync(settings.Marked, caller.Id, time.Now(), ct);
            }

            return Answers.NoContent();
        });
}

/// <summary>The caller has marked as many creators as allowed. Only unmarking makes room.</summary>
public sealed record FavouriteLimit : Error
{
    /// <summary>By how many that is.</summary>
    public FavouriteLimit(int atMost)
        : base(
            "favourite-limit",
            ErrorKind.TooMany,
            "You have too many favourites",
            $"You can have {atMost} favourites. Take one away, then add this one.") =>
        RetryAfter = Cap.RetryAfter;
}
