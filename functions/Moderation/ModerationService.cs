using Connections.Chat;
using Connections.Cosmos;
using Connections.Members;
using Connections.Members.Standing;
using Connections.Notices;
using Connections.Safety;
using Connections.Telemetry;

namespace Connections.Moderation;

/// <summary>Decides reports, suspends members and lifts what was done: one guarded write each, from which all else follows.</summary>
/// <remarks>
/// A decision is written to the report with what it owes; the act about the member to the member's document, with what that owes. Both are
/// dispatched by the call, and if it dies, by <see cref="SweepModeration"/>; each step can be repeated.
/// </remarks>
public sealed partial class ModerationService(
    ReportStore reports,
    MemberStore members,
    DecisionFollowUp decisions,
    StandingFollowUp followUp,
    TimeProvider time,
    ILogger<ModerationService> log)
{
    /// <summary>Decides a report. Three requests, and those that follow from the decision.</summary>
    /// <returns>The report with the decision, or the error.</returns>
    public async Task<Result<Report>> DecideAsync(
        MemberId moderator, string reportId, DecisionKind kind, DateTimeOffset? until, string statement, CancellationToken ct)
    {
        if (!Report.IsId(reportId) || await reports.FindAsync(reportId, ct) is not { } report)
        {
            return new NotFound("report");
        }

        if (report.Concerns(moderator))
        {
            return new OwnCase();
        }

        if (kind != DecisionKind.Dismiss)
        {
            if ((await members.FindAsync(report.ReportedId, ct))?.Value is not { } member)
            {
                return new NotFound("member");
            }

            if (kind == DecisionKind.Unlist && member.Kind != MemberKind.Creator)
            {
                return new InvalidInput("decision", "Only a creator can be unlisted. Warn or suspend this member.", FieldCode.Conflict);
            }
        }

        var decision = new ReportDecision(kind, until, statement, moderator, time.Now());
        if (await reports.DecideAsync(report, decision, ct) is not var (decided, isNew))
        {
            return new NotFound("report");
        }

        if (!isNew && !decision.Repeats(decided.Decision!))
        {
            return new ReportDecided(decided.Decision!);
        }

        await DispatchAsync(decided.Id, () => decisions.RunAsync(decided, ct));
        return decided;
    }

    /// <summary>Suspends a member, or changes the suspension that holds. Two requests, and those that follow.</summary>
    public async Task<Result<Measure>> SuspendAsync(
        MemberId moderator, MemberId id, ReportReason reason, DateTimeOffset? until, string statement, CancellationToken ct)
    {
        if (id == moderator)
        {
            return new OwnCase();
        }

        var wanted = new Measure(time.Now(), moderator, reason.JsonName(), statement, until);
        var act = new ModerationAct(
            AuditEntry.NewId("suspension"), 0, ModerationActKind.Suspend, wanted.Since, moderator, wanted.Reason, statement, until);
        // The same call again changes nothing.
        return await ActAsync(id, act, ct, held => held is not null && wanted with { Since = held.Since } == held) is { } member
            ? member.Standing!.Suspension!
            : new NotFound("member");
    }

    /// <summary>Lifts a member's suspension, if one holds. Two requests, and those that follow.</summary>
    public async Task<Result<bool>> LiftSuspensionAsync(MemberId moderator, MemberId id, string? statement, CancellationToken ct) =>
        await LiftAsync(moderator, id, new ModerationAct(
            AuditEntry.NewId("lift"), 0, ModerationActKind.LiftSuspension, time.Now(), moderator, null, statement), ct);

    /// <summary>Lets an unlisted creator list themselves again. Two requests, and those that follow.</summary>
    public async Task<Result<bool>> LiftUnlistingAsync(MemberId moderator, MemberId id, string? statement, CancellationToken ct) =>
        await LiftAsync(moderator, id, new ModerationAct(
            AuditEntry.NewId("relist"), 0, ModerationActKind.LiftUnlisting, time.Now(), moderator, null, statement), ct);

    private async Task<Result<bool>> LiftAsync(MemberId moderator, MemberId id, ModerationAct act, CancellationToken ct) =>
        id == moderator ? new OwnCase()
        : await ActAsync(id, act, ct) is null ? new NotFound("member")
        : true;

    /// <summary>Carries out an act unless what holds already is what is wanted; null when there is no such member.</summary>
    private async Task<Member?> ActAsync(MemberId id, ModerationAct act, CancellationToken ct, Func<Measure?, bool>? holds = null)
    {
        var member = await members.ActAsync(id, act, ct, holds);
        if (member?.Standing is { OwedSince: not null })
        {
            await DispatchAsync(id.Value, () => followUp.RunAsync(member, ct));
        }

        return member;
    }

    /// <summary>Dispatches what a write owes. The write stands if this fails: the change feed and a sweep dispatch it later.</summary>
    private async Task DispatchAsync(string id, Func<Task> run)
    {
        try
        {
            await run();
        }
#pragma warning disable CA1031 // The decision is stored whatever this throws, and the moderator must not make it again.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotDispatched(e, id);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What follows from the act about {Id} was not done; a sweep will do it")]
    private partial void LogNotDispatched(Exception exception, string id);
}
