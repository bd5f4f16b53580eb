using System.Globalization;
using Connections.Creators.Facets;
using Connections.Members;
using Microsoft.AspNetCore.WebUtilities;

namespace Connections.Tests.Functions.Members;

/// <summary>Generated creators, the same ones for the same number, and the expected results of a search, in plain code.</summary>
internal static class SearchCast
{
    private static readonly string[] FirstNames =
        ["José", "Zoë", "Anna", "Ann-Marie", "Søren", "Müller", "Łukasz", "O'Brien", "Ana", "Joseph"];
    private static readonly string[] Words =
        ["vegan", "Travel", "café", "running", "trail", "retro", "gaming", "slow", "fashion", "Straße"];
    private static readonly string[] Places = ["DE", "AT", "GB", "BR", "FR"];
    private static readonly string[] Tongues = ["de", "en", "en-GB", "pt-BR", "fr", "zh-Hant-TW"];

    // Few of them, so that many creators are on several that a search asks for, and some have two accounts on one.
    private static readonly string[] Sites = ["instagram", "newsletter", "tiktok", "x", "youtube"];
    private static readonly DateOnly?[] Days = [null, new(2026, 11, 1), new(2026, 12, 1), new(2027, 1, 1)];

    // Few different values, so that many creators tie and the id decides.
    private static readonly long[] Reach = [0, 1_000, 1_000, 25_000, 1_000_000];
    private static readonly double[] Rates = [0, 0.01, 0.034, 0.034, 1];

