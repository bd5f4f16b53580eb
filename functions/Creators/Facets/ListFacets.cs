using Connections.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Creators.Facets;

/// <summary>GET /api/creators/facets: the published lists, with how many listed creators have each value, an hour old at most.</summary>
/// <remarks>The word stands before any creator's id, so no member has it for one: <see cref="MemberId.RouteWords"/>.</remarks>
public sealed class ListFacets(HttpApi http, FacetCounter facets)
{
    /// <summary>Answers 200. One request.</summary>
    [Function(nameof(ListFacets))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "creators/facets")] HttpRequest request) =>
        http.Handle(request, async (_, ct) => Answers.Ok(await facets.ReadAsync(ct)));
}
