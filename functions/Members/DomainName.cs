using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Connections.Members;

/// <summary>Domain names: their ASCII form, and a check that a name shows where it leads.</summary>
internal static class DomainName
{
    private const int MaxLabel = 63;

    // East Asian keyboards type U+3002 and its variants for a dot. An email address may have them; a URL may not show them.
    private const string Dots = ".\u3002\uFF0E\uFF61";

    // Scripts in everyday use (UAX #31, table 5), with their marks and digits. Latin leaves out the click letters, which look like | and !.
    private static readonly (int From, int To, string Script)[] Scripts =
    [
        ('0', '9', ""), ('-', '-', ""), ('_', '_', ""), ('A', 'Z', "Latin"), ('a', 'z', "Latin"), (0xB7, 0xB7, "Latin"),
        (0xC0, 0x1BF, "Latin"), (0x1C4, 0x24F, "Latin"),
        (0x1E00, 0x1EFF, "Latin"), (0x370, 0x3FF, "Greek"), (0x1F00, 0x1FFF, "Greek"), (0x400, 0x52F, "Cyrillic"),
        (0x530, 0x58F, "Armenian"), (0x590, 0x5FF, "Hebrew"),
        (0x600, 0x6FF, "Arabic"), (0x750, 0x77F, "Arabic"), (0x780, 0x7BF, "Thaana"), (0x900, 0x97F, "Devanagari"),
        (0x980, 0x9FF, "Bengali"), (0xA00, 0xA7F, "Gurmukhi"),
        (0xA80, 0xAFF, "Gujarati"), (0xB00, 0xB7F, "Oriya"), (0xB80, 0xBFF, "Tamil"), (0xC00, 0xC7F, "Telugu"), (0xC80, 0xCFF, "Kannada"),
        (0xD00, 0xD7F, "Malayalam"),
        (0xD80, 0xDFF, "Sinhala"), (0xE00, 0xE7F, "Thai"), (0xE80, 0xEFF, "Lao"), (0xF00, 0xFFF, "Tibetan"), (0x1000, 0x109F, "Myanmar"),
        (0x10A0, 0x10FF, "Georgian"),
        (0x1200, 0x139F, "Ethiopic"), (0x1780, 0x17FF, "Khmer"), (0xAC00, 0xD7A3, "Hangul"), (0x3041, 0x309F, "Hiragana"),
        (0x30A1, 0x30FF, "Katakana"), (0x3105, 0x312F, "Bopomofo"),
        (0x3005, 0x3007, "Han"), (0x3400, 0x4DBF, "Han"), (0x4E00, 0x9FFF, "Han"), (0x20000, 0x323AF, "Han"),
    ];

    // Scripts that are commonly mixed: "highly restrictive" in UTS #39.
    private static readonly string[][] Together =
        [["Latin", "Han", "Hiragana", "Katakana"], ["Latin", "Han", "Bopomofo"], ["Latin", "Han", "Hangul"]];

    // Japanese and Chinese characters that look like a slash or a dot next to Latin letters.
    private const string Strokes = "ノソゾン丶丿・";

    /// <summary>
    /// The name in ASCII, in which mail is delivered (IDNA: a label with other letters becomes <c>xn--…</c>). Null for a name without a
    /// dot, an IP address or anything else that is not a domain name.
    /// </summary>
    public static string? ToAscii(string name)
    {
        if (!Ascii.IsValid(name))
        {
            // IDNA requires composed letters, and with InvariantGlobalization .NET cannot compose. A separate accent has no script in the
            // table, so such a name is refused. So is a name with İ, which has no lower-case letter of its own.
            name = string.Join('.', name.ToLowerInvariant().Split(Dots.ToCharArray()));
            if (!name.EnumerateRunes()
                .All(rune => rune.Value == '.' || (IsOfNames(rune) && !Rune.IsUpper(rune) && ScriptOf(rune) is not null)))
            {
                return null;
            }
        }

        return Encode(name) is { } ascii
            && ascii.Split('.') is { Length: > 1 } labels
            && labels.All(label => IsLabel(label) && !label.Contains('_', StringComparison.Ordinal))
            && !IsNumber(labels[^1])
                ? ascii
                : null;
    }

    /// <summary>Whether the host of a URL is what it seems to be. Accepts hosts in any script in everyday use.</summary>
    /// <remarks>
    /// Readers look for the last dot before the first slash. Refused are characters that look like either of them, that are invisible or
    /// that are drawn over a letter; scripts that no language mixes in one word, such as a Cyrillic letter in a Latin name; numbers that
    /// programs read as an IP address (<c>2130706433</c>); and a name without a dot, which resolves in each reader's own network. It does
    /// not detect a name made entirely of look-alikes.
    /// </remarks>
    public static bool IsHonest(string host)
    {
        if (IPAddress.TryParse(host, out var ip))
        {
            return ip.AddressFamily == AddressFamily.InterNetworkV6 ? host[0] == '[' : ip.ToString() == host;
        }

        var labels = host.Split('.');
        return labels.Length > 1 && labels.All(label => (Ascii.IsValid(label) ? IsLabel(label) : IsHonestLabel(label)))
            && !IsNumber(labels[^1]);
    }

    /// <summary>The ASCII form of a name in any script; null where a label is too long or empty.</summary>
    internal static string? Encode(string name)
    {
        try
        {
            return new IdnMapping().GetAscii(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsLabel(string label) =>
        label is { Length: > 0 and <= MaxLabel } && label[0] != '-'
        && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool IsHonestLabel(string label)
    {
        var runes = label.EnumerateRunes().ToArray();
        var scripts = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < runes.Length; i++)
        {
            var rune = runes[i];
            if (IsAccent(rune) && i > 0)
            {
                continue;
            }

            if (!IsOfNames(rune) || ScriptOf(rune) is not { } script || (rune.Value == 0xB7 && !IsBetween(runes, i, 'l')))
            {
                return false;
            }

            if (Strokes.Contains(rune.ToString(), StringComparison.Ordinal) && (IsAsciiAt(runes, i - 1) || IsAsciiAt(runes, i + 1)))
            {
                return false;
            }

            scripts.Add(script);
        }

        scripts.Remove("");
        return label[0] != '-' && label[^1] != '-' && Encode(label) is not null && (scripts.Count <= 1 || Together.Any(scripts.IsSubsetOf));
    }

    // Letters, marks and digits, as in IDNA 2008, and the middle dots of Catalan and Japanese names.
    private static bool IsOfNames(Rune rune) => rune.Value is '-' or '_' or 0xB7 or 0x3007 or 0x30FB || Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter =>
            true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber => true,
        _ => false,
    };

    // Marks that combine with Latin, Greek and Cyrillic letters, except those that strike a letter through (U+0334 to U+0338).
    private static bool IsAccent(Rune rune) => rune.Value is (>= 0x300 and <= 0x333) or 0x342;

    private static string? ScriptOf(Rune rune) =>
        Scripts.FirstOrDefault(block => rune.Value >= block.From && rune.Value <= block.To).Script;

    private static bool IsBetween(Rune[] runes, int at, char letter) =>
        at > 0 && at + 1 < runes.Length && runes[at - 1].Value == letter && runes[at + 1].Value == letter;

    private static bool IsAsciiAt(Rune[] runes, int at) => at >= 0 && at < runes.Length && runes[at].IsAscii;

    private static bool IsNumber(string label) =>
        label.All(char.IsAsciiDigit) || label.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
}
