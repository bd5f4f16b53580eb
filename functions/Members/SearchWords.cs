using System.Globalization;
using System.Text;

namespace Connections.Members;

/// <summary>The words of a text as search compares them: lower case, accents removed, letters and digits only.</summary>
public static class SearchWords
{
    /// <summary>The words of what somebody searches for, each once, in order.</summary>
    public static IReadOnlyList<string> OfQuery(string? text) =>
        Chunks(text).SelectMany(words => words).Distinct(StringComparer.Ordinal).ToArray();

    /// <summary>The words that a text is found by; a word can come more than once.</summary>
    /// <remarks>
    /// What stands together is found together too: <c>anna.bakes</c>, <c>O'Brien</c> and <c>Ann-Marie</c> also by
    /// <c>annabakes</c>, <c>obrien</c> and <c>annmarie</c>. A word with ä, ö, ü, å or ø is found by both of its usual plain
    /// spellings: Müller by <c>muller</c> and by <c>mueller</c>.
    /// </remarks>
    public static IEnumerable<string> OfProfile(string? text)
    {
        foreach (var words in Chunks(text).Concat(Chunks(SpelledOut(text))))
        {
            foreach (var word in words)
            {
                yield return word;
            }

            if (words.Count > 1)
            {
                yield return string.Concat(words);
            }
        }
    }

    /// <summary>The words of each part of the text that has no space in it.</summary>
    private static IEnumerable<IReadOnlyList<string>> Chunks(string? text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in Fold(text).EnumerateRunes())
        {
            if (IsOfWord(rune))
            {
                word.Append(rune.ToString());
                continue;
            }

            EndWord();
            if (Rune.IsWhiteSpace(rune) && words.Count > 0)
            {
                yield return words;
                words = [];
            }
        }

        EndWord();
        if (words.Count > 0)
        {
            yield return words;
        }

        void EndWord()
        {
            if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
    }

    private static string Fold(string? text)
    {
        var folded = new StringBuilder(text?.Length ?? 0);
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            Letters.AppendPlain(folded, Rune.ToLowerInvariant(rune));
        }

        return folded.ToString();
    }

    private static string SpelledOut(string? text) =>
        new StringBuilder(text?.ToLowerInvariant())
            .Replace("ä", "ae").Replace("ö", "oe").Replace("ü", "ue").Replace("å", "aa").Replace("ø", "oe").ToString();

    // Marks that are still there after folding are letters of their word (Devanagari vowels, say). The modifier letters are
    // apostrophes to those who type them: Hawaiʻi is Hawai'i.
    private static bool IsOfWord(Rune rune) =>
        rune.Value is not (>= 0x02B0 and <= 0x02FF)
        && (Rune.IsLetterOrDigit(rune)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);
}
