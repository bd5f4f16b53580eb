using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Connections.Email.Rendering;

/// <summary>Makes members' text safe to stand in a subject, in a sentence of ours, or as a quotation.</summary>
/// <remarks>
/// Escaping for HTML is the templates' part. This part keeps text from pretending to be something else: no line that could be taken
/// for one of ours, no character that changes the order in which the text around it is read, none that is not seen.
/// </remarks>
public static partial class MemberText
{
    /// <summary>The longest line of a quotation, in characters, its mark included; mail programs wrap longer ones and lose the mark.</summary>
    public const int QuoteWidth = 72;

    private const int MaxQuotedLines = 100;

    // RFC 5322 allows 998 bytes in a line; the mark of a quotation and an ellipsis stand beside the address.
    private const int MaxAddressBytes = 900;
    private const string Ellipsis = "…";

    /// <summary>One line of at most <paramref name="max"/> UTF-16 characters, cut between what readers see as characters; empty when nothing is left.</summary>
    public static string Line(string? text, int max)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(max, Ellipsis.Length);
        return Cut(string.Join(' ', Words(text)), max);
    }

    /// <summary>The beginning of a text, at most <paramref name="max"/> UTF-16 characters, cut between what readers see as characters; the whole where it fits.</summary>
    public static string Cut(string text, int max)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= max)
        {
            return text;
        }

        var kept = 0;
        while (kept < text.Length && kept + StringInfo.GetNextTextElementLength(text, kept) is var next && next <= max - Ellipsis.Length)
        {
            kept = next;
        }

        return text[..kept].TrimEnd() + Ellipsis;
    }

    /// <summary>Lines to quote, without blank ones at the ends and with at most one between; none when there is nothing to show.</summary>
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

    /// <summary>The beginning of a text as lines to quote: at most <paramref name="max"/> UTF-16 characters, but an address that begins among them is kept whole.</summary>
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
        var cut = start < max && IsAddress(whole[start..end]) ? whole[..end] + (end < whole.Length ? " " + Ellipsis : "") : Cut(whole, max);
        return cut.Split('\n');
    }

    /// <summary>Whether anything of a text can be shown.</summary>
    public static bool IsVisible(string? text) => Words(text).Length > 0;

    /// <summary>Lines as a plain-text quotation: each begins with <c>&gt;</c> and none is so long that a mail program would wrap it, but for addresses.</summary>
    /// <remarks>An address is never broken, because a part of it leads to another place or to none; it has a line of its own where it is long.</remarks>
    public static IReadOnlyList<string> Quoted(IReadOnlyList<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return [.. lines.SelectMany(line => line.Length == 0 ? [">"] : Wrapped(line, QuoteWidth - 2).Select(part => "> " + part))];
    }

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

            // Longer than a line: most likely a script written without spaces.
            while (rest.Length > width)
            {
                var cut = 0;
                while (cut + StringInfo.GetNextTextElementLength(rest, cut) is var next && next <= width)
                {
                    cut = next;
                }

                // A single character that is longer than a line is a heap of marks that belongs to no script.
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

    // Split at anything that shows as blank space, whatever Unicode calls it, so that none of it survives to lay out a line by hand.
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

    private static bool IsAddress(string word) => Encoding.UTF8.GetByteCount(word) <= MaxAddressBytes && Address().IsMatch(word);

    // With a scheme, with www, a host with a path, or of a mailbox.
    [GeneratedRegex(@"://|\bwww\.|\w\.\w[\w.-]*(:\d+)?/|^[^@]+@[^@]+\.[^@]+$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    // Kept of the format characters: those that emoji and some scripts are spelt with (joiners, U+E0020..7F) and the plain direction marks.
    private static bool IsUnwanted(Rune rune) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse => true,
            UnicodeCategory.Format => rune.Value is not (0x200C or 0x200D or 0x200E or 0x200F or 0x061C or (>= 0xE0020 and <= 0xE007F)),
            _ => rune.Value == 0xFFFD,
        };
}
