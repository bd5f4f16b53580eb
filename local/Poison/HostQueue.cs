using System.Globalization;
using Connections.Local.Queue;
using Connections.Notices;

namespace Connections.Local.Poison;

/// <summary>A queue of the local host, which may run meanwhile.</summary>
internal sealed class HostQueue(LocalQueue queue, string name, TimeProvider time) : IMessageQueue
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public async Task<(int? Count, DateTimeOffset Now)> LookAsync(CancellationToken ct) => (await queue.CountAsync(name, ct), time.GetUtcNow());

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StorageMessage>> PeekAsync(CancellationToken ct) => Read(await queue.LookAsync(name, INoticeQueue.MostAtOnce, ct));

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StorageMessage>> TakeAsync(TimeSpan hold, CancellationToken ct) => Read(await queue.ReceiveAsync(name, INoticeQueue.MostAtOnce, hold, ct));

    /// <inheritdoc/>
    public Task PutAsync(string text, CancellationToken ct) => queue.SendAsync(name, text, TimeSpan.Zero, ct);

    /// <inheritdoc/>
    public Task DeleteAsync(StorageMessage message, CancellationToken ct) => queue.DeleteAsync(Of(message), ct);

    /// <inheritdoc/>
    public Task ReleaseAsync(StorageMessage message, CancellationToken ct) => queue.ReleaseAsync(Of(message), TimeSpan.Zero, ct, untried: true);

    private static IReadOnlyList<StorageMessage> Read(IReadOnlyList<QueueMessage> messages) =>
        [.. messages.Select(message => new StorageMessage(message.Id.ToString(CultureInfo.InvariantCulture), message.InsertedAt, message.PopReceipt, message.Text))];

    private QueueMessage Of(StorageMessage message) => new(long.Parse(message.Id, CultureInfo.InvariantCulture), name, message.Text, 1, message.Receipt, message.InsertedAt);
}
