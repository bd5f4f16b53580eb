using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Connections.Telemetry;

namespace Connections.Email;

/// <summary>The notice queue as a Storage queue. host.json's <c>messageEncoding: none</c> reads what this writes.</summary>
public sealed class StorageNoticeQueue(QueueClient client, QueueClient poison) : INoticeQueue
{
    /// <inheritdoc/>
    public async Task EnqueueAsync(Notice notice, TimeSpan delay, CancellationToken ct)
    {
        using var span = Signals.Outside("queue");
        var text = notice.ToQueueText();
        try
        {
            await client.SendMessageAsync(text, visibilityTimeout: delay, timeToLive: Forever, cancellationToken: ct);
        }
        catch (RequestFailedException e) when (IsMissing(e))
        {
            // An emulator starts without queues, and one that somebody deleted must not lose an email.
            await client.CreateIfNotExistsAsync(cancellationToken: ct);
            await client.SendMessageAsync(text, visibilityTimeout: delay, timeToLive: Forever, cancellationToken: ct);
        }
    }

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken ct)
    {
        try
        {
            await client.GetPropertiesAsync(ct);
        }
        catch (RequestFailedException e) when (IsMissing(e))
        {
            // The service is there, and the first notice makes the queue.
        }
    }

    /// <inheritdoc/>
    public async Task<int> CountPoisonedAsync(CancellationToken ct)
    {
        try
        {
            var properties = await poison.GetPropertiesAsync(ct);
            return properties.Value.ApproximateMessagesCount;
        }
        catch (RequestFailedException e) when (IsMissing(e))
        {
            // The Functions host makes it for the first message that it moves there.
            return 0;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PoisonedMessage>> TakePoisonedAsync(CancellationToken ct)
    {
        try
        {
            var messages = await poison.ReceiveMessagesAsync(INoticeQueue.MostAtOnce, INoticeQueue.PoisonedHold, ct);
            return
            [
                .. messages.Value.Select(message => new PoisonedMessage(
                    message.Body.ToString(), message.InsertedOn!.Value, message.DequeueCount == 1, cancel => RemoveAsync(message.MessageId, message.PopReceipt, cancel))),
            ];
        }
        catch (RequestFailedException e) when (IsMissing(e))
        {
            return [];
        }
    }

    private async Task RemoveAsync(string id, string receipt, CancellationToken ct)
    {
        try
        {
            await poison.DeleteMessageAsync(id, receipt, ct);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // It took longer than the hold, and another run or an operator has replayed it.
        }
    }

    // Only what the service says of the queue: at a wrong address, everything is a 404.
    private static bool IsMissing(RequestFailedException e) => e.ErrorCode == QueueErrorCode.QueueNotFound;

    // The default is seven days, after which an email would be lost.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);
}