    /// <summary>Members, of whom about four in five are listed.</summary>
    public static IReadOnlyList<Member> Of(int count)
    {
        var random = new Random(20261122);
        T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];
        T[] Some<T>(IReadOnlyList<T> from, int most) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => Pick(from)).Distinct()];

        return [.. Enumerable.Range(0, count).Select(i => new Member
        {
            Id = new MemberId($"c{random.Next():x8}-{i}"),
            Kind = MemberKind.Creator,
            DisplayName = $"{Pick(FirstNames)} {Pick(FirstNames)}",
            Handle = $"{Pick(Words).ToLowerInvariant()[..3]}.{i}",
            Headline = $"{Pick(Words)} and {Pick(Words)}",
            Bio = "unfindable",
            Tags = Some(Words, 3),
            Categories = Some(PublishedLists.Categories, 3),
            Platforms =
            [
                .. Enumerable.Range(0, random.Next(5)).Select(n => new Platform(Pick(Sites), $"h{n}", null, Pick(Reach), Pick(Rates))),
            ],
            OpenTo = Some(PublishedLists.Collaborations, 3),
            Formats = Some(PublishedLists.Formats, 3),
            AvailableFrom = Pick(Days),
            Country = random.Next(6) == 0 ? null : Pick(Places),
            Languages = Some(Tongues, 2),
            Listed = random.Next(5) > 0,
            ListedAt = DateTimeOffset.UnixEpoch.AddDays(random.Next(8)),
        }.Indexed())];
    }

    /// <summary>A random query string; sometimes a filter, sometimes most of them.</summary>
    public static string AnyQuery(Random random)
    {
        var query = new List<KeyValuePair<string, string?>>();
        var chance = random.Next(2, 9);
        void Maybe(string name, params string[] values)
        {
            for (var i = 0; i < 3 && random.Next(chance) == 0; i++)
            {
                query.Add(new(name, values[random.Next(values.Length)]));
                if (name is not ("category" or "platform" or "country" or "language" or "openTo" or "format"))
                {
                    return;
                }
            }
        }

        Maybe(
            "q",
            "jose",
            "ann",
            "annmarie",
            "a",
            "CAFÉ",
            "strasse",
            "mueller",
            "muller",
            "müller",
            "soeren",
            "🍕",
            "vegan trail",
            "o'brien jos",
            "nothing",
            "unfindable",
            "veg.1");
        Maybe("category", [.. PublishedLists.Categories]);
        Maybe("platform", [.. Sites, "blog"]);
        Maybe("country", [.. Places, "JP"]);
        Maybe("language", "de", "en", "en-gb", "pt", "PT-br", "zh", "zh-Hant", "fr", "ja");
        Maybe("openTo", [.. PublishedLists.Collaborations]);
        Maybe("format", [.. PublishedLists.Formats]);
        Maybe("available", "2026-11-30", "2026-12-01", "2027-06-01");
        Maybe("minFollowers", "0", "1000", "1001", "25000");
        Maybe("maxFollowers", "999999", "1000000", "25000");
        Maybe("minEngagement", "0", "0.034", "0.0341", "1");
        Maybe("sort", "followers", "engagement", "newest");
        return QueryHelpers.AddQueryString("/api/creators", query);
    }

    /// <summary>The ids that a query must find, in order, by the rules of the specification.</summary>
    public static string[] Expected(IReadOnlyList<Member> members, string path)
    {
        var query = QueryHelpers.ParseQuery(new Uri("http://x" + path).Query);
        string? One(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;
        string[] Many(string name) => query.TryGetValue(name, out var values) ? [.. values.Select(v => v!)] : [];
        bool AnyOf(string name, IEnumerable<string> has) =>
            Many(name) is not { Length: > 0 } wanted || wanted.Intersect(has, StringComparer.OrdinalIgnoreCase).Any();

        var words = SearchWords.OfQuery(One("q"));
        var found = members.Where(m => m.Listed
            && (words.Count > 0 || string.IsNullOrEmpty(One("q")))
            && words.All(word => TextsOf(m).SelectMany(SearchWords.OfProfile).Any(has =>
                has.StartsWith(word.Plain, StringComparison.Ordinal)
                    || (word.SpelledOut is { } other && has.StartsWith(other, StringComparison.Ordinal))))
            && AnyOf("category", m.Categories)
            && AnyOf("country", m.Country is null ? [] : [m.Country])
            && (Many("language") is not { Length: > 0 } tongues || m.Languages.Any(has => tongues.Any(tongue =>
                (has + "-").StartsWith(tongue + "-", StringComparison.OrdinalIgnoreCase))))
            && AnyOf("openTo", m.OpenTo)
            && AnyOf("format", m.Formats)
            && (One("available") is not { } day || m.AvailableFrom <= DateOnly.Parse(day, CultureInfo.InvariantCulture))
            && Numbers(m).Any());
        var ordered = One("sort") switch
        {
            "engagement" => found.OrderByDescending(m => Numbers(m).Max(p => p.Engagement)),
            "newest" => found.OrderByDescending(m => m.ListedAt),
            _ => found.OrderByDescending(m => Numbers(m).Max(p => p.Followers)),
        };

        return [.. ordered.ThenBy(m => m.Id.Value, StringComparer.Ordinal).Select(m => m.Id.Value)];

        // The numbers that the search looks at, and that it finds the creator by: those of the platforms that it asks for.
        IEnumerable<(long Followers, double Engagement)> Numbers(Member m) =>
            (Many("platform") is { Length: > 0 } platforms
                ? [.. platforms.Distinct().Where(on => m.Platforms.Any(p => p.Name == on))]
                : new string?[] { null })
            .Select(on => Largest(m.Platforms.Where(p => on is null || p.Name == on)))
            .Where(p => (One("minFollowers") is not { } min || p.Followers >= long.Parse(min))
                && (One("maxFollowers") is not { } max || p.Followers <= long.Parse(max))
                && (One("minEngagement") is not { } rate || p.Engagement >= double.Parse(rate)));
    }

    private static IEnumerable<string?> TextsOf(Member m) => [m.DisplayName, m.Handle, m.Headline, .. m.Tags, .. m.Categories];

    private static (long Followers, double Engagement) Largest(IEnumerable<Platform> accounts) =>
        accounts.OrderByDescending(p => p.Followers).Select(p => (p.Followers, p.Engagement)).FirstOrDefault();
}
