using Connections.Cosmos;
using Connections.Safety;
using Connections.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Connections.FollowUp;

/// <summary>Every minute: queues the mails of reports whose calls could not, because the queue was away or the host died.</summary>
public sealed partial class SweepReports(ReportStore reports, ReportFollowUp followUp, TimeProvider time, ILogger<SweepReports> log)
{
    private const int AtOnce = 4;
    private const int MostAtATime = 500;

    /// <summary>Long enough that the call itself has had its turn.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Queues what is owed, the most that one run can take; the rest is the next run's.</summary>
    [Function(nameof(SweepReports))]
    public async Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken ct)
    {
        using var operation = Operation.Trigger();
        var owing = await reports.OwingSinceBeforeAsync(time.Now() - Patience, ct).Take(MostAtATime).ToListAsync(ct);
        if (owing.Count > 0)
        {
            LogFound(owing.Count);
        }

        await EachOnItsOwn.RunAsync(owing, AtOnce, followUp.RunAsync, (report, e) => LogFailed(e, report.Id), ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reports} reports were not in the notice queue; queueing them")]
    private partial void LogFound(int reports);

    [LoggerMessage(Level = LogLevel.Error, Message = "Queueing report {ReportId} failed")]
    private partial void LogFailed(Exception exception, string reportId);
}
