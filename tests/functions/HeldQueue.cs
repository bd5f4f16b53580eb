using Connections.Notices;

namespace Connections.Tests.Functions;

/// <summary>A queue that keeps its messages.</summary>
internal sealed class HeldQueue : INoticeQueue
{
    public List<Notice> Notices { get; } = [];

    /// <summary>Whether the queue is away.</summary>
    public bool IsAway { get; set; }

    public Task EnqueueAsync(Notice notice, TimeSpan delay, CancellationToken ct)
    {
        if (IsAway)
        {
            throw new HttpRequestException("The queue is away.");
        }

        Notices.Add(notice);
        return Task.CompletedTask;
    }

    public Task CheckAsync(CancellationToken ct) => Task.CompletedTask;

    public Task<int> CountPoisonedAsync(CancellationToken ct) => Task.FromResult(0);

    public Task<int> CountPoisonedReportsAsync(CancellationToken ct) => Task.FromResult(0);

    public Task<IReadOnlyList<PoisonedMessage>> TakePoisonedAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<PoisonedMessage>>([]);
}
