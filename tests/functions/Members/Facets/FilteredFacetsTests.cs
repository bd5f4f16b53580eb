using System.Net;
using System.Text.Json.Nodes;
using Connections.Members;
using Microsoft.AspNetCore.WebUtilities;

namespace Connections.Tests.Functions.Members.Facets;

/// <summary>GET /api/creators/facets with the filters of a search.</summary>
public sealed class FilteredFacetsTests(SearchFixture search) : IClassFixture<SearchFixture>
{
    private const string Path = "/api/creators/facets?";

    private static readonly (string Parameter, string Field)[] Lists =
    [
        ("category", "categories"), ("platform", "platforms"), ("country", "countries"), ("language", "languages"), ("openTo", "openTo"),
        ("format", "formats"),
    ];

    private readonly HttpClient _brand = search.Host.ClientFor("counting");

    [Trait("Category", "Long")]
    [Fact]
    public async Task A_hundred_random_filters_count_what_a_search_with_each_value_finds()
    {
        var random = new Random(20261128);
        var (counted, filtered) = (0, 0);
        for (var i = 0; i < 100; i++)
        {
            var query = QueryOf(SearchCast.AnyQuery(random));
            var facets = await CountAsync(_brand, query);
            if (query.Count == 0)
            {
                continue;
            }

            var expected = Expected(query).Length;
            Assert.Equal((expected, "exact"), ((int)facets["total"]!["count"]!, facets["total"]!["precision"]!.ToString()));
            filtered += expected > 0 ? 1 : 0;
            foreach (var (parameter, field) in Lists)
            {
                var chosen = query.Where(one => one.Key != parameter).ToList();
                foreach (var facet in facets[field]!.AsArray())
                {
                    var with = Expected([.. chosen, new(parameter, facet!["value"]!.ToString())]).Length;
                    Assert.True(
                        with == (int)facet["count"]!,
                        $"{parameter}={facet["value"]} among {string.Join('&', query)}: {facet["count"]}, not {with}");
                    counted += with > 0 ? 1 : 0;
                }
            }
        }

        Assert.True(
            filtered > 30 && counted > 500, $"{filtered} filters found somebody, {counted} counts were above 0: this proves too little.");
    }

    [Fact]
    public async Task Published_lists_are_whole_and_the_most_frequent_value_comes_first()
    {
        var facets = await CountAsync(_brand, [new("country", "DE")]);

        Assert.Equal(PublishedLists.Categories, Values(facets, "categories").Order(StringComparer.Ordinal));
        Assert.Equal(PublishedLists.Platforms, Values(facets, "platforms").Order(StringComparer.Ordinal));
        Assert.All(Lists, list =>
        {
            var counts = facets[list.Field]!.AsArray().Select(facet => (int)facet!["count"]!).ToList();
            Assert.Equal(counts.OrderDescending(), counts);
            Assert.True(list.Field is not ("countries" or "languages") || counts.All(count => count > 0));
        });
    }

    [Fact]
    public async Task A_text_without_a_letter_finds_and_counts_nobody()
    {
        var facets = await CountAsync(_brand, [new("q", "🍕")]);

        Assert.Equal((0, "exact"), ((int)facets["total"]!["count"]!, facets["total"]!["precision"]!.ToString()));
        Assert.Empty(facets["countries"]!.AsArray());
        Assert.All(facets["categories"]!.AsArray(), facet => Assert.Equal(0, (int)facet!["count"]!));
    }

    [Theory]
    [InlineData("category=nothing", "category")]
    [InlineData("minFollowers=2&maxFollowers=1", "minFollowers")]
    [InlineData("q=a&q=b", "q")]
    public async Task A_filter_that_a_search_refuses_is_refused(string query, string field)
    {
        var answer = await _brand.ReadAsync(Path + query);

        Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (answer.Status, answer.Problem));
        Assert.Equal([field], answer["errors"].AsObject().Select(error => error.Key));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whom_a_block_hides_is_not_counted(bool callerBlocks)
    {
        await using var host = await LocalHostFixture.StartAsync(o => o with { Creators = 0 });
        foreach (var id in new[] { "hidden", "shown" })
        {
            await host.AddCreatorAsync(id, name: "Unmistakable");
        }

        var caller = host.ClientFor("caller");
        await caller.BecomeBrandAsync();
        List<KeyValuePair<string, string>> query = [new("q", "unmistakable")];
        Assert.Equal(2, (int)(await CountAsync(caller, query))["total"]!["count"]!);

        var (blocker, blocked) = callerBlocks ? (caller, "hidden") : (host.ClientFor("hidden"), "caller");
        Assert.Equal(HttpStatusCode.NoContent, (await blocker.PutAsync($"/api/blocks/{blocked}", new { })).Status);

        var facets = await CountAsync(caller, query);
        Assert.Equal(1, (int)facets["total"]!["count"]!);
        Assert.Equal(1, facets["platforms"]!.AsArray().Max(facet => (int)facet!["count"]!));
    }

