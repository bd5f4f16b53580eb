using System.Buffers.Text;
using System.Net;
using System.Text;
using Connections.Cosmos;
using Connections.Creators;
using Connections.Creators.Favourites;
using Connections.Members;
using Connections.Tests.Functions.Members;
using Connections.Tests.Functions.OpenApi;
using Microsoft.AspNetCore.WebUtilities;

namespace Connections.Tests.Functions;

/// <summary>A continuation is the product's own, and is valid only for its own query.</summary>
public sealed class ListContinuationsTests(ListContinuationsTests.Filled filled) : IClassFixture<ListContinuationsTests.Filled>
{
    private const int Count = 24;

    private const string Plan =
        """{\"partitionedQueryExecutionInfoVersion\":2,\"queryInfo\":{\"distinctType\":\"None\",\"limit\":100,\"orderBy\":[],\"orderByExpressions\":[],\"aggregates\":[],\"rewrittenQuery\":\"SELECT c.id, c.email AS displayName, c.unsubscribeKey AS headline FROM c\",\"hasSelectValue\":false},\"queryRanges\":[{\"min\":\"\",\"max\":\"FF\",\"isMinInclusive\":true,\"isMaxInclusive\":false}]}""";

    // Every form of token that the SDK can read, and plain texts.
    private static readonly string[] Foreign =
    [
        """{"Version":"1.1","QueryPlan":"PLAN","SourceContinuationToken":"x","limit":100,"sourceToken":null}""".Replace(
            "PLAN", Plan, StringComparison.Ordinal),
        """{"Version":"1.1","QueryPlan":"PLAN","SourceContinuationToken":"[{\"token\":null,\"range\":{\"min\":\"\",\"max\":\"FF\"}}]"}""".Replace(
            "PLAN", Plan, StringComparison.Ordinal),
        """{"Version":"1.0","SourceContinuationToken":"[{\"token\":\"x\",\"range\":{\"min\":\"\",\"max\":\"FF\"}}]"}""",
        """[{"compositeToken":{"token":"x","range":{"min":"","max":"FF"}},"orderByItems":[{"item":true},{"item":5},{"item":"a"}],"rid":"qjMvAMz4DgABAAAAAAAAAA==","skipCount":0,"filter":null}]""",
        """[{"compositeToken":{"token":null,"range":{"min":"","max":"FF"}},"resumeValues":[true,5,"a"],"rid":"qjMvAMz4DgABAAAAAAAAAA==","skipCount":0,"filter":"true OR true"}]""",
        """[{"token":"+RID:~abc#RT:1#TRC:1","range":{"min":"","max":"FF"}}]""",
        """[{"token":null,"range":{"min":"","max":"FF"}}]""",
        """{"token":"x","range":{"min":"","max":"FF"}}""",
        """{"Token":"x","Range":{"min":"","max":"FF"}}""",
        """{"OptimisticDirectExecutionToken":{"token":"x","range":{"min":"","max":"FF"}}}""",
        """{"Token":{"token":"x","range":{"min":"","max":"FF"}},"Range":{"min":"","max":"FF"}}""",
        """{"top":100,"sourceToken":"x"}""",
        """{"limit":100,"sourceToken":null}""",
        """{"offset":0,"limit":100,"sourceToken":null}""",
        """{"SourceToken":null,"DistinctMapToken":"x"}""",
        """{"SourceToken":"x","GroupingTableContinuationToken":"[]"}""",
        """{"ContinuationToken":"x","AggregationContinuationToken":"{}"}""",
        """{"V":2,"Rid":"qjMvAMz4Dg4=","Continuation":[{"State":{"type":"token","value":"x"},"FeedRange":{"type":"Logical Partition Key","value":"[\"brand\"]"}}]}""",
        """["1","","d5","sx"]""",
        "+RID:~qjMvAMz4DgABAAAAAAAAAA==#RT:1#TRC:2#ISV:2#IEO:65567#QCF:8",
        "x", "null", "{}", "[]", "", "\0ÿ",
    ];

    private readonly HttpClient _member = filled.Host.ClientFor(Filled.Member);

    [Fact]
    public async Task No_token_of_the_SDK_is_taken_by_any_list_nor_tells_anything()
    {
        foreach (var path in Lists.Paths)
        {
            foreach (var token in Foreign)
            {
                foreach (var sent in new[]
                {
                    Base64Url.EncodeToString(Encoding.UTF8.GetBytes(token)), Convert.ToBase64String(Encoding.UTF8.GetBytes(token)), token,
                })
                {
                    await RefusedAsync(_member, path.With("continuation=" + Uri.EscapeDataString(sent)));
                }
            }
        }
    }

