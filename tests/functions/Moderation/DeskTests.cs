using System.Net;
using Connections.Tests.Functions.Members;
using Connections.Tests.Functions.Safety;

namespace Connections.Tests.Functions.Moderation;

/// <summary>The moderators' lists: what is reported, what was decided, and what is known of a member.</summary>
public sealed class DeskTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private readonly HttpClient _moderator = host.ModeratorOf();

    [Fact]
    public async Task A_report_shows_both_members_and_what_was_reported_as_it_was()
    {
        var pair = await Pair.TalkingAsync(host, "shown");
        var id = await pair.ReportAsync("harassment", seq: 2, details: "See for yourself.");
        await pair.Two.CallAsync(HttpMethod.Patch, $"/api/connections/{pair.ConnectionId}/messages/2", new { text = "Nothing to see" });
        await pair.Two.BecomeCreatorAsync("Another name", "another");

        var page = await _moderator.ReadAsync($"/api/moderation/reports?member={pair.TwoId}");

        var report = Assert.Single(page["value"].AsArray())!;
        Assert.Equal(
            (id, "open", "harassment", "See for yourself."),
            ($"{report["id"]}", $"{report["state"]}", $"{report["reason"]}", $"{report["details"]}"));
        Assert.Equal(("From two", "shown Two"), ($"{report["message"]!["text"]}", $"{report["profile"]!["displayName"]}"));
        Assert.Equal((pair.TwoId, "Another name"), ($"{report["reported"]!["id"]}", $"{report["reported"]!["displayName"]}"));
        Assert.Equal((pair.OneId, "shown One"), ($"{report["reporter"]!["id"]}", $"{report["reporter"]!["displayName"]}"));
        Assert.Null(report["decision"]);
    }

    [Fact]
    public async Task Open_reports_are_listed_newest_first_by_reason_and_by_member_and_decided_ones_only_among_the_closed()
    {
        var pair = await Pair.TalkingAsync(host, "sorted");
        var (first, second, third) = (await pair.ReportAsync(), await pair.ReportAsync("harassment"), await pair.ReportAsync());
        var own = $"member={pair.TwoId}";
        Assert.Equal([third, second, first], await _moderator.ReportIdsAsync(own));
        Assert.Equal([third, first], await _moderator.ReportIdsAsync($"{own}&reason=spam"));
        Assert.Equal([third, second, first], (await _moderator.ReportIdsAsync("state=open")).Intersect([first, second, third]));
        Assert.Equal([second], (await _moderator.ReportIdsAsync("reason=harassment")).Intersect([first, second, third]));

        Assert.Null((await _moderator.DecideAsync(first, "dismiss")).Problem);

        Assert.Equal([third, second], await _moderator.ReportIdsAsync(own));
        Assert.Equal([first], await _moderator.ReportIdsAsync($"{own}&state=closed"));
        Assert.Equal([first], (await _moderator.ReportIdsAsync("state=closed&reason=spam")).Intersect([first, second, third]));
        var closed = (await _moderator.ReadAsync($"/api/moderation/reports?{own}&state=closed"))["value"][0]!["decision"]!;
        Assert.Equal(("dismiss", "moderator"), ($"{closed["decision"]}", $"{closed["by"]}"));
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repetition()
    {
        var pair = await Pair.TalkingAsync(host, "paged");
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            made.Insert(0, await pair.ReportAsync());
        }

        foreach (var query in new[] { $"member={pair.TwoId}", $"member={pair.TwoId}&reason=spam", "state=open" })
        {
            var (read, _) = await _moderator.AllAsync($"/api/moderation/reports?{query}&limit=2");
            Assert.Equal(made, read.Ids().Where(made.Contains));
        }
    }

    [Fact]
    public async Task Counts_are_of_open_reports_by_reason_and_of_the_decisions_in_like_cases()
    {
        await using var own = await LocalHostFixture.StartAsync(o => o with { Creators = 0 });
        var moderator = own.ModeratorOf();
        var pair = await Pair.TalkingAsync(own, "counted");
        var (first, second) = (await pair.ReportAsync(), await pair.ReportAsync());
        await pair.ReportAsync();
        await pair.ReportAsync("impersonation");
        Assert.Null((await moderator.DecideAsync(first, "warn")).Problem);
        Assert.Null((await moderator.DecideAsync(second, "dismiss")).Problem);

        var counts = await moderator.ReadAsync("/api/moderation/reports/counts?reason=spam");

        Assert.Equal(
            """{"spam":1,"harassment":0,"impersonation":1,"inappropriate":0,"other":0}""", counts["open"].ToJsonString());
        Assert.Equal("""{"dismiss":1,"warn":1,"unlist":0,"suspend":0}""", counts["decisions"].ToJsonString());
        Assert.Null((await moderator.ReadAsync("/api/moderation/reports/counts")).Body!["decisions"]);
    }

    [Fact]
    public async Task A_look_at_a_message_is_in_the_trail_once_a_day_for_each_moderator_and_a_look_at_a_profile_is_not()
    {
        var pair = await Pair.TalkingAsync(host, "looked");
        var report = await pair.ReportAsync(seq: 2);
        await pair.ReportAsync();
        foreach (var moderator in new[] { _moderator, _moderator, host.ModeratorOf("second") })
        {
            Assert.Equal(2, (await moderator.ReportIdsAsync($"member={pair.TwoId}")).Length);
        }

        var trail = await _moderator.TrailAsync(pair.TwoId);

        Assert.All(trail, entry => Assert.Equal(("messageSeen", report), ($"{entry["what"]}", $"{entry["reportId"]}")));
        Assert.Equal(["moderator", "second"], trail.Select(entry => $"{entry["by"]}").Order());
    }

    [Fact]
    public async Task A_report_is_read_by_its_number_and_names_the_moderator_who_decided()
    {
        var pair = await Pair.TalkingAsync(host, "numbered");
        var report = await pair.ReportAsync(seq: 2);
        var ines = host.ModeratorOf("numbered-ines");
        await ines.BecomeBrandAsync("Ines Duarte");
        var open = await _moderator.ReadAsync($"/api/moderation/reports/{report}");
        Assert.Equal(("open", null), ($"{open["state"]}", open.Body!["decidedBy"]));
        Assert.Null((await ines.DecideAsync(report, "warn")).Problem);

        var closed = await _moderator.ReadAsync($"/api/moderation/reports/{report}");

        Assert.Equal(
            ("closed", "warn", "Ines Duarte"), ($"{closed["state"]}", $"{closed["decision"]["decision"]}", $"{closed["decidedBy"]}"));
        var trail = await _moderator.TrailAsync(pair.TwoId);
        Assert.Equal("Ines Duarte", $"{trail.Single(entry => $"{entry["what"]}" == "decided")["byName"]}");
        // The other moderator never made a profile.
        Assert.Null(trail.Single(entry => $"{entry["what"]}" == "messageSeen" && $"{entry["by"]}" == "moderator")["byName"]);
        Assert.Equal("not-found", (await _moderator.ReadAsync("/api/moderation/reports/none")).Problem);
    }

    [Fact]
    public async Task Own_roles_are_in_the_own_profile_only_and_do_not_make_it_stale()
    {
        var moderator = host.ClientFor("roles-moderator", roles: ["moderator", "guest"]);
        Assert.Equal("brand", $"{(await moderator.BecomeBrandAsync("Ines"))["kind"]}");
        var own = await moderator.ReadAsync("/api/me");
        Assert.Equal("""["moderator"]""", own["roles"].ToJsonString());
        Assert.Null((await host.ClientFor("roles-moderator").ReadAsync("/api/me")).Body!["roles"]);
        Assert.Null((await _moderator.ReadAsync("/api/moderation/members/roles-moderator"))["profile"]["roles"]);
        moderator.DefaultRequestHeaders.IfMatch.Add(own.Headers.ETag!);

        var saved = await moderator.PutAsync("/api/me", new { displayName = "Ines Duarte" });

        Assert.Equal((null, """["moderator"]"""), (saved.Problem, saved["roles"].ToJsonString()));
    }

    [Fact]
    public async Task A_moderator_has_no_part_in_their_own_case()
    {
        var pair = await Pair.TalkingAsync(host, "own");
        var report = await pair.ReportAsync();
        foreach (var id in new[] { pair.OneId, pair.TwoId })
        {
            var party = host.ModeratorOf(id);
            Assert.Empty(await party.ReportIdsAsync($"member={pair.TwoId}"));
            Assert.DoesNotContain(report, await party.ReportIdsAsync("state=open"));
            // The counts are those of the lists.
            Assert.Equal(
                (await party.ReportIdsAsync("state=open&reason=spam")).Length,
                (int)(await party.ReadAsync("/api/moderation/reports/counts"))["open"]["spam"]!);
            Assert.Equal((HttpStatusCode.Forbidden, "own-case"), Of(await party.DecideAsync(report, "dismiss")));
            Assert.Equal((HttpStatusCode.Forbidden, "own-case"), Of(await party.ReadAsync($"/api/moderation/members/{id}")));
            Assert.Equal((HttpStatusCode.Forbidden, "own-case"), Of(await party.LiftAsync(id)));
        }

        Assert.Equal([report], await _moderator.ReportIdsAsync($"member={pair.TwoId}"));
    }

    [Fact]
    public async Task A_member_is_shown_with_reports_invites_and_the_trail()
    {
        var pair = await Pair.TalkingAsync(host, "known");
        await host.ClientFor("known-third").BecomeCreatorAsync("Third", "third");
        Assert.Null((await pair.Two.SendAsync("/api/invites", new { creatorId = "known-third" })).Problem);
        var report = await pair.ReportAsync();
        await pair.ReportAsync("other");
        Assert.Null((await _moderator.DecideAsync(report, "warn", "Not again.")).Problem);

        var member = await _moderator.ReadAsync($"/api/moderation/members/{pair.TwoId}");

        Assert.Equal((pair.TwoId, "known Two"), ($"{member["profile"]["id"]}", $"{member["card"]["displayName"]}"));
        Assert.Equal(
            """[{"reason":"spam","open":0,"closed":1},{"reason":"other","open":1,"closed":0}]""", member["reports"].ToJsonString());
        Assert.Equal("""{"pending":1}""", member["invites"]["states"]!.ToJsonString());
        var decided = Assert.Single(member["trail"].AsArray())!;
        Assert.Equal(
            ("decided", "warn", "spam", "Not again.", "moderator", report),
            ($"{decided["what"]}", $"{decided["decision"]}", $"{decided["reason"]}", $"{decided["statement"]}", $"{decided["by"]}",
                $"{decided["reportId"]}"));
        Assert.Null(member.Body!["suspension"]);
    }

    [Fact]
    public async Task To_everybody_else_the_desk_is_an_address_that_does_not_exist()
    {
        var stranger = host.ClientFor("desk-stranger", roles: ["Moderator", "moderators"]);
        var unknown = await stranger.ReadAsync("/api/no-such-address");
        foreach (var path in new[] { "reports", "reports/counts?x=1", "members/demo-creator", "members/demo-creator/trail" })
        {
            var answer = await stranger.ReadAsync($"/api/moderation/{path}");
            Assert.Equal((unknown.Status, $"{unknown["type"]} {unknown["title"]} {unknown["detail"]}"), (
                answer.Status, $"{answer["type"]} {answer["title"]} {answer["detail"]}"));
            Assert.Equal(
                unknown.Headers.Select(header => header.Key).Order(), answer.Headers.Select(header => header.Key).Order());
            Assert.Equal(unknown.Headers.GetValues("RateLimit-Policy"), answer.Headers.GetValues("RateLimit-Policy"));
        }
    }

    private static (HttpStatusCode Status, string? Problem) Of(Answer answer) => (answer.Status, answer.Problem);
}
