using System.Text.RegularExpressions;

namespace Connections.Members;

/// <summary>Language tags of BCP 47 (RFC 5646), such as <c>en</c>, <c>pt-BR</c> or <c>zh-Hant-TW</c>.</summary>
public static partial class LanguageTag
{
    /// <summary>The longest tag, in characters: what RFC 5646 (4.4.1) asks every implementation to hold.</summary>
    public const int MaxLength = 35;

    /// <summary>Reads a well-formed tag and writes it in the usual case. Null when it is not one.</summary>
    /// <remarks>
    /// The language itself must have two or three letters. The grammar also allows up to eight, but no language has ever been
    /// given them, and <c>english</c> is a mistake rather than a tag.
    /// </remarks>
    public static string? Find(string? tag)
    {
        tag = tag?.Trim();
        if (tag is not { Length: > 0 and <= MaxLength } || Grammar().Match(tag) is not { Success: true } match)
        {
            return null;
        }

        var script = match.Groups["script"];
        var region = match.Groups["region"];
        var text = tag.ToLowerInvariant().ToCharArray();
        if (script.Success)
        {
            text[script.Index] = char.ToUpperInvariant(text[script.Index]);
        }

        for (var i = 0; i < region.Length; i++)
        {
            text[region.Index + i] = char.ToUpperInvariant(text[region.Index + i]);
        }

        return new string(text);
    }

    /// <summary>The ranges that find a tag by the basic filtering of RFC 4647: <c>pt</c> and <c>pt-BR</c> find <c>pt-BR</c>.</summary>
    public static IEnumerable<string> Ranges(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        for (var end = tag.IndexOf('-', StringComparison.Ordinal); end > 0; end = tag.IndexOf('-', end + 1))
        {
            yield return tag[..end];
        }

        yield return tag;
    }

    [GeneratedRegex(
        """
        ^[a-z]{2,3}(-[a-z]{3}){0,3}
        (-(?<script>[a-z]{4}))?
        (-(?<region>[a-z]{2}|[0-9]{3}))?
        (-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*
        (-[a-wyz0-9](-[a-z0-9]{2,8})+)*
        (-x(-[a-z0-9]{1,8})+)?\z
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Grammar();
}
