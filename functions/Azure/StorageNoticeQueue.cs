using System.Text.Json;
using Azure.Storage.Queues;
using Connections.Email;

namespace Connections.Azure;

/// <summary>The notice queue as a Storage queue. host.json's <c>messageEncoding: none</c> reads what this writes.</summary>
public sealed class StorageNoticeQueue(QueueClient client) : INoticeQueue
{
    /// <inheritdoc/>
    public Task EnqueueAsync(Notice notice, TimeSpan delay, CancellationToken ct) =>
        client.SendMessageAsync(JsonSerializer.Serialize(notice, Json.Options), visibilityTimeout: delay, timeToLive: Forever, cancellationToken: ct);

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken ct) => client.GetPropertiesAsync(ct);

    // The default is seven days, after which an email would be lost.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);
}
