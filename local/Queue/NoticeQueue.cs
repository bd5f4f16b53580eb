using System.Text.Json;
using Connections.Email;

namespace Connections.Local.Queue;

/// <summary>The notice queue of one machine: each notice as JSON text, as in Azure.</summary>
public sealed class NoticeQueue(LocalQueue queue) : INoticeQueue
{
    /// <inheritdoc/>
    public Task EnqueueAsync(Notice notice, TimeSpan delay, CancellationToken ct) =>
        queue.SendAsync(INoticeQueue.Name, JsonSerializer.Serialize(notice, Json.Options), delay, ct);

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken ct) => queue.CountAsync(INoticeQueue.Name, ct);
}
