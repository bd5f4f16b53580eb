using Microsoft.Azure.Functions.Worker;

namespace Connections.Members.Facets;

/// <summary>Every five minutes: counts again if the counts are half as old as they may be.</summary>
public sealed class CountFacets(FacetCounter facets)
{
    /// <summary>Counts, if it is time.</summary>
    [Function(nameof(CountFacets))]
    public Task Run([TimerTrigger("30 */5 * * * *")] TimerInfo timer, CancellationToken ct) => facets.RefreshAsync(ct);
}
