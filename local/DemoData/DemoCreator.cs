using System.Globalization;
using Connections.Members;

namespace Connections.Local.DemoData;

/// <summary>Makes demo creators. Creator number n is the same on every machine and for every count that includes it.</summary>
public static class DemoCreator
{
    private static readonly DateTimeOffset FirstListed = new(2024, 1, 15, 8, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan ListedWithin = TimeSpan.FromDays(1000);
    // Of those with a website, the part that has an address there too.
    private const int WithConfirmedDomain = 2;

    private static readonly string[] HandleJoints = ["", ".", "_"];

    /// <summary>The id of a demo creator, counted from 1.</summary>
    public static MemberId IdOf(int number) => new($"creator-{number.ToString("D4", CultureInfo.InvariantCulture)}");

    /// <summary>The profile of a demo creator, counted from 1. <paramref name="avatars"/> is the folder of the pictures.</summary>
    public static Member Create(int number, Uri avatars)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        var random = new DemoRandom((ulong)number * 0x5851F42D4C957F2D);
        var culture = DemoCulture.All[Spread(number, DemoCulture.All.Count)];
        var name = Name(number, culture);
        var niche = random.Pick(DemoNiche.All);
        var handle =
            string.Join(random.Pick(HandleJoints), name.Latin) + (name.Round == 0 ? "" : name.Round.ToString(CultureInfo.InvariantCulture));
        var city = random.Pick(culture.City);
        var tags = random.PickSome(niche.Tags, 2 + random.Below(3));
        var listedAt = FirstListed + (ListedWithin * random.Fraction());
        var id = IdOf(number);
        var domain = random.Chance(0.4) ? handle.Replace('_', '-').Replace('.', '-') + ".example" : null;
        var isConfirmed = domain is not null && number % WithConfirmedDomain == 0;
        var terms = new DemoTerms(number, culture);
        return new Member
        {
            Id = id,
            Kind = MemberKind.Creator,
            DisplayName = name.Written,
            Handle = handle,
            Headline = random.Pick(niche.Headlines).Replace("{city}", city, StringComparison.Ordinal),
            Bio = Bio(random, niche, city),
            AvatarUrl = new Uri(avatars, id + ".svg").AbsoluteUri,
            Website = domain is null ? null : $"https://{domain}",
            Categories = random.Chance(0.6) ? [niche.Category, niche.Beside] : [niche.Category],
            Tags = tags,
            Platforms = terms.Checked(Platforms(random, niche, handle)),
            Country = culture.Country,
            Languages = Languages(random, culture),
            OpenTo = terms.OpenTo,
            Formats = terms.Formats,
            RateFrom = terms.RateFrom,
            LeadTime = terms.LeadTime,
            AvailableFrom = terms.AvailableFrom,
            Expects = terms.Expects,
            Answers = terms.Answers,
            Language = culture.Language,
            Listed = true,
            ListedAt = Whole(listedAt),
            Email = isConfirmed ? $"hello@{domain}" : $"{id}@example.com",
            EmailConfirmed = isConfirmed,
            CreatedAt = Whole(listedAt - TimeSpan.FromDays(1 + random.Below(30))),
        }.Indexed();
    }

    // Consecutive creators come from different places; the counts of all places differ by one at most.
    private static int Spread(int number, int count) => (int)((number - 1) * 7L % count);

    // Every name of a culture is used once before any is used again, so the number of the round makes a handle unique.
    private static (string Written, string[] Latin, int Round) Name(int number, DemoCulture culture)
    {
        var turn = (number - 1) / DemoCulture.All.Count;
        var names = culture.First.Length * culture.Last.Length;
        var at = ((turn * 13) + ((number - 1) % DemoCulture.All.Count * 29)) % names;
        var (first, firstLatin) = DemoCulture.Spell(culture.First[at % culture.First.Length]);
        var (last, lastLatin) = DemoCulture.Spell(culture.Last[at / culture.First.Length]);
        return (culture.FamilyFirst ? last + first : $"{first} {last}", [Plain(firstLatin), Plain(lastLatin)], turn / names);
    }

    private static string Plain(string name) => string.Concat(SearchWords.OfQuery(name).Select(word => word.Plain));

    private static string Bio(DemoRandom random, DemoNiche niche, string city)
    {
        var about = random.PickSome(niche.About, 2);
        var close = random.Pick<string>(
        [
            "Brands I work with are ones I would pay for myself.", "Open to long partnerships rather than single posts.",
            "Write to me with an idea, not with a script.", "I answer within two days, also when it is a no.",
        ]);
        return $"Based in {city}. I {about[0]}. I also {about[1]}.\n\n{close}";
    }

    private static List<string> Languages(DemoRandom random, DemoCulture culture) =>
        culture.Language != "en" && random.Chance(0.45) ? [culture.Language, "en"] : [culture.Language];

    // Followers of the largest platform are log-normal around 25,000, from 800 to some millions: many small creators and few large ones.
    // The other platforms have a part of that.
    private static List<Platform> Platforms(DemoRandom random, DemoNiche niche, string handle)
    {
        var count = Math.Min(niche.Platforms.Length, 1 + random.Below(3));
        var largest = Math.Clamp(Math.Exp(Math.Log(25_000) + (1.5 * random.Normal())), 800, 6_000_000);
        var platforms = new List<Platform>(count);
        foreach (var name in niche.Platforms.Take(count))
        {
            var followers = platforms.Count == 0 ? largest : largest * (0.05 + (0.6 * random.Fraction()));
            platforms.Add(new Platform(name, handle, Address(name, handle), TwoOrThreeDigits(followers), Engagement(random, followers)));
        }

        return platforms;
    }

    // About 7% at a thousand followers and 1.5% at a million, with a spread of a third.
    private static double Engagement(DemoRandom random, double followers)
    {
        var typical = 0.07 * Math.Pow(followers / 1000, -0.22);
        return Math.Round(Math.Clamp(typical * Math.Exp(0.33 * random.Normal()), 0.002, 0.2), 4);
    }

    // 12,345 becomes 12,300, as profiles state it.
    private static long TwoOrThreeDigits(double value)
    {
        var step = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(value)) - 2));
        return (long)(Math.Round(value / step) * step);
    }

    private static DateTimeOffset Whole(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    // Addresses that cannot belong to a real person.
    private static string Address(string platform, string handle) => $"https://{platform}.example.com/{handle}";
}

/// <summary>SplitMix64, so that the same seed gives the same demo data with every runtime.</summary>
internal sealed class DemoRandom(ulong seed)
{
    private ulong _state = seed;

    public int Below(int count) => (int)(Next() % (ulong)count);

    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double of) => Fraction() < of;

    /// <summary>About normally distributed around 0 with a deviation of 1, never beyond 6.</summary>
    public double Normal()
    {
        var sum = 0.0;
        for (var i = 0; i < 12; i++)
        {
            sum += Fraction();
        }

        return sum - 6;
    }

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    /// <summary>Up to <paramref name="count"/> different elements, in random order.</summary>
    public List<T> PickSome<T>(IReadOnlyList<T> from, int count)
    {
        var left = from.ToList();
        var picked = new List<T>();
        while (picked.Count < count && left.Count > 0)
        {
            var at = Below(left.Count);
            picked.Add(left[at]);
            left.RemoveAt(at);
        }

        return picked;
    }

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
