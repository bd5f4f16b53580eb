using System.Net;
using Connections.Tests.Local.Worker;

namespace Connections.Tests.Functions.Invites;

/// <summary>The rules of inviting, through the calls.</summary>
public sealed class InviteRulesTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private static readonly TimeSpan Lock = TimeSpan.FromDays(21);

    [Fact]
    public async Task Repeating_a_pending_invite_answers_the_same_connection()
    {
        var (brand, _) = await PairAsync("again");
        var first = await brand.SendAsync("/api/invites", new { creatorId = "again-creator", note = "First" });
        var second = await brand.SendAsync("/api/invites", new { creatorId = "again-creator", note = "Second" });
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.Status, second.Status));
        Assert.Equal(first.Body!.ToJsonString(), second.Body!.ToJsonString());
    }

    [Fact]
    public async Task Inviting_whoever_invited_you_accepts()
    {
        var (brand, creator) = await PairAsync("mutual");
        var id = (await brand.SendAsync("/api/invites", new { creatorId = "mutual-creator" }))["id"].ToString();
        var back = await creator.SendAsync("/api/invites", new { creatorId = "mutual-brand" });
        Assert.Equal((HttpStatusCode.OK, "connected", id), (back.Status, back["state"].ToString(), back["id"].ToString()));
    }

    [Fact]
    public async Task After_a_decline_the_inviter_sees_declined_and_isLocked_for_21_days()
    {
        var (brand, creator) = await PairAsync("locked");
        var id = (await brand.SendAsync("/api/invites", new { creatorId = "locked-creator" }))["id"].ToString();
        Assert.Equal("declined", (await creator.SendAsync($"/api/invites/{id}/decline"))["state"].ToString());

        var refused = await brand.SendAsync("/api/invites", new { creatorId = "locked-creator" });
        Assert.Equal((HttpStatusCode.Conflict, "invite-locked"), (refused.Status, refused.Problem));
        var until = refused["until"].GetValue<DateTimeOffset>();
        Assert.InRange(until, DateTimeOffset.UtcNow.AddDays(21).AddMinutes(-5), DateTimeOffset.UtcNow.AddDays(21));

        var sent = await Calls.EventuallyAsync(
            () => brand.ReadAsync("/api/invites?direction=sent"),
            answer => answer["value"].AsArray().Any(c => c!["state"]!.ToString() == "declined"));
        var declined = Assert.Single(sent["value"].AsArray())!;
        Assert.Equal(("declined", until), (declined["state"]!.ToString(), declined["until"]!.GetValue<DateTimeOffset>()));
        var relation = (await brand.ReadAsync("/api/creators/locked-creator"))["relation"];
        Assert.Equal(("locked", until), (relation["state"]!.ToString(), relation["until"]!.GetValue<DateTimeOffset>()));

        // The member who declined sees no lock.
        var received = Assert.Single((await creator.ReadAsync("/api/invites?direction=received"))["value"].AsArray())!;
        Assert.Null(received["until"]);
    }

    [Fact]
    public async Task A_revoked_invite_is_listed_for_its_inviter_with_the_end_of_theLock_and_is_gone_for_its_invitee()
    {
        var (brand, creator) = await PairAsync("revoked");
        var id = (await brand.SendAsync("/api/invites", new { creatorId = "revoked-creator" }))["id"].ToString();
        await Calls.EventuallyAsync(
            () => creator.ReadAsync("/api/invites?direction=received"), answer => answer["value"].AsArray().Count == 1);
        var revoked = await brand.CallAsync(HttpMethod.Delete, $"/api/invites/{id}");
        Assert.Equal("revoked", revoked["state"].ToString());
        Assert.InRange(revoked["until"].GetValue<DateTimeOffset>() - revoked["answeredAt"].GetValue<DateTimeOffset>(), Lock, Lock);
        foreach (var path in new[] { "/api/invites?direction=sent", "/api/invites?direction=sent&state=revoked" })
        {
            var listed = Assert.Single((await brand.ReadAsync(path))["value"].AsArray())!;
            Assert.Equal(revoked.Body!.ToJsonString(), listed.ToJsonString());
        }

        foreach (var state in new[] { "pending", "declined", "expired", "connected" })
        {
            Assert.Empty((await brand.ReadAsync($"/api/invites?direction=sent&state={state}"))["value"].AsArray());
        }

        Assert.Empty((await creator.ReadAsync("/api/invites?direction=received&state=revoked"))["value"].AsArray());
        Assert.Empty((await Calls.EventuallyAsync(() => creator.ReadAsync("/api/invites?direction=received"), answer =>
            answer["value"].AsArray().Count == 0))["value"].AsArray());
    }

    [Fact]
    public async Task What_ended_long_ago_is_listed_for_its_inviter_as_long_as_it_locks_them()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var clocked = await LocalHostFixture.StartAsync(o => o with
        {
            Creators = 0,
            Time = time,
            Settings = new Dictionary<string, string?> { ["Invites:ShowAnsweredFor"] = "1.00:00:00" },
        });
        await clocked.ClientFor("long-brand").BecomeBrandAsync();
        foreach (var creator in new[] { "declines", "revoked", "accepts" })
        {
            await clocked.ClientFor(creator).BecomeCreatorAsync(creator, creator);
            var id = (await clocked.ClientFor("long-brand").SendAsync("/api/invites", new { creatorId = creator }))["id"];
            var (member, call) = creator == "revoked"
                ? (clocked.ClientFor("long-brand"), (HttpMethod.Delete, $"/api/invites/{id}"))
                : (clocked.ClientFor(creator), (HttpMethod.Post, $"/api/invites/{id}/{creator.TrimEnd('s')}"));
            Assert.Null((await member.CallAsync(call.Item1, call.Item2)).Problem);
        }

        await clocked.DrainAsync();
        Assert.Equal(3, await CountAsync("long-brand", "sent"));

        time.Advance(TimeSpan.FromDays(2));
        Assert.Equal((2, 0), (await CountAsync("long-brand", "sent"), await CountAsync("declines", "received")));

        time.Advance(Lock);
        Assert.Equal(0, await CountAsync("long-brand", "sent"));

        // A new client each time: the clock outruns a token.
        async Task<int> CountAsync(string member, string direction) =>
            (await clocked.ClientFor(member).ReadAsync($"/api/invites?direction={direction}"))["value"].AsArray().Count;
    }

    [Fact]
    public async Task Pending_pages_show_newest_first_and_page_through_all()
    {
        var brand = host.ClientFor("pages-brand");
        await brand.BecomeBrandAsync();
        for (var i = 0; i < 7; i++)
        {
            await host.ClientFor($"pages-{i}").BecomeCreatorAsync($"Creator {i}", $"pages{i}");
            await brand.SendAsync("/api/invites", new { creatorId = $"pages-{i}" });
        }

        var seen = new List<string>();
        for (var path = "/api/invites?direction=sent&state=pending&limit=3"; path is not null;)
        {
            var page = await brand.ReadAsync(path);
            Assert.InRange(page["value"].AsArray().Count, 1, 3);
            seen.AddRange(page["value"].AsArray().Select(c => c!["other"]!["id"]!.ToString()));
            path = page.Body!["nextLink"]?.ToString();
        }

        Assert.Equal(Enumerable.Range(0, 7).Reverse().Select(i => $"pages-{i}"), seen);
    }

    [Fact]
    public async Task The_days_limit_holds_under_parallel_calls_and_a_repeat_takes_no_place()
    {
        await using var small = await LocalHostFixture.StartAsync(
            o => o with { Settings = new Dictionary<string, string?> { ["Invites:PerDay"] = "5" } });
        var brand = small.ClientFor("limit-brand");
        await brand.BecomeBrandAsync();
        for (var i = 0; i < 8; i++)
        {
            await small.ClientFor($"limit-{i}").BecomeCreatorAsync($"Creator {i}", $"limit{i}");
        }

        // Invites each creator three times in parallel: a repeat takes no allowance.
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 24).Select(i => brand.SendAsync("/api/invites", new { creatorId = $"limit-{i % 8}" })));

        Assert.Equal(5, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        var refused = answers.Where(answer => answer.Status == HttpStatusCode.TooManyRequests).ToList();
        Assert.Equal(9, refused.Count);
        Assert.All(refused, answer =>
        {
            Assert.Equal("invite-limit-day", answer.Problem);
            Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
            Assert.EndsWith("T00:00:00.000Z", answer["until"].ToString(), StringComparison.Ordinal);
        });
        Assert.Equal(5, (await brand.ReadAsync("/api/invites?direction=sent"))["value"].AsArray().Count);
    }

    [Fact]
    public async Task Too_many_pending_invites_are_refused_until_some_end()
    {
        await using var small = await LocalHostFixture.StartAsync(
            o => o with { Settings = new Dictionary<string, string?> { ["Invites:PendingAtMost"] = "2" } });
        var brand = small.ClientFor("pending-brand");
        await brand.BecomeBrandAsync();
        for (var i = 0; i < 3; i++)
        {
            await small.ClientFor($"pending-{i}").BecomeCreatorAsync($"Creator {i}", $"pending{i}");
            var answer = await brand.SendAsync("/api/invites", new { creatorId = $"pending-{i}" });
            Assert.Equal(i < 2 ? null : "invite-limit-pending", answer.Problem);
        }
    }

    [Fact]
    public async Task An_invite_that_is_refused_takes_no_place_of_the_day_so_that_its_cost_tells_of_no_block()
    {
        await using var small = await LocalHostFixture.StartAsync(
            o => o with { Settings = new Dictionary<string, string?> { ["Invites:PerDay"] = "1" } });
        var brand = small.ClientFor("cost-brand");
        await brand.BecomeBrandAsync();
        foreach (var creator in new[] { "blocks", "open", "late" })
        {
            await small.ClientFor(creator).BecomeCreatorAsync(creator, creator);
        }

        await small.ClientFor("blocks").PutAsync("/api/blocks/cost-brand", new { });
        Assert.Equal("not-found", (await brand.SendAsync("/api/invites", new { creatorId = "blocks" })).Problem);
        Assert.Equal(HttpStatusCode.Created, (await brand.SendAsync("/api/invites", new { creatorId = "open" })).Status);
        Assert.Equal("invite-limit-day", (await brand.SendAsync("/api/invites", new { creatorId = "late" })).Problem);

        // An invite keeps its allowance, however it ends.
        await small.ClientFor("open").PutAsync("/api/blocks/cost-brand", new { });
        Assert.Equal("not-found", (await brand.SendAsync("/api/invites", new { creatorId = "open" })).Problem);
        Assert.Equal("invite-limit-day", (await brand.SendAsync("/api/invites", new { creatorId = "late" })).Problem);
    }

    [Fact]
    public async Task An_invite_past_its_time_is_expired_to_both_and_can_be_made_again()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));
        await using var later = await LocalHostFixture.StartAsync(o => o with { Time = time });
        var brand = later.ClientFor("brand");
        await brand.BecomeBrandAsync();
        await later.ClientFor("creator").BecomeCreatorAsync();
        var id = (await brand.SendAsync("/api/invites", new { creatorId = "creator" }))["id"].ToString();

        time.Advance(TimeSpan.FromDays(30));
        brand = later.ClientFor("brand");
        var creator = later.ClientFor("creator");
        Assert.Equal("expired", (await brand.ReadAsync($"/api/connections/{id}"))["state"].ToString());
        var refused = await creator.SendAsync($"/api/invites/{id}/accept");
        Assert.Equal(("invite-not-pending", "expired"), (refused.Problem, refused["state"].ToString()));
        Assert.Equal(HttpStatusCode.Created, (await brand.SendAsync("/api/invites", new { creatorId = "creator" })).Status);
    }

    private async Task<(HttpClient Brand, HttpClient Creator)> PairAsync(string name)
    {
        var (brand, creator) = (host.ClientFor($"{name}-brand"), host.ClientFor($"{name}-creator"));
        await brand.BecomeBrandAsync($"{name} Brand");
        await creator.BecomeCreatorAsync($"{name} Creator", name);
        return (brand, creator);
    }
}
