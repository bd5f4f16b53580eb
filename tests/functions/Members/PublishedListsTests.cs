using Connections.Members;

namespace Connections.Tests.Functions.Members;

public sealed class PublishedListsTests
{
    [Theory]
    [InlineData("de", "DE")]
    [InlineData(" Gb ", "GB")]
    [InlineData("ZW", "ZW")]
    public void A_country_is_read_in_any_case(string text, string code) => Assert.Equal(code, Countries.Find(text));

    [Theory]
    [InlineData("UK")]
    [InlineData("ZZ")]
    [InlineData("XK")]
    [InlineData("DEU")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_not_assigned_by_ISO_3166_is_no_country(string? text) => Assert.Null(Countries.Find(text));

    [Fact]
    public void There_are_249_countries_in_order_each_once()
    {
        Assert.Equal(249, Countries.All.Count);
        Assert.Equal(Countries.All.Distinct().Order(StringComparer.Ordinal), Countries.All);
    }

    [Theory]
    [InlineData("eur", "EUR")]
    [InlineData(" Gbp ", "GBP")]
    public void A_currency_is_read_in_any_case(string text, string code) => Assert.Equal(code, Currencies.Find(text));

    [Theory]
    [InlineData("EURO")]
    [InlineData("XAU")]
    [InlineData("BTC")]
    [InlineData("€")]
    [InlineData("")]
    [InlineData(null)]
    public void What_people_do_not_pay_with_by_ISO_4217_is_no_currency(string? text) => Assert.Null(Currencies.Find(text));

    [Fact]
    public void Currencies_and_choices_are_in_order_each_once() => Assert.All(
        new[] { Currencies.All, PublishedLists.Collaborations, PublishedLists.Formats },
        list => Assert.Equal(list.Distinct().Order(StringComparer.Ordinal), list));

    [Fact]
    public void Published_values_are_single_words_in_order_each_once()
    {
        foreach (var list in new[] { PublishedLists.Categories, PublishedLists.Platforms })
        {
            Assert.Equal(list.Distinct().Order(StringComparer.Ordinal), list);
            Assert.All(list, value => Assert.Equal([new SearchWord(value)], SearchWords.OfQuery(value)));
        }
    }

    [Fact]
    public void A_value_is_read_in_any_case_and_only_from_its_list()
    {
        Assert.Equal("tiktok", PublishedLists.Find(PublishedLists.Platforms, " TikTok "));
        Assert.Null(PublishedLists.Find(PublishedLists.Categories, "tiktok"));
        Assert.Null(PublishedLists.Find(PublishedLists.Categories, null));
    }
}
