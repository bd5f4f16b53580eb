using System.Globalization;
using System.Text;

namespace Connections.Members;

/// <summary>A word that somebody searches for.</summary>
/// <param name="Plain">Letters and digits in lower case, without accents.</param>
/// <param name="SpelledOut">The other usual spelling of a word with ä, ö, ü, å or ø: <c>mueller</c> for <c>müller</c>. Null for any other word.</param>
public sealed record SearchWord(string Plain, string? SpelledOut = null);

/// <summary>The words of a text as search compares them: lower case, accents removed, letters and digits only.</summary>
public static class SearchWords
{
    /// <summary>The longest word, in code points, of a script that puts no spaces between words.</summary>
    public const int Window = 8;

    // Of a longer text without spaces only the beginning is looked for: each window is one more condition of the query.
    private const int MostWindows = 3;

    /// <summary>The words of what somebody searches for, each once, in order.</summary>
    /// <remarks>A text without spaces that is longer than a <see cref="Window"/> is looked for by windows that overlap.</remarks>
    public static IReadOnlyList<SearchWord> OfQuery(string? text) =>
        Words(Letters.Fold(text, spelledOut: false))
            .Zip(Words(Letters.Fold(text, spelledOut: true)), (plain, spelled) => new SearchWord(plain, spelled == plain ? null : spelled))
            .Distinct()
            .ToArray();

    /// <summary>The words that a text is found by; a word can come more than once.</summary>
    /// <remarks>
    /// What stands together is found together too: <c>anna.bakes</c>, <c>O'Brien</c> and <c>Ann-Marie</c> also by
    /// <c>annabakes</c>, <c>obrien</c> and <c>annmarie</c>. A word with ä, ö, ü, å or ø is found by both of its usual plain
    /// spellings: Müller by <c>muller</c> and by <c>mueller</c>. In scripts that put no spaces between words, and in Korean, where names and
    /// compounds have none, every position begins a word: 王小明 is found by 王小明, 小明 and 明.
    /// </remarks>
    public static IEnumerable<string> OfProfile(string? text)
    {
        var (plain, spelled) = (Letters.Fold(text, spelledOut: false), Letters.Fold(text, spelledOut: true));
        foreach (var words in Chunks(plain).Concat(spelled == plain ? [] : Chunks(spelled)))
        {
            foreach (var word in words)
            {
                foreach (var beginning in word.Beginnings())
                {
                    yield return beginning;
                }
            }

            if (words.Count > 1)
            {
                foreach (var beginning in Word.Joined(words).Beginnings())
                {
                    yield return beginning;
                }
            }
        }
    }

    private static IEnumerable<string> Words(string folded) =>
        Chunks(folded).SelectMany(words => words).SelectMany(word => word.Windows());

    /// <summary>The words of each part of a folded text that has no space in it.</summary>
    private static IEnumerable<IReadOnlyList<Word>> Chunks(string folded)
    {
        var words = new List<Word>();
        var word = new List<Rune>();
        foreach (var rune in folded.EnumerateRunes())
        {
            if (IsMark(rune) ? word.Count > 0 : IsLetterOrDigit(rune))
            {
                if (word.Count > 0 && !IsMark(rune) && IsUnspaced(rune) != IsUnspaced(word[0]))
                {
                    EndWord();
                }

                word.Add(rune);
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
            if (word.Count > 0)
            {
                words.Add(new Word([.. word], IsUnspaced(word[0])));
                word.Clear();
            }
        }
    }

    // The modifier letters are apostrophes to those who type them: Hawaiʻi is Hawai'i. 〇 is a number that is a letter.
    private static bool IsLetterOrDigit(Rune rune) =>
        rune.Value is not (>= 0x02B0 and <= 0x02FF) && (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber);

    // Marks that are still there after folding are letters of their word (Devanagari vowels, say).
    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Thai, Lao, Myanmar, Khmer, Tai and Javanese; Han, kana, bopomofo and Yi; Hangul. Tibetan marks the end of each syllable, so its words end there.
    private static bool IsUnspaced(Rune rune) => rune.Value is
        (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1100 and <= 0x11FF) or (>= 0x1780 and <= 0x17FF) or (>= 0x1950 and <= 0x19FF)
        or (>= 0x1A20 and <= 0x1AAF) or (>= 0x1B00 and <= 0x1B7F) or (>= 0x2E80 and <= 0x2FDF) or (>= 0x3005 and <= 0xA4CF) or (>= 0xA960 and <= 0xA9FF)
        or (>= 0xAA60 and <= 0xAA7F) or (>= 0xAC00 and <= 0xD7FF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x1AFF0 and <= 0x1B16F) or (>= 0x20000 and <= 0x3FFFF);

    /// <param name="Runes">The letters.</param>
    /// <param name="IsUnspaced">Whether words of its script stand without spaces, so that any letter may begin one.</param>
    private sealed record Word(Rune[] Runes, bool IsUnspaced)
    {
        public static Word Joined(IReadOnlyList<Word> words) => new([.. words.SelectMany(word => word.Runes)], words.All(word => word.IsUnspaced));

        /// <summary>What a profile is found by: the word, or one window from each of its letters on.</summary>
        public IEnumerable<string> Beginnings() =>
            IsUnspaced ? Enumerable.Range(0, Runes.Length).Where(start => !IsMark(Runes[start])).Select(start => At(start)) : [At(0, Runes.Length)];

        /// <summary>What a query asks for: the word, or windows that cover it. The last one is as long as the others, so that it says as much.</summary>
        public IEnumerable<string> Windows()
        {
            if (!IsUnspaced)
            {
                yield return At(0, Runes.Length);
                yield break;
            }

            yield return At(0);
            for (var (start, count) = (0, 1); start + Window < Runes.Length && count < MostWindows; count++)
            {
                var next = Math.Min(start + Window, Runes.Length - Window);
                while (next > start && IsMark(Runes[next]))
                {
                    next--;
                }

                if (next == start)
                {
                    // More marks on one letter than any word has.
                    yield break;
                }

                start = next;
                yield return At(start);
            }
        }

        private string At(int start, int length = Window) => string.Concat(Runes.Skip(start).Take(length).Select(rune => rune.ToString()));
    }
}
