using Connections.Notices;

namespace Connections.Tests.Functions;

/// <summary>A queue that keeps its messages.</summary>
internal sealed class HeldQueue : INoticeQueue
{
    public List<Notice> Notices { get; } = [];

    public Task EnqueueAsync(Notice notice, TimeSpan delay, CancellationToken ct)
    {
        Notices.Add(notice);
        return Task.CompletedTask;
    }

    public Task CheckAsync(CancellationToken ct) => Task.CompletedTask;

    public Task<int> CountPoisonedAsync(CancellationToken ct) => Task.FromResult(0);

    public Task<int> CountPoisonedReportsAsync(CancellationToken ct) => Task.FromResult(0);

    public Task<IReadOnlyList<PoisonedMessage>> TakePoisonedAsync(CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<PoisonedMessage>>([]);
}
