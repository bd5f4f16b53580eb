using System.Net;
using Connections.Cosmos;
using Connections.Members;
using Connections.Members.Standing;
using Connections.Tests.Functions.OpenApi;
using Connections.Tests.Functions.Safety;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Moderation;

/// <summary>What a suspended member can do, who sees them, and how it ends.</summary>
public sealed class SuspensionTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private static readonly string[] Allowed = ["readMyProfile", "exportMe", "eraseMe"];

    private readonly HttpClient _moderator = host.ModeratorOf();

    [Fact]
    public void Every_call_of_a_member_but_three_documents_the_refusal() => Assert.Equal(
        Contract.Current.Operations.Where(operation => !operation.IsOpen).Select(operation => operation.Id).Except(Allowed).Order(),
        Contract.Current.Operations.Where(operation => operation.Answers.Any(answer => answer.Type == "/problems/suspended"))
            .Select(operation => operation.Id).Order());

    [Fact]
    public async Task A_suspended_member_reads_why_exports_and_erases_and_does_nothing_else()
    {
        var pair = await Pair.TalkingAsync(host, "barred");
        var until = DateTimeOffset.UtcNow.AddDays(7).InMilliseconds();
        Assert.Null((await _moderator.SuspendAsync(pair.TwoId, "Threats to three members.", until)).Problem);

        foreach (var call in new[]
        {
            pair.Two.ReadAsync("/api/creators"), pair.Two.ReadAsync("/api/connections"), pair.Two.BecomeBrandAsync(),
            pair.Two.ReadAsync("/api/me/email-preferences"), pair.Two.SendAsync("/api/realtime/access"),
            pair.Two.SendAsync($"/api/connections/{pair.ConnectionId}/messages", new { clientId = "9", text = "Still here" }),
        })
        {
            var refused = await call;
            Assert.Equal((HttpStatusCode.Forbidden, "suspended", "spam"), (refused.Status, refused.Problem, $"{refused["reason"]}"));
            Assert.Equal(until, refused["until"].GetValue<DateTimeOffset>());
            // It speaks to the member: no call by its address.
            Assert.Contains($"{until:d MMMM yyyy, HH:mm} UTC", $"{refused["detail"]}", StringComparison.Ordinal);
            Assert.Contains("support@", $"{refused["detail"]}", StringComparison.Ordinal);
            Assert.DoesNotContain("/api/", $"{refused["detail"]}", StringComparison.Ordinal);
        }

        var me = await pair.Two.ReadAsync("/api/me");
        Assert.Equal("Threats to three members.", $"{me["suspension"]["statement"]}");
        Assert.Null(me["suspension"]["by"]);
        var export = await pair.Two.ReadAsync("/api/me/export");
        Assert.Equal(["suspended"], export["decisions"].AsArray().Select(decision => $"{decision!["what"]}"));
        Assert.DoesNotContain("moderator", export.Body!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await pair.Two.CallAsync(HttpMethod.Delete, "/api/me")).Status);
        Assert.Equal("suspended", (await pair.Two.BecomeBrandAsync()).Problem);
    }

    [Fact]
    public void What_follows_a_suspension_late_does_not_undo_the_lift_that_overtook_it()
    {
        var (member, now) = (new MemberId("overtaken"), DateTimeOffset.UtcNow);
        var suspended = MemberStanding.Untouched.After(Act(ModerationActKind.Suspend), now);
        var lifted = suspended.After(Act(ModerationActKind.LiftSuspension), now);

        var inOrder = SuspendedMembers.Nobody.With(member, suspended, now).With(member, lifted, now);
        var overtaken = SuspendedMembers.Nobody.With(member, lifted, now).With(member, suspended, now);

        Assert.False(inOrder.Has(member, now));
        Assert.False(overtaken.Has(member, now));
        // Who was never suspended is not in the list.
        Assert.Same(
            SuspendedMembers.Nobody,
            SuspendedMembers.Nobody.With(member, MemberStanding.Untouched.After(Act(ModerationActKind.Warn), now), now));

        ModerationAct Act(ModerationActKind kind) => new($"{kind}", 0, kind, now, new MemberId("moderator"), "spam", "Why");
    }

    [Fact]
    public async Task Their_sockets_are_closed_and_none_is_opened()
    {
        var pair = await Pair.StrangersAsync(host, "sockets");
        await using var live = await LiveClient.OpenAsync(pair.Two);
        var url = new Uri((await pair.Two.SendAsync("/api/realtime/access"))["url"].ToString());

        Assert.Null((await _moderator.SuspendAsync(pair.TwoId)).Problem);

        await live.ClosedAsync();
        using var socket = new System.Net.WebSockets.ClientWebSocket();
        socket.Options.AddSubProtocol("json.webpubsub.azure.v1");
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => socket.ConnectAsync(url, default));
        Assert.Null((await _moderator.LiftAsync(pair.TwoId)).Problem);
        await using var again = await LiveClient.OpenAsync(pair.Two);
    }

    [Fact]
    public async Task Nobody_finds_invites_or_marks_them_and_those_who_are_connected_still_see_them()
    {
        await using var own = await LocalHostFixture.StartAsync(o => o with { Creators = 0 });
        var moderator = own.ModeratorOf();
        var pair = await Pair.TalkingAsync(own, "unseen");
        var stranger = own.ClientFor("unseen-stranger");
        await stranger.BecomeBrandAsync();
        Assert.Null((await moderator.SuspendAsync(pair.TwoId)).Problem);

        Assert.False(await Pair.FindsAsync(stranger, pair.TwoId));
        Assert.Equal("not-found", (await stranger.ReadAsync($"/api/creators/{pair.TwoId}")).Problem);
        Assert.Equal("not-found", (await stranger.PutAsync($"/api/favourites/{pair.TwoId}", new { })).Problem);
        Assert.Equal("not-found", (await stranger.PutAsync($"/api/dismissed/{pair.TwoId}", new { })).Problem);
        Assert.Equal("not-found", (await stranger.SendAsync("/api/invites", new { creatorId = pair.TwoId })).Problem);
        foreach (var query in new[] { "", "?category=travel" })
        {
            // Both of the pair are in Norway; the demo creator is not, and is counted too.
            var facets = await stranger.ReadAsync($"/api/creators/facets{query}");
            Assert.Equal(2, (int)facets["total"]["count"]!);
            Assert.Equal(1, (int)facets["countries"].AsArray().Single(country => $"{country!["value"]}" == "NO")!["count"]!);
        }

        Assert.Null((await pair.One.ReadAsync($"/api/creators/{pair.TwoId}")).Problem);
        Assert.Null((await moderator.LiftAsync(pair.TwoId)).Problem);
        Assert.True(await Pair.FindsAsync(stranger, pair.TwoId));
    }

    [Fact]
    public async Task Their_pending_invites_cannot_be_answered_and_are_there_again_when_it_ends()
    {
        var pair = await Pair.InvitedAsync(host, "paused");
        var token = await pair.LinkTokenAsync();
        var (anybody, link, invite) = (host.AnonymousClient(), $"/api/invite-links/{token}", $"/api/invites/{pair.ConnectionId}");
        await host.DrainAsync();
        Assert.Null((await _moderator.SuspendAsync(pair.OneId)).Problem);

        Assert.Empty((await pair.Two.ReadAsync("/api/invites?direction=received&state=pending"))["value"].AsArray());
        Assert.Equal("not-found", (await pair.Two.ReadAsync($"/api/connections/{pair.ConnectionId}")).Problem);
        Assert.Empty((await pair.Two.ReadAsync($"/api/connections?id={pair.ConnectionId}"))["value"].AsArray());
        Assert.Equal("not-found", (await pair.Two.SendAsync($"{invite}/accept")).Problem);
        Assert.Equal("not-found", (await pair.Two.SendAsync($"{invite}/decline")).Problem);
        Assert.Equal("not-found", (await pair.Two.SendAsync("/api/invites", new { creatorId = pair.OneId })).Problem);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.ReadAsync(link)).Status);
        using var answer = new FormUrlEncodedContent([new("answer", "accept")]);
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.CallAsync(HttpMethod.Post, link, answer)).Status);

        Assert.Null((await _moderator.LiftAsync(pair.OneId)).Problem);

        Assert.Single((await pair.Two.ReadAsync("/api/invites?direction=received&state=pending"))["value"].AsArray());
        Assert.Single((await pair.Two.ReadAsync($"/api/connections?id={pair.ConnectionId}"))["value"].AsArray());
        Assert.Equal(HttpStatusCode.OK, (await anybody.ReadAsync(link)).Status);
        Assert.Equal("connected", $"{(await pair.Two.SendAsync($"{invite}/accept"))["state"]}");
    }

    [Fact]
    public async Task What_another_instance_has_written_holds_here_within_five_seconds()
    {
        var pair = await Pair.StrangersAsync(host, "elsewhere");
        var containers = host.Services.GetRequiredService<Containers>();
        var elsewhere = new Suspensions(containers, TimeProvider.System);
        var standing = new MemberStanding { Count = 1, Suspension = new Measure(DateTimeOffset.UtcNow, new("other"), "spam", "There.") };
        var began = DateTimeOffset.UtcNow;
        await elsewhere.FollowAsync(new Member { Id = new MemberId(pair.TwoId), Standing = standing }, default);

        var refused = await Calls.EventuallyAsync(() => pair.Two.ReadAsync("/api/connections"), answer => answer.Problem is not null);

        Assert.Equal("suspended", refused.Problem);
        Assert.True(Suspensions.Every < TimeSpan.FromSeconds(5));
        Assert.InRange(DateTimeOffset.UtcNow - began, TimeSpan.Zero, LocalHostFixture.MaxWait);
    }

    [Fact]
    public async Task An_instance_that_has_never_read_who_is_suspended_reads_it_before_its_first_answer()
    {
        await using var own = await LocalHostFixture.StartAsync(o => o with { Creators = 0 });
        await own.ClientFor("stays").BecomeBrandAsync();
        Assert.Null((await own.ModeratorOf().SuspendAsync("stays")).Problem);

        // Without hosted services nothing reads it again and again.
        await own.RestartAsync(o => o with { Services = Access.Records.Quiet });
        Assert.Equal("suspended", (await own.ClientFor("stays").ReadAsync("/api/connections")).Problem);
    }

    [Fact]
    public async Task A_suspension_with_an_end_ends_by_itself_and_emails_wait_for_it()
    {
        await using var clocked = await ClockedHost.StartAsync();
        var (moderator, brand) = (clocked.Host.ModeratorOf(), clocked.Host.ClientFor("brand"));
        var id = await clocked.InviteAsync();
        await clocked.PassAsync(TimeSpan.FromMinutes(1));
        Assert.Single(await clocked.Host.OutboxAsync("creator@example.com"));
        Assert.Null((await moderator.SuspendAsync("brand", until: clocked.Time.GetUtcNow().AddDays(8))).Problem);
        Assert.Equal("suspended", (await brand.ReadAsync("/api/connections")).Problem);

        // The reminder is due after a week, and waits.
        await clocked.PassAsync(TimeSpan.FromDays(7));
        Assert.Single(await clocked.Host.OutboxAsync("creator@example.com"));
        Assert.Equal("suspended", (await clocked.Host.ClientFor("brand").ReadAsync("/api/connections")).Problem);

        await clocked.PassAsync(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));

        Assert.Null((await clocked.Host.ClientFor("brand").ReadAsync("/api/connections")).Problem);
        Assert.Equal(2, (await clocked.Host.OutboxAsync("creator@example.com")).Count);
        Assert.Null((await clocked.Host.ClientFor("creator").SendAsync($"/api/invites/{id}/accept")).Problem);
        Assert.Single(await clocked.MailsAsync("brand", "suspended"));
    }

    [Fact]
    public async Task A_suspension_is_lifted_once_and_told_and_changing_it_to_the_same_does_nothing()
    {
        var pair = await Pair.StrangersAsync(host, "lifted");
        Assert.Null((await _moderator.SuspendAsync(pair.TwoId)).Problem);
        Assert.Null((await _moderator.SuspendAsync(pair.TwoId)).Problem);
        Assert.Null((await _moderator.LiftAsync(pair.TwoId)).Problem);
        Assert.Null((await _moderator.LiftAsync(pair.TwoId)).Problem);
        await host.DrainAsync();

        Assert.Equal(["suspensionLifted", "suspended"], (await _moderator.TrailAsync(pair.TwoId)).Select(entry => $"{entry["what"]}"));
        Assert.Equal(
            ["Your account is open again", "Your account is suspended"],
            (await host.OutboxAsync($"{pair.TwoId}@example.com")).Select(mail => mail.Subject).Order());
        Assert.Null((await pair.Two.ReadAsync("/api/connections")).Problem);
    }

    [Fact]
    public async Task Why_it_was_lifted_is_in_the_trail_and_in_the_email_and_a_call_without_a_body_gives_no_reason()
    {
        var pair = await Pair.StrangersAsync(host, "why");
        var measures = $"/api/moderation/members/{pair.TwoId}";
        Assert.Null((await _moderator.SuspendAsync(pair.TwoId)).Problem);
        foreach (var path in new[] { "/suspension", "/unlisting" })
        {
            var unsaid = await _moderator.CallAsync(HttpMethod.Delete, measures + path, new { statement = " " });
            Assert.Equal(["statement"], unsaid["errors"].AsObject().Select(error => error.Key));
        }

        var why = new { statement = "It was not you." };
        Assert.Null((await _moderator.CallAsync(HttpMethod.Delete, measures + "/suspension", why)).Problem);
        var lifted = (await _moderator.TrailAsync(pair.TwoId))[0];
        Assert.Equal(("suspensionLifted", "It was not you."), ($"{lifted["what"]}", $"{lifted["statement"]}"));
        await host.DrainAsync();
        var mail = (await host.OutboxAsync($"{pair.TwoId}@example.com")).Single(mail => mail.Subject == "Your account is open again");
        Assert.Contains("> It was not you.", mail.Text, StringComparison.Ordinal);
        // There is nothing to contest.
        Assert.DoesNotContain("think that this is wrong", mail.Text, StringComparison.Ordinal);

        Assert.Null((await _moderator.SuspendAsync(pair.TwoId)).Problem);
        Assert.Null((await _moderator.LiftAsync(pair.TwoId)).Problem);
        Assert.Null((await _moderator.TrailAsync(pair.TwoId))[0]["statement"]);
    }
}
