using System.Net;
using Connections.Chat;

namespace Connections.Tests.Functions.Chat;

/// <summary>Search in a conversation: by the words rule of Explore, the newest first, page by page.</summary>
public sealed class MessageSearchTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Theory]
    [InlineData("autumn", "5 2 1")]
    [InlineData("AUT bri", "2")]
    [InlineData("brief autumn", "2")]
    [InlineData("tumn", "")]
    [InlineData("creme brulee", "3")]
    [InlineData("crème", "3")]
    [InlineData("mueller", "4")]
    [InlineData("muller", "4")]
    [InlineData("小明", "6")]
    [InlineData("example.com", "7")]
    [InlineData("examplecom", "7")]
    [InlineData("!!!", "")]
    [InlineData("nowhere", "")]
    public async Task A_message_is_found_by_the_beginnings_of_its_words(string search, string expected)
    {
        var talk = await TalkAsync(
            "Does autumn work?",
            "The brief for Autumn",
            "Crème brûlée!",
            "Herr Müller",
            "autumn, then",
            "王小明",
            "See example.com, please");
        Assert.Equal((expected, false), await FindAsync(talk, $"q={Uri.EscapeDataString(search)}"));
    }

    [Fact]
    public async Task An_empty_text_is_no_search()
    {
        var talk = await TalkAsync("One", "Two");
        Assert.Equal(("2 1", false), await FindAsync(talk, "q="));
    }

    [Fact]
    public async Task Deleted_messages_are_not_found_and_edited_ones_by_their_new_words()
    {
        var talk = await TalkAsync("Budget one", "Budget two", "Budget three");
        await talk.DeleteAsync(talk.Brand, 1);
        await talk.EditAsync(talk.Brand, 2, "Plan two");
        Assert.Equal(("3", false), await FindAsync(talk, "q=budget"));
        Assert.Equal(("2", false), await FindAsync(talk, "q=plan"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public async Task Following_the_links_meets_every_match_once(int limit)
    {
        var talk = await TalkAsync([.. Enumerable.Range(1, 120).Select(i => i % 3 == 0 ? $"Autumn {i}" : $"Winter {i}")]);
        var seqs = new List<long>();
        for (var link = $"{talk.Messages}?q=autumn&limit={limit}"; link is not null;)
        {
            var page = await talk.Creator.ReadAsync(link);
            Assert.InRange(page["value"].AsArray().Count, 0, limit);
            seqs.AddRange(page["value"].AsArray().Select(message => (long)message!["seq"]!));
            link = page.Body!["nextLink"]?.ToString();
        }

        Assert.Equal(Enumerable.Range(1, 40).Select(i => 123L - (3 * i)), seqs);
    }

    [Fact]
    public async Task A_page_looks_through_a_thousand_messages_and_its_link_goes_on()
    {
        const int After = 50;
        var talk = await TalkAsync(["Autumn", .. Enumerable.Repeat("Winter", MessageSearch.LooksThrough + After - 1)]);
        var page = await talk.Creator.ReadAsync($"{talk.Messages}?q=autumn");
        Assert.Empty(page["value"].AsArray());
        Assert.Contains($"before={After + 1}&", page["nextLink"].ToString(), StringComparison.Ordinal);
        var next = await talk.Creator.ReadAsync(page["nextLink"].ToString());
        Assert.Equal(1, (int)Assert.Single(next["value"].AsArray())!["seq"]!);
        Assert.Null(next.Body!["nextLink"]);
    }

    [Fact]
    public async Task A_page_looks_through_fewer_long_messages()
    {
        const int Longest = 4000;
        const int After = 3;
        var looksThrough = MessageSearch.LooksThroughText / Longest;
        var talk = await TalkAsync(["Autumn", .. Enumerable.Repeat(new string('w', Longest), looksThrough + After - 1)]);
        var page = await talk.Creator.ReadAsync($"{talk.Messages}?q=autumn");
        Assert.Empty(page["value"].AsArray());
        Assert.Contains($"before={After + 1}&", page["nextLink"].ToString(), StringComparison.Ordinal);
        var next = await talk.Creator.ReadAsync(page["nextLink"].ToString());
        Assert.Equal(1, (int)Assert.Single(next["value"].AsArray())!["seq"]!);
        Assert.Null(next.Body!["nextLink"]);
    }

    [Fact]
    public async Task A_place_goes_with_a_search_back_and_not_forward()
    {
        var talk = await TalkAsync("Autumn", "Autumn", "Autumn");
        Assert.Equal(("2 1", false), await FindAsync(talk, "q=autumn&before=3"));
        var refused = await talk.Brand.ReadAsync($"{talk.Messages}?q=autumn&after=1");
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (refused.Status, refused.Problem));
        Assert.NotNull(refused["errors"]["after"]);
    }

    [Theory]
    [InlineData("q=1 2 3 4 5 6 7 8 9")]
    [InlineData("q=a&q=b")]
    [InlineData("q=%07")]
    public async Task A_text_that_is_too_much_is_named(string query)
    {
        var talk = await TalkAsync("One");
        var refused = await talk.Brand.ReadAsync($"{talk.Messages}?{query}");
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (refused.Status, refused.Problem));
        Assert.NotNull(refused["errors"]["q"]);
    }

    [Fact]
    public async Task Nobody_else_searches_a_conversation_and_both_can_after_its_end()
    {
        var talk = await TalkAsync("Autumn");
        var stranger = host.ClientFor("search-stranger");
        await stranger.BecomeBrandAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.ReadAsync($"{talk.Messages}?q=autumn")).Status);
        await talk.RemoveAsync();
        Assert.Equal(("1", false), await FindAsync(talk, "q=autumn"));
    }

    [Fact]
    public async Task Searches_have_a_limit_of_their_own()
    {
        await using var limited = await LocalHostFixture.StartAsync(o => o with
        {
            Settings = new Dictionary<string, string?> { ["Limits:SearchesPerMinute"] = "2" },
        });
        var talk = await Talk.BeginAsync(limited, "limit");
        Assert.Equal(HttpStatusCode.OK, (await talk.Brand.ReadAsync($"{talk.Messages}?q=one")).Status);
        var refused = await talk.Brand.ReadAsync($"{talk.Messages}?q=one");
        Assert.Equal((HttpStatusCode.TooManyRequests, "rate-limit"), (refused.Status, refused.Problem));
        Assert.Equal(HttpStatusCode.OK, (await talk.Brand.ReadAsync(talk.Messages)).Status);
    }

    private static async Task<(string Seqs, bool HasNext)> FindAsync(Talk talk, string query)
    {
        var page = await talk.Creator.ReadAsync($"{talk.Messages}?{query}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        return (string.Join(' ', page["value"].AsArray().Select(message => message!["seq"])), page.Body!["nextLink"] is not null);
    }

    private async Task<Talk> TalkAsync(params string[] texts)
    {
        var talk = await Talk.BeginAsync(host, $"search-{Guid.NewGuid()}");
        await talk.FillAsync(texts);
        return talk;
    }
}
