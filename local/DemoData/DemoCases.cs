using Connections.Chat;
using Connections.Cosmos;
using Connections.Invites;
using Connections.Members;
using Connections.Members.Standing;
using Connections.Moderation;
using Connections.Safety;

namespace Connections.Local.DemoData;

/// <summary>What the demo moderator finds on the first start: two open reports, and a brand that is suspended after a third.</summary>
public static class DemoCases
{
    /// <summary>Adds the moderator, the suspended brand and the reports. Repeated, it adds nothing.</summary>
    public static async Task LoadAsync(
        Containers containers, MemberStore members, Uri avatars, DateTimeOffset now, CancellationToken ct)
    {
        var (brand, creator) = (DemoCast.Brand(avatars), DemoCast.Creator(avatars));
        var measure = new Measure(
            now.AddDays(-2),
            DemoCast.ModeratorId,
            ReportReason.Spam.JsonName(),
            "You sent the same offer to every creator whom you could find, also to those who had said no.",
            now.AddDays(28));
        var suspended = DemoCast.Suspended(avatars) with { Standing = new MemberStanding { Suspension = measure, Count = 1 } };
        await members.TryCreateAsync(DemoCast.Moderator(avatars), ct);
        await members.TryCreateAsync(suspended, ct);

        Report[] reports =
        [
            Of(1, creator, suspended, ReportReason.Spam, "The fourth offer this week.", now.AddDays(-3)) with
            {
                Decision = new ReportDecision(
                    DecisionKind.Suspend, measure.Until, measure.Statement!, DemoCast.ModeratorId, measure.Since),
            },
            Of(2, creator, brand, ReportReason.Harassment, "I had said that I do not work on Sundays.", now.AddHours(-5)) with
            {
                Message = new Message(
                    ConnectionId.Of(brand.Id, creator.Id),
                    1,
                    "demo",
                    brand.Id,
                    "We need this by tonight. Others would be glad of the chance, so do not make us wait again.",
                    now.AddHours(-6)),
            },
            Of(3, brand, DemoCreator.Create(1, avatars), ReportReason.Impersonation, "It is not them.", now.AddMinutes(-40)),
        ];
        foreach (var report in reports)
        {
            await containers.Reports.TryCreateAsync(report, report.ReportedId.Value, ct);
        }

        var decided = AuditEntry.Of(reports[0], reports[0].Decision!);
        await containers.Audit.TryCreateAsync(decided, decided.MemberId.Value, ct);
        await new Suspensions(containers, TimeProvider.System).FollowAsync(suspended, ct);
    }

    // Its email to support has gone out.
    private static Report Of(
        int number, Member reporter, Member reported, ReportReason reason, string details, DateTimeOffset at) => new()
        {
            Id = $"r{number:x32}",
            MemberId = reporter.Id,
            MemberName = reporter.DisplayName,
            ReportedId = reported.Id,
            Profile = Profile.Of(reported),
            Reason = reason,
            Details = details,
            ReportedAt = at.InMilliseconds(),
            MailedAt = at.InMilliseconds(),
            ToldAt = at.InMilliseconds(),
        };
}
