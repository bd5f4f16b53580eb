using Connections.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Creators.Facets;

/// <summary>Every five minutes: counts again if the counts are half as old as they may be.</summary>
public sealed class CountFacets(FacetCounter facets)
{
    /// <summary>Counts, if it is time.</summary>
    [Function(nameof(CountFacets))]
    public async Task Run([TimerTrigger("30 */5 * * * *")] TimerInfo timer, CancellationToken ct)
    {
        using var operation = Operation.Trigger();
        await facets.RefreshAsync(ct);
    }
}
