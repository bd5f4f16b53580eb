using System.Net;

namespace Connections.Tests.Functions.Chat;

/// <summary>History: newest first going back from <c>before</c>, or oldest first going forward from <c>after</c>.</summary>
public sealed class HistoryTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    private const int DefaultLimit = 24;

    [Fact]
    public async Task Without_a_place_it_is_the_newest_24_newest_first()
    {
        var talk = await FilledAsync("newest", 30);
        var page = await talk.Creator.ReadAsync(talk.Messages);
        Assert.Equal(Enumerable.Range(0, DefaultLimit).Select(i => 30 - i), Seqs(page));
        Assert.NotNull(page.Body!["nextLink"]);
    }

    [Theory]
    [InlineData("before=5&limit=3", "4 3 2", true)]
    [InlineData("before=5&limit=4", "4 3 2 1", false)]
    [InlineData("before=2", "1", false)]
    [InlineData("before=1", "", false)]
    [InlineData("before=8", "7 6 5 4 3 2 1", false)]
    [InlineData("before=1000000", "7 6 5 4 3 2 1", false)]
    [InlineData("before=9223372036854775807&limit=2", "7 6", true)]
    [InlineData("after=0&limit=3", "1 2 3", true)]
    [InlineData("after=4&limit=3", "5 6 7", false)]
    [InlineData("after=4&limit=2", "5 6", true)]
    [InlineData("after=6", "7", false)]
    [InlineData("after=7", "", false)]
    [InlineData("after=9223372036854775807", "", false)]
    public async Task A_place_is_left_out_and_the_last_page_has_no_next(string query, string expected, bool hasNext)
    {
        var talk = await FilledAsync($"place-{Guid.NewGuid()}", 7);
        var page = await talk.Brand.ReadAsync($"{talk.Messages}?{query}");
        Assert.Equal(expected, string.Join(' ', Seqs(page)));
        Assert.Equal(hasNext, page.Body!["nextLink"] is not null);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(24, 24)]
    [InlineData(25, 24)]
    [InlineData(100, 100)]
    [InlineData(101, 100)]
    [InlineData(101, 7)]
    public async Task Following_the_links_meets_every_message_exactly_once_in_both_directions(int count, int limit)
    {
        var talk = await FilledAsync($"all-{count}-{limit}", count);
        var pages = (count + limit - 1) / limit;
        var back = await FollowAsync(talk, $"{talk.Messages}?limit={limit}");
        Assert.Equal((pages, string.Join(' ', Enumerable.Range(1, count).Reverse())), (back.Pages, string.Join(' ', back.Seqs)));
        var forward = await FollowAsync(talk, $"{talk.Messages}?after=0&limit={limit}");
        Assert.Equal((pages, string.Join(' ', Enumerable.Range(1, count))), (forward.Pages, string.Join(' ', forward.Seqs)));
    }

    [Fact]
    public async Task New_messages_do_not_shift_the_pages_that_go_back()
    {
        var talk = await FilledAsync("shift", 6);
        var first = await talk.Creator.ReadAsync($"{talk.Messages}?limit=3");
        await talk.FillAsync(4);
        Assert.Equal("3 2 1", string.Join(' ', Seqs(await talk.Creator.ReadAsync(first["nextLink"].ToString()))));
    }

    [Fact]
    public async Task An_empty_conversation_has_one_empty_page()
    {
        var talk = await Talk.BeginAsync(host, "empty");
        foreach (var query in new[] { "", "?after=0", "?before=10" })
        {
            var page = await talk.Brand.ReadAsync(talk.Messages + query);
            Assert.Equal((HttpStatusCode.OK, 0), (page.Status, page["value"].AsArray().Count));
            Assert.Null(page.Body!["nextLink"]);
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("x")]
    public async Task A_limit_out_of_bounds_is_named(string limit)
    {
        var talk = await Talk.BeginAsync(host, $"limit-{limit}");
        var answer = await talk.Brand.ReadAsync($"{talk.Messages}?limit={limit}");
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (answer.Status, answer.Problem));
        Assert.NotNull(answer["errors"]["limit"]);
    }

    private static int[] Seqs(Answer page) => [.. page["value"].AsArray().Select(message => (int)message!["seq"]!)];

    private static async Task<(int Pages, List<int> Seqs)> FollowAsync(Talk talk, string? link)
    {
        var (pages, seqs) = (0, new List<int>());
        while (link is not null)
        {
            var page = await talk.Creator.ReadAsync(link);
            seqs.AddRange(Seqs(page));
            pages++;
            link = page.Body!["nextLink"]?.ToString();
        }

        return (pages, seqs);
    }

    private async Task<Talk> FilledAsync(string name, int count)
    {
        var talk = await Talk.BeginAsync(host, "history-" + name);
        await talk.FillAsync(count);
        return talk;
    }
}
