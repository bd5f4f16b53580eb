using Connections.Http;

namespace Connections.Creators.Facets;

/// <summary>GET /api/creators/facets: the filter values with the number of listed creators for each, at most an hour old.</summary>
/// <remarks>Its route takes the place of a creator's id, so <see cref="MemberId.RouteWords"/> keeps members from having this one.</remarks>
public sealed class ListFacets(HttpApi http, FacetCounter facets)
{
    /// <summary>Answers 200. One request.</summary>
    [Function(nameof(ListFacets))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "creators/facets")] HttpRequest request) =>
        http.Handle(request, async (_, ct) => Answers.Ok(await facets.ReadAsync(ct)));
}
