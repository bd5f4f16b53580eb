using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Connections.Telemetry;

namespace Connections.Notices;

/// <summary>The notice queue as a Storage queue. It writes plain text, which host.json's <c>messageEncoding: none</c> reads.</summary>
public sealed class StorageNoticeQueue(QueueClient client, QueueClient poison, QueueClient poisonedReports) : INoticeQueue
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
            // The service answers, and the first notice creates the queue.
        }
    }

    /// <inheritdoc/>
    public Task<int> CountPoisonedAsync(CancellationToken ct) => CountAsync(poison, ct);

    /// <inheritdoc/>
    public Task<int> CountPoisonedReportsAsync(CancellationToken ct) => CountAsync(poisonedReports, ct);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PoisonedMessage>> TakePoisonedAsync(CancellationToken ct)
    {
        try
        {
            var messages = await poison.ReceiveMessagesAsync(INoticeQueue.MaxAtOnce, INoticeQueue.PoisonedHold, ct);
            return
            [
                .. messages.Value.Select(message => new PoisonedMessage(
                    message.Body.ToString(),
                    message.InsertedOn!.Value,
                    message.DequeueCount == 1,
                    cancel => RemoveAsync(message.MessageId, message.PopReceipt, cancel))),
            ];
        }
        catch (RequestFailedException e) when (e.IsMissingQueue())
        {
            return [];
        }
    }

    private static async Task<int> CountAsync(QueueClient poison, CancellationToken ct)
    {
        try
        {
            var properties = await poison.GetPropertiesAsync(ct);
            return properties.Value.ApproximateMessagesCount;
        }
        catch (RequestFailedException e) when (e.IsMissingQueue())
        {
            // The Functions host creates it with the first message that it moves there.
            return 0;
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
            // The hold was over, and another run or an operator has replayed the message.
        }
    }
}

/// <summary>Storage queues as notices use them.</summary>
public static class StorageQueues
{
    // Without it, a message expires after seven days and an email is lost.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    /// <summary>Adds a message that never expires, and creates the queue if it is missing.</summary>
    public static async Task PutAsync(this QueueClient queue, string text, TimeSpan? delay, CancellationToken ct)
    {
        try
        {
            await queue.SendMessageAsync(text, visibilityTimeout: delay, timeToLive: Forever, cancellationToken: ct);
        }
        catch (RequestFailedException e) when (e.IsMissingQueue())
        {
            // An emulator starts without queues, and a queue that somebody deleted must not lose an email.
            await queue.CreateIfNotExistsAsync(cancellationToken: ct);
            await queue.SendMessageAsync(text, visibilityTimeout: delay, timeToLive: Forever, cancellationToken: ct);
        }
    }

    /// <summary>Whether the service says that the queue does not exist. The status 404 alone can also mean a wrong address.</summary>
    public static bool IsMissingQueue(this RequestFailedException refusal) => refusal.ErrorCode == QueueErrorCode.QueueNotFound;
}
