using System.Collections.Frozen;

namespace Connections.Members;

/// <summary>The allowed values of lists in profiles. Values may be added but never removed.</summary>
/// <remarks>These are values; clients show their own labels.</remarks>
public static class PublishedLists
{
    /// <summary>Topics that creators publish about.</summary>
    public static IReadOnlyList<string> Categories { get; } =
    [
        "art", "automotive", "beauty", "books", "business", "comedy", "diy", "education", "family", "fashion", "finance", "fitness",
        "food", "gaming", "home", "lifestyle", "music", "outdoors", "pets", "photography", "sports", "sustainability", "technology",
        "travel", "wellness",
    ];

    /// <summary>Platforms that creators publish on.</summary>
    public static IReadOnlyList<string> Platforms { get; } =
    [
        "blog", "bluesky", "facebook", "instagram", "linkedin", "newsletter", "pinterest", "podcast", "snapchat", "threads", "tiktok",
        "twitch", "x", "youtube",
    ];

    /// <summary>Kinds of collaboration: what a creator is open to, and what a brand offers.</summary>
    public static IReadOnlyList<string> Collaborations { get; } = ["affiliate", "ambassador", "event", "gifted", "paid"];

    /// <summary>What creators make for a collaboration.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["live", "photo-set", "post", "short-video", "story", "video", "written"];

    /// <summary>Finds a value in a list, in any case. Null if it is not on the list.</summary>
    public static string? Find(IReadOnlyList<string> list, string? value)
    {
        var lower = value?.Trim().ToLowerInvariant();
        return lower is not null && list.Contains(lower) ? lower : null;
    }
}

/// <summary>The allowed countries of profiles: the officially assigned codes of ISO 3166-1 alpha-2.</summary>
public static class Countries
{
    /// <summary>All codes, upper case, in order.</summary>
    public static IReadOnlyList<string> All { get; } =
        """
        AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY
        BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK
        FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR
        IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK
        ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM
        PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF
        TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static readonly FrozenSet<string> Known = All.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Finds a code, in any case. Null if it is not a country.</summary>
    public static string? Find(string? code)
    {
        var upper = code?.Trim().ToUpperInvariant();
        return upper is not null && Known.Contains(upper) ? upper : null;
    }
}

/// <summary>The allowed currencies of amounts: the codes of ISO 4217 for money that people pay with.</summary>
public static class Currencies
{
    /// <summary>All codes, upper case, in order.</summary>
    public static IReadOnlyList<string> All { get; } =
        """
        AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK
        DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS
        KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD
        OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP
        TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static readonly FrozenSet<string> Known = All.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Finds a code, in any case. Null if it is not a currency.</summary>
    public static string? Find(string? code)
    {
        var upper = code?.Trim().ToUpperInvariant();
        return upper is not null && Known.Contains(upper) ? upper : null;
    }
}
