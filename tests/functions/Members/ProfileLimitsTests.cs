using System.Text.Json;
using Connections.Creators.Facets;
using Connections.Http;
using Connections.Members;
using static Connections.Tests.Functions.Members.ProfileRulesTests;

namespace Connections.Tests.Functions.Members;

/// <summary>What a profile may hold at most.</summary>
public sealed class ProfileLimitsTests
{
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
        {
            "openTo", """{"openTo":["paid","paid","paid","paid","paid","paid","paid","paid","paid","Paid"]}""",
            """{"openTo":["paid","paid","paid","paid","paid","paid","paid","paid","paid","paid","paid"]}"""
        },
        { "openTo[1]", """{"openTo":["paid","gifted"]}""", """{"openTo":["paid","barter"]}""" },
        { "formats[0]", """{"formats":["short-video"]}""", """{"formats":[null]}""" },
        { "offers[0]", """{"offers":["ambassador"]}""", """{"offers":["story"]}""" },
        {
            "rateFrom.amount", """{"rateFrom":{"amount":10000000000,"currency":"idr"}}""",
            """{"rateFrom":{"amount":10000000001,"currency":"IDR"}}"""
        },
        { "rateFrom.amount", """{"rateFrom":{"amount":1,"currency":"EUR"}}""", """{"rateFrom":{"amount":0,"currency":"EUR"}}""" },
        { "rateFrom.amount", """{"rateFrom":{}}""", """{"rateFrom":{"currency":"EUR"}}""" },
        { "rateFrom.currency", """{"rateFrom":null}""", """{"rateFrom":{"amount":5}}""" },
        { "rateFrom.currency", """{"rateFrom":{"amount":5,"currency":"SEK"}}""", """{"rateFrom":{"amount":5,"currency":"BTC"}}""" },
        { "leadTime", """{"leadTime":365}""", """{"leadTime":366}""" },
        { "leadTime", """{"leadTime":0}""", """{"leadTime":-1}""" },
        { "availableFrom", """{"availableFrom":"2000-01-01"}""", """{"availableFrom":"1999-12-31"}""" },
        { "availableFrom", """{"availableFrom":"2099-12-31"}""", """{"availableFrom":"2100-01-01"}""" },
        { "availableFrom", """{"availableFrom":"2028-02-29"}""", """{"availableFrom":"2027-02-29"}""" },
        { "availableFrom", """{"availableFrom":" "}""", """{"availableFrom":"1.12.2026"}""" },
        { "expects", $$"""{"expects":"{{Repeat("🎉", 600)}}"}""", $$"""{"expects":"{{Repeat("🎉", 601)}}"}""" },
        { "expects", """{"expects":"two\nlines"}""", """{"expects":"a bell \u0007"}""" },
        { "about", $$"""{"about":"{{Repeat("🎉", 600)}}"}""", $$"""{"about":"{{Repeat("🎉", 601)}}"}""" },
        {
            "platforms[0].checkedAt", """{"platforms":[{"name":"x","handle":"a","checkedAt":"2026-11-22T09:00:00Z"}]}""",
            """{"platforms":[{"name":"x","handle":"a","checkedAt":"2026-11-22T09:00:01Z"}]}"""
        },
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

    [Theory]
    [InlineData(MemberKind.Brand)]
    [InlineData(MemberKind.Creator)]
    public void A_profile_at_every_limit_fits_into_the_largest_body(MemberKind kind)
    {
        var platform = new PlatformChange(
            "newsletter", Repeat("🎉", 100), Url(500), ProfileLimits.Followers, 0.123456789012345678, DateTimeOffset.MaxValue);
        var text = Repeat("🎉", 600);
        var profile = new ProfileChange
        {
            DisplayName = Repeat("🎉", 80),
            Headline = Repeat("🎉", 120),
            Bio = Repeat("🎉", 2000),
            Organisation = Repeat("🎉", 80),
            Website = Url(500),
            AvatarUrl = Url(500),
            Tags = [.. Enumerable.Repeat(Repeat("🎉", 30), 20)],
            Platforms = [.. Enumerable.Repeat(platform, 10)],
            Categories = [.. PublishedLists.Categories.Take(5)],
            Languages = [.. Enumerable.Repeat(Repeat("x", LanguageTag.MaxLength), 10)],
        };
        profile = kind == MemberKind.Brand
            ? profile with { Offers = PublishedLists.Collaborations, About = text }
            : profile with
            {
                OpenTo = PublishedLists.Collaborations,
                Formats = PublishedLists.Formats,
                RateFrom = new RateChange(ProfileLimits.Rate, "EUR"),
                LeadTime = ProfileLimits.LeadTime,
                AvailableFrom = "2026-12-01",
                Expects = text,
            };

        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(profile, Json.Options).Length, HttpApi.MaxBody / 2, HttpApi.MaxBody);
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static string Url(int length) => "https://example.test/".PadRight(length, 'x');

    private static string Many(IEnumerable<string> values, int count) => string.Join(",", values.Take(count).Select(v => $"\"{v}\""));

    private static string Many(int count) => Many(Enumerable.Range(0, count).Select(i => $"tag {i}"), count);

    private static string Languages(int count) => Many(Enumerable.Range(0, count).Select(i => $"e{(char)('a' + i)}"), count);

    private static string Platforms(int count) =>
        string.Join(",", Enumerable.Range(0, count).Select(i => $$"""{"name":"x","handle":"h{{i}}"}"""));
}
