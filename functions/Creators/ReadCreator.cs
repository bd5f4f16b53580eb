using Connections.Creators.Favourites;
using Connections.Http;
using Connections.Members;

namespace Connections.Creators;

/// <summary>GET /api/creators/{id}: a creator's card and profile in one object.</summary>
/// <remarks>
/// It also answers the caller's own profile, and that of any member who shares an invite or a connection with the caller. Any other id gets
/// 404, whether the member exists or not.
/// </remarks>
public sealed class ReadCreator(HttpApi http, MemberStore members, ViewerStateReader viewer)
{
    /// <summary>Answers 200 or 404. Three requests in parallel.</summary>
    [Function(nameof(ReadCreator))]
    public Task Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/creators/{id}")] HttpRequest request, string id) =>
        http.Handle(request, async (caller, ct) =>
        {
            if (!MemberId.TryParse(id, out var creator))
            {
                return Problems.NotFound("creator");
            }

            var reading = members.FindAsync(creator, ct);
            var viewing = viewer.FindAsync(caller.Id, [creator], ct);
            await Task.WhenAll(reading, viewing);
            var seen = await viewing;
            return await reading is { Value: var member } && seen.MaySee(caller.Id, member)
                ? ContentTag.Answer(
                    request,
                    Profile.Of(member) with
                    {
                        Followers = member.Followers,
                        Engagement = member.Engagement,
                        Favourite = seen.Favourites.ContainsKey(creator),
                        Mark = seen.Favourites.GetValueOrDefault(creator),
                        Dismissed = seen.IsDismissed(creator),
                        Relation = seen.RelationTo(creator),
                    },
                    ContentTag.Revalidated)
                : Problems.NotFound("creator");
        });
}