    [Fact]
    public async Task A_continuation_of_one_list_or_order_or_filter_is_none_of_another()
    {
        string[] paths =
        [
            .. Lists.Paths, "/api/creators?country=DE", "/api/creators?q=some", "/api/creators?minFollowers=0",
            "/api/creators?category=food", "/api/creators?category=food&category=travel",
            "/api/creators?maxFollowers=9", "/api/creators?maxFollowers=8", "/api/creators?minEngagement=0", "/api/creators?language=de",
            "/api/creators?platform=youtube",
            "/api/creators?sort=newest&country=DE",
        ];
        foreach (var from in paths)
        {
            var continuation = ContinuationOf(await _member.ReadAsync(from.With("limit=1")));
            foreach (var to in paths.Except([from]))
            {
                await RefusedAsync(_member, to.With($"continuation={continuation}"));
            }

            Assert.Equal(HttpStatusCode.OK, (await _member.ReadAsync(from.With($"limit=3&continuation={continuation}"))).Status);
        }
    }

    [Fact]
    public async Task A_continuation_of_a_members_own_list_is_none_of_anothers()
    {
        var other = filled.Host.ClientFor("another-member");
        foreach (var path in Lists.Paths.Where(path => !path.StartsWith("/api/creators", StringComparison.Ordinal)))
        {
            await RefusedAsync(other, path.With($"continuation={ContinuationOf(await _member.ReadAsync(path.With("limit=1")))}"));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(Count)]
    public async Task Whatever_the_limit_a_walk_shows_each_item_once_and_in_the_same_order(int limit)
    {
        foreach (var path in Lists.Paths)
        {
            var whole = await _member.ReadAsync(path.With("limit=100"));
            Assert.Null(whole.Body!["nextLink"]);
            var expected = whole["value"].AsArray().Select(item => item!.ToJsonString()).ToList();
            Assert.InRange(expected.Count, Count, 4 * Count);
            Assert.Equal(expected.Count, expected.Distinct().Count());

            var (items, pages) = await _member.AllAsync(path.With($"limit={limit}"));

            Assert.Equal(expected, items.Select(item => System.Text.Json.Nodes.JsonNode.Parse(item.GetRawText())!.ToJsonString()));
            Assert.Equal((expected.Count + limit - 1) / limit, pages);
        }
    }

    [Fact]
    public async Task Among_equal_values_the_lower_id_comes_first_and_what_has_no_value_comes_last()
    {
        foreach (var (path, value) in new[]
        {
            ("/api/favourites", "followers"), ("/api/creators?sort=followers", "followers"),
            ("/api/creators?sort=engagement", "engagement"),
        })
        {
            var items = (await _member.AllAsync(path.With("limit=5"))).Items;
            // A lower number was marked later.
            var sign = path == "/api/favourites" ? 1 : -1;
            Assert.Equal(
                items.OrderBy(item => sign * item.GetProperty(value).GetDouble())
                    .ThenBy(item => item.GetProperty("id").GetString(), StringComparer.Ordinal).ToArray().Ids(),
                items.Ids());
        }

        var talks = (await _member.AllAsync("/api/connections?limit=5")).Items;
        var talkless = talks.TakeLast((Count + 4) / 5).Ids();
        Assert.Equal(talkless.Order(StringComparer.Ordinal), talkless);
    }

    [Fact]
    public async Task Names_in_another_case_are_understood_and_a_link_has_each_as_the_contract_writes_it()
    {
        var values = new Dictionary<string, string>
        {
            ["q"] = "some", ["category"] = "food", ["platform"] = "youtube", ["country"] = "DE", ["language"] = "de",
            ["minFollowers"] = "0", ["maxFollowers"] = "100", ["minEngagement"] = "0",
            ["openTo"] = "paid", ["format"] = "video", ["available"] = "2026-05-01", ["relation"] = "none",
            ["sort"] = "newest", ["list"] = "All", ["direction"] = "sent", ["show"] = "inbox", ["limit"] = "2",
        };
        // The lists of moderators read their queries by the same class; their tests ask for further pages.
        var lists = Contract.Current.Operations
            .Where(list => Names(list).Contains("continuation") && !list.IsForModerators).ToList();
        Assert.Equal(6, lists.Count);
        foreach (var list in lists)
        {
            values["state"] = list.Id == "listConnections" ? "connected" : "pending";
            var names = Names(list).Except(["continuation", "id"]).ToList();
            var path = list.Path + "?" + string.Join('&', names.Select(name => $"{name.ToUpperInvariant()}={values[name]}"));
            var first = await _member.ReadAsync(path);
            var link = first["nextLink"].ToString();
            Assert.Equal([.. names, "continuation"], QueryHelpers.ParseQuery(new Uri(filled.Host.Url, link).Query).Keys);

            var second = await _member.ReadAsync(path + $"&CONTINUATION={ContinuationOf(first)}");
            Assert.Equal((await _member.ReadAsync(link)).Body!.ToJsonString(), second.Body!.ToJsonString());
            Assert.Single(
                second["nextLink"].ToString().Split('&'), part => part.StartsWith("continuation=", StringComparison.OrdinalIgnoreCase));
        }

        static IEnumerable<string> Names(Connections.Tests.Functions.OpenApi.Operation operation) =>
            operation.Parameters.Where(parameter => parameter["in"]!.ToString() == "query")
                .Select(parameter => parameter["name"]!.ToString());
    }

    [Theory]
    [InlineData("/api/creators?limit=1&limit=1", "limit")]
    [InlineData("/api/creators?limit=1&LIMIT=2", "limit")]
    [InlineData("/api/creators?limit=%2B5", "limit")]
    [InlineData("/api/creators?sort=newest&SORT=newest", "sort")]
    [InlineData("/api/favourites?Limit=1&limit=2", "limit")]
    [InlineData("/api/favourites?continuation=a&continuation=b", "continuation")]
    [InlineData("/api/connections?continuation=a&CONTINUATION=b", "continuation")]
    [InlineData("/api/connections?continuation=", "continuation")]
    [InlineData("/api/connections?state=ended&state=ended", "state")]
    [InlineData("/api/creators/facets?q=a&q=b", "q")]
    [InlineData("/api/blocks?limit=1&limit=2", "limit")]
    [InlineData("/api/invites?direction=sent&Direction=received", "direction")]
    [InlineData("/api/invites?direction=sent&state=pending&state=declined", "state")]
    [InlineData("/api/connections/{id}/messages?before=1&before=2", "before")]
    [InlineData("/api/connections/{id}/messages?after=1&AFTER=2", "after")]
    [InlineData("/api/connections/{id}/messages?limit=1&limit=2", "limit")]
    public async Task What_can_be_given_once_is_refused_when_it_is_there_twice(string path, string field)
    {
        var id = (await _member.ReadAsync("/api/connections?limit=1"))["value"][0]!["id"]!.ToString();
        var answer = await _member.ReadAsync(path.Replace("{id}", id, StringComparison.Ordinal));

        Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (answer.Status, answer.Problem));
        Assert.Equal([field], answer["errors"].AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task The_longest_ids_and_filters_make_no_continuation_longer_than_the_contract_says()
    {
        var most = ListQuestion<Connections.Creators.Favourites.Favourite>.MaxLength;
        Assert.Equal(most, (int)Contract.Current.Document["components"]!["parameters"]!["Continuation"]!["schema"]!["maxLength"]!);
        foreach (var last in "ab")
        {
            var id = new string('~', MemberId.MaxLength - 1) + last;
            await filled.Host.AddCreatorAsync(id, name: "Longest");
            using var marked = await filled.Host.ClientFor("longest").PutAsync($"/api/favourites/{id}", null);
        }

        var many = string.Concat(PublishedLists.Categories.Take(CreatorFilter.MaxValues).Select(category => $"&category={category}"))
            + string.Concat(PublishedLists.Platforms.Take(CreatorFilter.MaxValues).Select(platform => $"&platform={platform}"));
        foreach (var path in new[]
        {
            "/api/creators?q=longest", $"/api/creators?q=longest&sort=newest&minFollowers=1&maxFollowers=9999999999{many}",
            "/api/favourites",
        })
        {
            var continuation = ContinuationOf(await filled.Host.ClientFor("longest").ReadAsync(path.With("limit=1")));
            Assert.InRange(continuation.Length, MemberId.MaxLength, most);
        }
    }

    [Fact]
    public async Task What_goes_or_moves_between_two_pages_takes_nothing_else_with_it()
    {
        var host = filled.Host;
        await host.FillAsync("moving", 12, alike: 4);
        var moving = host.ClientFor("moving");
        var whole = (await moving.AllAsync("/api/favourites")).Items.Ids();
        var first = await moving.ReadAsync("/api/favourites?limit=3");
        // The last item of the page, an earlier item, and a later item.
        foreach (var gone in new[] { whole[2], whole[0], whole[4] })
        {
            using var answer = await moving.DeleteAsync($"/api/favourites/{gone}");
        }

        // An item of the page moves to the front.
        using var again = await moving.PutAsync($"/api/favourites/{whole[0]}", null);

        Assert.Equal(whole.Skip(3).Where(id => id != whole[4]), (await moving.AllAsync(first["nextLink"].ToString())).Items.Ids());
    }

    internal static string ContinuationOf(Answer page) =>
        QueryHelpers.ParseQuery(new Uri(new Uri("http://host"), page["nextLink"].ToString()).Query)["continuation"].Single()!;

    private static async Task RefusedAsync(HttpClient client, string path)
    {
        var answer = await client.ReadAsync(path);
        Assert.True(
            (answer.Status, answer.Problem) == (HttpStatusCode.BadRequest, "invalid-input"),
            $"{path}: {answer.Status} {answer.Body?.ToJsonString()}");
        Assert.Equal(["continuation"], answer["errors"].AsObject().Select(error => error.Key));
        Assert.DoesNotContain("@example.com", answer.Body!.ToJsonString(), StringComparison.Ordinal);
    }

    /// <summary>A host with a member whose lists are filled.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        public const string Member = "walker";

        private LocalHostFixture? _host;

        public LocalHostFixture Host => _host!;

        public async Task InitializeAsync()
        {
            _host = await LocalHostFixture.StartAsync(o => o with { Creators = 0 });
            await Host.FillAsync(Member, Count, alike: 5);
        }

        public Task DisposeAsync() => Host.DisposeAsync();
    }
}
