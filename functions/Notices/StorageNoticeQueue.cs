using Azure;
using Azure.Storage.Queues;
using Connections.Telemetry;

namespace Connections.Notices;

/// <summary>The notice queue as a Storage queue. host.json's <c>messageEncoding: none</c> reads what this writes.</summary>
public sealed class StorageNoticeQueue(QueueClient client, QueueClient poison) : INoticeQueue
{
    /// <inheritdoc/>
    public async Task EnqueueAsync(Notice notice, TimeSpan delay, CancellationToken ct)
    {
        using var span = Signals.Outside("queue");
        await client.PutAsync(notice.ToQueueText(), delay, ct);
    }

    /// <inheritdoc/>
    public async Task CheckAsync(CancellationToken ct)
    {
        try
        {
            await client.GetPropertiesAsync(ct);
        }
        catch (RequestFailedException e) when (e.IsMissingQueue())
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
        catch (RequestFailedException e) when (e.IsMissingQueue())
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
        catch (RequestFailedException e) when (e.IsMissingQueue())
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
}
