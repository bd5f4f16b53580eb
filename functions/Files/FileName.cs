using System.Globalization;
using System.Text;

namespace Connections.Files;

/// <summary>Makes the name of a file one that every system can save and no reader is misled by.</summary>
/// <remarks>
/// Names are cleaned and never refused: nobody chose the name of a photo. What is dropped has no meaning in a name (a path, control
/// characters) or can make it look like another (bidirectional controls, invisible characters). The extension is that of the type.
/// </remarks>
public static class FileName
{
    /// <summary>The longest name, in Unicode code points, with its extension.</summary>
    public const int MaxLength = 100;

    private const int MaxExtension = 5;

    // Devices of Windows, with any extension.
    private static readonly HashSet<string> Reserved = new(
        ["con", "prn", "aux", "nul", .. "0123456789¹²³".SelectMany(n => (string[])[$"com{n}", $"lpt{n}"])],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The name that a file of a type gets.</summary>
    /// <param name="sent">What the client calls it; it may have a path.</param>
    public static string Clean(string sent, FileType type)
    {
        var last = sent[(sent.AsSpan().LastIndexOfAny('/', '\\') + 1)..];
        var (stem, extension) = Split(Printable(last), type);
        stem = Shorten(stem.TrimStart(' ', '.'), MaxLength - extension.Length).TrimEnd(' ', '.');
        if (!VisibleText.IsVisible(stem))
        {
            stem = type.IsPicture ? "picture" : "file";
        }

        return (Reserved.Contains(stem.Split('.')[0].Trim()) ? "_" + stem : stem) + extension;
    }

    private static string Printable(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes())
        {
            if (IsKept(rune))
            {
                // Reserved in names on some system, or with a meaning in a header or an address.
                text.Append(rune.Value is '<' or '>' or ':' or '"' or '|' or '?' or '*' or '%' ? "-" : rune.ToString());
            }
        }

        var clean = text.ToString();
        return VisibleText.Trim(clean.IsNormalized() ? clean : clean.Normalize());
    }

    // Joiners are part of words in some scripts, and of emoji.
    private static bool IsKept(Rune rune) =>
        rune.Value is 0x200C or 0x200D || (rune.Value != 0xFFFD && Rune.GetUnicodeCategory(rune) is not (
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator));

    /// <summary>The name without its extension, and the extension that fits the type.</summary>
    private static (string Stem, string Extension) Split(string name, FileType type)
    {
        while (true)
        {
            name = name.TrimEnd(' ', '.');
            var dot = name.LastIndexOf('.');
            var extension = dot >= 0 ? name[dot..] : "";
            if (type.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
            {
                return (name[..dot], extension.ToLowerInvariant());
            }

            // "brief.pdf.exe" as a PDF is "brief.pdf"; "Brief no. 2" keeps its words.
            if (extension.Length is < 2 or > MaxExtension + 1 || !extension.Skip(1).All(char.IsAsciiLetterOrDigit)
                || !char.IsAsciiLetter(extension[1]))
            {
                return (name, type.Extension);
            }

            name = name[..dot];
        }
    }

    private static string Shorten(string text, int max)
    {
        var runes = text.EnumerateRunes().ToList();
        if (runes.Count <= max)
        {
            return text;
        }

        // Whole characters as readers see them, so that no mark loses its letter.
        var (kept, length) = (new StringBuilder(), 0);
        var characters = StringInfo.GetTextElementEnumerator(text);
        while (characters.MoveNext())
        {
            var character = characters.GetTextElement();
            length += character.EnumerateRunes().Count();
            if (length > max)
            {
                break;
            }

            kept.Append(character);
        }

        return kept.ToString();
    }
}
