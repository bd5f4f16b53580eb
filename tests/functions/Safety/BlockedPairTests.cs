using System.Net;
using System.Text.Json.Nodes;

namespace Connections.Tests.Functions.Safety;

/// <summary>A blocked pair cannot see or invite each other, whichever of the two blocks, in every call.</summary>
public sealed class BlockedPairTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Neither_of_a_pair_that_talked_sees_the_other_in_any_call(bool oneBlocks)
    {
        var pair = await Pair.TalkingAsync(host, $"talked-{oneBlocks}");
        await pair.One.PutAsync($"/api/favourites/{pair.TwoId}", new { });
        await pair.Two.PutAsync($"/api/favourites/{pair.OneId}", new { });

        await (oneBlocks ? pair.OneBlocksAsync() : pair.TwoBlocksAsync());

        await SeesNothingAsync(pair.One, pair.TwoId, pair.ConnectionId, blocks: oneBlocks);
        await SeesNothingAsync(pair.Two, pair.OneId, pair.ConnectionId, blocks: !oneBlocks);
        await host.DrainAsync();
        await SeesNothingAsync(pair.One, pair.TwoId, pair.ConnectionId, blocks: oneBlocks);
        await SeesNothingAsync(pair.Two, pair.OneId, pair.ConnectionId, blocks: !oneBlocks);
        Assert.Equal(oneBlocks ? [pair.TwoId] : [], await Pair.BlockedByAsync(pair.One));
        Assert.Equal(oneBlocks ? [] : [pair.OneId], await Pair.BlockedByAsync(pair.Two));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Neither_of_a_pair_with_a_pending_invite_sees_the_other_in_any_call(bool inviterBlocks)
    {
        var pair = await Pair.InvitedAsync(host, $"pending-{inviterBlocks}");

        await (inviterBlocks ? pair.OneBlocksAsync() : pair.TwoBlocksAsync());

        await SeesNothingAsync(pair.One, pair.TwoId, pair.ConnectionId, blocks: inviterBlocks);
        await SeesNothingAsync(pair.Two, pair.OneId, pair.ConnectionId, blocks: !inviterBlocks);
    }

    [Fact]
    public async Task Neither_of_two_strangers_sees_the_other_in_any_call()
    {
        var pair = await Pair.StrangersAsync(host, "strangers");

        await pair.OneBlocksAsync();

        await SeesNothingAsync(pair.One, pair.TwoId, pair.ConnectionId, blocks: false);
        await SeesNothingAsync(pair.Two, pair.OneId, pair.ConnectionId, blocks: false);
    }

    [Fact]
    public async Task A_blocked_member_is_told_the_same_as_of_a_member_who_does_not_exist()
    {
        var pair = await Pair.StrangersAsync(host, "same-words");
        await pair.OneBlocksAsync();

        foreach (var (method, path, body) in new (HttpMethod, Func<string, string>, Func<string, object?>)[]
        {
            (HttpMethod.Get, id => $"/api/creators/{id}", _ => null),
            (HttpMethod.Put, id => $"/api/favourites/{id}", _ => new { }),
            (HttpMethod.Put, id => $"/api/dismissed/{id}", _ => new { }),
            (HttpMethod.Post, _ => "/api/invites", id => new { creatorId = id }),
        })
        {
            var blocked = await pair.Two.CallAsync(method, path(pair.OneId), body(pair.OneId));
            var absent = await pair.Two.CallAsync(method, path("nobody-by-this-id"), body("nobody-by-this-id"));
            Assert.Equal(HttpStatusCode.NotFound, blocked.Status);
            Assert.Equal(Words(absent), Words(blocked));
        }
    }

    [Fact]
    public async Task The_live_event_of_a_block_says_to_the_blocked_what_that_of_a_removal_says()
    {
        var (pair, removed) = (await Pair.TalkingAsync(host, "live"), await Pair.TalkingAsync(host, "live-removed"));
        await host.DrainAsync();
        await using var one = await LiveClient.OpenAsync(pair.One);
        await using var two = await LiveClient.OpenAsync(pair.Two);
        await using var other = await LiveClient.OpenAsync(removed.Two);

        await pair.OneBlocksAsync();
        await removed.One.CallAsync(HttpMethod.Delete, $"/api/connections/{removed.ConnectionId}");

        var toBlocker = (await ChangeAsync(one))["contact"]!;
        Assert.Equal(("removed", true), (toBlocker["state"]!.ToString(), (bool)toBlocker["blocked"]!));
        var (toBlocked, toRemoved) = ((await ChangeAsync(two))["contact"]!, (await ChangeAsync(other))["contact"]!);
        Assert.Equal("removed", toBlocked["state"]!.ToString());
        Assert.Equal(toRemoved.AsObject().Select(field => field.Key), toBlocked.AsObject().Select(field => field.Key));
        static Task<JsonNode> ChangeAsync(LiveClient client) => client.EventAsync(e => e["type"]!.ToString() == "connection.changed");

        await host.DrainAsync();
        Assert.All(one.Events.Concat(two.Events), e => Assert.Equal("connection.changed", e["type"]!.ToString()));
    }

    [Fact]
    public async Task The_export_of_an_inviter_does_not_say_who_blocked_them()
    {
        var pair = await Pair.TalkingAsync(host, "exported");
        await pair.Two.PutAsync($"/api/blocks/{pair.OneId}", new { });
        await host.DrainAsync();

        var export = (await pair.One.ReadAsync("/api/me/export")).Body!;
        Assert.NotEmpty(export["limits"]!.AsArray());
        Assert.DoesNotContain("reported", export["limits"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Blocking_ends_a_pending_invite_silently()
    {
        var pair = await Pair.InvitedAsync(host, "silent");
        var mail = await host.MailAsync($"{pair.TwoId}@example.com");
        var link = new Uri(mail.Text.Split('\n').Single(line => line.EndsWith("answer=accept", StringComparison.Ordinal))).PathAndQuery;
        Assert.Equal(HttpStatusCode.OK, (await host.AnonymousClient().ReadAsync(link)).Status);

        await pair.TwoBlocksAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await host.AnonymousClient().ReadAsync(link)).Status);
        var answer = await host.AnonymousClient().CallAsync(HttpMethod.Post, link, new FormUrlEncodedContent([new("answer", "accept")]));
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        await host.DrainAsync();
        Assert.Empty(await host.OutboxAsync($"{pair.OneId}@example.com"));
        Assert.Single(await host.OutboxAsync($"{pair.TwoId}@example.com"));
    }

    [Fact]
    public async Task A_block_against_an_accept_ends_blocked_forty_times()
    {
        for (var round = 0; round < 40; round++)
        {
            var pair = await Pair.InvitedAsync(host, $"tug-{round}");
            Func<Task<Answer>> accept = () => pair.Two.SendAsync($"/api/invites/{pair.ConnectionId}/accept");
            var both = await Task.WhenAll(
                (round % 2 == 0 ? new[] { accept, pair.OneBlocksAsync } : [pair.OneBlocksAsync, accept]).Select(call => call()));

            var (accepted, blocked) = round % 2 == 0 ? (both[0], both[1]) : (both[1], both[0]);
            Assert.Equal(HttpStatusCode.NoContent, blocked.Status);
            Assert.Contains(accepted.Status, new[] { HttpStatusCode.OK, HttpStatusCode.NotFound });
            var record = await pair.RecordAsync();
            Assert.Equal(Connections.Invites.ConnectionState.Blocked, record.State);
            Assert.Equal(accepted.Status == HttpStatusCode.OK ? 3 : 2, record.Version);
            Assert.Equal(HttpStatusCode.NotFound, (await pair.Two.ReadAsync($"/api/connections/{pair.ConnectionId}")).Status);
        }
    }

    [Fact]
    public async Task A_search_is_full_although_some_are_left_out_and_loses_nobody_else()
    {
        var member = host.ClientFor("full-pages");
        await member.BecomeBrandAsync();
        var everybody = await PagesAsync(member, limit: 4);
        var blocked = everybody.SelectMany(page => page).Where((_, i) => i is 0 or 2 or 3 or 7).ToArray();
        foreach (var id in blocked)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await member.PutAsync($"/api/blocks/{id}", new { })).Status);
        }

        var shown = await PagesAsync(member, limit: 4);

        Assert.Equal(4, shown[0].Length);
        Assert.Empty(shown.SelectMany(page => page).Intersect(blocked));
        Assert.Superset(everybody.SelectMany(page => page).Except(blocked).ToHashSet(), shown.SelectMany(page => page).ToHashSet());
        Assert.Equal(shown.Sum(page => page.Length), shown.SelectMany(page => page).Distinct().Count());
    }

    private static async Task<List<string[]>> PagesAsync(HttpClient member, int limit)
    {
        var pages = new List<string[]>();
        for (string? path = $"/api/creators?limit={limit}"; path is not null;)
        {
            var page = await member.ReadAsync(path);
            pages.Add(Ids(page));
            path = page.Body!["nextLink"]?.ToString();
        }

        return pages;
    }

    /// <param name="member">The member.</param>
    /// <param name="other">The other member.</param>
    /// <param name="id">Their connection.</param>
    /// <param name="blocks">Whether the member blocks the other and they had an invite: then the member sees the end of it.</param>
    private static async Task SeesNothingAsync(HttpClient member, string other, string id, bool blocks)
    {
        Assert.False(await Pair.FindsAsync(member, other), "found by search");
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, $"/api/creators/{other}", null),
            (HttpMethod.Put, $"/api/favourites/{other}", new { }),
            (HttpMethod.Put, $"/api/dismissed/{other}", new { }),
            (HttpMethod.Post, "/api/invites", new { creatorId = other }),
            (HttpMethod.Delete, $"/api/invites/{id}", null),
            (HttpMethod.Post, $"/api/invites/{id}/accept", null),
            (HttpMethod.Post, $"/api/invites/{id}/decline", null),
            (HttpMethod.Get, $"/api/connections/{id}", null),
            (HttpMethod.Delete, $"/api/connections/{id}", null),
            (HttpMethod.Get, $"/api/connections/{id}/messages", null),
            (HttpMethod.Get, $"/api/connections/{id}/messages?after=0", null),
            (HttpMethod.Post, $"/api/connections/{id}/messages", new { clientId = "later", text = "Are you there?" }),
            (HttpMethod.Put, $"/api/connections/{id}/read", new { seq = 1 }),
            (HttpMethod.Post, $"/api/connections/{id}/typing", null),
            (HttpMethod.Get, $"/api/connections/{id}/presence", null),
            (HttpMethod.Patch, $"/api/connections/{id}/messages/1", new { text = "Still here" }),
            (HttpMethod.Delete, $"/api/connections/{id}/messages/1", null),
            (HttpMethod.Patch, $"/api/connections/{id}/messages/2", new { text = "Still here" }),
            (HttpMethod.Delete, $"/api/connections/{id}/messages/2", null),
        })
        {
            if (blocks && method == HttpMethod.Get && path.StartsWith($"/api/connections/{id}", StringComparison.Ordinal)
                && !path.EndsWith("/presence", StringComparison.Ordinal))
            {
                continue;
            }

            var answer = await member.CallAsync(method, path, body);
            Assert.True(
                (answer.Status, answer.Problem) == (HttpStatusCode.NotFound, "not-found"),
                $"{method} {path}: {(int)answer.Status} {answer.Body?.ToJsonString()}");
        }

        foreach (var path in new[]
        {
            "/api/favourites", "/api/dismissed", "/api/connections", "/api/connections?state=ended", "/api/invites?direction=sent",
            "/api/invites?direction=received", "/api/invites?direction=sent&state=revoked",
            "/api/invites?direction=sent&state=pending", "/api/invites?direction=received&state=pending",
            "/api/invites?direction=sent&state=connected",
        })
        {
            var list = await member.ReadAsync(path);
            Assert.DoesNotContain(other, Ids(list));
        }
    }

    private static string[] Ids(Answer list) => [.. list["value"].AsArray().Select(item => (item!["other"] ?? item)["id"]!.ToString())];

    private static string Words(Answer answer)
    {
        var body = (JsonObject)answer.Body!.DeepClone();
        body.Remove("traceId");
        return body.ToJsonString();
    }
}
