using Connections.Telemetry;

namespace Connections.Creators.Facets;

/// <summary>Every five minutes, counts again if the counts have reached half of their maximum age.</summary>
public sealed class CountFacets(FacetCounter facets)
{
    [Function(nameof(CountFacets))]
    public async Task Run([TimerTrigger("30 */5 * * * *")] TimerInfo timer, CancellationToken ct)
    {
        using var operation = Operation.Trigger();
        await facets.RefreshAsync(ct);
    }
}
