using Connections.Chat;
using Connections.Cosmos;
using Connections.Invites;
using Connections.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Connections.FollowUp;

/// <summary>Every minute: pays again whatever has been owed for two minutes. What the change feed lost is found here.</summary>
public sealed partial class SweepOwed(
    ConnectionStore connections, ConnectionFollowUp followUp, MessageStore messages, MessageFollowUp messageFollowUp, TimeProvider time, ILogger<SweepOwed> log)
{
    private const int AtOnce = 4;
    private const int MostAtATime = 500;

    /// <summary>Long enough that the change feed, retries included, has had its turn in the ordinary case.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Pays what is owed, the most that one run can take; the rest is the next run's.</summary>
    [Function(nameof(SweepOwed))]
    public async Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken ct)
    {
        using var operation = Operation.Trigger();
        var moment = time.Now() - Patience;
        var owing = await connections.OwingSinceBeforeAsync(moment, ct).Take(MostAtATime).ToListAsync(ct);
        var unshown = await messages.OwingSinceBeforeAsync(moment, ct).Take(MostAtATime).ToListAsync(ct);
        if (owing.Count + unshown.Count > 0)
        {
            LogFound(owing.Count, unshown.Count);
            Signals.SweptAge.Record((time.Now() - owing.Select(c => c.OwedSince).Concat(unshown.Select(m => m.OwedSince)).Min())!.Value.TotalSeconds);
        }

        // Together, so that a connection that fails does not keep the messages from their turn.
        await Task.WhenAll(
            EachOnItsOwn.RunAsync(owing, AtOnce, followUp.RunAsync, (connection, e) => LogFailed(e, connection.Id), ct),
            EachOnItsOwn.RunAsync(unshown, AtOnce, messageFollowUp.RunAsync, (message, e) => LogFailed(e, message.ConnectionId), ct));
        Signals.Sweeps.Add(1);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The change feed left {Connections} connections and {Messages} messages; paying what they owe")]
    private partial void LogFound(int connections, int messages);

    [LoggerMessage(Level = LogLevel.Error, Message = "Paying what connection {ConnectionId} owes failed")]
    private partial void LogFailed(Exception exception, string connectionId);
}
