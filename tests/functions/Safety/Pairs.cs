using Connections.Invites;
using Connections.Notices;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Safety;

/// <summary>Two listed creators who can find and invite each other, for tests of blocks and reports.</summary>
internal sealed record Pair(LocalHostFixture Host, string Name, HttpClient One, HttpClient Two)
{
    public string OneId => $"{Name}-one";

    public string TwoId => $"{Name}-two";

    /// <summary>The id that their connection has, or will have.</summary>
    public string ConnectionId => Connections.Invites.ConnectionId.Of(new MemberId(OneId), new MemberId(TwoId));

    /// <summary>Creates two members with profiles and no connection.</summary>
    public static async Task<Pair> StrangersAsync(LocalHostFixture host, string name)
    {
        var pair = new Pair(host, name, host.ClientFor($"{name}-one"), host.ClientFor($"{name}-two"));
        await pair.One.BecomeCreatorAsync($"{name} One", $"{name}one");
        await pair.Two.BecomeCreatorAsync($"{name} Two", $"{name}two");
        return pair;
    }

    /// <summary>The first has invited the second.</summary>
    public static async Task<Pair> InvitedAsync(LocalHostFixture host, string name)
    {
        var pair = await StrangersAsync(host, name);
        Assert.Null((await pair.One.SendAsync("/api/invites", new { creatorId = pair.TwoId, note = "Shall we talk?" })).Problem);
        return pair;
    }

    /// <summary>The second has accepted, and each has written once.</summary>
    public static async Task<Pair> TalkingAsync(LocalHostFixture host, string name)
    {
        var pair = await InvitedAsync(host, name);
        Assert.Null((await pair.Two.SendAsync($"/api/invites/{pair.ConnectionId}/accept")).Problem);
        Assert.Null((await pair.One.SendAsync(
            $"/api/connections/{pair.ConnectionId}/messages", new { clientId = "1", text = "From one" })).Problem);
        Assert.Null((await pair.Two.SendAsync(
            $"/api/connections/{pair.ConnectionId}/messages", new { clientId = "1", text = "From two" })).Problem);
        return pair;
    }

    public Task<Answer> OneBlocksAsync() => One.PutAsync($"/api/blocks/{TwoId}", new { });

    public Task<Answer> TwoBlocksAsync() => Two.PutAsync($"/api/blocks/{OneId}", new { });

    public Task<Answer> OneUnblocksAsync() => One.CallAsync(HttpMethod.Delete, $"/api/blocks/{TwoId}");

    public Task<Answer> TwoUnblocksAsync() => Two.CallAsync(HttpMethod.Delete, $"/api/blocks/{OneId}");

    /// <summary>The pair's record.</summary>
    public async Task<Connection> RecordAsync() =>
        (await Host.Services.GetRequiredService<ConnectionStore>().FindAsync(ConnectionId, CancellationToken.None))!.Value;

    /// <summary>Creates the token of a further email about their invite, for hosts without triggers.</summary>
    public async Task<string> LinkTokenAsync()
    {
        var key = LinkKey.New();
        Assert.True(await Host.Services.GetRequiredService<ConnectionStore>()
            .TryAddLinkAsync(await RecordAsync(), NoticeKind.InviteReceived, LinkKey.HashOf(key), CancellationToken.None));
        return InviteLinkToken.PathOf(ConnectionId, key).Split('/')[^1];
    }

    /// <summary>The members that a member blocks, by <c>GET /api/blocks</c>.</summary>
    public static async Task<string[]> BlockedByAsync(HttpClient member) =>
        [.. (await member.ReadAsync("/api/blocks"))["value"].AsArray().Select(block => block!["member"]!["id"]!.ToString())];

    /// <summary>Whether a member finds another by search, following every link.</summary>
    public static async Task<bool> FindsAsync(HttpClient member, string other)
    {
        for (string? path = "/api/creators?limit=100"; path is not null;)
        {
            var page = await member.ReadAsync(path);
            if (page["value"].AsArray().Any(card => card!["id"]!.ToString() == other))
            {
                return true;
            }

            path = page.Body!["nextLink"]?.ToString();
        }

        return false;
    }
}
