using Connections.Chat;
using Connections.Cosmos;
using Connections.Members;
using Connections.Members.Standing;
using Connections.Notices;
using Connections.Telemetry;

namespace Connections.Moderation;

/// <summary>
/// Dispatches the acts of moderators about a member: brings the list of suspended members up to date, closes the sockets of a suspended
/// member, adds to the audit trail and queues the emails with the statements of reasons.
/// </summary>
/// <remarks>
/// Safe to repeat, at the same time and in any order. If there was another act since, the member is not marked, and that act is dispatched
/// for both.
/// </remarks>
public sealed class StandingFollowUp(
    MemberStore members, Suspensions suspensions, AuditStore audit, ILiveDelivery live, INoticeQueue queue, TimeProvider time)
{
    /// <summary>Dispatches the acts about a member, read anew.</summary>
    /// <param name="acts">How many acts there must be.</param>
    /// <exception cref="StaleReadException">The member was read as they were before.</exception>
    public async Task RunAsync(MemberId id, CancellationToken ct, long acts = 0)
    {
        var member = (await members.FindAsync(id, ct))?.Value;
        StaleReadException.ThrowIf(member is null || (member.Standing?.Count ?? 0) < acts, "A member");
        await RunAsync(member!, ct);
    }

    /// <summary>Dispatches the acts about a member as they were just read or written; does nothing if all are dispatched.</summary>
    public async Task RunAsync(Member member, CancellationToken ct)
    {
        if (member.Standing is not { OwedSince: not null } standing)
        {
            return;
        }

        using var span = Signals.Following(standing.Trace);
        // First what protects others.
        await suspensions.FollowAsync(member, ct);
        if (standing.SuspensionAt(time.GetUtcNow()) is not null)
        {
            await live.CloseAsync(member.Id, [], ct);
        }

        foreach (var act in standing.Acts)
        {
            await audit.AddAsync(AuditEntry.Of(member.Id, act), ct);
            await queue.EnqueueAsync(NoticeOf(member.Id, act), TimeSpan.Zero, ct);
        }

        await members.MarkActsDispatchedAsync(member, ct);
    }

    /// <summary>The email about an act. Its id is fixed, so that however often it is queued, it is one email.</summary>
    private static Notice NoticeOf(MemberId member, ModerationAct act) =>
        new($"statement.{act.Id}", NoticeKind.Statement, "", 0, member, act.At, ReportId: act.ReportId, Act: act.Number);
}
