using Connections.Members;
using Connections.Members.Standing;
using Connections.Safety;
using Connections.Tests.Faults.Life;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Faults.Rig;

/// <summary>What a moderator does about the two.</summary>
internal sealed partial class Pair
{
    private const string Statement = "Because of what you wrote.";

    /// <summary>Decides the report that a member made about the other, with a measure.</summary>
    public async Task DecideAsync(int reporter, string decision)
    {
        Task<Report> ReportAsync() => host.LookAsync(services =>
            services.GetRequiredService<ReportStore>().ByAsync(ledger.Members[reporter], default).FirstAsync().AsTask());
        var id = (await ReportAsync()).Id;
        var answer = await ModerateAsync(
            HttpMethod.Post, $"/api/moderation/reports/{id}/decision", new { decision, statement = Statement });
        Check(answer is null || answer["decision"]["decision"]?.ToString() == decision ? null : $"{answer.Body}", "the decision");
        if ((await ReportAsync()).Decision is not null)
        {
            ledger.Emails.Owe((await ReportAsync()).ToDecidedNotice().Id);
            ledger.Acted(1 - reporter, decision == "suspend");
        }
        else
        {
            Check(answer is null ? null : "200, and nothing was decided", "the decision");
        }
    }

    /// <summary>Suspends a member.</summary>
    public async Task SuspendAsync(int who)
    {
        var answer = await ModerateAsync(HttpMethod.Put, SuspensionOf(who), new { reason = "spam", statement = Statement });
        Check(answer is null || answer.Problem is null ? null : $"{answer.Body}", "the suspension");
        await ActedAsync(who, answer, isSuspended: true);
    }

    /// <summary>Lifts the suspension of a member.</summary>
    public async Task LiftSuspensionAsync(int who)
    {
        var answer = await ModerateAsync(HttpMethod.Delete, SuspensionOf(who));
        Check(answer is null || answer.Problem is null ? null : $"{answer.Body}", "the end of the suspension");
        await ActedAsync(who, answer, isSuspended: false);
    }

    /// <summary>
    /// Waits until every instance knows what was done about a member last. The clock must go on by itself, for a call that dies leaves
    /// that to a sweep.
    /// </summary>
    public async Task ActsAreKnownAsync(int who)
    {
        var isOwed = await Calls.EventuallyAsync(
            async () => (await MemberAsync(who))?.Standing?.OwedSince is not null, isOwed => !isOwed);
        Check(isOwed ? "not dispatched" : null, $"an act about {who}");
        var known = Now + Suspensions.Every + Suspensions.Every;
        await Calls.EventuallyAsync(() => Task.FromResult(Now), now => now > known);
    }

    private string SuspensionOf(int who) => $"/api/moderation/members/{ledger.Members[who]}/suspension";

    private Task<Answer?> ModerateAsync(HttpMethod method, string path, object? body = null) =>
        TryAsync("moderator", method, path, body, "moderator");

    private async Task ActedAsync(int who, Answer? answer, bool isSuspended)
    {
        var isDone = (await MemberAsync(who))?.Standing?.SuspensionAt(Now) is not null == isSuspended;
        Check(answer is null || isDone ? null : "as done, and it is not", $"an act about {who}");
        if (isDone)
        {
            ledger.Acted(who, isSuspended);
        }
    }
}
