using Connections.Creators.Favourites;
using Connections.Http;
using Connections.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Creators;

/// <summary>GET /api/creators/{id}: one creator's card and profile, in one object.</summary>
/// <remarks>
/// Also the caller's own, and that of any member whom an invite or a connection ties to the caller. Everybody else is not
/// found, whether there is such a member or not.
/// </remarks>
public sealed class ReadCreator(HttpApi http, MemberStore members, TieReader ties)
{
    /// <summary>Answers 200 or 404. Three requests at once.</summary>
    [Function(nameof(ReadCreator))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "creators/{id}")] HttpRequest request, string id) =>
        http.Handle(request, async (caller, ct) =>
        {
            if (!MemberId.TryParse(id, out var creator))
            {
                return Problems.NotFound("creator");
            }

            var reading = members.FindAsync(creator, ct);
            var tying = ties.FindAsync(caller.Id, [creator], ct);
            await Task.WhenAll(reading, tying);
            var seen = await tying;
            return await reading is { Value: var member } && seen.MaySee(caller.Id, member)
                ? Answers.Ok(Profile.Of(member) with
                {
                    Followers = member.Followers,
                    Engagement = member.Engagement,
                    Favourite = seen.Favourites.Contains(creator),
                    Relation = seen.RelationTo(creator),
                })
                : Problems.NotFound("creator");
        });
}
