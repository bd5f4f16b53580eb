using Connections.Cosmos;
using Connections.Members;
using Connections.Members.Standing;
using Connections.Notices;
using Connections.Safety;
using Connections.Telemetry;

namespace Connections.Moderation;

/// <summary>
/// Dispatches a report: queues the email to support; and where it was decided, carries the decision out, adds it to the audit trail and
/// queues the email to the reporter.
/// </summary>
/// <remarks>
/// Safe to repeat: the act about the member is done once however often it is asked for, the entry and the emails have fixed ids.
/// </remarks>
public sealed class DecisionFollowUp(
    ReportStore reports,
    ReportFollowUp undecided,
    MemberStore members,
    StandingFollowUp standing,
    AuditStore audit,
    INoticeQueue queue)
{
    /// <summary>Dispatches one report; does nothing if it is dispatched already.</summary>
    public async Task RunAsync(Report report, CancellationToken ct)
    {
        if (report.Decision is not { } decision)
        {
            await undecided.RunAsync(report, ct);
            return;
        }

        if (report.OwedSince is null)
        {
            return;
        }

        using var span = Signals.Following(report.Trace);
        await CarryOutAsync(report, decision, ct);
        if (report.ToldAt is null)
        {
            await queue.EnqueueAsync(report.ToDecidedNotice(), TimeSpan.Zero, ct);
        }

        if (report.MailedAt is null)
        {
            // It was decided before it was dispatched.
            await undecided.KeepFilesAsync(report, ct);
            await queue.EnqueueAsync(report.ToNotice(), TimeSpan.Zero, ct);
        }

        await reports.MarkDispatchedAsync(report, ct);
    }

    private async Task CarryOutAsync(Report report, ReportDecision decision, CancellationToken ct)
    {
        if (decision.Decision == DecisionKind.Dismiss)
        {
            await audit.AddAsync(AuditEntry.Of(report, decision), ct);
            return;
        }

        var act = new ModerationAct(
            AuditEntry.DecisionId(report.Id),
            0,
            decision.Decision switch
            {
                DecisionKind.Warn => ModerationActKind.Warn,
                DecisionKind.Unlist => ModerationActKind.Unlist,
                _ => ModerationActKind.Suspend,
            },
            decision.At,
            decision.By,
            report.Reason.JsonName(),
            decision.Statement,
            decision.Until,
            report.Id);
        var member = await members.ActAsync(report.ReportedId, act, ct);
        StaleReadException.ThrowIf(member is null, "A member");
        await standing.RunAsync(member!, ct);
    }
}
