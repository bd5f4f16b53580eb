using System.Text.Json;
using Connections.Creators.Facets;
using Connections.Members;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Members.Facets;

/// <summary>GET /api/creators/facets, on a host whose triggers run only when a test runs them.</summary>
public sealed class FacetsTests : IAsyncLifetime
{
    private const string Path = "/api/creators/facets";
    private readonly ManualTime _time = new();
    private readonly RequestLog _log = new();
    private LocalHostFixture _host = null!;

    public async Task InitializeAsync() => _host = await LocalHostFixture.StartWithoutTriggersAsync(o => o with
    {
        Time = _time,
        Services = _log.Watch,
    });

    public Task DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Each_value_is_counted_among_listed_creators()
    {
        var before = await ReadAsync();
        await AddAsync("one", "DE", ["food", "travel"], ["pt-BR"]);
        await AddAsync("two", "DE", ["food"], ["pt", "en"]);
        await AddAsync("three", "SE", ["art"], ["en"], listed: false);
        _time.Advance(TimeSpan.FromHours(1));
        var after = await ReadAsync();

        Assert.Equal(2, Grown("categories", "food"));
        Assert.Equal(1, Grown("categories", "travel"));
        Assert.Equal(0, Grown("categories", "art"));
        Assert.Equal(2, Grown("platforms", "youtube"));
        Assert.Equal(2, Grown("countries", "DE"));
        Assert.Equal(0, Grown("countries", "SE"));
        Assert.Equal(2, Grown("languages", "pt"));
        Assert.Equal(1, Grown("languages", "en"));

        int Grown(string list, string value) => Count(after, list, value) - Count(before, list, value);
    }

    [Fact]
    public async Task Languages_without_a_code_of_two_letters_are_counted_like_any_other()
    {
        foreach (var i in Enumerable.Range(0, 9))
        {
            await AddAsync($"f{i}", "PH", ["food"], ["tl", "yue-HK"]);
        }

        await AddAsync("h", "US", ["food"], ["haw"]);
        var facets = await ReadAsync();

        Assert.Equal((9, 9, 1), (Count(facets, "languages", "fil"), Count(facets, "languages", "yue"), Count(facets, "languages", "haw")));
        Assert.DoesNotContain("tl", Values(facets, "languages"));
    }

    [Fact]
    public async Task Languages_that_nobody_has_cost_a_query_for_many()
    {
        await ReadAsync();

        var queries = _log.Sent.Count(request => request.Query?.Contains("languageRanges", StringComparison.Ordinal) == true);
        Assert.InRange(queries, Languages.All.Count, Languages.All.Count + 20);
        Assert.InRange(Languages.Further.Count, 400, 500);
    }

    [Fact]
    public async Task Published_lists_are_whole_and_the_others_show_what_exists_the_most_frequent_first()
    {
        await AddAsync("one", "DE", ["food"], ["pt"]);
        var facets = await ReadAsync();

        Assert.Equal(PublishedLists.Categories, Values(facets, "categories").Order(StringComparer.Ordinal));
        Assert.Equal(PublishedLists.Platforms, Values(facets, "platforms").Order(StringComparer.Ordinal));
        foreach (var list in new[] { "categories", "platforms", "countries", "languages" })
        {
            var counts = facets.GetProperty(list).EnumerateArray().Select(facet => facet.GetProperty("count").GetInt32()).ToArray();
            Assert.Equal(counts.OrderDescending(), counts);
            Assert.True(list is "categories" or "platforms" || counts[^1] > 0);
        }
    }

    [Fact]
    public async Task Counts_stand_for_an_hour_and_are_one_read()
    {
        var first = await ReadAsync();
        await AddAsync("later", "DE", ["food"], ["pt"]);
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(first.ToString(), (await ReadAsync()).ToString());
        _log.Clear();

        // The caller is known by now.
        Assert.Equal(first.ToString(), (await ReadAsync()).ToString());
        Assert.Equal("members", Assert.Single(_log.Sent).Container);

        _time.Advance(TimeSpan.FromMinutes(1));
        var second = await ReadAsync();
        Assert.Equal(first.GetProperty("countedAt").GetDateTimeOffset().AddHours(1), second.GetProperty("countedAt").GetDateTimeOffset());
        Assert.Equal(Count(first, "countries", "DE") + 1, Count(second, "countries", "DE"));
    }

    [Fact]
    public async Task The_timer_counts_again_before_a_call_has_to_and_not_before_anybody_asked()
    {
        var timer = new CountFacets(_host.Services.GetRequiredService<FacetCounter>());
        await timer.Run(new(), default);
        Assert.DoesNotContain(_log.Sent, request => request.Query is not null && request.Query.Contains("COUNT", StringComparison.Ordinal));

        var first = await ReadAsync();
        _time.Advance(TimeSpan.FromMinutes(31));
        await timer.Run(new(), default);
        _time.Advance(TimeSpan.FromMinutes(30));
        var later = await ReadAsync();
        Assert.Equal(first.GetProperty("countedAt").GetDateTimeOffset().AddMinutes(31), later.GetProperty("countedAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task Many_first_calls_at_once_count_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ReadAsync()));

        var counts = _log.Sent.Count(request => request.Query?.Contains("c.country", StringComparison.Ordinal) == true);
        Assert.Equal(Countries.All.Count, counts);
    }

    [Fact]
    public async Task The_counts_are_nobody_that_search_finds()
    {
        await ReadAsync();
        var (found, _) = await _host.ClientFor("looker").AllAsync("/api/creators");
        Assert.DoesNotContain(FacetsDocument.OnlyId, found.Ids());
        Assert.False(MemberId.TryParse(FacetsDocument.OnlyId, out _));
    }

    [Fact]
    public void Languages_are_codes_that_a_profile_can_have_each_once()
    {
        Assert.InRange(Languages.All.Count, 180, 190);
        Assert.All(Languages.All.Concat(Languages.Further), code => Assert.Equal(code, LanguageTag.Find(code)));
        Assert.Equal(Languages.All.Distinct().Order(StringComparer.Ordinal), Languages.All);
        Assert.Equal(Languages.Further.Distinct().Order(StringComparer.Ordinal), Languages.Further);
        Assert.Empty(Languages.Further.Intersect(Languages.All));
    }

    private static int Count(JsonElement facets, string list, string value) =>
        facets.GetProperty(list).EnumerateArray().Where(facet => facet.GetProperty("value").GetString() == value)
            .Sum(facet => facet.GetProperty("count").GetInt32());

    private static IEnumerable<string> Values(JsonElement facets, string list) =>
        facets.GetProperty(list).EnumerateArray().Select(facet => facet.GetProperty("value").GetString()!);

    // A new client each time: the clock outruns a token.
    private Task<JsonElement> ReadAsync() => _host.ClientFor("looker").GetJsonAsync(Path);

    private async Task AddAsync(string id, string country, string[] categories, string[] languages, bool listed = true)
    {
        var member = new Member
        {
            Id = new MemberId(id),
            Kind = MemberKind.Creator,
            DisplayName = id,
            Categories = categories,
            Platforms = [new Platform("youtube", id, null, 1000, 0.05)],
            Country = country,
            Languages = languages,
            Listed = listed,
            ListedAt = listed ? DateTimeOffset.UnixEpoch : null,
        };
        Assert.True(await _host.Members().TryCreateAsync(member.Indexed(), default));
    }
}
