using Connections.Cosmos;
using Connections.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Connections.Invites;

/// <summary>Every minute: ends the invites that nobody answered in time. Silent: no email, but both sides see it at once.</summary>
/// <remarks>
/// A pending invite past its time counts as expired whether or not this has run; what this adds is the record of it, from which rows
/// and events follow. Whatever a run does not reach, or a crash leaves, the next one finds.
/// </remarks>
public sealed partial class ExpireInvites(ConnectionStore connections, InviteSettings settings, TimeProvider time, ILogger<ExpireInvites> log)
{
    private const int AtOnce = 8;
    private const int MostAtATime = 500;

    /// <summary>Ends as many as one run can take; the rest is the next run's.</summary>
    /// <exception cref="AggregateException">Some failed; the others have ended.</exception>
    [Function(nameof(ExpireInvites))]
    public async Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken ct)
    {
        using var operation = Operation.Trigger();
        var over = await connections.ExpiredByAsync(time.Now(), ct).Take(MostAtATime).ToListAsync(ct);
        await EachOnItsOwn.RunAsync(over, AtOnce, ExpireAsync, (id, e) => LogFailed(e, id), ct);
        if (over.Count > 0)
        {
            LogExpired(over.Count);
        }
    }

    /// <summary>Decided again on what is there at the write: an invite that was made anew meanwhile stays.</summary>
    private Task ExpireAsync(string id, CancellationToken ct) => connections.ChangeAsync(
        id, current => ConnectionLife.Apply(current, new InviteAction.Expire(), actor: default, time.Now(), settings), ct);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} invites had waited their time and have expired")]
    private partial void LogExpired(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The invite of connection {ConnectionId} could not be ended")]
    private partial void LogFailed(Exception exception, string connectionId);
}
