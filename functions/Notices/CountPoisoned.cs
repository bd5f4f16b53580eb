using Connections.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Notices;

/// <summary>Every minute: measures how many notices lie in the poison queue, so that an alert can tell an operator of the first one.</summary>
public sealed class CountPoisoned(INoticeQueue queue)
{
    /// <summary>Counts them once.</summary>
    [Function(nameof(CountPoisoned))]
    public async Task Run([TimerTrigger("40 * * * * *")] TimerInfo timer, CancellationToken ct)
    {
        using var operation = Operation.Trigger();
        Signals.NoticesPoisoned.Record(await queue.CountPoisonedAsync(ct));
    }
}
