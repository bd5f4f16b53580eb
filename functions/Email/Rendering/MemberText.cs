using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Connections.Email.Rendering;

/// <summary>Makes members' text safe in a subject, in one of our sentences, or as a quotation.</summary>
/// <remarks>
/// The templates escape it for HTML. This class keeps text from passing for something else: it has no lines that look like ours, no
/// characters that reorder the text around them, and no invisible characters.
/// </remarks>
public static partial class MemberText
{
    /// <summary>The longest line of a quotation, in characters. Mail programs wrap longer lines and lose the <c>&gt;</c>.</summary>
    public const int QuoteWidth = 72;

    private const int MaxQuotedLines = 100;

    // RFC 5322 allows 998 bytes in a line. The quotation mark and an ellipsis share the line with the address.
    private const int MaxAddressBytes = 900;
    private const string Ellipsis = "…";

    /// <summary>One line of at most <paramref name="max"/> UTF-16 characters, cut between graphemes; empty without visible text.</summary>
    public static string Line(string? text, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, Ellipsis.Length);
        return VisibleText.Cut(string.Join(' ', Words(text)), max);
    }

    /// <summary>The lines of a text, without blank lines at the ends and with at most one in a row; empty without visible text.</summary>
    public static IReadOnlyList<string> Lines(string? text)
    {
        var lines = new List<string>();
        foreach (var raw in (text ?? "").Split(["\r\n", "\n", "\r", "\u000B", "\f", "\u0085", "\u2028", "\u2029"], StringSplitOptions.None))
        {
            var line = string.Join(' ', Words(raw));
            if (line.Length > 0 || lines is [.., { Length: > 0 }])
            {
                lines.Add(line);
            }
        }

        while (lines is [.., ""])
        {
            lines.RemoveAt(lines.Count - 1);
        }

        return lines.Count <= MaxQuotedLines ? lines : [.. lines.Take(MaxQuotedLines), Ellipsis];
    }

    /// <summary>The first lines of a text: at most <paramref name="max"/> UTF-16 characters, or more to keep an address whole.</summary>
    public static IReadOnlyList<string> Beginning(string? text, int max)
    {
        var lines = Lines(text);
        var whole = string.Join('\n', lines);
        if (whole.Length <= max)
        {
            return lines;
        }

        var blanks = (char[])[' ', '\n'];
        var start = whole.LastIndexOfAny(blanks, max - 1) + 1;
        var end = whole.IndexOfAny(blanks, max) is var blank and >= 0 ? blank : whole.Length;
        var cut = start < max && IsAddress(whole[start..end])
            ? whole[..end] + (end < whole.Length ? " " + Ellipsis : "")
            : VisibleText.Cut(whole, max);
        return cut.Split('\n');
    }

    /// <summary>The same text, in which mail programs find no address to make a link of.</summary>
    /// <remarks>
    /// Mail programs make links of addresses in plain text and HTML alike, so that a member's words could lead anywhere in our name.
    /// Invisible spaces (U+200B) part each dot, colon and at sign from what it joins: the text looks the same, and a reader who wants the
    /// address types it off. Text that was parted before is not parted again.
    /// </remarks>
    public static string Unlinked(string text) => Joint().Replace(text, "\u200B$0\u200B");

    /// <summary>Whether a text has anything to show.</summary>
    public static bool IsVisible(string? text) => Words(text).Length > 0;

    /// <summary>Lines as a plain-text quotation: each begins with <c>&gt;</c> and fits in <see cref="QuoteWidth"/> characters.</summary>
    /// <remarks>An address stays whole, because part of an address leads elsewhere; a long address has a line of its own.</remarks>
    public static IReadOnlyList<string> Quoted(IReadOnlyList<string> lines) =>
        [.. lines.SelectMany(line => line.Length == 0 ? [">"] : Wrapped(line, QuoteWidth - 2).Select(part => "> " + part))];

    private static IEnumerable<string> Wrapped(string line, int width)
    {
        var current = new StringBuilder();
        foreach (var word in line.Split(' '))
        {
            var rest = word;
            if (current.Length > 0 && current.Length + 1 + rest.Length > width)
            {
                yield return current.ToString();
                current.Clear();
            }

            if (rest.Length > width && IsAddress(rest))
            {
                yield return rest;
                continue;
            }

            // Most words longer than a line belong to scripts that are written without spaces.
            while (rest.Length > width)
            {
                var cut = 0;
                while (cut + StringInfo.GetNextTextElementLength(rest, cut) is var next && next <= width)
                {
                    cut = next;
                }

                // In no script is a grapheme longer than a line: this one is a pile of combining marks.
                cut = cut > 0 ? cut : char.IsHighSurrogate(rest[width - 1]) ? width - 1 : width;
                yield return rest[..cut];
                rest = rest[cut..];
            }

            current.Append(current.Length > 0 && rest.Length > 0 ? " " : "").Append(rest);
        }

        if (current.Length > 0)
        {
            yield return current.ToString();
        }
    }

    // Splits at every character that shows as blank, whatever its Unicode category, so that members cannot lay out lines with it.
    private static string[] Words(string? text)
    {
        var kept = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (VisibleText.IsBlank(rune))
            {
                kept.Append(' ');
            }
            else if (!IsUnwanted(rune))
            {
                kept.Append(rune);
            }
        }

        return [.. kept.ToString().Split(' ').Where(VisibleText.IsVisible)];
    }

    // Measured as it will be written, with the invisible spaces.
    private static bool IsAddress(string word) =>
        Encoding.UTF8.GetByteCount(Unlinked(word)) <= MaxAddressBytes && Address().IsMatch(word);

    // With a scheme, with www, a host with a path, or a mailbox.
    [GeneratedRegex(
        @"://|\bwww\.|\w\.\w[\w.-]*(:\d+)?/|^[^@]+@[^@]+\.[^@]+$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    // What joins the parts of an address, with the dots of East Asian keyboards.
    [GeneratedRegex("(?<=[^\\s\u200B])[.:@\u3002\uFF0E\uFF61](?=[^\\s\u200B])", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Joint();

    // Format characters that stay: joiners and U+E0020..7F, which emoji and some scripts need, and the plain direction marks.
    private static bool IsUnwanted(Rune rune) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse => true,
            UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D or 0x200E or 0x200F or 0x061C or (>= 0xE0020 and <= 0xE007F)),
            _ => rune.Value == 0xFFFD,
        };
}
