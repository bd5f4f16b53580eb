using Connections.Cosmos;
using Connections.Members;
using Connections.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Connections.FollowUp;

/// <summary>Every minute: pays again whatever members have owed for two minutes. What the change feed lost, or put off, is found here.</summary>
public sealed partial class SweepOwedMembers(MemberStore members, MemberFollowUp followUp, TimeProvider time, ILogger<SweepOwedMembers> log)
{
    private const int AtOnce = 4;
    private const int MostAtATime = 500;

    /// <summary>Long enough that the change feed, retries included, has had its turn in the ordinary case.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Pays what is owed, the most that one run can take; the rest is the next run's.</summary>
    [Function(nameof(SweepOwedMembers))]
    public async Task Run([TimerTrigger("20 * * * * *")] TimerInfo timer, CancellationToken ct)
    {
        using var operation = Operation.Trigger();
        var owing = await members.OwingSinceBeforeAsync(time.Now() - Patience, time.Now(), ct).Take(MostAtATime).ToListAsync(ct);
        if (owing.Count > 0)
        {
            LogFound(owing.Count);
        }

        await EachOnItsOwn.RunAsync(owing, AtOnce, followUp.SweepAsync, (member, e) => LogFailed(e, member), ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The change feed lost or put off what {Members} members owe; paying it")]
    private partial void LogFound(int members);

    [LoggerMessage(Level = LogLevel.Error, Message = "Paying what member {MemberId} owes failed")]
    private partial void LogFailed(Exception exception, MemberId memberId);
}
