using Connections.Creators;
using Connections.Creators.Facets;
using Connections.Http;
using Connections.Members;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Connections.Tests.Functions.Members;

public sealed class CreatorFilterTests
{
    [Fact]
    public void Every_filter_is_read_and_written_in_one_form()
    {
        var (filter, errors) = Read(
            "?q=%20Caf%C3%A9%20O'Brien&category=Food&category=travel&category=food&platform=TikTok&country=de&country=AT"
            + "&language=EN&language=pt-br&openTo=Paid&format=story&format=Live&available=2026-12-01"
            + "&minFollowers=0&maxFollowers=10000000000&minEngagement=0.034&sort=newest");

        Assert.Empty(errors);
        Assert.Equal(["cafe", "o", "brien"], filter.Words.Select(word => word.Plain));
        Assert.Equal(["food", "travel"], filter.Categories);
        Assert.Equal(["tiktok"], filter.Platforms);
        Assert.Equal(["DE", "AT"], filter.Countries);
        Assert.Equal(["en", "pt-BR"], filter.Languages);
        Assert.Equal(["paid"], filter.OpenTo);
        Assert.Equal(["story", "live"], filter.Formats);
        Assert.Equal(new DateOnly(2026, 12, 1), filter.Available);
        Assert.Equal(
            (0, 10_000_000_000, 0.034, CreatorSort.Newest), (filter.MinFollowers, filter.MaxFollowers, filter.MinEngagement, filter.Sort));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?q=&category=&platform=&country=&language=&minFollowers=&maxFollowers=&minEngagement=&sort=")]
    [InlineData("?q2=x&unknown=1&country=%20")]
    public void What_is_absent_or_empty_filters_nothing(string query)
    {
        var (filter, errors) = Read(query);

        Assert.Empty(errors);
        Assert.Equal(CreatorQuery.Of(new CreatorFilter()).QueryText, CreatorQuery.Of(filter).QueryText);
    }

    [Fact]
    public void A_small_fraction_is_read_as_programs_write_it() => Assert.Equal(1e-7, Read("?minEngagement=1e-7").Filter.MinEngagement);

    [Theory]
    [InlineData("q", "?q=a\0b")]
    [InlineData("q", "?q=a&q=b")]
    [InlineData("q", "?q=a+b+c+d+e+f+g+h+i")]
    [InlineData("category", "?category=juggling")]
    [InlineData("category", "?category=food&category=tiktok")]
    [InlineData("platform", "?platform=food")]
    [InlineData("country", "?country=UK")]
    [InlineData("language", "?language=english")]
    [InlineData("openTo", "?openTo=barter")]
    [InlineData("format", "?format=paid")]
    [InlineData("relation", "?relation=connected")]
    [InlineData("available", "?available=soon")]
    [InlineData("available", "?available=2026-12-01&available=2026-12-02")]
    [InlineData("minFollowers", "?minFollowers=-1")]
    [InlineData("minFollowers", "?minFollowers=1.5")]
    [InlineData("minFollowers", "?minFollowers=1e3")]
    [InlineData("minFollowers", "?minFollowers=10000000001")]
    [InlineData("minFollowers", "?minFollowers=99999999999999999999")]
    [InlineData("minFollowers", "?minFollowers=2&maxFollowers=1")]
    [InlineData("maxFollowers", "?maxFollowers=many")]
    [InlineData("maxFollowers", "?maxFollowers=1&maxFollowers=2")]
    [InlineData("minEngagement", "?minEngagement=1.01")]
    [InlineData("minEngagement", "?minEngagement=-0.1")]
    [InlineData("minEngagement", "?minEngagement=NaN")]
    [InlineData("minEngagement", "?minEngagement=1e400")]
    [InlineData("minEngagement", "?minEngagement=0,5")]
    [InlineData("sort", "?sort=price")]
    [InlineData("sort", "?sort=newest&sort=newest")]
    public void A_value_that_is_none_is_named(string field, string query) => Assert.Equal([field], Read(query).Errors.Keys);

    [Fact]
    public void All_values_that_are_none_are_named_at_once() => Assert.Equal(
        ["category", "country", "language", "maxFollowers", "minEngagement", "minFollowers", "platform", "sort"],
        Read("?category=?&platform=?&country=?&language=?&minFollowers=?&maxFollowers=?&minEngagement=?&sort=?").Errors.Keys.Order());

    [Fact]
    public void A_text_has_a_limit()
    {
        Assert.Empty(Read("?q=" + new string('a', SearchText.MaxLength)).Errors);
        Assert.Equal(["q"], Read("?q=" + new string('a', SearchText.MaxLength + 1)).Errors.Keys);
        Assert.Empty(Read("?q=a+b+c+d+e+f+g+h+H").Errors);
    }

    [Fact]
    public void A_filter_can_be_repeated_to_a_limit()
    {
        string Countries(int count) => "?" + string.Join('&', Connections.Members.Countries.All.Take(count).Select(c => $"country={c}"));

        Assert.Equal(20, Read(Countries(20)).Filter.Countries.Count);
        Assert.Equal(["country"], Read(Countries(21)).Errors.Keys);
    }

    private static (CreatorFilter Filter, IReadOnlyDictionary<string, string[]> Errors) Read(string query)
    {
        var fields = new Fields();
        var filter = CreatorFilter.Read(new QueryCollection(QueryHelpers.ParseQuery(query)), fields);
        return (filter, fields.Valid ? new Dictionary<string, string[]>() : fields.ToProblem().Errors!);
    }
}
