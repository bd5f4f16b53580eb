using System.Text.Json;
using Azure.Storage.Queues;
using Connections.Email;
using Connections.Telemetry;

namespace Connections.Azure;

/// <summary>The notice queue as a Storage queue. host.json's <c>messageEncoding: none</c> reads what this writes.</summary>
public sealed class StorageNoticeQueue(QueueClient client) : INoticeQueue
{
    /// <inheritdoc/>
    public async Task EnqueueAsync(Notice notice, TimeSpan delay, CancellationToken ct)
    {
        using var span = Signals.Outside("queue");
        await client.SendMessageAsync(JsonSerializer.Serialize(notice, Json.Options), visibilityTimeout: delay, timeToLive: Forever, cancellationToken: ct);
    }

    /// <inheritdoc/>
    public Task CheckAsync(CancellationToken ct) => client.GetPropertiesAsync(ct);

    // The default is seven days, after which an email would be lost.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);
}
