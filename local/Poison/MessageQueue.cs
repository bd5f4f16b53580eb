using System.Globalization;
using Connections.Emulators.Queues;
using Connections.Notices;

namespace Connections.Local.Poison;

/// <summary>A queue of a storage account or of the local host.</summary>
internal interface IMessageQueue
{
    string Name { get; }

    /// <summary>The approximate number of messages, invisible ones included, and the service's time. Null if there is no such
    /// queue.</summary>
    Task<(int? Count, DateTimeOffset Now)> LookAsync(CancellationToken ct);

    /// <summary>The first messages, at most <see cref="INoticeQueue.MaxAtOnce"/>, without receiving them.</summary>
    Task<IReadOnlyList<StorageMessage>> PeekAsync(CancellationToken ct);

    /// <summary>Receives the first messages, at most <see cref="INoticeQueue.MaxAtOnce"/>, and hides them for a time.</summary>
    Task<IReadOnlyList<StorageMessage>> TakeAsync(TimeSpan hold, CancellationToken ct);

    /// <summary>Adds a message that does not expire. Creates the queue if there is none.</summary>
    Task PutAsync(string text, CancellationToken ct);

    /// <summary>Deletes a received message, if it still exists.</summary>
    Task DeleteAsync(StorageMessage message, CancellationToken ct);

    /// <summary>Makes a received message visible again.</summary>
    Task ReleaseAsync(StorageMessage message, CancellationToken ct);
}

/// <summary>A message of a queue.</summary>
/// <param name="InsertedAt">When it was added, by the queue's clock.</param>
/// <param name="Receipt">The pop receipt; empty if it was only peeked at.</param>
internal sealed record StorageMessage(string Id, DateTimeOffset InsertedAt, string Receipt, string Text)
{
    /// <summary>The notice in the text; null if the text is not a notice.</summary>
    public Notice? Notice => Notice.Read(Text);
}

/// <summary>A queue of the local host, which may be running.</summary>
internal sealed class HostQueue(LocalQueue queue, string name, TimeProvider time) : IMessageQueue
{
    public string Name => name;

    public async Task<(int? Count, DateTimeOffset Now)> LookAsync(CancellationToken ct) =>
        (await queue.CountAsync(name, ct), time.GetUtcNow());

    public async Task<IReadOnlyList<StorageMessage>> PeekAsync(CancellationToken ct) =>
        Read(await queue.PeekMessagesAsync(name, INoticeQueue.MaxAtOnce, ct));

    public async Task<IReadOnlyList<StorageMessage>> TakeAsync(TimeSpan hold, CancellationToken ct) =>
        Read(await queue.ReceiveAsync(name, INoticeQueue.MaxAtOnce, hold, ct));

    public Task PutAsync(string text, CancellationToken ct) => queue.SendAsync(name, text, TimeSpan.Zero, ct);

    public Task DeleteAsync(StorageMessage message, CancellationToken ct) => queue.DeleteAsync(Of(message), ct);

    public Task ReleaseAsync(StorageMessage message, CancellationToken ct) =>
        queue.ReleaseAsync(Of(message), TimeSpan.Zero, ct, untried: true);

    private static IReadOnlyList<StorageMessage> Read(IReadOnlyList<QueueMessage> messages) =>
        [.. messages.Select(message =>
            new StorageMessage(message.Id.ToString(CultureInfo.InvariantCulture), message.InsertedAt, message.PopReceipt, message.Text))];

    private QueueMessage Of(StorageMessage message) =>
        new(long.Parse(message.Id, CultureInfo.InvariantCulture), name, message.Text, 1, message.Receipt, message.InsertedAt);
}
