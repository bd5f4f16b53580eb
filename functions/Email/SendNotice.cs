using Connections.Cosmos;
using Connections.Notices;
using Connections.Safety;
using Connections.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Connections.Email;

/// <summary>The notice queue: hands each email over, if it is still owed. At least once; the email goes out once.</summary>
/// <remarks>
/// A notice that fails five times goes to the poison queue, from which it can be replayed safely. One that came before the records it is about can be read
/// here goes back for a second. A record that has not come within a minute is missing, as in an account that is being restored: then the notice fails.
/// </remarks>
public sealed partial class SendNotice(NoticeSender sender, ReportMailer reports, INoticeQueue queue, TimeProvider time, ILogger<SendNotice> log)
{
    /// <summary>Far longer than a write takes to be seen by all instances.</summary>
    private static readonly TimeSpan StaleFor = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>Sends one notice.</summary>
    [Function(nameof(SendNotice))]
    public async Task Run([QueueTrigger(INoticeQueue.Name, Connection = INoticeQueue.Connection)] Notice notice, CancellationToken ct)
    {
        using var operation = Operation.Trigger(notice.Trace);
        try
        {
            await (notice.Kind == NoticeKind.Report ? reports.SendAsync(notice, ct) : sender.SendAsync(notice, ct));
        }
        catch (StaleReadException e) when (time.Now() - (notice.DueAt ?? notice.OwedSince) < StaleFor)
        {
            LogEarly(e, notice.Id);
            await queue.EnqueueAsync(notice, Soon, ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Notice {NoticeId} came before the records that it is about; it goes back for a second")]
    private partial void LogEarly(Exception exception, string noticeId);
}
