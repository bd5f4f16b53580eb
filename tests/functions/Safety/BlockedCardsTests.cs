using System.Text.Json.Nodes;
using Connections.Invites;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Safety;

/// <summary>The list of blocks shows each member as the blocker last saw them, and nothing of a member they could not see.</summary>
public sealed class BlockedCardsTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private const string Unseen = "A member";

    [Fact]
    public async Task A_listed_creator_stays_as_they_were_when_they_were_blocked()
    {
        var pair = await Pair.StrangersAsync(host, "stays");
        await pair.OneBlocksAsync();

        await HideAsync(pair.Two, "Another name");
        await host.DrainAsync();

        Assert.Equal("stays Two", await NameAsync(pair.One));
    }

    [Fact]
    public async Task A_contact_stays_as_they_were_when_they_were_blocked_and_so_does_the_blocker_to_them()
    {
        var pair = await Pair.TalkingAsync(host, "contact");
        await HideAsync(pair.Two, "Seen");
        await host.DrainAsync();
        await pair.OneBlocksAsync();

        await HideAsync(pair.Two, "Not seen");
        await HideAsync(pair.One, "Not seen either");
        await host.DrainAsync();
        await pair.TwoBlocksAsync();
        await host.DrainAsync();

        Assert.Equal("Seen", await NameAsync(pair.One));
        Assert.Equal("contact One", await NameAsync(pair.Two));
    }

    [Fact]
    public async Task Of_a_member_whom_the_blocker_cannot_see_or_who_does_not_exist_it_shows_nothing()
    {
        var blocker = host.ClientFor("blind");
        await blocker.BecomeCreatorAsync("Blind", "blind");
        await host.ClientFor("blind-brand").BecomeBrandAsync("A brand");
        await host.ClientFor("blind-hidden").BecomeCreatorAsync("Hidden", "hidden");
        await HideAsync(host.ClientFor("blind-hidden"), "Hidden");
        await host.ClientFor("blind-blocks").BecomeCreatorAsync("Blocks", "blocks");
        await host.ClientFor("blind-blocks").PutAsync("/api/blocks/blind", new { });
        var ids = new[] { "blind-brand", "blind-hidden", "blind-blocks", "blind-nobody" };
        foreach (var id in ids)
        {
            Assert.Null((await blocker.PutAsync($"/api/blocks/{id}", new { })).Problem);
        }

        await host.DrainAsync();

        var shown = (await blocker.ReadAsync("/api/blocks"))["value"].AsArray().Select(block => block!["member"]!.AsObject()).ToList();
        Assert.Equal(ids.Reverse(), shown.Select(card => card["id"]!.ToString()));
        foreach (var card in shown)
        {
            var expected = $$"""{"id":"{{card["id"]}}","displayName":"{{Unseen}}","categories":[],"platforms":[],"languages":[],"openTo":[],"formats":[],"followers":0,"engagement":0}""";
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), card), card.ToJsonString());
        }
    }

    [Fact]
    public async Task Who_appears_after_they_were_blocked_does_not_find_the_blocker_nor_is_found()
    {
        var blocker = host.ClientFor("early");
        await blocker.BecomeCreatorAsync("Early", "early");
        await blocker.PutAsync("/api/blocks/early-late", new { });

        var late = host.ClientFor("early-late");
        await late.BecomeCreatorAsync("Late", "late");

        Assert.False(await Pair.FindsAsync(late, "early"));
        Assert.False(await Pair.FindsAsync(blocker, "early-late"));
        Assert.Equal("not-found", (await late.SendAsync("/api/invites", new { creatorId = "early" })).Problem);
        Assert.Equal(Unseen, await NameAsync(blocker));
        await blocker.CallAsync(HttpMethod.Delete, "/api/blocks/early-late");
        var invited = await late.SendAsync("/api/invites", new { creatorId = "early" });
        Assert.Equal(("pending", "Early"), (invited["state"].ToString(), invited["other"]["displayName"]!.ToString()));
        await host.DrainAsync();
        Assert.Equal("Late", (await blocker.ReadAsync($"/api/connections/{invited["id"]}"))["other"]["displayName"]!.ToString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_so_too_where_the_call_died_and_the_change_feed_writes_the_list(bool isListed)
    {
        var pair = await Pair.StrangersAsync(host, $"dies-{isListed}");
        if (!isListed)
        {
            await HideAsync(pair.Two, "Hidden");
        }

        // The record of a call that died right after its only write.
        var connection = ConnectionLife.BeginBlocked(new MemberId(pair.OneId), new MemberId(pair.TwoId), TimeProvider.System.GetUtcNow());
        Assert.True(await host.Services.GetRequiredService<ConnectionStore>().TryCreateAsync(connection, default));
        await host.DrainAsync();

        Assert.Equal(isListed ? $"{pair.Name} Two" : Unseen, await NameAsync(pair.One));
    }

    [Fact]
    public async Task A_blocked_member_who_erases_their_profile_is_a_former_member()
    {
        foreach (var pair in new[] { await Pair.StrangersAsync(host, "erased"), await Pair.TalkingAsync(host, "erased-contact") })
        {
            await pair.OneBlocksAsync();
            Assert.Null((await pair.Two.CallAsync(HttpMethod.Delete, "/api/me")).Problem);
            await host.DrainAsync();
            Assert.Equal("Former member", await NameAsync(pair.One));
        }
    }

    [Fact]
    public async Task That_a_member_whom_the_blocker_never_saw_erases_their_profile_does_not_tell_that_there_was_one()
    {
        var blocker = host.ClientFor("unseeing");
        await blocker.BecomeBrandAsync();
        var (before, after) = (host.ClientFor("unseen-before"), host.ClientFor("unseen-after"));
        await before.BecomeBrandAsync();
        await after.BecomeBrandAsync();
        Assert.Null((await before.CallAsync(HttpMethod.Delete, "/api/me")).Problem);
        foreach (var id in new[] { "unseen-before", "unseen-after", "unseen-nobody" })
        {
            Assert.Null((await blocker.PutAsync($"/api/blocks/{id}", new { })).Problem);
        }

        Assert.Null((await after.CallAsync(HttpMethod.Delete, "/api/me")).Problem);
        await host.DrainAsync();
        Assert.All((await blocker.ReadAsync("/api/blocks"))["value"].AsArray(), block =>
            Assert.Equal(Unseen, block!["member"]!["displayName"]!.ToString()));
    }

    private static async Task<string> NameAsync(HttpClient blocker) =>
        Assert.Single((await blocker.ReadAsync("/api/blocks"))["value"].AsArray())!["member"]!["displayName"]!.ToString();

    private static async Task HideAsync(HttpClient member, string name) =>
        Assert.Null((await member.PutAsync("/api/me", new { kind = "creator", displayName = name, listed = false })).Problem);
}
