using System.Text.Json;
using Connections.Email;
using Connections.Email.Rendering;
using Connections.Telemetry;
using Microsoft.Extensions.Logging;

namespace Connections.Safety;

/// <summary>Hands the mail about a report to the support address, once however often its notice comes.</summary>
/// <remarks>
/// As with every notice twice over: the report notes that it was mailed, and the email service is given an operation id made from the
/// notice's id.
/// </remarks>
public sealed partial class ReportMailer(
    ReportStore reports, ReportRenderer renderer, SafetySettings settings, IMailer mailer, INoticeQueue queue, TimeProvider time, ILogger<ReportMailer> log)
{
    private const string ToName = "Support";

    /// <summary>Sends the mail, drops it if it was sent, or puts it back if the service takes no more.</summary>
    public async Task SendAsync(Notice notice, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(notice);
        if (notice.ReportId is not { } id || await reports.FindAsync(notice.To, id, ct) is not { MailedAt: null } report)
        {
            Signals.Notice(notice.Kind, "dropped");
            LogDropped(notice.Id);
            return;
        }

        var rendered = renderer.Render(ViewOf(report));
        var mail = new Mail(settings.SupportAddress, ToName, rendered.Subject, rendered.Html, rendered.Text, new Dictionary<string, string>(StringComparer.Ordinal));
        using var handingOver = Signals.Outside("email");
        switch (await mailer.SendAsync(mail, NoticeSender.OperationId(notice.Id), ct))
        {
            case MailOutcome.HandedOver:
                await reports.MarkMailedAsync(report, time.Now(), ct);
                var sinceOwed = time.Now() - notice.OwedSince;
                Signals.NoticeSent(notice.Kind, sinceOwed);
                LogSent(notice.Id, sinceOwed.TotalMilliseconds);
                break;
            case MailOutcome.Throttled throttled:
                await queue.EnqueueAsync(notice, throttled.RetryAfter, ct);
                Signals.Notice(notice.Kind, "throttled");
                LogThrottled(notice.Id, throttled.RetryAfter);
                break;
            case MailOutcome.Refused refused:
                await reports.MarkMailedAsync(report, time.Now(), ct);
                Signals.Notice(notice.Kind, "refused");
                LogRefused(notice.Id, refused.Reason);
                break;
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

    [LoggerMessage(Level = LogLevel.Information, Message = "Notice {NoticeId} handed over, {Milliseconds} ms after it was owed")]
    private partial void LogSent(string noticeId, double milliseconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Notice {NoticeId} dropped: it was sent, or there is no such report")]
    private partial void LogDropped(string noticeId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notice {NoticeId} waits {RetryAfter}: the email service is throttling")]
    private partial void LogThrottled(string noticeId, TimeSpan retryAfter);

    [LoggerMessage(Level = LogLevel.Error, Message = "Notice {NoticeId} was refused by the email service: {Reason}. Check the setting Safety__SupportAddress; the report is stored")]
    private partial void LogRefused(string noticeId, string reason);
}
