using System.Net;
using System.Net.Http.Json;

namespace Connections.Tests.Functions.Members;

/// <summary>What a card says about the caller and the creator on it, in search and on the creator's own page.</summary>
public sealed class CardRelationsTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task An_invite_shows_on_the_cards_of_both_and_of_nobody_else()
    {
        var (brand, creator) = await PairAsync("invited");
        var connection = await InviteAsync(brand, "invited-creator");

        Assert.Equal(("invited", connection), await RelationAsync(brand, "invited-creator"));
        await EventuallyAsync(async () => await RelationAsync(creator, "invited-brand") == ("received", connection));
        Assert.Equal(("none", null), await RelationAsync(host.ClientFor("invited-stranger"), "invited-creator"));
        Assert.Equal("invited", await RelationInSearchAsync(brand, "invited-creator"));
        Assert.Equal("none", await RelationInSearchAsync(host.ClientFor("invited-stranger"), "invited-creator"));
    }

    [Fact]
    public async Task A_connection_shows_on_the_cards_of_both()
    {
        var (brand, creator) = await PairAsync("connected");
        var connection = await InviteAsync(brand, "connected-creator");
        using var accepted = await creator.PostAsync($"/api/invites/{connection}/accept", null);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);

        await EventuallyAsync(async () => (await RelationAsync(brand, "connected-creator")).State == "connected");
        await EventuallyAsync(async () => await RelationAsync(creator, "connected-brand") == ("connected", connection));
    }

    [Fact]
    public async Task After_a_decline_the_card_says_until_when_the_inviter_must_wait()
    {
        var (brand, creator) = await PairAsync("locked");
        var connection = await InviteAsync(brand, "locked-creator");
        using var declined = await creator.PostAsync($"/api/invites/{connection}/decline", null);
        Assert.Equal(HttpStatusCode.OK, declined.StatusCode);

        await EventuallyAsync(async () => (await RelationAsync(brand, "locked-creator")).State == "locked");
        var relation = (await brand.GetJsonAsync("/api/creators/locked-creator")).GetProperty("relation");
        Assert.InRange(
            relation.GetProperty("until").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddDays(20), DateTimeOffset.UtcNow.AddDays(22));
    }

    [Fact]
    public async Task A_search_can_leave_out_whom_the_caller_has_to_do_with()
    {
        var brand = host.ClientFor("apart-brand");
        await brand.PutProfileOkAsync(new { displayName = "Brand", kind = "brand" });
        foreach (var name in new[] { "invited", "connected", "declined", "stranger" })
        {
            var creator = host.ClientFor($"apart-{name}");
            await creator.PutProfileOkAsync(MemberCalls.ListedCreator("Apartname"));
            if (name != "stranger")
            {
                var connection = await InviteAsync(brand, $"apart-{name}");
                using var answered = name == "invited"
                    ? null
                    : await creator.PostAsync($"/api/invites/{connection}/{(name == "connected" ? "accept" : "decline")}", null);
            }
        }

        async Task<(List<string> Found, int Counted)> FindAsync(HttpClient client, string query) => (
            [.. (await client.AllAsync($"/api/creators?q=apartname&limit=2{query}")).Items.Ids()],
            (await client.GetJsonAsync($"/api/creators/facets?q=apartname{query}")).GetProperty("total").GetProperty("count").GetInt32());

        await EventuallyAsync(async () => (await FindAsync(brand, "&relation=none")) is ({ Count: 1 }, 1));
        Assert.Equal(["apart-stranger"], (await FindAsync(brand, "&relation=none")).Found);
        Assert.Equal(4, (await FindAsync(brand, "")).Counted);
        Assert.Equal(4, (await FindAsync(host.ClientFor("apart-other"), "&relation=none")).Found.Count);
    }

    [Fact]
    public async Task A_favourite_shows_on_the_card_of_who_marked_it_only()
    {
        var id = await host.AddCreatorAsync("hearted", name: "Heartedname");
        var brand = host.ClientFor("hearted-brand");
        using var marked = await brand.PutAsync($"/api/favourites/{id}", null);

        async Task<bool> InSearchAsync(HttpClient client) =>
            (await client.GetJsonAsync("/api/creators?q=heartedname")).GetProperty("value")[0].GetProperty("favourite").GetBoolean();
        async Task<bool> OnPageAsync(HttpClient client) =>
            (await client.GetJsonAsync($"/api/creators/{id}")).GetProperty("favourite").GetBoolean();

        Assert.Equal((true, true), (await InSearchAsync(brand), await OnPageAsync(brand)));
        var other = host.ClientFor("hearted-other");
        Assert.Equal((false, false), (await InSearchAsync(other), await OnPageAsync(other)));
    }

    [Fact]
    public async Task A_creator_who_searches_finds_themselves_too()
    {
        var client = host.ClientFor("selfie");
        await client.PutProfileOkAsync(MemberCalls.ListedCreator("Selfiename"));

        var card = Assert.Single((await client.AllAsync("/api/creators?q=selfiename")).Items);
        Assert.Equal(
            ("selfie", "none"), (card.GetProperty("id").GetString(), card.GetProperty("relation").GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_creators_page_is_card_and_profile_in_one()
    {
        var client = host.ClientFor("page");
        var profile = MemberCalls.ListedCreator("Page");
        profile["bio"] = "About me";
        profile["tags"] = new[] { "tag" };
        await client.PutProfileOkAsync(profile);

        var page = await host.ClientFor("page-reader").GetJsonAsync("/api/creators/page");

        Assert.Equal(
            [
                "bio", "categories", "displayName", "engagement", "favourite", "followers", "formats", "handle", "headline", "id",
                "kind", "languages", "listed", "offers", "openTo", "platforms", "relation", "tags",
            ],
            page.Names());
        Assert.Equal(("About me", 1000), (page.GetProperty("bio").GetString(), page.GetProperty("followers").GetInt32()));
    }

    [Fact]
    public async Task Who_is_not_listed_is_not_found_just_as_who_does_not_exist()
    {
        await host.AddCreatorAsync("unlisted", listed: false, name: "Unlistedname");
        await host.ClientFor("just-a-brand").PutProfileOkAsync(new { displayName = "Brand", kind = "brand" });
        var reader = host.ClientFor("unlisted-reader");
        var answers = new List<string>();
        foreach (var id in new[] { "unlisted", "just-a-brand", "does-not-exist", "no%20id" })
        {
            using var answer = await reader.GetAsync($"/api/creators/{id}");
            var problem = await answer.JsonAsync(HttpStatusCode.NotFound);
            answers.Add(string.Join('|', problem.EnumerateObject().Where(p => p.Name != "traceId").Select(p => p.ToString())));
        }

        Assert.Single(answers.Distinct());
        Assert.Contains("/problems/not-found", answers[0], StringComparison.Ordinal);
        Assert.Empty((await reader.AllAsync("/api/creators?q=unlistedname")).Items);
    }

    [Fact]
    public async Task Members_always_see_their_own_page()
    {
        var client = host.ClientFor("own");
        await client.GetJsonAsync("/api/me");

        Assert.Equal("own", (await client.GetJsonAsync("/api/creators/own")).GetProperty("id").GetString());
    }

    [Fact]
    public async Task Who_unlists_is_gone_from_search_and_stays_for_those_they_are_tied_to()
    {
        var (brand, creator) = await PairAsync("leaving");
        await InviteAsync(brand, "leaving-creator");
        var profile = MemberCalls.ListedCreator("Leavingname");
        profile["listed"] = false;
        await creator.PutProfileOkAsync(profile);

        Assert.Empty((await brand.AllAsync("/api/creators?q=leavingname")).Items);
        Assert.False((await brand.GetJsonAsync("/api/creators/leaving-creator")).GetProperty("listed").GetBoolean());
        using var stranger = await host.ClientFor("leaving-stranger").GetAsync("/api/creators/leaving-creator");
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
    }

    /// <summary>A brand and a listed creator, with ids that begin with the name.</summary>
    private async Task<(HttpClient Brand, HttpClient Creator)> PairAsync(string name)
    {
        var (brand, creator) = (host.ClientFor($"{name}-brand"), host.ClientFor($"{name}-creator"));
        await brand.PutProfileOkAsync(new { displayName = "Brand", kind = "brand" });
        await creator.PutProfileOkAsync(MemberCalls.ListedCreator($"{name}name"));
        return (brand, creator);
    }

    private static async Task<string> InviteAsync(HttpClient brand, string creatorId)
    {
        using var invited = await brand.PostAsJsonAsync("/api/invites", new { creatorId });
        return (await invited.JsonAsync(HttpStatusCode.Created)).GetProperty("id").GetString()!;
    }

    private static async Task<(string? State, string? ConnectionId)> RelationAsync(HttpClient client, string id)
    {
        using var answer = await client.GetAsync($"/api/creators/{id}");
        if (answer.StatusCode == HttpStatusCode.NotFound)
        {
            return default;
        }

        var relation = (await answer.JsonAsync(HttpStatusCode.OK)).GetProperty("relation");
        return (relation.GetProperty("state").GetString(), relation.TryGetProperty("connectionId", out var connection)
            ? connection.GetString()
            : null);
    }

    private static async Task<string?> RelationInSearchAsync(HttpClient client, string id) =>
        (await client.AllAsync("/api/creators?limit=100")).Items.Single(c => c.GetProperty("id").GetString() == id)
            .GetProperty("relation").GetProperty("state").GetString();

    /// <summary>Waits for what the change feed brings to the other side's row.</summary>
    private static async Task EventuallyAsync(Func<Task<bool>> holds) =>
        Assert.True(await Calls.EventuallyAsync(holds, isSo => isSo), "It did not happen.");
}
