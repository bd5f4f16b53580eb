using Connections.Creators.Facets;
using Connections.Members;

namespace Connections.Tests.Functions.Members;

public sealed class MemberIndexTests
{
    [Fact]
    public void Followers_and_engagement_are_those_of_the_largest_platform()
    {
        var indexed = Someone() with
        {
            Platforms =
            [
                new Platform("tiktok", "a", null, 1_000, 0.5),
                new Platform("youtube", "b", null, 90_000, 0.02),
                new Platform("instagram", "c", null, 5_000, 0.9),
            ],
        };

        Assert.Equal((90_000, 0.02), (indexed.Indexed().Followers, indexed.Indexed().Engagement));
    }

    [Fact]
    public void Each_platform_has_the_numbers_of_its_larger_account()
    {
        var indexed = (Someone() with
        {
            Platforms = [new("tiktok", "a", null, 1, 0.9), new("tiktok", "b", null, 2, -0.0), new("x", "c", null, 0, 0.1)],
        }).Indexed();

        Assert.Equal(
            new Dictionary<string, PlatformReach> { ["tiktok"] = new(2, 0), ["x"] = new(0, 0.1) }, indexed.Reach!.ToDictionary());
        Assert.False(double.IsNegative(indexed.Reach!["tiktok"].Engagement));
    }

    [Fact]
    public void A_profile_without_platforms_has_no_followers() =>
        Assert.Equal((0, 0.0), (Someone().Indexed().Followers, Someone().Indexed().Engagement));

    [Fact]
    public void Two_accounts_on_one_platform_give_its_name_once()
    {
        var member = Someone() with
        {
            Platforms = [new("tiktok", "a", null, 1, 0), new("tiktok", "b", null, 2, 0), new("x", "c", null, 0, 0)],
        };

        Assert.Equal(["tiktok", "x"], member.Indexed().PlatformNames);
    }

    [Fact]
    public void Words_come_from_name_handle_headline_tags_and_categories_and_from_nothing_else()
    {
        var member = Someone() with
        {
            DisplayName = "Ada",
            Handle = "countess",
            Headline = "Engines",
            Tags = ["Maths Club"],
            Categories = ["technology"],
            Bio = "secretbio",
            Organisation = "secretorganisation",
            Email = "secret@mail.test",
            Country = "GB",
        };

        Assert.Equal(["ada", "countess", "technology", "maths", "club", "engines"], member.Indexed().Terms);
    }

    [Fact]
    public void A_word_that_comes_twice_is_kept_once()
    {
        var member = Someone() with { DisplayName = "Vegan Ana", Headline = "VEGAN food", Tags = ["vegan", "ana"] };

        Assert.Equal(["vegan", "ana", "food"], member.Indexed().Terms);
    }

    [Fact]
    public void A_whole_handle_is_a_word_too() =>
        Assert.Equal(["member", "anna", "bakes", "annabakes"], (Someone() with { Handle = "anna.bakes" }).Indexed().Terms);

    [Fact]
    public void A_language_is_also_found_by_what_it_is_a_kind_of()
    {
        var member = Someone() with { Languages = ["pt-BR", "zh-Hant-TW", "pt"] };

        Assert.Equal(["pt", "pt-BR", "zh", "zh-Hant", "zh-Hant-TW"], member.Indexed().LanguageRanges);
    }

    [Fact]
    public void The_number_of_words_is_bounded()
    {
        var tags = Enumerable.Range(0, 2 * MemberIndex.MaxTerms).Select(i => $"w{i}").ToArray();

        Assert.Equal(MemberIndex.MaxTerms, (Someone() with { Tags = tags }).Indexed().Terms.Count);
    }

    [Fact]
    public void Deriving_again_changes_nothing_and_what_is_no_longer_there_is_gone()
    {
        var once = (Someone() with { Tags = ["old"], Platforms = [new("x", "a", null, 7, 0.1)], Languages = ["de"] }).Indexed();
        var again = once.Indexed();
        var emptied = (again with { Tags = [], Platforms = [], Languages = [] }).Indexed();

        Assert.Equal(once.Terms, again.Terms);
        Assert.Equal(once.LanguageRanges, again.LanguageRanges);
        Assert.Equal(["member"], emptied.Terms);
        Assert.Empty(emptied.PlatformNames);
        Assert.Empty(emptied.LanguageRanges);
        Assert.Equal(0, emptied.Followers);
    }

    private static Member Someone() => new() { Id = new MemberId("m"), DisplayName = "Member" };
}
