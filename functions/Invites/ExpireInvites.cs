using Connections.Cosmos;

namespace Connections.Invites;

/// <summary>Every minute: ends the invites that nobody answered in time. No email is sent, but both sides see it at once.</summary>
/// <remarks>
/// A pending invite past its time counts as expired whether or not this has run; this writes it down, and rows and events follow from that.
/// </remarks>
public sealed class ExpireInvites(ConnectionStore connections, InviteSettings settings, TimeProvider time, ILogger<ExpireInvites> log)
{
    /// <summary>Ends as many as one run takes; the next run finds the rest.</summary>
    /// <exception cref="AggregateException">Some failed; the others have ended.</exception>
    [Function(nameof(ExpireInvites))]
    public Task Run([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken ct) => DocumentTrigger.SweepAsync(
        connections.ExpiredByAsync(time.Now(), ct), id => id, ExpireAsync, log, ct, parallelism: 8, LogLevel.Information);

    /// <summary>Decides again on what is there at the write: an invite that was made anew meanwhile stays.</summary>
    private Task ExpireAsync(string id, CancellationToken ct) => connections.ChangeAsync(
        id, current => ConnectionLife.Apply(current, new InviteAction.Expire(), actor: default, time.Now(), settings), ct);
}
