using System.Net;

namespace Connections.Tests.Functions.Safety;

/// <summary>Blocking and lifting a block, through the calls.</summary>
public sealed class BlocksTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task A_block_is_in_the_blockers_list_with_the_members_card_and_time()
    {
        var pair = await Pair.StrangersAsync(host, "listed");

        Assert.Equal(HttpStatusCode.NoContent, (await pair.OneBlocksAsync()).Status);

        var block = Assert.Single((await pair.One.ReadAsync("/api/blocks"))["value"].AsArray())!;
        Assert.Equal((pair.TwoId, "listed Two"), (block["member"]!["id"]!.ToString(), block["member"]!["displayName"]!.ToString()));
        Assert.InRange(
            block["blockedAt"]!.GetValue<DateTimeOffset>(), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.Equal(["member", "blockedAt"], block.AsObject().Select(property => property.Key));
        Assert.Empty(await Pair.BlockedByAsync(pair.Two));
    }

    [Fact]
    public async Task Blocking_again_changes_nothing()
    {
        var pair = await Pair.StrangersAsync(host, "again");
        await pair.OneBlocksAsync();
        await host.DrainAsync();
        var before = (await pair.One.ReadAsync("/api/blocks")).Body!.ToJsonString();

        Assert.Equal(HttpStatusCode.NoContent, (await pair.OneBlocksAsync()).Status);

        Assert.Equal(before, (await pair.One.ReadAsync("/api/blocks")).Body!.ToJsonString());
        Assert.Equal(1, (await pair.RecordAsync()).Version);
    }

    [Fact]
    public async Task Fifty_blocks_of_one_member_at_once_are_one_block()
    {
        var pair = await Pair.StrangersAsync(host, "fifty");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => pair.OneBlocksAsync()));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NoContent, answer.Status));
        Assert.Equal([pair.TwoId], await Pair.BlockedByAsync(pair.One));
        Assert.Equal(1, (await pair.RecordAsync()).Version);
    }

    [Fact]
    public async Task What_cannot_be_an_id_is_not_found_and_oneself_is_refused()
    {
        var member = host.ClientFor("alone");
        await member.BecomeBrandAsync();

        foreach (var id in new[] { "no%20id", new string('a', 129) })
        {
            Assert.Equal((HttpStatusCode.NotFound, "not-found"), Seen(await member.PutAsync($"/api/blocks/{id}", new { })));
        }

        var oneself = await member.PutAsync("/api/blocks/alone", new { });
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), Seen(oneself));
        Assert.NotNull(oneself["errors"]["memberId"]);
        Assert.Empty(await Pair.BlockedByAsync(member));
    }

    [Theory]
    [InlineData("nobody-by-this-id")]
    [InlineData("no%20id")]
    [InlineData("lifts-nothing")]
    [InlineData("demo-creator")]
    public async Task Lifting_a_block_that_is_not_there_is_done_already(string id)
    {
        var member = host.ClientFor("lifts-nothing");
        await member.BecomeBrandAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await member.CallAsync(HttpMethod.Delete, $"/api/blocks/{id}")).Status);
    }

    [Fact]
    public async Task Only_the_blocker_lifts_a_block_and_then_the_two_are_removed()
    {
        var pair = await Pair.TalkingAsync(host, "lift");
        await pair.OneBlocksAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await pair.TwoUnblocksAsync()).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await pair.Two.ReadAsync($"/api/connections/{pair.ConnectionId}")).Status);
        Assert.Equal([pair.TwoId], await Pair.BlockedByAsync(pair.One));

        Assert.Equal(HttpStatusCode.NoContent, (await pair.OneUnblocksAsync()).Status);
        Assert.Empty(await Pair.BlockedByAsync(pair.One));
        foreach (var (member, other) in new[] { (pair.One, pair.TwoId), (pair.Two, pair.OneId) })
        {
            Assert.Equal("removed", (await member.ReadAsync($"/api/connections/{pair.ConnectionId}"))["state"].ToString());
            Assert.Equal("none", (await member.ReadAsync($"/api/creators/{other}"))["relation"]["state"]!.ToString());
            Assert.True(await Pair.FindsAsync(member, other));
        }

        Assert.Equal("pending", (await pair.Two.SendAsync("/api/invites", new { creatorId = pair.OneId }))["state"].ToString());
    }

    [Fact]
    public async Task Both_can_block_and_the_pair_stays_apart_until_both_have_lifted_it()
    {
        var pair = await Pair.TalkingAsync(host, "both");
        await pair.OneBlocksAsync();
        Assert.Equal(HttpStatusCode.NoContent, (await pair.TwoBlocksAsync()).Status);
        Assert.Equal([pair.TwoId], await Pair.BlockedByAsync(pair.One));
        Assert.Equal([pair.OneId], await Pair.BlockedByAsync(pair.Two));

        await pair.OneUnblocksAsync();
        Assert.Empty(await Pair.BlockedByAsync(pair.One));
        Assert.Equal([pair.OneId], await Pair.BlockedByAsync(pair.Two));
        foreach (var (member, other) in new[] { (pair.One, pair.TwoId), (pair.Two, pair.OneId) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await member.ReadAsync($"/api/creators/{other}")).Status);
            Assert.Equal("not-found", (await member.SendAsync("/api/invites", new { creatorId = other })).Problem);
        }

        // The member who still blocks can read what was said, and the other cannot.
        Assert.Equal(HttpStatusCode.NotFound, (await pair.One.ReadAsync($"/api/connections/{pair.ConnectionId}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await pair.Two.ReadAsync($"/api/connections/{pair.ConnectionId}")).Status);

        await pair.TwoUnblocksAsync();
        Assert.Equal("removed", (await pair.One.ReadAsync($"/api/connections/{pair.ConnectionId}"))["state"].ToString());
    }

    [Fact]
    public async Task After_a_block_before_any_invite_is_lifted_nothing_shows_that_it_was_there()
    {
        var pair = await Pair.StrangersAsync(host, "traceless");
        await using var live = await LiveClient.OpenAsync(pair.Two);
        await pair.OneBlocksAsync();
        await pair.OneUnblocksAsync();
        await host.DrainAsync();

        foreach (var (member, other) in new[] { (pair.One, pair.TwoId), (pair.Two, pair.OneId) })
        {
            Assert.Equal("""{"state":"none"}""", (await member.ReadAsync($"/api/creators/{other}"))["relation"].ToJsonString());
            Assert.Equal((HttpStatusCode.NotFound, "not-found"), Seen(await member.ReadAsync($"/api/connections/{pair.ConnectionId}")));
            Assert.Equal(
                (HttpStatusCode.NotFound, "not-found"), Seen(await member.ReadAsync($"/api/connections/{pair.ConnectionId}/messages")));
            Assert.Empty((await member.ReadAsync("/api/me/export"))["connections"].AsArray());
            Assert.Equal((HttpStatusCode.NotFound, "not-found"), Seen(
                await member.CallAsync(HttpMethod.Delete, $"/api/connections/{pair.ConnectionId}")));
            Assert.Equal((HttpStatusCode.NotFound, "not-found"), Seen(
                await member.CallAsync(HttpMethod.Delete, $"/api/invites/{pair.ConnectionId}")));
            Assert.Equal((HttpStatusCode.NotFound, "not-found"), Seen(await member.SendAsync($"/api/invites/{pair.ConnectionId}/accept")));
        }

        Assert.Empty(live.Events);
        Assert.Equal(
            (HttpStatusCode.Created, 1),
            ((await pair.Two.SendAsync("/api/invites", new { creatorId = pair.OneId })).Status, (await pair.RecordAsync()).InviteNumber));
    }

    [Fact]
    public async Task The_list_shows_the_latest_block_first_and_pages_through_all()
    {
        var blocker = host.ClientFor("pages-blocker");
        await blocker.BecomeBrandAsync();
        for (var i = 0; i < 7; i++)
        {
            await host.ClientFor($"pages-{i}").BecomeCreatorAsync($"Creator {i}", $"pages{i}");
            await blocker.PutAsync($"/api/blocks/pages-{i}", new { });
            host.Pass(TimeSpan.FromMilliseconds(1));
        }

        await blocker.CallAsync(HttpMethod.Delete, "/api/blocks/pages-3");
        var seen = new List<string>();
        for (string? path = "/api/blocks?limit=3"; path is not null;)
        {
            var page = await blocker.ReadAsync(path);
            Assert.InRange(page["value"].AsArray().Count, 1, 3);
            seen.AddRange(page["value"].AsArray().Select(block => block!["member"]!["id"]!.ToString()));
            path = page.Body!["nextLink"]?.ToString();
        }

        Assert.Equal(["pages-6", "pages-5", "pages-4", "pages-2", "pages-1", "pages-0"], seen);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("continuation=!")]
    [InlineData("continuation=bm9uZQ")]
    public async Task A_bad_page_of_the_list_is_named(string query) =>
        Assert.Equal(
            (HttpStatusCode.BadRequest, "invalid-input"), Seen(await host.ClientFor("bad-page").ReadAsync($"/api/blocks?{query}")));

    [Fact]
    public async Task Without_a_token_no_call_is_answered()
    {
        var nobody = host.AnonymousClient();
        Assert.Equal("unauthenticated", (await nobody.ReadAsync("/api/blocks")).Problem);
        Assert.Equal("unauthenticated", (await nobody.PutAsync("/api/blocks/demo-creator", new { })).Problem);
        Assert.Equal("unauthenticated", (await nobody.CallAsync(HttpMethod.Delete, "/api/blocks/demo-creator")).Problem);
    }

    private static (HttpStatusCode, string?) Seen(Answer answer) => (answer.Status, answer.Problem);
}
