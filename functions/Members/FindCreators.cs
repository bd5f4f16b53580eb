using Connections.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Members;

/// <summary>GET /api/creators: the listed creators that match all filters, as cards; the caller too, if listed.</summary>
public sealed class FindCreators(HttpApi http, MemberStore members, TieReader ties)
{
    /// <summary>Answers 200 with a page. One query, then the caller's relations and favourites at once.</summary>
    [Function(nameof(FindCreators))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "creators")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
        {
            var fields = new Fields();
            var filter = CreatorFilter.Read(request.Query, fields);
            var page = PageRequest.Read(request.Query, fields);
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            if (await members.FindCreatorsAsync(filter, page, ct) is not { } found)
            {
                return PageRequest.BrokenContinuation();
            }

            var seen = await ties.FindAsync(caller.Id, found.Items.Select(c => c.Id).ToArray(), ct);
            return Answers.Ok(PageRequest.Answer(request, found.Items.Select(seen.On).ToArray(), found.Continuation));
        });
}
