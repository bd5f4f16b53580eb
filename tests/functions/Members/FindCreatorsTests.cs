using System.Buffers.Text;
using System.Net;
using System.Text;
using Connections.Creators.Facets;
using Connections.Members;

namespace Connections.Tests.Functions.Members;

public sealed class FindCreatorsTests(SearchFixture search) : IClassFixture<SearchFixture>
{
    private readonly HttpClient _brand = search.Host.ClientFor("brand");

    [Theory]
    [InlineData("/api/creators")]
    [InlineData("/api/creators?q=jose")]
    [InlineData("/api/creators?q=JOSÉ")]
    [InlineData("/api/creators?q=strasse")]
    [InlineData("/api/creators?q=vegan%20an")]
    [InlineData("/api/creators?q=annmarie")]
    [InlineData("/api/creators?q=mueller")]
    [InlineData("/api/creators?q=m%C3%BCller%20s")]
    [InlineData("/api/creators?category=food")]
    [InlineData("/api/creators?category=food&category=travel&category=diy")]
    [InlineData("/api/creators?platform=youtube")]
    [InlineData("/api/creators?platform=youtube&platform=x")]
    [InlineData("/api/creators?platform=tiktok&minFollowers=25000")]
    [InlineData("/api/creators?platform=tiktok&maxFollowers=1000&sort=engagement")]
    [InlineData("/api/creators?platform=tiktok&platform=x&platform=instagram&minEngagement=0.034")]
    [InlineData("/api/creators?platform=tiktok&platform=x&minFollowers=1&sort=engagement")]
    [InlineData("/api/creators?openTo=paid&openTo=gifted&format=story")]
    [InlineData("/api/creators?available=2026-12-01")]
    [InlineData("/api/creators?country=DE")]
    [InlineData("/api/creators?country=de&country=BR")]
    [InlineData("/api/creators?language=en")]
    [InlineData("/api/creators?language=en-GB&language=fr")]
    [InlineData("/api/creators?minFollowers=1000")]
    [InlineData("/api/creators?minFollowers=1001&maxFollowers=25000")]
    [InlineData("/api/creators?maxFollowers=0")]
    [InlineData("/api/creators?minEngagement=0.034")]
    [InlineData("/api/creators?sort=followers")]
    [InlineData("/api/creators?sort=engagement")]
    [InlineData("/api/creators?sort=newest")]
    [InlineData("/api/creators?sort=newest&country=DE&country=AT&platform=youtube&platform=tiktok&minFollowers=1")]
    public async Task A_search_finds_what_matches_all_filters_in_order(string path)
    {
        var expected = SearchCast.Expected(search.Cast, path);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, (await _brand.AllAsync(path)).Items.Ids());
    }

    [Trait("Category", "Long")]
    [Fact]
    public async Task Three_hundred_random_searches_find_exactly_what_the_rules_say()
    {
        var random = new Random(7);
        var found = 0;
        for (var i = 0; i < 300; i++)
        {
            var path = SearchCast.AnyQuery(random);
            var expected = SearchCast.Expected(search.Cast, path);
            found += expected.Length > 0 ? 1 : 0;

            var ids = (await _brand.AllAsync(path)).Items.Ids();
            Assert.True(expected.SequenceEqual(ids), $"{path}\nexpected {string.Join(' ', expected)}\nfound    {string.Join(' ', ids)}");
        }

        Assert.True(found > 100, $"Only {found} of the searches had anything to find: they prove too little.");
    }

    [Theory]
    [InlineData("followers", 1)]
    [InlineData("followers", 7)]
    [InlineData("engagement", 10)]
    [InlineData("newest", 50)]
    [InlineData("followers&platform=tiktok", 3)]
    [InlineData("followers&platform=tiktok&platform=instagram&platform=x", 2)]
    [InlineData("engagement&platform=x&platform=youtube", 5)]
    public async Task Following_the_links_shows_every_creator_once_and_in_order(string sort, int limit)
    {
        var expected = SearchCast.Expected(search.Cast, $"/api/creators?sort={sort}");

        var (items, pages) = await _brand.AllAsync($"/api/creators?sort={sort}&limit={limit}");

        Assert.Equal(expected, items.Ids());
        Assert.InRange(pages, (expected.Length + limit - 1) / limit, (expected.Length / limit) + 1);
    }

    [Fact]
    public async Task A_card_shows_the_numbers_of_the_platform_that_was_asked_for()
    {
        var profile = MemberCalls.ListedCreator("Wilhelmina Quist");
        profile["platforms"] = new[]
        {
            new { name = "instagram", handle = "w", followers = 50_000, engagement = 0.01 },
            new { name = "tiktok", handle = "w", followers = 900, engagement = 0.08 },
            new { name = "tiktok", handle = "w2", followers = 1_100, engagement = 0.02 },
        };
        await search.Host.ClientFor("quist").PutProfileOkAsync(profile);

        async Task<string?> ShownAsync(string query)
        {
            var found = (await _brand.GetJsonAsync($"/api/creators?q=quist&{query}")).GetProperty("value").EnumerateArray().ToList();
            if (found is not [var card])
            {
                return null;
            }

            var platform = card.TryGetProperty("platform", out var on) ? on.GetString() : "";
            return $"{platform} {card.GetProperty("followers")} {card.GetProperty("engagement")}";
        }

        Assert.Equal(" 50000 0.01", await ShownAsync(""));
        Assert.Equal("tiktok 1100 0.02", await ShownAsync("platform=tiktok"));
        Assert.Null(await ShownAsync("platform=tiktok&minFollowers=50000"));
        Assert.Equal("instagram 50000 0.01", await ShownAsync("platform=tiktok&platform=instagram"));
        Assert.Equal("tiktok 1100 0.02", await ShownAsync("platform=tiktok&platform=instagram&sort=engagement"));
        Assert.Equal("tiktok 1100 0.02", await ShownAsync("platform=tiktok&platform=instagram&maxFollowers=2000&sort=newest"));
        Assert.Null(await ShownAsync("platform=youtube"));

        await search.Host.ClientFor("quist").DeleteAsync("/api/me");
    }

    [Fact]
    public async Task Creators_are_found_by_every_code_of_their_language()
    {
        var profile = MemberCalls.ListedCreator("Tala");
        profile["languages"] = new[] { "tl" };
        profile["language"] = "tgl-PH";
        var stored = await search.Host.ClientFor("tala").PutProfileOkAsync(profile);
        // As profiles were stored before tags were made canonical.
        var earlier = new Member
        {
            Id = new MemberId("earlier"), Kind = MemberKind.Creator, DisplayName = "Luz", Languages = ["tl"], LanguageRanges = ["tl"],
            Listed = true, ListedAt = DateTimeOffset.UnixEpoch,
        };
        Assert.True(await search.Host.Members().TryCreateAsync(earlier, default));

        Assert.Equal(["fil"], stored.GetProperty("languages").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal("fil-PH", stored.GetProperty("language").GetString());
        foreach (var code in new[] { "fil", "tl", "tgl", "FIL" })
        {
            Assert.Equal(["earlier", "tala"], (await _brand.AllAsync($"/api/creators?language={code}")).Items.Ids().Order());
        }

        await search.Host.ClientFor("tala").DeleteAsync("/api/me");
        await search.Host.ClientFor("earlier").DeleteAsync("/api/me");
    }

    [Fact]
    public async Task A_page_has_24_creators_unless_asked_and_the_link_keeps_the_filters()
    {
        var page = await _brand.GetJsonAsync("/api/creators?language=en&language=de&sort=newest");

        Assert.Equal(24, page.GetProperty("value").GetArrayLength());
        Assert.StartsWith(
            $"{search.Host.Url}api/creators?language=en&language=de&sort=newest&continuation=",
            page.GetProperty("nextLink").GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_page_has_no_link()
    {
        var page = await _brand.GetJsonAsync("/api/creators?q=nobodyhasthisword");

        Assert.Equal(
            [
                "value",
            ],
            page.Names());
        Assert.Equal(0, page.GetProperty("value").GetArrayLength());
    }

    [Fact]
    public async Task A_card_shows_what_its_shape_says_and_no_more()
    {
        var member = search.Cast.First(m => m is { Listed: true, Country: not null, AvailableFrom: not null, Platforms.Count: > 0 });
        var cards = (await _brand.AllAsync("/api/creators?limit=100")).Items;

        var card = cards.Single(c => c.GetProperty("id").GetString() == member.Id.Value);

        Assert.Equal(
            [
                "availableFrom", "categories", "country", "displayName", "engagement", "favourite", "followers", "formats", "handle",
                "headline", "id", "languages", "openTo", "platforms", "relation",
            ],
            card.Names());
        Assert.Equal(
            (member.Followers, member.Engagement), (card.GetProperty("followers").GetInt64(), card.GetProperty("engagement").GetDouble()));
        Assert.Equal("none", card.GetProperty("relation").GetProperty("state").GetString());
        Assert.False(card.GetProperty("favourite").GetBoolean());
    }

    [Fact]
    public async Task Bad_values_are_named_all_at_once()
    {
        using var answer = await _brand.GetAsync(
            "/api/creators?category=juggling&country=UK&minFollowers=-1&sort=price&limit=101&continuation=!");

        var (code, fields) = await answer.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal("invalid-input", code);
        Assert.Equal(["category", "continuation", "country", "limit", "minFollowers", "sort"], fields.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("101")]
    [InlineData("ten")]
    public async Task A_limit_is_1_to_100(string limit)
    {
        using var answer = await _brand.GetAsync($"/api/creators?limit={limit}");

        Assert.Equal(["limit"], (await answer.ProblemAsync(HttpStatusCode.BadRequest)).Fields);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"token\":\"x\",\"range\":{\"min\":\"\",\"max\":\"FF\"}}")]
    [InlineData("[{\"token\":\"x\",\"range\":{\"min\":\"\",\"max\":\"FF\"}}]")]
    [InlineData("+RID:~abc#RT:1")]
    [InlineData("\0\u00FF")]
    public async Task A_link_that_was_never_given_is_a_problem_of_its_own(string continuation)
    {
        using var answer = await _brand.GetAsync(
            $"/api/creators?continuation={Base64Url.EncodeToString(Encoding.UTF8.GetBytes(continuation))}");

        var (code, fields) = await answer.ProblemAsync(HttpStatusCode.BadRequest);
        Assert.Equal(("invalid-input", "continuation"), (code, Assert.Single(fields)));
    }

    [Fact]
    public async Task Half_a_link_is_a_problem_and_never_an_error_of_ours()
    {
        var link = (await _brand.GetJsonAsync("/api/creators?limit=5")).GetProperty("nextLink").GetString()!;
        var start = link.IndexOf("continuation=", StringComparison.Ordinal) + "continuation=".Length;
        for (var end = start; end < link.Length; end += 3)
        {
            using var answer = await _brand.GetAsync(link[..end]);
            Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{link[..end]}: {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Without_a_token_nothing_is_shown()
    {
        using var answer = await search.Host.AnonymousClient().GetAsync("/api/creators");

        Assert.Equal("unauthenticated", (await answer.ProblemAsync(HttpStatusCode.Unauthorized)).Code);
    }

    [Fact]
    public async Task Text_that_looks_like_a_query_finds_nothing_and_breaks_nothing()
    {
        foreach (var text in new[] { "' OR 1=1 --", "\" OR true", "@word0", "%' UNION", "\\", "*", "{\"$gt\":1}" })
        {
            var path = $"/api/creators?q={Uri.EscapeDataString(text)}";
            Assert.Equal(SearchCast.Expected(search.Cast, path), (await _brand.AllAsync(path)).Items.Ids());
        }
    }
}
