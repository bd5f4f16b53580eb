using Connections.Cosmos;
using Connections.Members;

namespace Connections.FollowUp;

/// <summary>Every minute: dispatches the changes of members that the change feed has lost or put off.</summary>
public sealed class SweepOwedMembers(MemberStore members, MemberFollowUp followUp, TimeProvider time, ILogger<SweepOwedMembers> log)
{
    /// <summary>Dispatches as many as one run takes; the next run finds the rest.</summary>
    [Function(nameof(SweepOwedMembers))]
    public Task Run([TimerTrigger("20 * * * * *")] TimerInfo timer, CancellationToken ct) => DocumentTrigger.SweepAsync(
        members.UndispatchedAsync(time.Now() - DocumentTrigger.SweepAfter, time.Now(), ct),
        member => member.Value,
        followUp.SweepAsync,
        log,
        ct);
}
