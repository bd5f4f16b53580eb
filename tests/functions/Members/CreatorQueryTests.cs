using System.Text.Json;
using Connections.Creators;
using Connections.Creators.Facets;
using Connections.Members;

namespace Connections.Tests.Functions.Members;

public sealed class CreatorQueryTests
{
    private static readonly CreatorFilter Everything = new()
    {
        Words = [new("a'b\"c"), new("d")],
        Categories = ["food", "travel"],
        Platforms = ["x"],
        Countries = ["DE", "AT"],
        Languages = ["pt"],
        MinFollowers = 0,
        MaxFollowers = 9,
        MinEngagement = 0.5,
    };

    [Fact]
    public void Only_listed_creators_are_ever_looked_at()
    {
        Assert.EndsWith("WHERE c.listed = true", CreatorQuery.Of(new CreatorFilter()).QueryText, StringComparison.Ordinal);
        Assert.Contains("WHERE c.listed = true AND EXISTS(", CreatorQuery.Of(Everything).QueryText, StringComparison.Ordinal);
    }

    [Fact]
    public void What_somebody_typed_is_a_parameter_and_no_part_of_the_text()
    {
        var query = CreatorQuery.Of(Everything);

        Assert.DoesNotContain("a'b", query.QueryText, StringComparison.Ordinal);
        Assert.Equal(
            ["a'b\"c", "d", "food", "travel", "pt", "DE", "AT", 0L, 9L, 0.5],
            query.GetQueryParameters().Select(p => p.Value));
        Assert.All(query.GetQueryParameters(), p => Assert.Matches($@"{p.Name}\b", query.QueryText));
        Assert.Equal(query.GetQueryParameters().Count, query.GetQueryParameters().Select(p => p.Name).Distinct().Count());
    }

    [Fact]
    public void Every_word_must_match_and_any_value_of_a_list()
    {
        var text = CreatorQuery.Of(Everything).QueryText;

        Assert.Contains(
            "AND EXISTS(SELECT VALUE t FROM t IN c.terms WHERE STARTSWITH(t, @word0)) AND EXISTS(SELECT VALUE t FROM t IN c.terms WHERE "
                + "STARTSWITH(t, @word1))",
            text,
            StringComparison.Ordinal);
        Assert.Contains(
            "AND (ARRAY_CONTAINS(c.categories, @categories2) OR ARRAY_CONTAINS(c.categories, @categories3))",
            text,
            StringComparison.Ordinal);
        Assert.Contains("AND c.country IN (@country5, @country6)", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_with_two_spellings_and_a_language_with_an_older_code_are_found_by_either()
    {
        var query = CreatorQuery.Of(new CreatorFilter { Words = [new("muller", "mueller")], Languages = ["fil-PH"] });

        Assert.Contains(
            "(EXISTS(SELECT VALUE t FROM t IN c.terms WHERE STARTSWITH(t, @word0)) OR EXISTS(SELECT VALUE t FROM t IN c.terms WHERE "
                + "STARTSWITH(t, @word1)))",
            query.QueryText,
            StringComparison.Ordinal);
        Assert.Equal(["muller", "mueller", "fil-PH", "tl-PH"], query.GetQueryParameters().Select(p => p.Value));
    }

    [Theory]
    [InlineData(CreatorSort.Followers, "followers")]
    [InlineData(CreatorSort.Engagement, "engagement")]
    [InlineData(CreatorSort.Newest, "listedAt")]
    public void Each_order_is_one_that_a_composite_index_serves(CreatorSort sort, string field) =>
        Assert.EndsWith(
            $" ORDER BY c.listed ASC, c.{field} DESC, c.id ASC OFFSET 0 LIMIT 25",
            Assert.Single(CreatorQuery.Order(sort).Queries(CreatorQuery.Of(new CreatorFilter { Sort = sort }), null, () => 25)).QueryText,
            StringComparison.Ordinal);

    [Fact]
    public void Each_platform_has_a_composite_index_for_each_order()
    {
        using var members = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "infra", "cosmos", "members.json")));
        var indexes = members.RootElement.GetProperty("indexingPolicy").GetProperty("compositeIndexes").EnumerateArray()
            .Select(index => string.Join(", ", index.EnumerateArray().Select(field =>
                $"c{field.GetProperty("path").GetString()!.Replace('/', '.')} {field.GetProperty("order")}")))
            .ToHashSet();

        Assert.All(
            from platform in PublishedLists.Platforms
            from sort in new[] { CreatorSort.Followers, CreatorSort.Engagement }
            select CreatorQuery.Order(sort, platform).Field,
            field => Assert.Contains($"c.listed ascending, {field} descending, c.id ascending", indexes));
    }

    [Fact]
    public void Two_searches_of_the_same_form_have_the_same_text() => Assert.Equal(
        CreatorQuery.Of(Everything).QueryText,
        CreatorQuery.Of(Everything with { Words = [new("x"), new("y")], Countries = ["FR", "GB"], MinFollowers = 5 }).QueryText);
}