    [Fact]
    public async Task Where_too_many_match_the_total_says_so_and_the_work_is_bounded()
    {
        const int AtMost = 10;
        var log = new RequestLog();
        await using var host = await LocalHostFixture.StartAsync(o => o with
        {
            Creators = 0,
            Services = log.Watch,
            Settings = new Dictionary<string, string?> { ["Facets:CountAtMost"] = $"{AtMost}" },
        });
        for (var i = 0; i < AtMost + 2; i++)
        {
            await host.AddCreatorAsync($"many-{i}", name: i < 3 ? "Few" : "Many");
        }

        var caller = host.ClientFor("counts-many");
        var all = (await caller.ReadAsync("/api/creators/facets")).Body!;
        var listed = (int)all["total"]!["count"]!;
        Assert.Equal(("about", true), (all["total"]!["precision"]!.ToString(), listed > AtMost));
        var common = all["platforms"]![0]!;

        // One value alone: the stored counts know, and nobody is read.
        var one = await BoundedAsync($"platform={common["value"]}", queries: 0);
        Assert.Equal(((int)common["count"]!, "about"), ((int)one["total"]!["count"]!, one["total"]!["precision"]!.ToString()));
        Assert.Equal(all["platforms"]!.ToJsonString(), one["platforms"]!.ToJsonString());
        Assert.All(one["categories"]!.AsArray(), facet => Assert.Null(facet!["count"]));

        // A text that too many match.
        var text = await BoundedAsync("minFollowers=0", queries: 1);
        Assert.Equal((AtMost, "over"), ((int)text["total"]!["count"]!, text["total"]!["precision"]!.ToString()));
        Assert.All(Lists, list => Assert.All(text[list.Field]!.AsArray(), facet => Assert.Null(facet!["count"])));

        // Few match all filters, and too many all but one: a second query counts the first.
        var few = await BoundedAsync($"minFollowers=0&platform={common["value"]}&country=ZW", queries: 2);
        Assert.Equal((0, "exact"), ((int)few["total"]!["count"]!, few["total"]!["precision"]!.ToString()));
        Assert.All(few["platforms"]!.AsArray(), facet => Assert.Null(facet!["count"]));
        Assert.All(few["categories"]!.AsArray(), facet => Assert.Equal(0, (int)facet!["count"]!));

        var three = await BoundedAsync($"q=few&platform={common["value"]}", queries: 1);
        Assert.Equal((3, "exact"), ((int)three["total"]!["count"]!, three["total"]!["precision"]!.ToString()));

        async Task<JsonNode> BoundedAsync(string query, int queries)
        {
            log.Clear();
            var facets = (await caller.ReadAsync(Path + query)).Body!;
            var sent = log.Sent
                .Where(request => request.Container == "members").Select(request => request.Query).OfType<string>()
                // Timers ask for other things.
                .Where(text => text.Contains("c.languageRanges", StringComparison.Ordinal)).ToList();
            Assert.Equal(queries, sent.Count);
            Assert.All(sent, text => Assert.StartsWith($"SELECT TOP {AtMost + 1} ", text, StringComparison.Ordinal));
            return facets;
        }
    }

    private static async Task<JsonNode> CountAsync(HttpClient caller, List<KeyValuePair<string, string>> query)
    {
        var answer = await caller.ReadAsync(Path + string.Join('&', query.Select(one => $"{one.Key}={Uri.EscapeDataString(one.Value)}")));
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return answer.Body!;
    }

    private string[] Expected(IEnumerable<KeyValuePair<string, string>> query) => SearchCast.Expected(
        search.Cast,
        QueryHelpers.AddQueryString("/api/creators", query.Select(one => new KeyValuePair<string, string?>(one.Key, one.Value))));

    private static List<KeyValuePair<string, string>> QueryOf(string path) =>
    [
        .. from pair in QueryHelpers.ParseQuery(new Uri("http://x" + path).Query)
           where pair.Key != "sort"
           from value in pair.Value
           select new KeyValuePair<string, string>(pair.Key, value!),
    ];

    private static IEnumerable<string> Values(JsonNode facets, string list) =>
        facets[list]!.AsArray().Select(facet => facet!["value"]!.ToString());
}
