using Connections.Cosmos;
using Connections.Email.Rendering;
using Connections.Invites;
using Connections.Members;
using Connections.Notices;
using Connections.Safety;

namespace Connections.Email;

/// <summary>The email about a report, to the support address.</summary>
/// <remarks>
/// When the reporter has erased their profile, the email leaves out their name and details. When the reported member has erased theirs,
/// support still gets what was reported, so that nobody escapes a report by erasing a profile; the stored copy is erased after that.
/// </remarks>
public sealed class ReportNoticeHandler(
    ReportStore reports, MemberStore members, InviteConduct conduct, ReportRenderer renderer, SafetySettings settings, TimeProvider time)
    : INoticeHandler
{
    private const string ToName = "Support";

    /// <inheritdoc/>
    public IReadOnlyList<NoticeKind> Kinds => [NoticeKind.Report];

    /// <inheritdoc/>
    public async Task<NoticeDecision> DecideAsync(Notice notice, CancellationToken ct)
    {
        var report = await reports.FindAsync(notice, ct) ?? throw new StaleReadException("The report");
        if (report.MailedAt is not null)
        {
            return new NoticeDecision.Drop("already sent");
        }

        await conduct.ReportedAsync(report.MemberId, report.ReportedId, report.ReportedAt, ct);
        if (await HasErasedAsync(report.MemberId, report, ct))
        {
            await reports.EraseReporterAsync(report, ct);
            report = report with { MemberName = null, Details = null };
        }

        var email = renderer.Render(report);
        return new NoticeDecision.Send(
            email.To(settings.SupportAddress, ToName),
            () => MarkMailedAsync(report, ct));
    }

    /// <summary>Marks the report as mailed, and erases what was reported if the member has erased their profile in the meantime.</summary>
    private async Task MarkMailedAsync(Report report, CancellationToken ct)
    {
        await reports.MarkMailedAsync(report, time.Now(), ct);
        if (await HasErasedAsync(report.ReportedId, report, ct))
        {
            await reports.EraseReportedAsync(report, ct);
        }
    }

    private async Task<bool> HasErasedAsync(MemberId member, Report report, CancellationToken ct) =>
        (await members.FindAsync(member, ct))?.Value.HasErased(report.ReportedAt) == true;
}
