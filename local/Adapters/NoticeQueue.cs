using Connections.Emulators.Queues;
using Connections.Notices;
using Connections.Telemetry;

namespace Connections.Local.Adapters;

/// <summary>The notice queue in the queue emulator of this process: each notice as JSON text, as in Azure.</summary>
internal sealed class NoticeQueue(LocalQueue queue) : INoticeQueue
{
    public async Task EnqueueAsync(Notice notice, TimeSpan delay, CancellationToken ct)
    {
        using var span = Signals.Outside("queue");
        await queue.SendAsync(INoticeQueue.Name, notice.ToQueueText(), delay, ct);
    }

    public Task CheckAsync(CancellationToken ct) => queue.CheckAsync(ct);

    public Task<int> CountPoisonedAsync(CancellationToken ct) => queue.CountAsync(INoticeQueue.PoisonName, ct);

    public Task<int> CountPoisonedReportsAsync(CancellationToken ct) => queue.CountAsync(DeliveryReport.PoisonName, ct);

    public async Task<IReadOnlyList<PoisonedMessage>> TakePoisonedAsync(CancellationToken ct) =>
    [
        .. (await queue.ReceiveAsync(INoticeQueue.PoisonName, INoticeQueue.MaxAtOnce, INoticeQueue.PoisonedHold, ct)).Select(message =>
            new PoisonedMessage(message.Text, message.InsertedAt, message.DequeueCount == 1, cancel => queue.DeleteAsync(message, cancel))),
    ];
}
