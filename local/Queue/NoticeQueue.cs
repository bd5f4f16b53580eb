using Connections.Notices;
using Connections.Telemetry;

namespace Connections.Local.Queue;

/// <summary>The notice queue of one machine: each notice as JSON text, as in Azure.</summary>
public sealed class NoticeQueue(LocalQueue queue) : INoticeQueue
{
    /// <inheritdoc/>
    public async Task EnqueueAsync(Notice notice, TimeSpan delay, CancellationToken ct)
    {
        using var span = Signals.Outside("queue");
        await queue.SendAsync(INoticeQueue.Name, notice.ToQueueText(), delay, ct);
    }

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken ct) => queue.CheckAsync(ct);

    /// <inheritdoc/>
    public Task<int> CountPoisonedAsync(CancellationToken ct) => queue.CountAsync(INoticeQueue.PoisonName, ct);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PoisonedMessage>> TakePoisonedAsync(CancellationToken ct) =>
    [
        .. (await queue.ReceiveAsync(INoticeQueue.PoisonName, INoticeQueue.MostAtOnce, INoticeQueue.PoisonedHold, ct)).Select(message =>
            new PoisonedMessage(message.Text, message.InsertedAt, message.DequeueCount == 1, cancel => queue.DeleteAsync(message, cancel))),
    ];
}
