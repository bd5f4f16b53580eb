using System.Net;
using Connections.Tests.Functions.Safety;

namespace Connections.Tests.Functions.Invites;

/// <summary>Ending a connection, through the calls.</summary>
public sealed class RemoveConnectionTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Either_removes_the_connection_and_repeating_it_answers_the_same(bool one)
    {
        var pair = await Pair.TalkingAsync(host, $"either-{one}");
        var (remover, left) = one ? (pair.One, pair.Two) : (pair.Two, pair.One);
        await host.DrainAsync();
        await using var live = await LiveClient.OpenAsync(left);

        var removed = await RemoveAsync(remover, pair);
        Assert.Equal(
            (HttpStatusCode.OK, "removed", pair.ConnectionId), (removed.Status, removed["state"].ToString(), removed["id"].ToString()));
        Assert.Equal(removed.Body!.ToJsonString(), (await RemoveAsync(remover, pair)).Body!.ToJsonString());

        await live.EventAsync(e => e["type"]!.ToString() == "connection.changed" && e["contact"]!["state"]!.ToString() == "removed");
        Assert.Equal(
            (HttpStatusCode.OK, "removed"), ((await RemoveAsync(left, pair)).Status, (await RemoveAsync(left, pair))["state"].ToString()));
        foreach (var member in new[] { remover, left })
        {
            Assert.Empty((await member.ReadAsync("/api/connections"))["value"].AsArray());
            Assert.Equal("not-connected", (await member.SendAsync(
                $"/api/connections/{pair.ConnectionId}/messages", new { clientId = "later", text = "Hello?" })).Problem);
            Assert.Equal("not-connected", (await member.PutAsync($"/api/connections/{pair.ConnectionId}/read", new { seq = 1 })).Problem);
        }
    }

    [Fact]
    public async Task A_removed_pair_can_invite_and_talk_again_and_their_messages_go_on()
    {
        var pair = await Pair.TalkingAsync(host, "again");
        await RemoveAsync(pair.One, pair);

        Assert.Equal(HttpStatusCode.Created, (await pair.Two.SendAsync("/api/invites", new { creatorId = pair.OneId })).Status);
        Assert.Equal("connected", (await pair.One.SendAsync($"/api/invites/{pair.ConnectionId}/accept"))["state"].ToString());
        Assert.Equal(3, (int)(await pair.One
            .SendAsync($"/api/connections/{pair.ConnectionId}/messages", new { clientId = "back", text = "Back again" }))["seq"]);
    }

    [Fact]
    public async Task What_is_not_connected_cannot_be_removed()
    {
        var pair = await Pair.InvitedAsync(host, "not-yet");
        foreach (var member in new[] { pair.One, pair.Two })
        {
            var answer = await RemoveAsync(member, pair);
            Assert.Equal((HttpStatusCode.Conflict, "not-connected"), (answer.Status, answer.Problem));
        }

        Assert.Equal("pending", (await pair.One.ReadAsync($"/api/connections/{pair.ConnectionId}"))["state"].ToString());
    }

    [Fact]
    public async Task To_a_stranger_there_is_no_such_connection()
    {
        var pair = await Pair.TalkingAsync(host, "stranger");
        foreach (var id in new[] { pair.ConnectionId, "c" + new string('0', 30), "not-an-id" })
        {
            var answer = await host.ClientFor("removes-others").CallAsync(HttpMethod.Delete, $"/api/connections/{id}");
            Assert.Equal((HttpStatusCode.NotFound, "not-found"), (answer.Status, answer.Problem));
        }

        Assert.Equal("connected", (await pair.Two.ReadAsync($"/api/connections/{pair.ConnectionId}"))["state"].ToString());
    }

    private static Task<Answer> RemoveAsync(HttpClient member, Pair pair) =>
        member.CallAsync(HttpMethod.Delete, $"/api/connections/{pair.ConnectionId}");
}
