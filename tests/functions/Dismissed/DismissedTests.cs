using System.Net;
using Connections.Tests.Functions.Members;

namespace Connections.Tests.Functions.Dismissed;

/// <summary>Creators whom a member has put away.</summary>
public sealed class DismissedTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task A_creator_put_away_is_in_no_search_of_that_member_until_taken_back()
    {
        var (member, other) = (host.ClientFor("putter"), host.ClientFor("not-the-putter"));
        foreach (var id in new[] { "awayname-a", "awayname-b", "awayname-c" })
        {
            await host.AddCreatorAsync(id, name: "Awayname");
        }

        Assert.Equal(3, (await FoundAsync(member)).Count);
        await ChangeAsync(HttpMethod.Put, member, "awayname-b");

        Assert.Equal(["awayname-a", "awayname-c"], await FoundAsync(member));
        Assert.Equal(3, (await FoundAsync(other)).Count);
        Assert.Equal(2, await CountAsync(member));
        Assert.Equal(3, await CountAsync(other));
        var card = Assert.Single((await member.AllAsync("/api/dismissed")).Items);
        Assert.Equal("awayname-b", card.GetProperty("id").GetString());
        Assert.True(card.GetProperty("dismissed").GetBoolean());
        Assert.Empty((await other.AllAsync("/api/dismissed")).Items);

        await ChangeAsync(HttpMethod.Delete, member, "awayname-b");
        Assert.Equal(3, (await FoundAsync(member)).Count);
        Assert.Equal(3, await CountAsync(member));
        Assert.Empty((await member.AllAsync("/api/dismissed")).Items);
    }

    [Fact]
    public async Task A_page_is_filled_up_past_creators_put_away_and_its_links_show_the_rest()
    {
        var member = host.ClientFor("filler");
        var ids = Enumerable.Range(0, 12).Select(i => $"fillname-{i:00}").ToList();
        foreach (var id in ids)
        {
            await host.AddCreatorAsync(id, name: "Fillname");
        }

        foreach (var id in ids.Where((_, i) => i % 3 > 0))
        {
            await ChangeAsync(HttpMethod.Put, member, id);
        }

        foreach (var limit in new[] { 1, 2, 4, 100 })
        {
            var (items, pages) = await member.AllAsync($"/api/creators?q=fillname&limit={limit}");
            Assert.Equal(ids.Where((_, i) => i % 3 == 0), items.Ids().Order(StringComparer.Ordinal));
            Assert.Equal((4 + limit - 1) / limit, pages);
        }
    }

    [Fact]
    public async Task A_favourite_stays_one_and_the_profile_says_that_it_is_away()
    {
        var member = host.ClientFor("both-marks");
        await host.AddCreatorAsync("away-and-marked");
        using var marked = await member.PutAsync("/api/favourites/away-and-marked", null);
        var before = await member.ReadAsync("/api/creators/away-and-marked");
        await ChangeAsync(HttpMethod.Put, member, "away-and-marked");

        var after = await member.ReadAsync("/api/creators/away-and-marked");
        var favourite = Assert.Single((await member.ReadAsync("/api/favourites"))["value"].AsArray())!;

        Assert.Null(before.Body!["dismissed"]);
        Assert.Equal((true, true), ((bool)after["dismissed"], (bool)after["favourite"]));
        Assert.Equal((true, true), ((bool)favourite["dismissed"]!, (bool)favourite["favourite"]!));
        await ChangeAsync(HttpMethod.Delete, member, "away-and-marked");
        Assert.True((bool)(await member.ReadAsync("/api/creators/away-and-marked"))["favourite"]);
    }

    [Fact]
    public async Task The_one_put_away_last_comes_first_and_one_who_is_gone_is_left_out()
    {
        var member = host.ClientFor("away-order");
        foreach (var id in new[] { "away-1", "away-2", "away-3" })
        {
            await host.AddCreatorAsync(id);
            await ChangeAsync(HttpMethod.Put, member, id);
        }

        await ChangeAsync(HttpMethod.Put, member, "away-1");
        Assert.Equal(["away-3", "away-2", "away-1"], (await member.AllAsync("/api/dismissed")).Items.Ids());
        await host.ChangeMemberAsync("away-2", creator => creator with { Listed = false });
        Assert.Equal(["away-3", "away-1"], (await member.AllAsync("/api/dismissed?limit=1")).Items.Ids());
    }

    private static async Task ChangeAsync(HttpMethod method, HttpClient member, string id)
    {
        // Both are idempotent.
        for (var again = 0; again < 2; again++)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await member.CallAsync(method, $"/api/dismissed/{id}")).Status);
        }
    }

    private static async Task<IReadOnlyList<string>> FoundAsync(HttpClient member) =>
        [.. (await member.AllAsync("/api/creators?q=awayname")).Items.Ids().Order(StringComparer.Ordinal)];

    private static async Task<int> CountAsync(HttpClient member) =>
        (int)(await member.ReadAsync("/api/creators/facets?q=awayname"))["total"]["count"]!;
}
