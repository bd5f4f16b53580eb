using System.Net;
using System.Net.Http.Json;
using Connections.Creators.Favourites;
using Connections.Members;
using Connections.Tests.Functions.Members;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Favourites;

public sealed class FavouritesTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task A_marked_creator_is_in_the_list_of_who_marked_them_and_of_nobody_else()
    {
        await host.AddCreatorAsync("marked");
        var member = host.ClientFor("marker");

        using var answer = await member.PutAsync("/api/favourites/marked", null);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        var card = Assert.Single((await member.AllAsync("/api/favourites")).Items);
        Assert.Equal("marked", card.GetProperty("id").GetString());
        Assert.True(card.GetProperty("favourite").GetBoolean());
        Assert.Equal("none", card.GetProperty("relation").GetProperty("state").GetString());
        Assert.Empty((await host.ClientFor("not-the-marker").AllAsync("/api/favourites")).Items);
    }

    [Fact]
    public async Task The_most_recently_marked_comes_first_and_marking_again_changes_nothing()
    {
        var member = host.ClientFor("order");
        foreach (var id in new[] { "order-a", "order-b", "order-c" })
        {
            await host.AddCreatorAsync(id);
            await MarkAsync(member, id);
        }

        await MarkAsync(member, "order-a");

        Assert.Equal(["order-c", "order-b", "order-a"], (await member.AllAsync("/api/favourites")).Items.Ids());
    }

    [Fact]
    public async Task Parallel_marks_of_one_creator_make_one_favourite()
    {
        await host.AddCreatorAsync("popular");
        var member = host.ClientFor("eager");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => MarkAsync(member, "popular")));

        Assert.Equal(["popular"], (await member.AllAsync("/api/favourites")).Items.Ids());
    }

    [Fact]
    public async Task Taking_a_mark_away_always_succeeds()
    {
        await host.AddCreatorAsync("unmarked");
        var member = host.ClientFor("unmarker");
        await MarkAsync(member, "unmarked");

        foreach (var id in new[] { "unmarked", "unmarked", "never-marked", "no%20id" })
        {
            using var answer = await member.DeleteAsync($"/api/favourites/{id}");
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        Assert.Empty((await member.AllAsync("/api/favourites")).Items);
    }

    [Fact]
    public async Task Only_a_listed_creator_can_be_marked()
    {
        await host.AddCreatorAsync("hidden", listed: false);
        var member = host.ClientFor("hopeful");
        await host.ClientFor("a-brand").PutProfileOkAsync(new { displayName = "Brand", kind = "brand" });

        foreach (var id in new[] { "hidden", "a-brand", "does-not-exist", "no%20id" })
        {
            using var answer = await member.PutAsync($"/api/favourites/{id}", null);
            Assert.Equal("not-found", (await answer.ProblemAsync(HttpStatusCode.NotFound)).Code);
        }

        Assert.Empty((await member.AllAsync("/api/favourites")).Items);
    }

    [Fact]
    public async Task Who_is_no_longer_listed_is_left_out_and_back_when_listed_again()
    {
        var member = host.ClientFor("patient");
        foreach (var id in new[] { "stays-1", "comes-and-goes", "stays-2" })
        {
            await host.AddCreatorAsync(id);
            await MarkAsync(member, id);
        }

        await SetListedAsync("comes-and-goes", false);
        Assert.Equal(["stays-2", "stays-1"], (await member.AllAsync("/api/favourites")).Items.Ids());

        await SetListedAsync("comes-and-goes", true);
        Assert.Equal(["stays-2", "comes-and-goes", "stays-1"], (await member.AllAsync("/api/favourites")).Items.Ids());
    }

    [Fact]
    public async Task Who_is_no_longer_listed_stays_in_the_list_of_those_they_are_tied_to()
    {
        var member = host.ClientFor("tied");
        await member.PutProfileOkAsync(new { displayName = "Brand", kind = "brand" });
        await host.AddCreatorAsync("tied-creator");
        await MarkAsync(member, "tied-creator");
        using var invited = await member.PostAsJsonAsync("/api/invites", new { creatorId = "tied-creator" });
        await invited.JsonAsync(HttpStatusCode.Created);
        await SetListedAsync("tied-creator", false);

        var card = Assert.Single((await member.AllAsync("/api/favourites")).Items);

        Assert.Equal("invited", card.GetProperty("relation").GetProperty("state").GetString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Following_the_links_shows_every_favourite_once_whoever_is_left_out(int limit)
    {
        // Many at one time, so that the order must hold between equals too; every third is not listed any more.
        const int Count = 30;
        var (id, store) = (new MemberId($"pager-{limit}"), host.Services.GetRequiredService<FavouriteStore>());
        for (var i = 0; i < Count; i++)
        {
            var creator = await host.AddCreatorAsync($"paged-{limit}-{i:00}", listed: i % 3 > 0);
            await store.MarkAsync(new Favourite(creator, id, DateTimeOffset.UnixEpoch.AddSeconds(i / 5)), CancellationToken.None);
        }

        var (items, pages) = await host.ClientFor(id.Value).AllAsync($"/api/favourites?limit={limit}");

        var expected = Enumerable.Range(0, Count).Where(i => i % 3 > 0).Select(i => $"paged-{limit}-{i:00}");
        Assert.Equal(expected, items.Ids().Order(StringComparer.Ordinal));
        Assert.Equal(items.Ids().Select(Second).OrderDescending(), items.Ids().Select(Second));
        Assert.InRange(pages, 1, Count + 1);

        static int Second(string paged) => int.Parse(paged[^2..]) / 5;
    }

    [Fact]
    public async Task A_link_that_was_never_given_and_a_bad_limit_are_named()
    {
        var member = host.ClientFor("linker");
        using var broken = await member.GetAsync("/api/favourites?continuation=eHh4");
        using var both = await member.GetAsync("/api/favourites?continuation=!&limit=0");

        Assert.Equal(["continuation"], (await broken.ProblemAsync(HttpStatusCode.BadRequest)).Fields);
        Assert.Equal(["limit", "continuation"], (await both.ProblemAsync(HttpStatusCode.BadRequest)).Fields);
    }

    private static async Task MarkAsync(HttpClient member, string id)
    {
        using var answer = await member.PutAsync($"/api/favourites/{id}", null);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private Task<Member> SetListedAsync(string id, bool listed) => host.ChangeMemberAsync(id, member => member with { Listed = listed });
}
