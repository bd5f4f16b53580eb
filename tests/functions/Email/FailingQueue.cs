using Connections.Notices;

namespace Connections.Tests.Functions.Email;

/// <summary>A queue that can fail, and counts calls.</summary>
internal sealed class FailingQueue : INoticeQueue
{
    private int _failures;
    private int _taken;
    private INoticeQueue? _inner;

    public bool Fails { get; set; }

    public int Failures => _failures;

    public int Taken => _taken;

    public FailingQueue Of(INoticeQueue inner)
    {
        _inner = inner;
        return this;
    }

    public Task EnqueueAsync(Notice notice, TimeSpan delay, CancellationToken ct)
    {
        if (Fails)
        {
            Interlocked.Increment(ref _failures);
            throw new InvalidOperationException("The queue is away.");
        }

        Interlocked.Increment(ref _taken);
        return _inner!.EnqueueAsync(notice, delay, ct);
    }

    public Task CheckAsync(CancellationToken ct) => _inner!.CheckAsync(ct);

    public Task<int> CountPoisonedAsync(CancellationToken ct) => _inner!.CountPoisonedAsync(ct);

    public Task<int> CountPoisonedReportsAsync(CancellationToken ct) => _inner!.CountPoisonedReportsAsync(ct);

    public Task<IReadOnlyList<PoisonedMessage>> TakePoisonedAsync(CancellationToken ct) => _inner!.TakePoisonedAsync(ct);
}
