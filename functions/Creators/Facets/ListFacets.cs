using Connections.Http;

namespace Connections.Creators.Facets;

/// <summary>
/// GET /api/creators/facets: the filter values with the number of listed creators for each, at most an hour old; with the filters of a
/// search, the number of creators that it finds, and that it would find with each value.
/// </summary>
/// <remarks>Its route takes the place of a creator's id, so <see cref="MemberId.RouteWords"/> keeps members from having this one.</remarks>
public sealed class ListFacets(
    HttpApi http, FacetCounter facets, FilteredFacetCounter filtered, CallLimits limits, FacetSettings settings, TimeProvider time)
{
    /// <summary>Answers 200. One request without a filter; four or five with filters, which have a limit of their own.</summary>
    [Function(nameof(ListFacets))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/creators/facets")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
        {
            var fields = new Fields();
            var filter = CreatorFilter.Read(request.Query, fields);
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            if (filter is { HasOnlyLists: true, Lists: [] })
            {
                var counts = await facets.ReadAsync(ct);
                // A copy in the caller's cache is never older than the counts may be here.
                var left = counts.CountedAt + settings.MaxAge - time.Now();
                return ContentTag.Answer(request, counts, $"private, max-age={Math.Max(0, (int)left.TotalSeconds)}");
            }

            return limits.Refuse(caller.Id, CallKind.Count) is { } tooMany
                ? Problems.From(tooMany)
                : ContentTag.Answer(request, await filtered.CountAsync(caller.Id, filter, ct), ContentTag.Revalidated);
        }, query: CreatorFilter.Parameters);
}
