using Connections.Telemetry;

namespace Connections.Notices;

/// <summary>Every minute: records the number of notices in the poison queue. An alert fires when it is above zero.</summary>
public sealed class CountPoisoned(INoticeQueue queue)
{
    /// <summary>Records the number once.</summary>
    [Function(nameof(CountPoisoned))]
    public async Task Run([TimerTrigger("40 * * * * *")] TimerInfo timer, CancellationToken ct)
    {
        using var operation = Operation.Trigger();
        Signals.NoticesPoisoned.Record(await queue.CountPoisonedAsync(ct));
    }
}
