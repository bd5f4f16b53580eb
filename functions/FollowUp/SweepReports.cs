using Connections.Cosmos;
using Connections.Safety;

namespace Connections.FollowUp;

/// <summary>Every minute: queues the emails of reports whose calls could not, because the queue was away or the process died.</summary>
public sealed class SweepReports(ReportStore reports, ReportFollowUp followUp, TimeProvider time, ILogger<SweepReports> log)
{
    /// <summary>Queues as many as one run takes; the next run finds the rest.</summary>
    [Function(nameof(SweepReports))]
    public Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken ct) => DocumentTrigger.SweepAsync(
        reports.UndispatchedAsync(time.Now() - DocumentTrigger.SweepAfter, ct), report => report.Id, followUp.RunAsync, log, ct);
}
