using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace Connections.Members;

/// <summary>Finds web addresses in names and headlines, which stand in emails to people who do not know the sender.</summary>
/// <remarks>
/// An address counts with a scheme (<c>http</c>, or <c>hxxp</c> as people write one that must not become a link), with <c>www.</c>, or as a
/// domain with a path. A domain alone does not: <c>Booking.com</c> is a name. The text is read as a reader would type it off: letters of
/// other shapes and other scripts, full-width and East Asian dots, dots in brackets, spaces around dots and slashes, and characters that
/// nobody sees. What is encoded for a URL (<c>%2F</c>) or a page (<c>&amp;#47;</c>) is decoded first.
/// </remarks>
public static partial class Lure
{
    // By what each looks like, or turns into where somebody pastes it into a browser.
    private const string Dots = "\u3002\uFF0E\uFF61\u2024\uFE52\u06D4\u0701\uA4F8\u2E31\u00B7\u2027\u30FB\uFF65\u2022\u2219\u22C5";
    private const string Slashes = "\uFF0F\u2044\u2215\u29F8\u2571\u27CB\\\uFF3C\uFE68\u29F5\u2216";
    private const string Colons = "\uFF1A\uA789\u2236\uFE55\u02D0\u0589\u05C3\uFE13";

    // Lower-case Cyrillic, Greek and Armenian letters that look like Latin ones, as they are after folding.
    private const string Lookalikes = "аеорсухѕіјһкмнтвԁԛԝԍӏѵғαορτυκιχωηνγβσօսհոցզ";
    private const string LookLike = "aeopcyxsijhkmhtbdqwglvfaoptukixwnvyboouhngq";

    // Where a space follows the dot and none is before it, a sentence may end there: only domains that are no words.
    private const string Famous = "com|net|org|io|xyz|co|info|biz|ru|cn|de|uk";

    /// <summary>Whether a text has a web address.</summary>
    public static bool IsIn(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        var plain = BracketedDot().Replace(Plain(WebUtility.HtmlDecode(Escape().Replace(text, Unescape))), ".");
        // The second reading takes every letter for the Latin one that it looks like.
        return IsPlainIn(plain) || (Latin(plain) is var latin && latin != plain && IsPlainIn(latin));
    }

    private static bool IsPlainIn(string plain) => Scheme().IsMatch(plain) || Www().IsMatch(plain)
        || Number().IsMatch(plain) || Path().Matches(plain).Any(match => PublicSuffixes.IsTopLevel(match.Groups["end"].Value));

    private static string Unescape(Match escape) => escape.Value.ToLowerInvariant() switch
    {
        "&period;" => ".",
        "&sol;" => "/",
        "&colon;" => ":",
        var hex => ((char)Convert.ToByte(hex[1..], 16)).ToString(),
    };

    private static string Latin(string text) =>
        string.Concat(text.Select(c => Lookalikes.IndexOf(c, StringComparison.Ordinal) is var at and >= 0 ? LookLike[at] : c));

    private static string Plain(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var letter = rune.IsBmp ? (char)rune.Value : ' ';
            if (Dots.Contains(letter))
            {
                shown.Append('.');
            }
            else if (Slashes.Contains(letter))
            {
                shown.Append('/');
            }
            else if (Colons.Contains(letter))
            {
                shown.Append(':');
            }
            else if (VisibleText.IsBlank(rune))
            {
                shown.Append(' ');
            }
            // The other full-width characters of ASCII: ? # ( ) [ ].
            else if (rune.Value is >= 0xFF01 and <= 0xFF5E)
            {
                shown.Append((char)(rune.Value - 0xFEE0));
            }
            else if (EnclosedLetter(rune.Value) is { } enclosed)
            {
                shown.Append(enclosed);
            }
            else if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format)
            {
                shown.Append(rune);
            }
        }

        return Diacritics.Fold(shown.ToString(), spelledOut: false);
    }

    // White letters on circles and squares, and the letters of flags, which have no decomposition.
    private static char? EnclosedLetter(int point) => point switch
    {
        >= 0x1F150 and <= 0x1F169 => (char)('a' + point - 0x1F150),
        >= 0x1F170 and <= 0x1F189 => (char)('a' + point - 0x1F170),
        >= 0x1F1E6 and <= 0x1F1FF => (char)('a' + point - 0x1F1E6),
        _ => null,
    };

    // ASCII characters in a URL, and those that WebUtility does not know by their names.
    [GeneratedRegex(
        "%[2-7][0-9a-f]|&(period|sol|colon);",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Escape();

    // evil[.]com, evil(dot)com, evil dot com
    [GeneratedRegex(
        @"\s*[(\[{<]\s*(\.|dot|punkt|punto|point)\s*[)\]}>]\s*|\s+dot\s+(?=(" + Famous + @")\b)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex BracketedDot();

    // A scheme with its slashes, whatever its name, and those that need none. Spaces between are part of the trick.
    [GeneratedRegex(
        @":\s*/\s*/|\bh\s*([tx*]\s*){2}p\s*s?\s*:|\b(https?|hxxps?|h\*\*ps?)\s*/\s*/|\bhxxps?\b|\b(mailto|javascript)\s*:|\bxn--[a-z0-9]",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Scheme();

    [GeneratedRegex(
        @"\bwww\d?\s*\.\s*[\p{L}\p{N}]|\bw\s+w\s+w\s*\.", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Www();

    // A domain with a port, a path, a query or a fragment. A slash with a space before and after it parts two names.
    [GeneratedRegex(
        @"[\p{L}\p{N}_-](\.|\s+\.\s*|\s*\.\s+(?=(" + Famous + @")\b))(?<end>\p{L}[\p{L}\p{M}\p{N}-]+)\.?"
            + @"(:\d{1,5}\b|/|\s/[\p{L}\p{N}@~_?#%+-]|[?#][\p{L}\p{N}])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Path();

    // An IP address with a port or a path.
    [GeneratedRegex(@"\b\d{1,3}(\.\d{1,3}){3}(:\d|/)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Number();
}
