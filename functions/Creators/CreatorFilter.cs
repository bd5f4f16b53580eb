using System.Globalization;
using System.Text.Json.Serialization;
using Connections.Http;
using Connections.Members;

namespace Connections.Creators;

/// <summary>The order of search results. Ties are broken by id, so that the order is stable.</summary>
public enum CreatorSort
{
    /// <summary>Most followers first.</summary>
    Followers,

    /// <summary>Highest engagement first.</summary>
    Engagement,

    /// <summary>Most recently listed first.</summary>
    Newest,
}

/// <summary>A list of values in a filter.</summary>
public enum FilterList
{
    /// <summary>Categories.</summary>
    Category,

    /// <summary>Platforms.</summary>
    Platform,

    /// <summary>Countries.</summary>
    Country,

    /// <summary>Languages.</summary>
    Language,

    /// <summary>Kinds of collaboration.</summary>
    OpenTo,

    /// <summary>Formats.</summary>
    Format,
}

/// <summary>The values of a creator that the lists of a filter look at, as they are stored.</summary>
public sealed record FilterValues(
    MemberId Id,
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> PlatformNames,
    string? Country,
    IReadOnlyList<string> LanguageRanges,
    IReadOnlyList<string>? OpenTo = null,
    IReadOnlyList<string>? Formats = null,
    IReadOnlyDictionary<string, PlatformReach>? Reach = null,
    long Followers = 0,
    double Engagement = 0)
{
    /// <summary>The values of one list.</summary>
    public IReadOnlyList<string> Of(FilterList list) => list switch
    {
        FilterList.Category => Categories,
        FilterList.Platform => PlatformNames,
        FilterList.Country => Country is null ? [] : [Country],
        FilterList.OpenTo => OpenTo ?? [],
        FilterList.Format => Formats ?? [],
        _ => LanguageRanges,
    };
}

/// <summary>The filters of a search. A creator must match all of them, and any value of each list.</summary>
public sealed record CreatorFilter
{
    /// <summary>The parameters of the filters.</summary>
    public static readonly string[] Parameters =
    [
        SearchText.Parameter, "category", "platform", "country", "language", "openTo", "format", "available", "relation", "minFollowers",
        "maxFollowers", "minEngagement",
    ];

    /// <summary>The most values of one filter.</summary>
    public const int MaxValues = 20;

    /// <summary>Each must be the beginning of a word in the profile.</summary>
    public IReadOnlyList<SearchWord> Words { get; init; } = [];

    /// <summary>Whether the search text has no letter or digit, so that no profile can match.</summary>
    public bool MatchesNobody { get; init; }

    /// <summary>Values from the published list.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Values from the published list.</summary>
    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>ISO 3166-1 alpha-2 codes.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>BCP 47 tags; <c>pt</c> also finds <c>pt-BR</c>.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Kinds of collaboration, from the published list.</summary>
    public IReadOnlyList<string> OpenTo { get; init; } = [];

    /// <summary>Formats, from the published list.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>The creator says that they are available on this day.</summary>
    public DateOnly? Available { get; init; }

    /// <summary>Whether only creators are wanted with whom the caller has no invite, no connection and no lock.</summary>
    public bool OnlyUnrelated { get; init; }

    /// <summary>The least followers, on any of <see cref="Platforms"/>, or on the largest one without those.</summary>
    public long? MinFollowers { get; init; }

    /// <summary>The most followers, on the same platform.</summary>
    public long? MaxFollowers { get; init; }

    /// <summary>The least engagement, as a fraction, on the same platform.</summary>
    public double? MinEngagement { get; init; }

    /// <summary>The order.</summary>
    public CreatorSort Sort { get; init; }

    /// <summary>The lists with a value.</summary>
    [JsonIgnore]
    public IReadOnlyList<FilterList> Lists => [.. Enum.GetValues<FilterList>().Where(list => ValuesOf(list).Count > 0)];

    /// <summary>Whether no filter beside the lists is set.</summary>
    [JsonIgnore]
    public bool HasOnlyLists => this is { Words: [], MatchesNobody: false, Available: null, OnlyUnrelated: false, HasNumbers: false };

    /// <summary>Whether a filter looks at numbers of a platform.</summary>
    [JsonIgnore]
    public bool HasNumbers => this is not { MinFollowers: null, MaxFollowers: null, MinEngagement: null };

    /// <summary>The values of one list.</summary>
    public IReadOnlyList<string> ValuesOf(FilterList list) => list switch
    {
        FilterList.Category => Categories,
        FilterList.Platform => Platforms,
        FilterList.Country => Countries,
        FilterList.OpenTo => OpenTo,
        FilterList.Format => Formats,
        _ => Languages,
    };

    /// <summary>Whether the numbers of one platform are those that the filter asks for.</summary>
    public bool Allows(PlatformReach reach) =>
        (MinFollowers is not { } least || reach.Followers >= least)
            && (MaxFollowers is not { } most || reach.Followers <= most)
            && (MinEngagement is not { } engagement || reach.Engagement >= engagement);

