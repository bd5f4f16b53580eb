using Connections.Cosmos;
using Connections.Notices;
using Connections.Telemetry;

namespace Connections.Email;

/// <summary>The notice queue: sends each email that is still owed. A notice can come several times; its email is sent once.</summary>
/// <remarks>
/// A notice that fails five times goes to the poison queue, from which it can safely be replayed. A notice can come before its records are
/// visible to this instance; it then goes back to the queue for a second. A record that is not visible after a minute is missing, for
/// example while the account is being restored, and the notice fails.
/// </remarks>
public sealed partial class SendNotice(
    IEnumerable<INoticeHandler> handlers, NoticeHandover handover, INoticeQueue queue, TimeProvider time, ILogger<SendNotice> log)
{
    /// <summary>Far longer than a write takes to become visible to all instances.</summary>
    private static readonly TimeSpan StaleFor = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan StaleDelay = TimeSpan.FromSeconds(1);

    /// <summary>Handles one delivery of a notice.</summary>
    [Function(nameof(SendNotice))]
    public async Task Run([QueueTrigger(INoticeQueue.Name, Connection = INoticeQueue.Connection)] Notice notice, CancellationToken ct)
    {
        using var operation = Operation.Trigger(notice.Trace);
        try
        {
            await SendAsync(notice, ct);
        }
        catch (StaleReadException e) when (time.Now() - (notice.DueAt ?? notice.OwedSince) < StaleFor)
        {
            LogEarly(e, notice.Id);
            await queue.EnqueueAsync(notice, StaleDelay, ct);
        }
    }

    /// <summary>Sends the email if it is owed; puts the notice back if it is early or the email service throttles.</summary>
    /// <exception cref="StaleReadException">A record was read as it was before the notice was made.</exception>
    public async Task SendAsync(Notice notice, CancellationToken ct)
    {
        if (notice.WaitAt(time.Now()) > TimeSpan.Zero)
        {
            await PutBackAsync(notice, ct);
            return;
        }

        switch (await handlers.Single(handler => handler.Kinds.Contains(notice.Kind)).DecideAsync(notice, ct))
        {
            case NoticeDecision.Send send:
                await handover.RunAsync(notice, send.Mail, send.MarkSentAsync, ct);
                break;
            case NoticeDecision.Wait wait:
                await PutBackAsync(notice with { DueAt = wait.Until }, ct);
                break;
            case NoticeDecision.Drop drop:
                Signals.Notice(notice.Kind.JsonName(), "dropped");
                LogDropped(notice.Id, drop.Reason);
                break;
        }
    }

    private Task PutBackAsync(Notice notice, CancellationToken ct) => queue.EnqueueAsync(notice, notice.WaitAt(time.Now()), ct);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Notice {NoticeId} came before its records are visible; it goes back for a second")]
    private partial void LogEarly(Exception exception, string noticeId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Notice {NoticeId} dropped: {Reason}")]
    private partial void LogDropped(string noticeId, string reason);
}
