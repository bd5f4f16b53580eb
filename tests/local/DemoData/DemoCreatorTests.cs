using System.Text.Json;
using Connections.Creators.Facets;
using Connections.Local.DemoData;
using Connections.Members;

namespace Connections.Tests.Local.DemoData;

public sealed class DemoCreatorTests
{
    private const int Many = 5_000;

    private static readonly Uri Avatars = new("http://localhost:7071/dev/avatars/");

    private static readonly Member[] Creators = Enumerable.Range(1, Many).Select(n => DemoCreator.Create(n, Avatars)).ToArray();

    [Fact]
    public void A_creator_is_the_same_every_time()
    {
        foreach (var number in (int[])[1, 2, 77, 100_000])
        {
            Assert.Equal(
                JsonSerializer.Serialize(DemoCreator.Create(number, Avatars), Json.Options),
                JsonSerializer.Serialize(DemoCreator.Create(number, Avatars), Json.Options));
        }
    }

    [Fact]
    public void The_generator_is_stable_across_versions()
    {
        // The published values of SplitMix64 for this seed end in these digits. Other values would change the demo creators.
        var random = new DemoRandom(1234567);

        Assert.Equal([317, 973, 423, 431, 821], Enumerable.Range(0, 5).Select(_ => random.Below(1000)));
    }

    [Fact]
    public void Ids_and_handles_are_unique_and_plain()
    {
        Assert.Equal(Many, Creators.Select(c => c.Id).Distinct().Count());
        Assert.Equal(Many, Creators.Select(c => c.Handle).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(Creators, c => Assert.Matches("^[a-z0-9._]{3,40}$", c.Handle));
    }

    [Fact]
    public void Every_creator_is_listed_with_values_from_the_published_lists()
    {
        Assert.All(Creators, c =>
        {
            Assert.True(c.Listed);
            Assert.Equal(MemberKind.Creator, c.Kind);
            Assert.NotEmpty(c.Categories);
            Assert.Subset(PublishedLists.Categories.ToHashSet(), c.Categories.ToHashSet());
            Assert.NotEmpty(c.Platforms);
            Assert.Subset(PublishedLists.Platforms.ToHashSet(), c.Platforms.Select(p => p.Name).ToHashSet());
            Assert.All(c.Languages, l => Assert.Equal(l, LanguageTag.Find(l)));
            Assert.Equal(c.Country, Countries.Find(c.Country));
            Assert.Subset(PublishedLists.Collaborations.ToHashSet(), c.OpenTo.ToHashSet());
            Assert.Subset(PublishedLists.Formats.ToHashSet(), c.Formats.ToHashSet());
            Assert.Equal(c.RateFrom?.Currency, Currencies.Find(c.RateFrom?.Currency));
        });
    }

    [Fact]
    public void Some_say_what_to_expect_and_some_say_nothing()
    {
        bool Says(Member c) => c.OpenTo.Count > 0;

        Assert.InRange(Creators.Count(Says), Many / 2, Many - (Many / 10));
        Assert.All(Creators.Where(c => !Says(c)), c => Assert.Equal((null, null, null), (c.RateFrom, c.AvailableFrom, c.Expects)));
        Assert.All(PublishedLists.Collaborations, value => Assert.Contains(Creators, c => c.OpenTo.Contains(value)));
        Assert.All(PublishedLists.Formats, value => Assert.Contains(Creators, c => c.Formats.Contains(value)));
        Assert.InRange(Creators.Count(c => c.Platforms[0].Source == PlatformSource.Import), Many / 3, Many * 2 / 3);
    }

    [Fact]
    public void Search_finds_a_creator_by_its_words()
    {
        Assert.All(Creators, c => Assert.NotEmpty(c.Terms));
        Assert.All(Creators, c => Assert.Equal(c.Platforms.Max(p => p.Followers), c.Followers));
    }

    [Fact]
    public void There_are_many_small_creators_and_few_large_ones()
    {
        Assert.InRange(Creators.Count(c => c.Followers < 10_000), Many / 5, Many / 2);
        Assert.InRange(Creators.Count(c => c.Followers > 1_000_000), 1, Many / 50);
    }

    [Fact]
    public void Engagement_falls_with_followers()
    {
        var bySize = Creators.OrderBy(c => c.Followers).Select(c => c.Engagement).ToArray();

        var small = bySize.Take(Many / 4).Average();
        var large = bySize.TakeLast(Many / 4).Average();

        Assert.True(small > large * 1.5, $"small {small:0.000}, large {large:0.000}");
        Assert.All(bySize, e => Assert.InRange(e, 0.001, 0.25));
    }

    [Fact]
    public void The_first_two_hundred_cover_every_culture_and_niche_and_have_distinct_names()
    {
        var first = Creators.Take(200).ToArray();

        Assert.Equal(DemoCulture.All.Select(c => c.Country).Order(), first.Select(c => c.Country).Distinct().Order());
        Assert.Subset(first.SelectMany(c => c.Categories).ToHashSet(), DemoNiche.All.Select(n => n.Category).ToHashSet());
        Assert.Equal(200, first.Select(c => c.DisplayName).Distinct(StringComparer.Ordinal).Count());
    }
}
