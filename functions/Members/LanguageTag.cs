using System.Text;
using System.Text.RegularExpressions;

namespace Connections.Members;

/// <summary>Language tags of BCP 47 (RFC 5646), such as <c>en</c>, <c>pt-BR</c> or <c>zh-Hant-TW</c>.</summary>
public static partial class LanguageTag
{
    /// <summary>The longest tag, in characters: what RFC 5646 (4.4.1) asks every implementation to hold.</summary>
    public const int MaxLength = 35;

    // The languages that others are an "extended" part of: zh-yue is yue. Nothing else may stand before an extended language.
    private static readonly string[] Macrolanguages = ["ar", "kok", "lv", "ms", "sgn", "sw", "uz", "zh"];

    /// <summary>Reads a well-formed tag and writes it in its canonical form (RFC 5646, 4.5). Null when it is not one.</summary>
    /// <remarks>
    /// Every code and tag that stands for another becomes that one: <c>tl</c> is <c>fil</c>, <c>iw</c> is <c>he</c>, <c>deu</c> is <c>de</c>,
    /// <c>zh-yue</c> is <c>yue</c>, <c>i-klingon</c> is <c>tlh</c>, <c>en-UK</c> is <c>en-GB</c>; and the case is the usual one. What is
    /// canonical stays as it is. The language itself must have two or three letters. The grammar also allows up to eight, but no language
    /// has ever been given them, and <c>english</c> is a mistake rather than a tag.
    /// </remarks>
    public static string? Find(string? tag)
    {
        tag = tag?.Trim();
        if (tag is not { Length: > 0 and <= MaxLength } || !Ascii.IsValid(tag) || Grammar().Match(Regular(tag).ToLowerInvariant()) is not { Success: true } match)
        {
            return null;
        }

        string Part(string group) => match.Groups[group].Value;
        var language = Macrolanguages.Contains(Part("language")) && match.Groups["extended"].Captures is [var extended] ? extended.Value : Part("language") + Part("unknown");
        var (script, region) = (Title(Part("script")), Part("region").ToUpperInvariant());
        if (LanguageAliases.Languages.TryGetValue(language, out var alias))
        {
            var parts = alias.Split('-');
            language = parts[0];
            script = parts is [_, { Length: 4 } brought] && script.Length == 0 ? brought : script;
            region = parts is [_, { Length: 2 } place] && region.Length == 0 ? place : region;
        }

        var canonical = string.Join('-', new[] { language, script, LanguageAliases.Regions.GetValueOrDefault(region, region) }
            .Concat(match.Groups["variant"].Captures.Select(variant => LanguageAliases.Variants.GetValueOrDefault(variant.Value, variant.Value)))
            .Concat(match.Groups["extension"].Captures.Select(extension => extension.Value).Order(StringComparer.Ordinal))
            .Append(Part("private"))
            .Where(part => part.Length > 0));
        return canonical.Length <= MaxLength ? canonical : null;
    }

    /// <summary>
    /// The ranges that find a tag by the basic filtering of RFC 4647: <c>pt</c> and <c>pt-BR</c> find <c>pt-BR</c>. What is a kind of another
    /// language, or is written for it, is found by that one too: <c>yue</c> by <c>zh</c>, <c>nb</c> by <c>no</c>, <c>zh-TW</c> by <c>zh-Hant</c>.
    /// </summary>
    public static IEnumerable<string> Ranges(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        var canonical = Find(tag) ?? tag;
        return Prefixes(canonical).Concat(Kin(canonical) is { } kin ? Prefixes(kin) : []).Concat(ScriptOf(canonical)).Distinct(StringComparer.Ordinal);
    }

    /// <summary>The forms that profiles may be stored with that a range must find: the range, and its older form where it had one of two letters.</summary>
    /// <remarks>Before tags were made canonical, profiles were stored as they were sent. They get the canonical form with their next change.</remarks>
    public static IEnumerable<string> Stored(string range)
    {
        ArgumentNullException.ThrowIfNull(range);
        yield return range;
        foreach (var (today, former) in LanguageAliases.Former)
        {
            if (range == today || range.StartsWith(today + "-", StringComparison.Ordinal))
            {
                yield return former + range[today.Length..];
            }
        }
    }

    /// <summary>A tag with its beginning replaced where the beginning is one of those that follow no rule.</summary>
    private static string Regular(string tag)
    {
        for (var end = tag.Length; end > 0; end = tag.LastIndexOf('-', end - 1))
        {
            if (LanguageAliases.Tags.TryGetValue(tag[..end], out var regular))
            {
                return regular + tag[end..];
            }
        }

        return tag;
    }

    private static IEnumerable<string> Prefixes(string tag)
    {
        for (var end = tag.IndexOf('-', StringComparison.Ordinal); end > 0; end = tag.IndexOf('-', end + 1))
        {
            yield return tag[..end];
        }

        yield return tag;
    }

    private static string? Kin(string tag)
    {
        var language = tag.Split('-')[0];
        return LanguageAliases.Kin.TryGetValue(language, out var kin) ? kin + tag[language.Length..] : null;
    }

    private static string[] ScriptOf(string tag) => tag switch
    {
        "zh-CN" or "zh-MY" or "zh-SG" => ["zh-Hans"],
        "zh-HK" or "zh-MO" or "zh-TW" => ["zh-Hant"],
        _ => [],
    };

    private static string Title(string script) => script.Length > 0 ? char.ToUpperInvariant(script[0]) + script[1..] : script;

    // "Unknown" is what stands where an extended language may, after a language that has none: it is kept.
    [GeneratedRegex(
        """
        ^(?<language>[a-z]{2,3})(?<unknown>(-(?<extended>[a-z]{3})){0,3})
        (-(?<script>[a-z]{4}))?
        (-(?<region>[a-z]{2}|[0-9]{3}))?
        (-(?<variant>[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*
        (-(?<extension>[a-wyz0-9](-[a-z0-9]{2,8})+))*
        (-(?<private>x(-[a-z0-9]{1,8})+))?\z
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grammar();
}
