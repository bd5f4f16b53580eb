using Connections.Cosmos;
using Connections.Invites;
using Connections.Telemetry;

namespace Connections.FollowUp;

/// <summary>
/// Every minute: dispatches the changes of connections that the change feed has lost, and looks at the messages and read
/// marks of the last minute.
/// </summary>
public sealed class SweepOwed(
    ConnectionStore connections,
    ConnectionFollowUp followUp,
    MessageSweep messages,
    ReadMarkSweep readMarks,
    TimeProvider time,
    ILogger<SweepOwed> log)
{
    private const int Parallelism = 4;

    /// <summary>Dispatches as many as one run takes; the next run finds the rest.</summary>
    [Function(nameof(SweepOwed))]
    public async Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken ct)
    {
        using var operation = Operation.Trigger();
        var before = time.Now() - DocumentTrigger.SweepAfter;
        var lost = await connections.UndispatchedAsync(before, ct).TakeSweptAsync(log, ct);
        if (lost.Select(connection => connection.OwedSince).Min() is { } oldest)
        {
            Signals.SweptAge.Record((time.Now() - oldest).TotalSeconds);
        }

        // Together, so that each has its turn when another fails.
        await Task.WhenAll(
            DocumentTrigger.EachAsync(lost, connection => connection.Id, followUp.RunAsync, log, Parallelism, ct),
            messages.RunAsync(ct),
            readMarks.RunAsync(ct));
        Signals.Sweeps.Add(1);
    }
}
