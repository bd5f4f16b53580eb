using Connections.Notices;

namespace Connections.Local.Poison;

/// <summary>A queue as the command sees it: of a storage account, or of the local host.</summary>
internal interface IMessageQueue
{
    /// <summary>The queue's name.</summary>
    string Name { get; }

    /// <summary>About how many messages there are, taken ones included; null where there is no such queue. And what time it is there.</summary>
    Task<(int? Count, DateTimeOffset Now)> LookAsync(CancellationToken ct);

    /// <summary>The first messages, at most <see cref="INoticeQueue.MostAtOnce"/>; they stay where they are.</summary>
    Task<IReadOnlyList<StorageMessage>> PeekAsync(CancellationToken ct);

    /// <summary>Takes the first messages, at most <see cref="INoticeQueue.MostAtOnce"/>: nobody else sees them until <paramref name="hold"/> has passed.</summary>
    Task<IReadOnlyList<StorageMessage>> TakeAsync(TimeSpan hold, CancellationToken ct);

    /// <summary>Puts a message at the end, to stay until it is taken off; makes the queue where there is none.</summary>
    Task PutAsync(string text, CancellationToken ct);

    /// <summary>Takes a message off that was taken; also where it is gone already.</summary>
    Task DeleteAsync(StorageMessage message, CancellationToken ct);

    /// <summary>Gives a message back that was taken.</summary>
    Task ReleaseAsync(StorageMessage message, CancellationToken ct);
}
