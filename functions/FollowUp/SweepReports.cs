using Connections.Cosmos;
using Connections.Moderation;
using Connections.Safety;

namespace Connections.FollowUp;

/// <summary>
/// Every minute: dispatches what reports and the decisions about them owe and their calls could not, because a service was away or the
/// process died.
/// </summary>
public sealed class SweepReports(ReportStore reports, DecisionFollowUp followUp, TimeProvider time, ILogger<SweepReports> log)
{
    /// <summary>Dispatches as many as one run takes; the next run finds the rest.</summary>
    [Function(nameof(SweepReports))]
    public async Task Run([TimerTrigger("10 * * * * *")] TimerInfo timer, CancellationToken ct)
    {
        await DocumentTrigger.SweepAsync(
            reports.UndispatchedAsync(time.Now() - DocumentTrigger.SweepAfter, ct), report => report.Id, followUp.RunAsync, log, ct);
        await DocumentTrigger.SweepAsync(
            reports.UnfiledAsync(ct), report => report.Id, reports.FileAsync, log, ct, level: LogLevel.Information);
    }
}
