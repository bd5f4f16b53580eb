using Connections.Notices;
using Connections.Telemetry;

namespace Connections.Safety;

/// <summary>Puts the mail that a report owes into the notice queue, and notes that it did. Safe to run again: queued twice, it is mailed once.</summary>
public sealed class ReportFollowUp(ReportStore reports, INoticeQueue queue)
{
    /// <summary>Pays what one report owes.</summary>
    public async Task RunAsync(Report report, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(report);
        using var span = Signals.Following(report.Trace);
        await queue.EnqueueAsync(report.ToNotice(), TimeSpan.Zero, ct);
        await reports.SettleAsync(report, ct);
    }
}
