using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Connections.Notices;

/// <summary>Storage queues as notices use them.</summary>
public static class StorageQueues
{
    // The default is seven days, after which an email would be lost.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    /// <summary>Adds a message that stays until it is taken off; makes the queue where there is none.</summary>
    public static async Task PutAsync(this QueueClient queue, string text, TimeSpan? delay, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(queue);
        try
        {
            await queue.SendMessageAsync(text, visibilityTimeout: delay, timeToLive: Forever, cancellationToken: ct);
        }
        catch (RequestFailedException e) when (e.IsMissingQueue())
        {
            // An emulator starts without queues, and one that somebody deleted must not lose an email.
            await queue.CreateIfNotExistsAsync(cancellationToken: ct);
            await queue.SendMessageAsync(text, visibilityTimeout: delay, timeToLive: Forever, cancellationToken: ct);
        }
    }

    /// <summary>Whether the service says that there is no such queue. At a wrong address, everything is a 404.</summary>
    public static bool IsMissingQueue(this RequestFailedException refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return refusal.ErrorCode == QueueErrorCode.QueueNotFound;
    }
}
