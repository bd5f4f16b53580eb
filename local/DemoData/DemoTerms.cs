using Connections.Members;

namespace Connections.Local.DemoData;

/// <summary>What a demo creator says about collaborations. About one in six says nothing, and few say everything.</summary>
/// <remarks>It has its own random numbers, so that the rest of the demo creators is what it was before.</remarks>
internal sealed class DemoTerms
{
    private static readonly DateTimeOffset FirstCheck = new(2026, 8, 3, 6, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly FirstDay = new(2026, 9, 1);

    // What brands in the country pay in, and what a hundred euros are there.
    private static readonly Dictionary<string, (string Currency, int Hundred)> Money = new(StringComparer.Ordinal)
    {
        ["GB"] = ("GBP", 85), ["US"] = ("USD", 110), ["CA"] = ("CAD", 150), ["AU"] = ("AUD", 165), ["BR"] = ("BRL", 600),
        ["IN"] = ("INR", 9_500), ["JP"] = ("JPY", 17_000), ["KR"] = ("KRW", 155_000), ["MX"] = ("MXN", 2_100), ["NG"] = ("NGN", 165_000),
        ["NO"] = ("NOK", 1_150), ["SE"] = ("SEK", 1_100), ["DK"] = ("DKK", 750), ["PL"] = ("PLN", 430), ["TR"] = ("TRY", 4_500),
        ["UA"] = ("UAH", 4_700), ["EG"] = ("EGP", 5_300), ["CZ"] = ("CZK", 2_450),
    };

    private static readonly string[] Expectations =
    [
        "A short brief, one round of changes, and the final word on how I say it.",
        "Please send a contract first. I mark every collaboration as an advertisement, without exception.",
        "I need the product at least two weeks before anything goes up. It stays with me.",
        "Tell me your budget and what you would like to see at the end. I will say honestly whether I am the right person.",
        "No exclusivity beyond a month, and no use of my face in your own advertising unless we agree on it.",
        "Payment within thirty days. I do not take part in giveaways that ask people to tag friends.",
    ];

    private readonly DateTimeOffset? _checkedAt;

    /// <summary>The terms of a demo creator, counted from 1.</summary>
    public DemoTerms(int number, DemoCulture culture)
    {
        var random = new DemoRandom((ulong)number * 0xD1342543DE82EF95);
        _checkedAt = random.Chance(0.5) ? FirstCheck.AddHours(random.Below(24 * 110)) : null;
        if (random.Chance(1.0 / 6))
        {
            return;
        }

        OpenTo = random.PickSome(PublishedLists.Collaborations, 1 + random.Below(3));
        Formats = random.PickSome(PublishedLists.Formats, 1 + random.Below(4));
        if (OpenTo.Contains("paid") && random.Chance(0.7))
        {
            var (currency, hundred) = Money.GetValueOrDefault(culture.Country, ("EUR", 100));
            RateFrom = new Rate((1 + random.Below(random.Chance(0.2) ? 30 : 8)) * (long)hundred, currency);
        }

        LeadTime = random.Chance(0.6) ? random.Pick<int>([3, 5, 7, 10, 14, 21, 30]) : null;
        AvailableFrom = random.Chance(0.5) ? FirstDay.AddDays(random.Below(210)) : null;
        Expects = random.Chance(0.6) ? random.Pick(Expectations) : null;
        Answers = random.Chance(0.5) ? Answered(random.Pick<string>([.. AnswerTimes.Spans])) : null;
    }

    public IReadOnlyList<string> OpenTo { get; } = [];

    public IReadOnlyList<string> Formats { get; } = [];

    public Rate? RateFrom { get; }

    public long? LeadTime { get; }

    public DateOnly? AvailableFrom { get; }

    public string? Expects { get; }

    public AnswerTimes? Answers { get; }

    /// <summary>The times of a creator who usually answers within a span.</summary>
    public static AnswerTimes Answered(string within) =>
        new([.. Enumerable.Range(1, 8).Select(i => new TimedAnswer($"demo-{i}", FirstCheck.AddDays(i), within))]);

    /// <summary>The platforms of a creator whom the platform has loaded and checked, or as they were.</summary>
    public List<Platform> Checked(List<Platform> platforms) => _checkedAt is null
        ? platforms
        : platforms.ConvertAll(platform => platform with { Source = PlatformSource.Import, CheckedAt = _checkedAt });
}
