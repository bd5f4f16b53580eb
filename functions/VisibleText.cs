using System.Buffers;
using System.Globalization;
using System.Text;

namespace Connections;

/// <summary>Which characters of a text a reader sees, and which of them change the direction of the text around them.</summary>
/// <remarks>
/// A text can look empty without being white space. Unicode has blank characters that are not white space (U+2800, the Hangul fillers),
/// characters that renderers ignore (U+200B, U+00AD, variation selectors, tags) and marks that need a base letter. A name made only of
/// these would show as an empty card.
/// </remarks>
public static class VisibleText
{
    // LRE, RLE, PDF, and LRI, RLI, FSI, PDI of the bidirectional algorithm (UAX #9).
    private const string Embeddings = "\u202A\u202B";
    private const char EmbeddingEnd = '\u202C';
    private const string Isolates = "\u2066\u2067\u2068";
    private const char IsolateEnd = '\u2069';
    private const string Ellipsis = "…";
    private static readonly SearchValues<char> Directions = SearchValues.Create([.. Embeddings, EmbeddingEnd, .. Isolates, IsolateEnd]);

    // Renderers ignore these, and they mean nothing at the ends of a text. Joiners, marks and selectors belong to a neighbour, so they
    // stay.
    private static readonly SearchValues<char> Idle = SearchValues.Create("\u00AD\u180E\u200B\u2060\uFEFF");

    /// <summary>Whether a text has a visible character.</summary>
    public static bool IsVisible(string? text) => text is not null && text.EnumerateRunes().Any(IsVisible);

    /// <summary>Whether a character is visible on its own.</summary>
    /// <remarks>Private-use characters show as a box or not at all. Characters that .NET does not know yet count as visible.</remarks>
    public static bool IsVisible(Rune rune) =>
        !IsBlank(rune) && Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse => false,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => false,
            // Code points that Unicode reserves for ignored characters, and noncharacters.
            UnicodeCategory.OtherNotAssigned =>
                rune.Value is not (0x2065 or (>= 0xFFF0 and <= 0xFFF8) or (>= 0xE0000 and <= 0xE0FFF) or (>= 0xFDD0 and <= 0xFDEF))
                    && (rune.Value & 0xFFFE) != 0xFFFE,
            _ => true,
        };

    /// <summary>Whether a character shows as blank space. Some have other categories: the Hangul fillers, U+2800.</summary>
    public static bool IsBlank(Rune rune) =>
        Rune.IsWhiteSpace(rune) || rune.Value is 0x115F or 0x1160 or 0x2800 or 0x3164 or 0xFFA0 or 0xFFFC or 0x13441 or 0x13442 or 0x1D159;

    /// <summary>Removes blank space and meaningless ignored characters from both ends.</summary>
    public static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsIdle(text[start]))
        {
            start++;
        }

        while (end > start && IsIdle(text[end - 1]))
        {
            end--;
        }

        return text[start..end];
    }

    /// <summary>At most <paramref name="max"/> UTF-16 characters; a longer text is cut between graphemes and ends in an ellipsis.</summary>
    public static string Cut(string text, int max)
    {
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

    /// <summary>Removes embeddings and isolates that do not begin and end on one line: they would affect the text around it.</summary>
    /// <remarks>Overrides are not handled: callers refuse or drop them first.</remarks>
    public static string Balance(string text)
    {
        if (text.AsSpan().IndexOfAny(Directions) < 0)
        {
            return text;
        }

        var unpaired = new HashSet<int>();
        var open = new Stack<int>();
        var isolates = 0;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\n':
                    unpaired.UnionWith(open);
                    open.Clear();
                    isolates = 0;
                    break;
                case var c when Embeddings.Contains(c):
                    open.Push(i);
                    break;
                case var c when Isolates.Contains(c):
                    open.Push(i);
                    isolates++;
                    break;
                case EmbeddingEnd when open.TryPeek(out var last) && Embeddings.Contains(text[last]):
                    open.Pop();
                    break;
                case IsolateEnd when isolates > 0:
                    // Embeddings that began inside the isolate end with it.
                    while (Embeddings.Contains(text[open.Peek()]))
                    {
                        unpaired.Add(open.Pop());
                    }

                    open.Pop();
                    isolates--;
                    break;
                case EmbeddingEnd or IsolateEnd:
                    unpaired.Add(i);
                    break;
            }
        }

        unpaired.UnionWith(open);
        return string.Concat(text.Where((_, i) => !unpaired.Contains(i)));
    }

    private static bool IsIdle(char c) => Idle.Contains(c) || (!char.IsSurrogate(c) && IsBlank(new Rune(c)));
}
