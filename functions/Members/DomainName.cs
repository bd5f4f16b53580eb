using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Connections.Members;

/// <summary>Domain names: the form that other services take, and whether a name shows where it leads.</summary>
internal static class DomainName
{
    private const int MaxLabel = 63;

    // U+3002 and its kin, which keyboards of East Asia type for a dot. Addresses may have them; a host that shows one may not.
    private const string Dots = ".\u3002\uFF0E\uFF61";

    // Scripts that are written today (UAX #31, table 5). Their marks and digits stand in the same blocks. Left out of Latin are the click
    // letters, which look like | and !.
    private static readonly (int From, int To, string Script)[] Scripts =
    [
        ('0', '9', ""), ('-', '-', ""), ('_', '_', ""), ('A', 'Z', "Latin"), ('a', 'z', "Latin"), (0xB7, 0xB7, "Latin"), (0xC0, 0x1BF, "Latin"), (0x1C4, 0x24F, "Latin"),
        (0x1E00, 0x1EFF, "Latin"), (0x370, 0x3FF, "Greek"), (0x1F00, 0x1FFF, "Greek"), (0x400, 0x52F, "Cyrillic"), (0x530, 0x58F, "Armenian"), (0x590, 0x5FF, "Hebrew"),
        (0x600, 0x6FF, "Arabic"), (0x750, 0x77F, "Arabic"), (0x780, 0x7BF, "Thaana"), (0x900, 0x97F, "Devanagari"), (0x980, 0x9FF, "Bengali"), (0xA00, 0xA7F, "Gurmukhi"),
        (0xA80, 0xAFF, "Gujarati"), (0xB00, 0xB7F, "Oriya"), (0xB80, 0xBFF, "Tamil"), (0xC00, 0xC7F, "Telugu"), (0xC80, 0xCFF, "Kannada"), (0xD00, 0xD7F, "Malayalam"),
        (0xD80, 0xDFF, "Sinhala"), (0xE00, 0xE7F, "Thai"), (0xE80, 0xEFF, "Lao"), (0xF00, 0xFFF, "Tibetan"), (0x1000, 0x109F, "Myanmar"), (0x10A0, 0x10FF, "Georgian"),
        (0x1200, 0x139F, "Ethiopic"), (0x1780, 0x17FF, "Khmer"), (0xAC00, 0xD7A3, "Hangul"), (0x3041, 0x309F, "Hiragana"), (0x30A1, 0x30FF, "Katakana"), (0x3105, 0x312F, "Bopomofo"),
        (0x3005, 0x3007, "Han"), (0x3400, 0x4DBF, "Han"), (0x4E00, 0x9FFF, "Han"), (0x20000, 0x323AF, "Han"),
    ];

    // What is written together every day: "highly restrictive" of UTS #39.
    private static readonly string[][] Together = [["Latin", "Han", "Hiragana", "Katakana"], ["Latin", "Han", "Bopomofo"], ["Latin", "Han", "Hangul"]];

    // Characters of Japanese and Chinese that look like a slash or a dot beside Latin letters.
    private const string Strokes = "ノソゾン丶丿・";

    /// <summary>The name in ASCII (IDNA: each label with other letters becomes <c>xn--…</c>), which is what mail is delivered by. Null for what is not a name with a dot, or is an address of the internet in numbers.</summary>
    public static string? ToAscii(string name)
    {
        if (!Ascii.IsValid(name))
        {
            // A letter and an accent of its own would make another domain than the composed letter, and this program has no tables to compose
            // them (InvariantGlobalization). Accents have no script in the table, so such a name is none. Nor is one with İ, which has no small letter of its own.
            name = string.Join('.', name.ToLowerInvariant().Split(Dots.ToCharArray()));
            if (!name.EnumerateRunes().All(rune => rune.Value == '.' || (IsOfNames(rune) && !Rune.IsUpper(rune) && ScriptOf(rune) is not null)))
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

    /// <summary>Whether the host of an address is what it seems to be. Takes hosts in any living script.</summary>
    /// <remarks>
    /// A reader looks for the last dot before the first slash. Refused is what hides them: characters that look like one of the two, that are
    /// not seen, or that are drawn over a letter; letters of scripts that are not written together in one word, such as a Cyrillic letter in
    /// a Latin name; numbers that programs read as an address of the internet (<c>2130706433</c>); and a name without a dot, which
    /// leads each reader into a network of their own. A name wholly of look-alikes is not detected.
    /// </remarks>
    public static bool IsHonest(string host)
    {
        if (IPAddress.TryParse(host, out var ip))
        {
            return ip.AddressFamily == AddressFamily.InterNetworkV6 ? host[0] == '[' : ip.ToString() == host;
        }

        var labels = host.Split('.');
        return labels.Length > 1 && labels.All(label => (Ascii.IsValid(label) ? IsLabel(label) : IsHonestLabel(label))) && !IsNumber(labels[^1]);
    }

    private static string? Encode(string name)
    {
        try
        {
            return new IdnMapping().GetAscii(name);
        }
        // A label is too long, or there is nothing between two dots.
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsLabel(string label) =>
        label is { Length: > 0 and <= MaxLabel } && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

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

    // Letters, their marks and digits, as IDNA 2008 has it; the middle dots stand in Catalan and Japanese names.
    private static bool IsOfNames(Rune rune) => rune.Value is '-' or '_' or 0xB7 or 0x3007 or 0x30FB || Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter => true,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber => true,
        _ => false,
    };

    // The marks that letters of Latin, Greek and Cyrillic are composed with; not those that strike a letter through (U+0334 to U+0338).
    private static bool IsAccent(Rune rune) => rune.Value is (>= 0x300 and <= 0x333) or 0x342;

    private static string? ScriptOf(Rune rune) => Scripts.FirstOrDefault(block => rune.Value >= block.From && rune.Value <= block.To).Script;

    private static bool IsBetween(Rune[] runes, int at, char letter) => at > 0 && at + 1 < runes.Length && runes[at - 1].Value == letter && runes[at + 1].Value == letter;

    private static bool IsAsciiAt(Rune[] runes, int at) => at >= 0 && at < runes.Length && runes[at].IsAscii;

    private static bool IsNumber(string label) => label.All(char.IsAsciiDigit) || label.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
}
