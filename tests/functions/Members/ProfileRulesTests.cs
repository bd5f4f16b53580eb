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

    [Fact]
    public void Everything_that_is_wrong_is_named_at_once()
    {
        var problem = Apply("""
            {"displayName":"","handle":"@","headline":"a\nb","website":"x","country":"?","kind":"?","language":"?","languages":["en","?"],
             "openTo":["?"],"formats":["?"],"offers":["?"],"rateFrom":{"amount":0,"currency":"?"},"leadTime":-1,"availableFrom":"?",
             "tags":["ok",""],"categories":["?","food","?"],"platforms":[{"name":"?","handle":"","url":"?","followers":-1,"engagement":2}]}
            """).Error;

        Assert.Equal(
            [
                "availableFrom", "categories[0]", "categories[2]", "country", "displayName", "formats[0]", "handle", "headline", "kind",
                "language", "languages[1]", "leadTime", "offers[0]", "openTo[0]", "platforms[0].engagement", "platforms[0].followers",
                "platforms[0].handle", "platforms[0].name", "platforms[0].url", "rateFrom.amount", "rateFrom.currency", "tags[1]",
                "website",
            ],
            problem!.Fields!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_sent_is_stored_in_one_form()
    {
        var member = Apply("""
            {"displayName":" Ann ","bio":"one\r\ntwo","categories":["Food","food"],"tags":["Vegan","vegan"," raw "],"country":"de",
             "openTo":["Paid","paid","gifted"],"formats":["Story"],"rateFrom":{"amount":250,"currency":"eur"},"expects":" a\r\nb ",
             "languages":["EN","en","pt-br"],"language":"DE","platforms":[{"name":"YouTube","handle":" ann "}]}
            """).Value;

        Assert.Equal("Ann", member.DisplayName);
        Assert.Equal("one\ntwo", member.Bio);
        Assert.Equal(["food"], member.Categories);
        Assert.Equal(["Vegan", "raw"], member.Tags);
        Assert.Equal("DE", member.Country);
        Assert.Equal(["en", "pt-BR"], member.Languages);
        Assert.Equal("de", member.Language);
        Assert.Equal(["paid", "gifted"], member.OpenTo);
        Assert.Equal(["story"], member.Formats);
        Assert.Equal((new Connections.Members.Rate(250, "EUR"), "a\nb"), (member.RateFrom, member.Expects));
        Assert.Equal([new Platform("youtube", "ann", null, 0, 0)], member.Platforms);
    }

    [Fact]
    public void A_member_states_their_own_numbers_and_cannot_claim_a_check()
    {
        var member = Apply("""
            {"platforms":[{"name":"x","handle":"a","followers":5,"source":"import","checkedAt":"2026-11-01T00:00:00Z"}]}
            """).Value;

        Assert.Equal((PlatformSource.Self, null), (member.Platforms[0].Source, member.Platforms[0].CheckedAt));
    }

    [Theory]
    [InlineData("""{"name":"x","handle":"A","followers":5,"engagement":0.1,"url":"https://x.test/a"}""", true)]
    [InlineData("""{"name":"x","handle":"a","followers":6,"engagement":0.1}""", false)]
    [InlineData("""{"name":"x","handle":"a","followers":5,"engagement":0.2}""", false)]
    [InlineData("""{"name":"x","handle":"b","followers":5,"engagement":0.1}""", false)]
    [InlineData("""{"name":"tiktok","handle":"a","followers":5,"engagement":0.1}""", false)]
    public void A_check_stays_as_long_as_the_account_and_its_numbers_do(string platform, bool stays)
    {
        var before = Creator with { Platforms = [new("x", "a", null, 5, 0.1, PlatformSource.Import, Now.AddDays(-3))] };

        var changed = Apply($$"""{"platforms":[{{platform}}]}""", before).Value.Platforms[0];

        Assert.Equal(
            stays ? (PlatformSource.Import, (DateTimeOffset?)Now.AddDays(-3)) : (PlatformSource.Self, null),
            (changed.Source, changed.CheckedAt));
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

    private const string Complete =
        """{"handle":"ann","headline":"Bakes","categories":["food"],"platforms":[{"name":"x","handle":"ann"}],"listed":true}""";

    /// <summary>Applies a change, by default to a creator. Without a name in it, the name is Ann.</summary>
    internal static Result<Member> Apply(string body, Member? member = null, DateTimeOffset? now = null)
    {
        var change = JsonSerializer.Deserialize<ProfileChange>(body, Json.Options)!;
        return ProfileRules.Apply(
            member ?? Creator,
            body.Contains("displayName", StringComparison.Ordinal) || body == "{}" && member is null
                ? change
                : change with { DisplayName = "Ann" },
            now ?? Now);
    }
}
