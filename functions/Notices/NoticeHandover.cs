using System.Security.Cryptography;
using System.Text;
using Connections.Settings;
using Connections.Telemetry;

namespace Connections.Notices;

/// <summary>Hands the email of a notice to the email service, once however often the queue delivers the notice.</summary>
/// <remarks>
/// Two mechanisms guarantee that. The record that owes the email is marked when it is sent. And the operation id is made from the notice's
/// id, so that a notice that is delivered again before the record is marked is the same send for the email service.
/// </remarks>
public sealed partial class NoticeHandover(
    IMailer mailer, INoticeQueue queue, ReplySettings replies, TimeProvider time, ILogger<NoticeHandover> log)
{
    /// <summary>Hands the email over, or puts the notice back in the queue if the service throttles.</summary>
    /// <param name="markSentAsync">Marks the email as sent, after the service has accepted it or refused it permanently.</param>
    /// <param name="ct">Cancels the request; its outcome is then unknown.</param>
    public async Task RunAsync(Notice notice, Mail mail, Func<Task> markSentAsync, CancellationToken ct)
    {
        using var handingOver = Signals.Outside("email");
        var operationId = OperationId(notice.Id);
        switch (await mailer.SendAsync(mail with { ReplyTo = replies.ReplyTo }, operationId, ct))
        {
            case MailOutcome.HandedOver:
                await markSentAsync();
                var sinceOwed = time.Now() - (notice.DueAt ?? notice.OwedSince);
                Signals.NoticeSent(notice.Kind.JsonName(), sinceOwed);
                LogSent(notice.Id, operationId, sinceOwed.TotalMilliseconds);
                break;
            case MailOutcome.Throttled throttled:
                await queue.EnqueueAsync(notice, throttled.RetryAfter, ct);
                Signals.Notice(notice.Kind.JsonName(), "throttled");
                LogThrottled(notice.Id, throttled.RetryAfter);
                break;
            case MailOutcome.Refused refused:
                await markSentAsync();
                Signals.Notice(notice.Kind.JsonName(), "refused");
                LogRefused(notice.Id, refused.Reason);
                break;
        }
    }

    /// <summary>The operation id of a notice. It must never change.</summary>
    public static Guid OperationId(string noticeId)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(noticeId)).AsSpan(0, 16);
        // RFC 9562, version 8: a UUID from a hash function of our choice.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    // The operation id leads from a delivery report, which has nothing else, to the notice.
    [LoggerMessage(
        Level = LogLevel.Information, Message = "Notice {NoticeId} handed over as {OperationId}, {Milliseconds} ms after it was due")]
    private partial void LogSent(string noticeId, Guid operationId, double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notice {NoticeId} waits {RetryAfter}: the email service is throttling")]
    private partial void LogThrottled(string noticeId, TimeSpan retryAfter);

    [LoggerMessage(Level = LogLevel.Error, Message = "Notice {NoticeId} was refused by the email service: {Reason}")]
    private partial void LogRefused(string noticeId, string reason);
}
