using Connections.Telemetry;

namespace Connections.Notices;

/// <summary>
/// Every minute: records the numbers of notices and of delivery reports in their poison queues. Alerts fire when they are above zero.
/// </summary>
public sealed class CountPoisoned(INoticeQueue queue)
{
    /// <summary>Records both numbers once.</summary>
    [Function(nameof(CountPoisoned))]
    public async Task Run([TimerTrigger("40 * * * * *")] TimerInfo timer, CancellationToken ct)
    {
        using var operation = Operation.Trigger();
        Signals.NoticesPoisoned.Record(await queue.CountPoisonedAsync(ct));
        Signals.DeliveriesPoisoned.Record(await queue.CountPoisonedReportsAsync(ct));
    }
}
