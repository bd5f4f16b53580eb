using System.Text.Json;
using Connections.Cosmos;
using Connections.Email.Rendering;
using Connections.Members;
using Connections.Notices;
using Connections.Safety;
using Connections.Telemetry;
using Microsoft.Extensions.Logging;

namespace Connections.Email;

/// <summary>Hands the mail about a report to the support address, once however often its notice comes.</summary>
/// <remarks>
/// Of a reporter who has erased their profile it tells neither the name nor what they said. What was reported about a member goes to support even if
/// they have erased their profile, so that nobody escapes a report by it, and is not stored any longer than that.
/// </remarks>
public sealed partial class ReportMailer(
    ReportStore reports, MemberStore members, ReportRenderer renderer, SafetySettings settings, NoticeHandover handover, TimeProvider time, ILogger<ReportMailer> log)
{
    private const string ToName = "Support";

    /// <summary>Sends the mail, drops it if it was sent, or puts it back if the service takes no more.</summary>
    /// <exception cref="StaleReadException">The report is not there yet.</exception>
    public async Task SendAsync(Notice notice, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var report = await reports.FindAsync(notice.To, notice.ReportId!, ct) ?? throw new StaleReadException("The report");
        if (report.MailedAt is not null)
        {
            Signals.Notice(notice.Kind.JsonName(), "dropped");
            LogDropped(notice.Id);
            return;
        }

        if ((await members.FindAsync(report.MemberId, ct))?.Value.HasErased(report.ReportedAt) == true)
        {
            await reports.EraseReporterAsync(report, ct);
            report = report with { MemberName = null, Details = null };
        }

        var rendered = renderer.Render(ViewOf(report));
        var mail = new Mail(settings.SupportAddress, ToName, rendered.Subject, rendered.Html, rendered.Text, new Dictionary<string, string>(StringComparer.Ordinal));
        if (await handover.RunAsync(notice, mail, () => MarkMailedAsync(report, ct), ct) is MailOutcome.Refused)
        {
            LogCheckAddress(notice.Id);
        }
    }

    /// <summary>An erasure that found the report not mailed yet leaves what was reported to this.</summary>
    private async Task MarkMailedAsync(Report report, CancellationToken ct)
    {
        await reports.MarkMailedAsync(report, time.Now(), ct);
        if ((await members.FindAsync(report.ReportedId, ct))?.Value.HasErased(report.ReportedAt) == true)
        {
            await reports.EraseReportedAsync(report, ct);
        }
    }

    private static ReportView ViewOf(Report report) => new(
        report.Id,
        JsonNamingPolicy.CamelCase.ConvertName(report.Reason.ToString()),
        report.ReportedAt,
        report.MemberId,
        report.MemberName,
        report.ReportedId,
        report.Profile?.DisplayName,
        report.Details,
        report.Profile,
        report.Message);

    [LoggerMessage(Level = LogLevel.Information, Message = "Notice {NoticeId} dropped: it was sent")]
    private partial void LogDropped(string noticeId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail of {NoticeId} was refused: check the setting Safety__SupportAddress. The report is stored")]
    private partial void LogCheckAddress(string noticeId);
}
