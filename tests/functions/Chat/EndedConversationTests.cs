using System.Net;
using System.Text.Json.Nodes;
using Connections.Tests.Functions.Members;
using Connections.Tests.Functions.Safety;

namespace Connections.Tests.Functions.Chat;

/// <summary>What stays of a conversation after its connection has ended.</summary>
public sealed class EndedConversationTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private const string Ended = "/api/connections?state=ended";

    [Fact]
    public async Task Both_read_the_messages_of_a_removed_connection_and_neither_adds_to_them()
    {
        var pair = await Pair.TalkingAsync(host, "removed");
        var path = $"/api/connections/{pair.ConnectionId}";
        await RemoveAsync(pair);

        foreach (var member in new[] { pair.One, pair.Two })
        {
            Assert.Equal(["From two", "From one"], await TextsAsync(member, pair));
            Assert.Equal(["From one", "From two"], await TextsAsync(member, pair, "?after=0"));
            foreach (var (method, call, body) in new (HttpMethod, string, object?)[]
            {
                (HttpMethod.Post, "/messages", new { clientId = "late", text = "Late" }),
                (HttpMethod.Patch, "/messages/1", new { text = "Changed" }),
                (HttpMethod.Delete, "/messages/1", null),
                (HttpMethod.Put, "/read", new { seq = 2 }),
                (HttpMethod.Post, "/typing", null),
                (HttpMethod.Get, "/presence", null),
            })
            {
                Assert.Equal((call, "not-connected"), (call, (await member.CallAsync(method, path + call, body)).Problem));
            }
        }

        Assert.Equal("not-found", (await host.ClientFor("reads-others").ReadAsync(path + "/messages")).Problem);
    }

    [Fact]
    public async Task The_list_of_ended_connections_says_when_they_ended_the_latest_first()
    {
        var pairs = new[] { await Pair.TalkingAsync(host, "first-end"), await AnotherAsync("second-end") };
        async Task<Pair> AnotherAsync(string name)
        {
            var other = await Pair.StrangersAsync(host, name);
            var pair = other with { Name = name, One = host.ClientFor("first-end-one") };
            await pair.One.SendAsync("/api/invites", new { creatorId = pair.TwoId });
            await pair.Two.SendAsync($"/api/invites/{IdOf(pair)}/accept");
            return pair;
        }

        static string IdOf(Pair pair) => Connections.Invites.ConnectionId.Of(new MemberId("first-end-one"), new MemberId(pair.TwoId));
        var one = pairs[0].One;
        Assert.Empty((await one.ReadAsync(Ended))["value"].AsArray());
        await host.DrainAsync();
        var removed = new List<JsonNode>();
        foreach (var pair in pairs)
        {
            removed.Insert(0, (await one.CallAsync(HttpMethod.Delete, $"/api/connections/{IdOf(pair)}")).Body!);
            host.Pass(TimeSpan.FromMilliseconds(1));
        }

        var (items, pages) = await one.AllAsync(Ended + "&limit=1");
        Assert.Equal(2, pages);
        Assert.Equal(
            removed.Select(contact => contact.ToJsonString()),
            items.Select(item => JsonNode.Parse(item.GetRawText())!.ToJsonString()));
        Assert.All(removed, contact => Assert.Equal(contact["answeredAt"]!.ToString(), contact["endedAt"]!.ToString()));
        Assert.Equal("From two", removed[1]["lastMessage"]!["text"]!.ToString());
        Assert.Empty((await one.ReadAsync("/api/connections"))["value"].AsArray());
        Assert.Equal(HttpStatusCode.BadRequest, (await one.ReadAsync("/api/connections?state=removed")).Status);
    }

    [Theory]
    [InlineData("decline", "declined")]
    [InlineData("revoke", "revoked")]
    public async Task An_invite_after_the_end_that_comes_to_nothing_takes_the_conversation_from_neither(string answer, string state)
    {
        var pair = await Pair.TalkingAsync(host, $"again-{state}");
        await RemoveAsync(pair);
        var endedAt = (await pair.One.ReadAsync($"/api/connections/{pair.ConnectionId}"))["endedAt"].ToString();
        await pair.One.SendAsync("/api/invites", new { creatorId = pair.TwoId });
        await StaysAsync("pending");

        Assert.Null((answer == "revoke"
            ? await pair.One.CallAsync(HttpMethod.Delete, $"/api/invites/{pair.ConnectionId}")
            : await pair.Two.SendAsync($"/api/invites/{pair.ConnectionId}/decline")).Problem);
        await StaysAsync(state);

        async Task StaysAsync(string expected)
        {
            await host.DrainAsync();
            foreach (var member in new[] { pair.One, pair.Two })
            {
                var contact = Assert.Single((await member.ReadAsync(Ended))["value"].AsArray())!;
                Assert.Equal((expected, endedAt), (contact["state"]!.ToString(), contact["endedAt"]!.ToString()));
                Assert.Equal(2, (await TextsAsync(member, pair)).Length);
            }
        }
    }

    [Fact]
    public async Task A_pair_that_connects_again_has_no_ended_connection()
    {
        var pair = await Pair.TalkingAsync(host, "reconnect");
        await RemoveAsync(pair);
        await pair.One.SendAsync("/api/invites", new { creatorId = pair.TwoId });
        var connected = await pair.Two.SendAsync($"/api/invites/{pair.ConnectionId}/accept");
        await host.DrainAsync();

        Assert.Null(connected.Body!["endedAt"]);
        foreach (var member in new[] { pair.One, pair.Two })
        {
            Assert.Empty((await member.ReadAsync(Ended))["value"].AsArray());
            Assert.Single((await member.ReadAsync("/api/connections"))["value"].AsArray());
        }
    }

    [Fact]
    public async Task Before_the_first_acceptance_there_is_nothing_to_read()
    {
        var pair = await Pair.InvitedAsync(host, "never");
        await pair.Two.SendAsync($"/api/invites/{pair.ConnectionId}/decline");

        Assert.Equal("not-connected", (await pair.One.ReadAsync($"/api/connections/{pair.ConnectionId}/messages")).Problem);
        Assert.Empty((await pair.One.ReadAsync(Ended))["value"].AsArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_blocker_reads_what_was_said_to_report_it_and_the_blocked_finds_nothing(bool wasRemovedBefore)
    {
        var pair = await Pair.TalkingAsync(host, $"blocked-{wasRemovedBefore}");
        if (wasRemovedBefore)
        {
            await RemoveAsync(pair);
        }

        await pair.OneBlocksAsync();
        await host.DrainAsync();

        Assert.Equal(["From two", "From one"], await TextsAsync(pair.One, pair));
        var contact = await pair.One.ReadAsync($"/api/connections/{pair.ConnectionId}");
        Assert.Equal(("removed", true), (contact["state"].ToString(), (bool)contact["blocked"]));
        Assert.Equal(
            pair.ConnectionId, Assert.Single((await pair.One.ReadAsync("/api/blocks"))["value"].AsArray())!["connectionId"]!.ToString());
        Assert.Equal(HttpStatusCode.Created, (await pair.One.SendAsync(
            "/api/reports", new { connectionId = pair.ConnectionId, seq = 2, reason = "harassment" })).Status);
        foreach (var path in new[] { "", "/messages" })
        {
            Assert.Equal("not-found", (await pair.Two.ReadAsync($"/api/connections/{pair.ConnectionId}{path}")).Problem);
        }

        foreach (var member in new[] { pair.One, pair.Two })
        {
            Assert.Empty((await member.ReadAsync(Ended))["value"].AsArray());
        }

        // One who blocks back is told nothing of the other's block.
        await pair.Two.PutAsync($"/api/blocks/{pair.OneId}", new { });
        Assert.Equal(["From two", "From one"], await TextsAsync(pair.One, pair));
        Assert.Equal(["From two", "From one"], await TextsAsync(pair.Two, pair));

        await pair.One.CallAsync(HttpMethod.Delete, $"/api/blocks/{pair.TwoId}");
        await pair.Two.CallAsync(HttpMethod.Delete, $"/api/blocks/{pair.OneId}");
        foreach (var member in new[] { pair.One, pair.Two })
        {
            Assert.Null(Assert.Single((await member.ReadAsync(Ended))["value"].AsArray())!["blocked"]);
            Assert.Equal(2, (await TextsAsync(member, pair)).Length);
        }
    }

    [Fact]
    public async Task A_block_without_messages_names_no_connection()
    {
        var pair = await Pair.InvitedAsync(host, "blocked-unsaid");
        await pair.TwoBlocksAsync();

        Assert.Null(Assert.Single((await pair.Two.ReadAsync("/api/blocks"))["value"].AsArray())!["connectionId"]);
        Assert.Empty(await TextsAsync(pair.Two, pair));
    }

    [Fact]
    public async Task Of_a_member_who_erased_their_profile_the_end_stays_and_nothing_that_was_said()
    {
        var pair = await Pair.TalkingAsync(host, "erased");
        await pair.Two.CallAsync(HttpMethod.Delete, "/api/me");
        await host.DrainAsync();

        var contact = Assert.Single((await pair.One.ReadAsync(Ended))["value"].AsArray())!;
        Assert.Equal(("Former member", null), (contact["other"]!["displayName"]!.ToString(), contact["lastMessage"]));
        Assert.Empty(await TextsAsync(pair.One, pair));

        // Whom they meet in a new life has had no conversation with them.
        await pair.Two.BecomeCreatorAsync("Reborn", "reborn");
        Assert.Empty((await pair.Two.ReadAsync(Ended))["value"].AsArray());
        Assert.Equal(HttpStatusCode.Created, (await pair.One.SendAsync("/api/invites", new { creatorId = pair.TwoId })).Status);
        await host.DrainAsync();
        foreach (var member in new[] { pair.One, pair.Two })
        {
            Assert.Empty((await member.ReadAsync(Ended))["value"].AsArray());
            Assert.Equal("not-connected", (await member.ReadAsync($"/api/connections/{pair.ConnectionId}/messages")).Problem);
        }
    }

    private static Task<Answer> RemoveAsync(Pair pair) =>
        pair.One.CallAsync(HttpMethod.Delete, $"/api/connections/{pair.ConnectionId}");

    private static async Task<string[]> TextsAsync(HttpClient member, Pair pair, string query = "")
    {
        var page = await member.ReadAsync($"/api/connections/{pair.ConnectionId}/messages{query}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return [.. page["value"].AsArray().Select(message => message!["text"]!.ToString())];
    }
}
