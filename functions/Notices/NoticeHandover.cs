using System.Security.Cryptography;
using System.Text;
using Connections.Telemetry;
using Microsoft.Extensions.Logging;

namespace Connections.Notices;

/// <summary>Hands the email of a notice to the email service, once however often the notice comes.</summary>
/// <remarks>
/// Twice over: what owes the email notes that it was sent, and the email service is given an operation id made from the notice's id, so
/// that a notice that comes again between the handing over and the note is the same send.
/// </remarks>
public sealed partial class NoticeHandover(IMailer mailer, INoticeQueue queue, TimeProvider time, ILogger<NoticeHandover> log)
{
    /// <summary>Hands the email over, or puts the notice back if the service takes no more for now.</summary>
    /// <param name="notice">Why it is sent.</param>
    /// <param name="mail">What is sent.</param>
    /// <param name="markSentAsync">Notes that nothing more is owed: it was sent, or will never be taken.</param>
    /// <param name="ct">Stops waiting.</param>
    /// <returns>What came of it.</returns>
    public async Task<MailOutcome> RunAsync(Notice notice, Mail mail, Func<Task> markSentAsync, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(notice);
        ArgumentNullException.ThrowIfNull(markSentAsync);
        using var handingOver = Signals.Outside("email");
        var outcome = await mailer.SendAsync(mail, OperationId(notice.Id), ct);
        switch (outcome)
        {
            case MailOutcome.HandedOver:
                await markSentAsync();
                var sinceOwed = time.Now() - (notice.DueAt ?? notice.OwedSince);
                Signals.NoticeSent(notice.Kind.JsonName(), sinceOwed);
                LogSent(notice.Id, sinceOwed.TotalMilliseconds);
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

        return outcome;
    }

    /// <summary>The operation id of a notice: the same for ever.</summary>
    public static Guid OperationId(string noticeId)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(noticeId)).AsSpan(0, 16);
        // RFC 9562 version 8: made from a hash of our choice.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Notice {NoticeId} handed over, {Milliseconds} ms after it was due")]
    private partial void LogSent(string noticeId, double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Notice {NoticeId} waits {RetryAfter}: the email service is throttling")]
    private partial void LogThrottled(string noticeId, TimeSpan retryAfter);

    [LoggerMessage(Level = LogLevel.Error, Message = "Notice {NoticeId} was refused by the email service: {Reason}")]
    private partial void LogRefused(string noticeId, string reason);
}
