using Connections.Cosmos;
using Connections.Members;

namespace Connections.Moderation;

/// <summary>Every minute: dispatches the acts about members whose calls could not, and which the change feed has lost.</summary>
public sealed class SweepModeration(MemberStore members, StandingFollowUp followUp, TimeProvider time, ILogger<SweepModeration> log)
{
    /// <summary>Dispatches as many as one run takes; the next run finds the rest.</summary>
    [Function(nameof(SweepModeration))]
    public Task Run([TimerTrigger("40 * * * * *")] TimerInfo timer, CancellationToken ct) => DocumentTrigger.SweepAsync(
        members.ActsUndispatchedAsync(time.Now() - DocumentTrigger.SweepAfter, ct),
        member => member.Value,
        (member, inner) => followUp.RunAsync(member, inner),
        log,
        ct);
}