    /// <summary>
    /// Of the platforms that the filter asks for, the one that a creator is found by: it has the numbers that the filter asks for, and of
    /// several the one that comes first in the order. Null where the filter asks for none, or the creator has none of them.
    /// </summary>
    public string? PlatformOf(IReadOnlyDictionary<string, PlatformReach> reach) => Platforms
        .Where(platform => reach.TryGetValue(platform, out var numbers) && Allows(numbers))
        .OrderByDescending(platform => Sort == CreatorSort.Engagement ? reach[platform].Engagement : reach[platform].Followers)
        .ThenBy(platform => platform, StringComparer.Ordinal)
        .FirstOrDefault();

    /// <summary>The filter without the values of one list.</summary>
    public CreatorFilter Without(FilterList list) => list switch
    {
        FilterList.Category => this with { Categories = [] },
        FilterList.Platform => this with { Platforms = [] },
        FilterList.Country => this with { Countries = [] },
        FilterList.OpenTo => this with { OpenTo = [] },
        FilterList.Format => this with { Formats = [] },
        _ => this with { Languages = [] },
    };

    /// <summary>Reads the filters of a query string. Forms send empty values, so an empty one counts as absent.</summary>
    public static CreatorFilter Read(IQueryCollection query, Fields fields)
    {
        var text = SearchText.Read(query, fields);
        var filter = new CreatorFilter
        {
            Words = text.Words,
            MatchesNobody = text.FindsNothing,
            Categories = Any(query, "category", fields, v => PublishedLists.Find(PublishedLists.Categories, v), "not a published category"),
            Platforms = Any(query, "platform", fields, v => PublishedLists.Find(PublishedLists.Platforms, v), "not a published platform"),
            Countries = Any(query, "country", fields, Members.Countries.Find, "not an ISO 3166 alpha-2 country code"),
            Languages = Any(query, "language", fields, LanguageTag.Find, "not a BCP 47 language tag"),
            OpenTo = Any(
                query,
                "openTo",
                fields,
                v => PublishedLists.Find(PublishedLists.Collaborations, v),
                "not a published kind of collaboration"),
            Formats = Any(query, "format", fields, v => PublishedLists.Find(PublishedLists.Formats, v), "not a published format"),
            Available = ProfileFields.Day(fields, "available", One(query, "available", fields)),
            OnlyUnrelated = Unrelated(query, fields),
            MinFollowers = Followers(query, "minFollowers", fields),
            MaxFollowers = Followers(query, "maxFollowers", fields),
            MinEngagement = Fraction(query, "minEngagement", fields),
            Sort = Order(query, fields),
        };
        if (filter.MinFollowers > filter.MaxFollowers)
        {
            fields.Refuse("minFollowers", "minFollowers must not be more than maxFollowers.", FieldCode.Conflict);
        }

        return filter;
    }

    private static string? One(IQueryCollection query, string name, Fields fields) =>
        query.TryReadOne(name, fields, out var text) && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static string[] Any(IQueryCollection query, string name, Fields fields, Func<string?, string?> find, string error)
    {
        var values = new List<string>();
        foreach (var sent in query[name].Where(v => !string.IsNullOrWhiteSpace(v)).Take(MaxValues + 1))
        {
            if (find(sent) is { } value)
            {
                values.Add(value);
            }
            else
            {
                fields.Refuse(name, $"\"{Shown(sent!)}\" is {error}.", FieldCode.UnknownValue);
            }
        }

        if (query[name].Count > MaxValues)
        {
            fields.Refuse(
                name, $"The parameter is given {query[name].Count} times; at most {MaxValues} are allowed.", FieldCode.TooMany);
        }

        return values.Distinct(StringComparer.Ordinal).ToArray();
    }

    private static long? Followers(IQueryCollection query, string name, Fields fields)
    {
        if (One(query, name, fields) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= ProfileLimits.Followers)
        {
            return value;
        }

        fields.Refuse(name, $"Followers must be a whole number from 0 to {ProfileLimits.Followers}.", FieldCode.OutOfRange);
        return null;
    }

    private static double? Fraction(IQueryCollection query, string name, Fields fields)
    {
        if (One(query, name, fields) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and <= 1)
        {
            return value;
        }

        fields.Refuse(name, "The engagement must be a fraction from 0 to 1, such as 0.034 for 3.4%.", FieldCode.OutOfRange);
        return null;
    }

    private static bool Unrelated(IQueryCollection query, Fields fields)
    {
        var asked = One(query, "relation", fields);
        if (asked is not (null or "none"))
        {
            fields.Refuse("relation", "The relation must be none.", FieldCode.UnknownValue);
        }

        return asked is not null;
    }

    private static CreatorSort Order(IQueryCollection query, Fields fields)
    {
        switch (One(query, "sort", fields))
        {
            case null or "followers":
                return CreatorSort.Followers;
            case "engagement":
                return CreatorSort.Engagement;
            case "newest":
                return CreatorSort.Newest;
            default:
                fields.Refuse("sort", "The order must be followers, engagement or newest.", FieldCode.UnknownValue);
                return CreatorSort.Followers;
        }
    }

    private static string Shown(string value) => value.Length <= 40 ? value : value[..40] + "…";
}
