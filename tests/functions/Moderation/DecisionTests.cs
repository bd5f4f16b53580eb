using System.Net;
using Connections.Moderation;
using Connections.Safety;
using Connections.Tests.Functions.Members;
using Connections.Tests.Functions.Safety;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Moderation;

/// <summary>What follows from a decision, and from two at once.</summary>
public sealed class DecisionTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private readonly HttpClient _moderator = host.ModeratorOf();

    [Fact]
    public async Task Of_decisions_at_once_one_wins_and_the_others_are_told_which()
    {
        var pair = await Pair.StrangersAsync(host, "at-once");
        var report = await pair.ReportAsync();
        string[] decisions = ["dismiss", "warn", "unlist", "suspend"];

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i =>
            host.ModeratorOf($"at-once-{i}").DecideAsync(report, decisions[i % decisions.Length], $"Says {i}.")));

        var won = Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        var stands = won["decision"].ToJsonString();
        Assert.All(answers.Where(answer => answer != won), answer =>
        {
            Assert.Equal((HttpStatusCode.Conflict, "report-decided"), (answer.Status, answer.Problem));
            Assert.Equal(stands, answer["decision"].ToJsonString());
        });
        await host.DrainAsync();
        Assert.Single(await _moderator.TrailAsync(pair.TwoId));
        Assert.Single(await host.OutboxAsync($"{pair.OneId}@example.com"));
        Assert.Equal(
            $"{won["decision"]["decision"]}" == "dismiss" ? 0 : 1, (await host.OutboxAsync($"{pair.TwoId}@example.com")).Count);
    }

    [Fact]
    public async Task The_same_decision_again_answers_the_same_and_nothing_happens_twice()
    {
        var pair = await Pair.StrangersAsync(host, "again");
        var report = await pair.ReportAsync();
        var first = await _moderator.DecideAsync(report, "suspend", "Enough.", DateTimeOffset.UtcNow.AddYears(1));
        var until = first["decision"]["until"]!.GetValue<DateTimeOffset>();

        var second = await _moderator.DecideAsync(report, "suspend", "Enough.", until);

        Assert.Equal((HttpStatusCode.OK, first.Body!.ToJsonString()), (second.Status, second.Body!.ToJsonString()));
        await host.DrainAsync();
        Assert.Single(await _moderator.TrailAsync(pair.TwoId));
        Assert.Single(await host.OutboxAsync($"{pair.TwoId}@example.com"));
    }

    [Fact]
    public async Task The_member_gets_the_reasons_and_how_to_contest_them_and_the_reporter_is_told()
    {
        var pair = await Pair.StrangersAsync(host, "told");
        var report = await pair.ReportAsync("harassment");
        Assert.Null((await _moderator.DecideAsync(report, "warn", "You wrote <b>this</b>\nto three members.")).Problem);

        var mail = await host.MailAsync($"{pair.TwoId}@example.com");

        Assert.Equal("A warning about your account", mail.Subject);
        Assert.Contains("> You wrote <b>this</b>\n> to three members.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("You wrote &lt;b&gt;this&lt;/b&gt;", mail.Html, StringComparison.Ordinal);
        Assert.Contains("The reason is harassment.", mail.Text, StringComparison.Ordinal);
        Assert.Contains("write to support@example.com", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(pair.OneId, mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("told One", mail.Text + mail.Html, StringComparison.Ordinal);
        var told = await host.MailAsync($"{pair.OneId}@example.com");
        Assert.Equal("Your report about told Two was decided", told.Subject);
        Assert.Contains("took measures", told.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("three members", told.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_dismissed_report_only_the_reporter_hears()
    {
        var pair = await Pair.StrangersAsync(host, "dismissed");
        Assert.Null((await _moderator.DecideAsync(await pair.ReportAsync(), "dismiss")).Problem);
        Assert.Contains(
            "not broken", (await host.MailAsync($"{pair.OneId}@example.com")).Text, StringComparison.Ordinal);
        await host.DrainAsync();
        Assert.Empty(await host.OutboxAsync($"{pair.TwoId}@example.com"));
        Assert.Equal("dismiss", $"{Assert.Single(await _moderator.TrailAsync(pair.TwoId))["decision"]}");
    }

    [Fact]
    public async Task An_unlisted_creator_cannot_list_themselves_until_a_moderator_lifts_it()
    {
        var pair = await Pair.StrangersAsync(host, "unlisted");
        Assert.True(await Pair.FindsAsync(pair.One, pair.TwoId));
        Assert.Null((await _moderator.DecideAsync(await pair.ReportAsync(), "unlist")).Problem);
        Assert.False(await Pair.FindsAsync(pair.One, pair.TwoId));
        Assert.False((await pair.Two.ReadAsync("/api/me"))["listed"].GetValue<bool>());

        var refused = await pair.Two.BecomeCreatorAsync("unlisted Two", "unlistedtwo");
        Assert.Equal(
            (HttpStatusCode.BadRequest, "conflict"), (refused.Status, $"{refused["fields"].AsArray().Single()!["code"]}"));
        Assert.Equal("listed", $"{refused["fields"][0]!["field"]}");

        var path = $"/api/moderation/members/{pair.TwoId}";
        Assert.NotNull((await _moderator.ReadAsync(path)).Body!["unlisting"]);
        Assert.Equal(HttpStatusCode.NoContent, (await _moderator.CallAsync(HttpMethod.Delete, path + "/unlisting")).Status);
        Assert.Null((await pair.Two.BecomeCreatorAsync("unlisted Two", "unlistedtwo")).Problem);
        Assert.True(await Pair.FindsAsync(pair.One, pair.TwoId));
        Assert.Equal(["unlistingLifted", "decided"], (await _moderator.TrailAsync(pair.TwoId)).Select(entry => $"{entry["what"]}"));
    }

    [Fact]
    public async Task A_decision_never_ends_a_suspension_earlier_and_a_change_of_the_suspension_may()
    {
        var pair = await Pair.StrangersAsync(host, "longer");
        var (soon, late) = (DateTimeOffset.UtcNow.AddDays(1), DateTimeOffset.UtcNow.AddDays(30));
        Assert.Null((await _moderator.DecideAsync(await pair.ReportAsync(), "suspend", until: late)).Problem);
        Assert.Null((await _moderator.DecideAsync(await pair.ReportAsync(), "suspend", until: soon)).Problem);
        Assert.Equal(late.ToUnixTimeMilliseconds(), (await UntilAsync(pair.TwoId))!.Value.ToUnixTimeMilliseconds());

        Assert.Null((await _moderator.SuspendAsync(pair.TwoId, until: soon)).Problem);
        Assert.Equal(soon.ToUnixTimeMilliseconds(), (await UntilAsync(pair.TwoId))!.Value.ToUnixTimeMilliseconds());
        Assert.Null((await _moderator.DecideAsync(await pair.ReportAsync(), "suspend")).Problem);
        Assert.Null(await UntilAsync(pair.TwoId));
    }

    [Theory]
    [InlineData("""{ "decision": "ban", "statement": "x" }""", "decision")]
    [InlineData("""{ "decision": "warn", "statement": " " }""", "statement")]
    [InlineData("""{ "decision": "warn", "statement": "x", "until": "2099-01-01T00:00:00Z" }""", "until")]
    [InlineData("""{ "decision": "suspend", "statement": "x", "until": "2001-01-01T00:00:00Z" }""", "until")]
    [InlineData("""{ "decision": "suspend", "statement": "x", "until": "tomorrow" }""", "until")]
    public async Task What_is_wrong_with_a_decision_is_named(string body, string field)
    {
        var answer = await _moderator.SendAsync("/api/moderation/reports/r0/decision", body);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (answer.Status, answer.Problem));
        Assert.Equal([field], answer["errors"].AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task Only_a_creator_is_unlisted_and_nobody_who_is_not_there_is_warned()
    {
        var pair = await Pair.StrangersAsync(host, "brandish");
        await host.ClientFor("brandish-brand").BecomeBrandAsync();
        var ofBrand = (await pair.One.SendAsync("/api/reports", new { memberId = "brandish-brand", reason = "spam" }))["id"].ToString();
        var refused = await _moderator.DecideAsync(ofBrand, "unlist");
        Assert.Equal(["decision"], refused["errors"].AsObject().Select(error => error.Key));
        var ofNobody = (await pair.One.SendAsync("/api/reports", new { memberId = "brandish-nobody", reason = "spam" }))["id"].ToString();
        Assert.Equal("not-found", (await _moderator.DecideAsync(ofNobody, "warn")).Problem);
        Assert.Null((await _moderator.DecideAsync(ofNobody, "dismiss")).Problem);
    }

    [Fact]
    public async Task A_decision_whose_follow_up_died_is_carried_out_once_by_the_sweep()
    {
        var pair = await Pair.StrangersAsync(host, "died");
        var id = await pair.ReportAsync();
        await host.DrainAsync();
        var reports = host.Services.GetRequiredService<ReportStore>();
        var report = (await reports.FindAsync(id, default))!;
        // As if the process had died after the write.
        var decision = new ReportDecision(
            DecisionKind.Suspend, null, "Stopped.", new MemberId("moderator"), DateTimeOffset.UtcNow.AddMinutes(-5));
        var (decided, _) = (await reports.DecideAsync(report, decision, default))!.Value;
        Assert.Null((await host.Members().FindAsync(new MemberId(pair.TwoId), default))!.Value.Standing);

        var followUp = host.Services.GetRequiredService<DecisionFollowUp>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => followUp.RunAsync(decided, default)));
        await host.DrainAsync();
        await followUp.RunAsync(decided, default);
        await host.DrainAsync();

        var standing = (await host.Members().FindAsync(new MemberId(pair.TwoId), default))!.Value.Standing!;
        Assert.Equal((1L, 0, "Stopped."), (standing.Count, standing.Acts.Count, standing.Suspension!.Statement));
        Assert.Single(await _moderator.TrailAsync(pair.TwoId));
        Assert.Single(await host.OutboxAsync($"{pair.TwoId}@example.com"));
        Assert.Single(await host.OutboxAsync($"{pair.OneId}@example.com"));
    }

    [Fact]
    public async Task No_email_goes_to_who_has_erased_their_profile_and_what_holds_goes_on()
    {
        var pair = await Pair.StrangersAsync(host, "both-gone");
        var id = await pair.ReportAsync();
        await host.DrainAsync();
        foreach (var member in new[] { pair.One, pair.Two })
        {
            Assert.Null((await member.CallAsync(HttpMethod.Delete, "/api/me")).Problem);
        }

        Assert.Null((await _moderator.DecideAsync(id, "suspend")).Problem);
        await host.DrainAsync();

        Assert.Empty(await host.OutboxAsync($"{pair.OneId}@example.com"));
        Assert.Empty(await host.OutboxAsync($"{pair.TwoId}@example.com"));
        var member2 = await _moderator.ReadAsync($"/api/moderation/members/{pair.TwoId}");
        Assert.Equal((null, "Former member"), (member2.Body!["profile"], $"{member2["card"]["displayName"]}"));
        Assert.NotNull(member2.Body!["suspension"]);
        Assert.Equal("suspended", (await pair.Two.BecomeBrandAsync()).Problem);
        Assert.Empty((await host.Members().FindAsync(new MemberId(pair.TwoId), default))!.Value.Standing!.Acts);
    }

    private async Task<DateTimeOffset?> UntilAsync(string member) =>
        (await host.Members().FindAsync(new MemberId(member), default))!.Value.Standing!.SuspensionAt(DateTimeOffset.UtcNow)!.Until;
}
