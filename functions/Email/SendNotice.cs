using Connections.Safety;
using Connections.Telemetry;
using Microsoft.Azure.Functions.Worker;

namespace Connections.Email;

/// <summary>The notice queue: hands each email over, if it is still owed. At least once; the email goes out once.</summary>
/// <remarks>A notice that fails five times goes to the poison queue, from which it can be replayed safely.</remarks>
public sealed class SendNotice(NoticeSender sender, ReportMailer reports)
{
    /// <summary>Sends one notice.</summary>
    [Function(nameof(SendNotice))]
    public async Task Run([QueueTrigger(INoticeQueue.Name, Connection = INoticeQueue.Connection)] Notice notice, CancellationToken ct)
    {
        using var operation = Operation.Trigger(notice.Trace);
        await (notice.Kind == NoticeKind.Report ? reports.SendAsync(notice, ct) : sender.SendAsync(notice, ct));
    }
}
