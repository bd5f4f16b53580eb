using Connections.Cosmos;
using Connections.Email.Rendering;
using Connections.Members;
using Connections.Members.Standing;
using Connections.Notices;
using Connections.Safety;

namespace Connections.Email;

/// <summary>The email with the statement of reasons, to the member whom it is about. It does not wait for a suspension to end.</summary>
public sealed class StatementNoticeHandler(MemberStore members, ModerationRenderer renderer) : INoticeHandler
{
    /// <inheritdoc/>
    public IReadOnlyList<NoticeKind> Kinds => [NoticeKind.Statement];

    /// <inheritdoc/>
    public async Task<NoticeDecision> DecideAsync(Notice notice, CancellationToken ct)
    {
        var member = (await members.FindAsync(notice.To, ct))?.Value;
        StaleReadException.ThrowIf(member?.Standing is null || member.Standing.Count < notice.Act, "The member");
        if (member!.Standing!.Acts.FirstOrDefault(act => act.Number == notice.Act) is not { } act)
        {
            return new NoticeDecision.Drop("already sent");
        }

        if (member.Email is null || member.HasErased(act.At))
        {
            await members.ForgetActAsync(member.Id, act.Number, ct);
            return new NoticeDecision.Drop("the member has no address or has erased their profile");
        }

        var email = renderer.RenderStatement(act, member.Language);
        return new NoticeDecision.Send(email.To(member), () => members.ForgetActAsync(member.Id, act.Number, ct));
    }
}

/// <summary>The email to the member who made a report that was decided.</summary>
public sealed class DecidedNoticeHandler(
    ReportStore reports, MemberStore members, Suspensions suspensions, ModerationRenderer renderer, TimeProvider time) : INoticeHandler
{
    /// <inheritdoc/>
    public IReadOnlyList<NoticeKind> Kinds => [NoticeKind.ReportDecided];

    /// <inheritdoc/>
    public async Task<NoticeDecision> DecideAsync(Notice notice, CancellationToken ct)
    {
        var report = await reports.FindAsync(notice, ct);
        StaleReadException.ThrowIf(report?.Decision is null, "The report");
        if (report!.ToldAt is not null)
        {
            return new NoticeDecision.Drop("already sent");
        }

        if (await suspensions.WaitAsync([report.MemberId], ct) is { } until)
        {
            return new NoticeDecision.Wait(until);
        }

        if ((await members.FindAsync(report.MemberId, ct))?.Value is not { Email: not null } reporter
            || reporter.HasErased(report.ReportedAt))
        {
            return new NoticeDecision.Drop("the reporter has no address or has erased their profile");
        }

        var email = renderer.RenderDecided(report, reporter.Language);
        return new NoticeDecision.Send(email.To(reporter), () => reports.MarkToldAsync(report, time.Now(), ct));
    }
}
