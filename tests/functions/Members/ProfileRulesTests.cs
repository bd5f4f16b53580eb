using System.Text.Json;
using Connections.Creators.Facets;
using Connections.Http;
using Connections.Members;
using Connections.Notices;

namespace Connections.Tests.Functions.Members;

public sealed class ProfileRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private static readonly Member Creator = new() { Id = new MemberId("m"), Kind = MemberKind.Creator, CreatedAt = Now.AddDays(-9) };

    /// <summary>Field by field: the name in errors, a body that holds the field at its limit, and one that is past it.</summary>
    public static TheoryData<string, string, string> Limits() => new()
    {
        { "displayName", $$"""{"displayName":"{{Repeat("é", 80)}}"}""", $$"""{"displayName":"{{Repeat("é", 81)}}"}""" },
        { "displayName", """{"displayName":"a"}""", """{"displayName":" "}""" },
        { "displayName", """{"displayName":"a"}""", "{}" },
        { "displayName", """{"displayName":"Ann Marie"}""", """{"displayName":"Ann\nMarie"}""" },
        { "displayName", """{"displayName":"Ann"}""", """{"displayName":"Ann\u202Exe"}""" },
        { "handle", $$"""{"handle":"{{Repeat("a", 40)}}"}""", $$"""{"handle":"{{Repeat("a", 41)}}"}""" },
        { "handle", """{"handle":"Ann.Marie_24-7"}""", """{"handle":"@ann"}""" },
        { "handle", """{"handle":""}""", """{"handle":"josé"}""" },
        { "handle", """{"handle":" ann "}""", """{"handle":"ann marie"}""" },
        { "headline", $$"""{"headline":"{{Repeat("x", 120)}}"}""", $$"""{"headline":"{{Repeat("x", 121)}}"}""" },
        { "headline", """{"headline":"one line"}""", """{"headline":"two\nlines"}""" },
        { "bio", $$"""{"bio":"{{Repeat("🎉", 2000)}}"}""", $$"""{"bio":"{{Repeat("🎉", 2001)}}"}""" },
        { "bio", """{"bio":"two\r\nlines\tand a tab"}""", """{"bio":"a bell \u0007"}""" },
        { "organisation", $$"""{"organisation":"{{Repeat("x", 80)}}"}""", $$"""{"organisation":"{{Repeat("x", 81)}}"}""" },
        { "website", $$"""{"website":"{{Url(500)}}"}""", $$"""{"website":"{{Url(501)}}"}""" },
        { "website", """{"website":"HTTPS://example.test:8443/a?b=c#d"}""", """{"website":"http://example.test/"}""" },
        { "website", """{"website":"https://bücher.example/straße"}""", """{"website":"javascript:alert(1)"}""" },
        { "website", """{"website":"https://example.test/@me"}""", """{"website":"https://me@example.test/"}""" },
        { "website", """{"website":"https://example.test?x=@"}""", """{"website":"https://me:secret@example.test/"}""" },
        { "website", """{"website":"https://example.test"}""", """{"website":"https://@example.test/"}""" },
        { "website", """{"website":""}""", """{"website":"https:\\\\example.test"}""" },
        { "website", """{"website":null}""", """{"website":"https://"}""" },
        { "website", """{"website":"https://example.test/%22"}""", """{"website":"https://example.test/\"onload="}""" },
        { "website", """{"website":"https://example.test/%20"}""", """{"website":"https://example.test/a b"}""" },
        { "website", """{"website":"https://[2001:db8::1]/"}""", """{"website":"example.test"}""" },
        { "avatarUrl", $$"""{"avatarUrl":"{{Url(500)}}"}""", $$"""{"avatarUrl":"{{Url(501)}}"}""" },
        { "avatarUrl", """{"avatarUrl":"https://example.test/a.png"}""", """{"avatarUrl":"data:image/png;base64,AAAA"}""" },
        {
            "categories", $$"""{"categories":[{{Many(PublishedLists.Categories, 5)}}]}""",
            $$"""{"categories":[{{Many(PublishedLists.Categories, 6)}}]}"""
        },
        { "categories[1]", """{"categories":["food","Travel"]}""", """{"categories":["food","juggling"]}""" },
        { "categories[0]", """{"categories":[]}""", """{"categories":[null]}""" },
        { "tags", $$"""{"tags":[{{Many(20)}}]}""", $$"""{"tags":[{{Many(21)}}]}""" },
        { "tags[0]", $$"""{"tags":["{{Repeat("x", 30)}}"]}""", $$"""{"tags":["{{Repeat("x", 31)}}"]}""" },
        { "tags[1]", """{"tags":["a","b"]}""", """{"tags":["a",""]}""" },
        { "tags[0]", """{"tags":null}""", """{"tags":[null]}""" },
        { "platforms", $$"""{"platforms":[{{Platforms(10)}}]}""", $$"""{"platforms":[{{Platforms(11)}}]}""" },
        {
            "platforms[0].name", """{"platforms":[{"name":"TikTok","handle":"a"}]}""", """{"platforms":[{"name":"myspace","handle":"a"}]}"""
        },
        { "platforms[0].name", """{"platforms":[{"name":"x","handle":"a"}]}""", """{"platforms":[{"handle":"a"}]}""" },
        { "platforms[0].handle", """{"platforms":[{"name":"x","handle":"ä ü"}]}""", """{"platforms":[{"name":"x"}]}""" },
        {
            "platforms[0].handle", $$"""{"platforms":[{"name":"x","handle":"{{Repeat("x", 100)}}"}]}""",
            $$"""{"platforms":[{"name":"x","handle":"{{Repeat("x", 101)}}"}]}"""
        },
        {
            "platforms[0].url", """{"platforms":[{"name":"x","handle":"a","url":"https://x.test/a"}]}""",
            """{"platforms":[{"name":"x","handle":"a","url":"ftp://x.test/a"}]}"""
        },
        {
            "platforms[0].followers", """{"platforms":[{"name":"x","handle":"a","followers":10000000000}]}""",
            """{"platforms":[{"name":"x","handle":"a","followers":10000000001}]}"""
        },
        {
            "platforms[0].followers", """{"platforms":[{"name":"x","handle":"a","followers":0}]}""",
            """{"platforms":[{"name":"x","handle":"a","followers":-1}]}"""
        },
        {
            "platforms[0].engagement", """{"platforms":[{"name":"x","handle":"a","engagement":1}]}""",
            """{"platforms":[{"name":"x","handle":"a","engagement":1.000001}]}"""
        },
        {
            "platforms[0].engagement", """{"platforms":[{"name":"x","handle":"a","engagement":0}]}""",
            """{"platforms":[{"name":"x","handle":"a","engagement":-0.000001}]}"""
        },
        {
            "platforms[0].engagement", """{"platforms":[{"name":"x","handle":"a","engagement":1e-300}]}""",
            """{"platforms":[{"name":"x","handle":"a","engagement":1e400}]}"""
        },
        { "platforms[0].handle", """{"platforms":[]}""", """{"platforms":[{"name":"x","handle":null}]}""" },
        {
            "platforms[1]", """{"platforms":[{"name":"x","handle":"a"},{"name":"x","handle":"b"}]}""",
            """{"platforms":[{"name":"x","handle":"a"},{"name":"X","handle":"A"}]}"""
        },
        { "country", """{"country":"de"}""", """{"country":"ZZ"}""" },
        { "country", """{"country":""}""", """{"country":"Germany"}""" },
        { "languages", $$"""{"languages":[{{Languages(10)}}]}""", $$"""{"languages":[{{Languages(11)}}]}""" },
        { "languages[1]", """{"languages":["en","pt-br"]}""", """{"languages":["en","pt_br"]}""" },
        { "languages[0]", """{"languages":[]}""", """{"languages":[null]}""" },
        { "language", """{"language":"zh-hant"}""", """{"language":"chinese"}""" },
        { "language", """{"language":" \u200B"}""", """{"language":"-"}""" },
        { "kind", """{"kind":"creator"}""", """{"kind":"agency"}""" },
    };

    [Theory]
    [MemberData(nameof(Limits))]
    public void A_field_is_taken_at_its_limit_and_refused_past_it(string field, string at, string past)
    {
        Assert.Null(Apply(at).Error);

        var problem = Apply(past).Error;
        Assert.Equal(("invalid-input", ErrorKind.InvalidInput), (problem?.Code, problem?.Kind));
        Assert.Equal([field], problem!.Fields!.Keys);
        Assert.Single(problem.Fields[field]);
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_at_once()
    {
        var problem = Apply("""
            {"displayName":"","handle":"@","headline":"a\nb","website":"x","country":"?","kind":"?","language":"?","languages":["en","?"],
             "tags":["ok",""],"categories":["?","food","?"],"platforms":[{"name":"?","handle":"","url":"?","followers":-1,"engagement":2}]}
            """).Error;

        Assert.Equal(
            [
                "categories[0]", "categories[2]", "country", "displayName", "handle", "headline", "kind", "language", "languages[1]",
                "platforms[0].engagement", "platforms[0].followers", "platforms[0].handle", "platforms[0].name", "platforms[0].url",
                "tags[1]", "website",
            ],
            problem!.Fields!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_sent_is_stored_in_one_form()
    {
        var member = Apply("""
            {"displayName":" Ann ","bio":"one\r\ntwo","categories":["Food","food"],"tags":["Vegan","vegan"," raw "],"country":"de",
             "languages":["EN","en","pt-br"],"language":"DE","platforms":[{"name":"YouTube","handle":" ann "}]}
            """).Value;

        Assert.Equal("Ann", member.DisplayName);
        Assert.Equal("one\ntwo", member.Bio);
        Assert.Equal(["food"], member.Categories);
        Assert.Equal(["Vegan", "raw"], member.Tags);
        Assert.Equal("DE", member.Country);
        Assert.Equal(["en", "pt-BR"], member.Languages);
        Assert.Equal("de", member.Language);
        Assert.Equal([new Platform("youtube", "ann", null, 0, 0)], member.Platforms);
    }

    [Fact]
    public void A_negative_zero_is_stored_as_zero()
    {
        var member = Apply("""{"platforms":[{"name":"x","handle":"a","engagement":-0.0}]}""").Value;

        Assert.False(double.IsNegative(member.Platforms[0].Engagement));
        Assert.False(double.IsNegative(member.Engagement));
    }

    [Fact]
    public void What_is_absent_becomes_empty_and_what_is_no_part_of_the_profile_stays()
    {
        var before = Creator with
        {
            Handle = "old",
            Tags = ["old"],
            Country = "DE",
            Listed = true,
            ListedAt = Now.AddDays(-3),
            Email = "ann@mail.test",
            UnsubscribeKey = "key",
            MutedNotices = [Connections.Notices.NoticeKind.InviteAccepted],
        };

        var member = Apply("""{"displayName":"Ann"}""", before).Value;

        Assert.Equal((null, 0, null, false), (member.Handle, member.Tags.Count, member.Country, member.Listed));
        Assert.Equal(
            (before.Id, before.Kind, before.Email, before.UnsubscribeKey, before.MutedNotices, before.CreatedAt, before.ListedAt),
            (member.Id, member.Kind, member.Email, member.UnsubscribeKey, member.MutedNotices, member.CreatedAt, member.ListedAt));
    }

    [Fact]
    public void An_address_that_stands_already_may_stay_and_another_like_it_may_not_come()
    {
        var before = Creator with { AvatarUrl = "http://localhost/a.svg", Website = "http://old.test/" };

        Assert.Null(Apply("""{"avatarUrl":"http://localhost/a.svg","website":"http://old.test/"}""", before).Error);
        Assert.Equal(
            ["avatarUrl", "website"],
            Apply("""{"avatarUrl":"http://old.test/","website":"http://localhost/a.svg"}""", before).Error!.Fields!.Keys);
    }

    [Fact]
    public void What_search_needs_is_derived_with_every_change() =>
        Assert.Equal(["ann", "vegan"], Apply("""{"displayName":"Ann","tags":["vegan"]}""").Value.Terms);

    [Theory]
    [InlineData("brand")]
    [InlineData("creator")]
    public void Kind_is_set_once(string kind)
    {
        var other = kind == "brand" ? "creator" : "brand";
        var set = Apply($$"""{"kind":"{{kind}}"}""", Creator with { Kind = null }).Value;

        Assert.Equal(kind, set.Kind.ToString()!.ToLowerInvariant());
        Assert.Equal(set.Kind, Apply("{}", set).Value.Kind);
        Assert.Equal(set.Kind, Apply($$"""{"kind":"{{kind}}"}""", set).Value.Kind);
        Assert.Equal(
            ("kind-is-set", 409),
            (Apply($$"""{"kind":"{{other}}"}""", set).Error?.Code, Apply($$"""{"kind":"{{other}}"}""", set).Status()));
    }

    [Fact]
    public void A_listed_creator_needs_a_complete_profile_and_is_told_all_that_is_missing()
    {
        var problem = Apply("""{"listed":true}""").Error;

        Assert.Equal(["listed"], problem!.Fields!.Keys);
        Assert.Equal(
            [
                "A listed profile needs a handle.",
                "A listed profile needs a headline.",
                "A listed profile needs one or more categories.",
                "A listed profile needs one or more platforms.",
            ],
            problem.Fields["listed"]);
    }

    [Theory]
    [InlineData("handle")]
    [InlineData("headline")]
    [InlineData("categories")]
    [InlineData("platforms")]
    public void Without_any_one_part_a_creator_is_not_listed(string missing)
    {
        var body = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Complete)!;
        body.Remove(missing);

        Assert.Contains(
            missing.TrimEnd('s'), Assert.Single(Apply(JsonSerializer.Serialize(body)).Error!.Fields!["listed"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MemberKind.Brand)]
    [InlineData(null)]
    public void Only_a_creator_is_listed(MemberKind? kind) =>
        Assert.StartsWith(
            "Only a creator",
            Assert.Single(Apply(Complete, Creator with { Kind = kind }).Error!.Fields!["listed"]),
            StringComparison.Ordinal);

    [Fact]
    public void A_member_can_say_that_they_are_a_creator_and_be_listed_in_one_write()
    {
        var member = Apply(
            Complete.Replace("{", """{"kind":"creator",""", StringComparison.Ordinal)
                .Replace("""[{"kind":"creator",""", "[{", StringComparison.Ordinal),
            Creator with { Kind = null }).Value;

        Assert.Equal((MemberKind.Creator, true, Now), (member.Kind!.Value, member.Listed, member.ListedAt!.Value));
    }

    [Fact]
    public void Who_was_listed_before_comes_back_with_the_time_they_were_first_listed_at()
    {
        var listed = Apply(Complete).Value;
        var unlisted = Apply(Complete.Replace("true", "false", StringComparison.Ordinal), listed, Now.AddDays(1)).Value;
        var again = Apply(Complete, unlisted, Now.AddDays(2)).Value;

        Assert.False(unlisted.Listed);
        Assert.Equal((true, Now), (again.Listed, again.ListedAt!.Value));
    }

    [Fact]
    public void A_profile_at_every_limit_fits_into_the_largest_body()
    {
        var platform = new
        {
            name = "newsletter", handle = Repeat("🎉", 100), url = Url(500), followers = ProfileLimits.Followers,
            engagement = 0.123456789012345678,
        };
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                displayName = Repeat("🎉", 80), headline = Repeat("🎉", 120), bio = Repeat("🎉", 2000), organisation = Repeat("🎉", 80),
                website = Url(500), avatarUrl = Url(500), tags = Enumerable.Repeat(Repeat("🎉", 30), 20),
                platforms = Enumerable.Repeat(platform, 10),
                categories = PublishedLists.Categories.Take(5), languages = Enumerable.Repeat(Repeat("x", LanguageTag.MaxLength), 10),
            },
            Json.Options);

        Assert.InRange(body.Length, 1, HttpApi.MaxBody);
    }

    private const string Complete =
        """{"handle":"ann","headline":"Bakes","categories":["food"],"platforms":[{"name":"x","handle":"ann"}],"listed":true}""";

    private static Result<Member> Apply(string body, Member? member = null, DateTimeOffset? now = null)
    {
        var change = JsonSerializer.Deserialize<ProfileChange>(body, Json.Options)!;
        return ProfileRules.Apply(
            member ?? Creator,
            body.Contains("displayName", StringComparison.Ordinal) || body == "{}" && member is null
                ? change
                : change with { DisplayName = "Ann" },
            now ?? Now);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static string Url(int length) => "https://example.test/".PadRight(length, 'x');

    private static string Many(IEnumerable<string> values, int count) => string.Join(",", values.Take(count).Select(v => $"\"{v}\""));

    private static string Many(int count) => Many(Enumerable.Range(0, count).Select(i => $"tag {i}"), count);

    private static string Languages(int count) => Many(Enumerable.Range(0, count).Select(i => $"e{(char)('a' + i)}"), count);

    private static string Platforms(int count) =>
        string.Join(",", Enumerable.Range(0, count).Select(i => $$"""{"name":"x","handle":"h{{i}}"}"""));
}
