using System.Globalization;
using System.Text;

namespace Connections.Members;

/// <summary>A word of a search.</summary>
/// <param name="Plain">Letters and digits in lower case, without accents.</param>
/// <param name="SpelledOut">Its form with ä, ö, ü, å or ø spelled out: <c>mueller</c> for <c>müller</c>. Null for other words.</param>
public sealed record SearchWord(string Plain, string? SpelledOut = null);

/// <summary>Splits texts into words for search: lower case, without accents, only letters and digits.</summary>
public static class SearchWords
{
    /// <summary>The longest word, in code points, in a script without spaces between words.</summary>
    public const int Window = 8;

    // A longer text without spaces is searched only by its beginning, because each window adds a condition to the query.
    private const int MaxWindows = 3;

    /// <summary>The distinct words of a search, in order.</summary>
    /// <remarks>A text without spaces that is longer than a <see cref="Window"/> is searched by overlapping windows.</remarks>
    public static IReadOnlyList<SearchWord> OfQuery(string? text) =>
        Words(Diacritics.Fold(text, spelledOut: false))
            .Zip(Words(Diacritics.Fold(text, spelledOut: true)), (plain, spelled) =>
                new SearchWord(plain, spelled == plain ? null : spelled))
            .Distinct()
            .ToArray();

    /// <summary>The words that find a text, of a profile or a message; they can repeat.</summary>
    /// <remarks>
    /// Words without a space between them are also found as one: <c>anna.bakes</c>, <c>O'Brien</c> and <c>Ann-Marie</c> by
    /// <c>annabakes</c>, <c>obrien</c> and <c>annmarie</c>. A word with ä, ö, ü, å or ø is found by both plain spellings: Müller by
    /// <c>muller</c> and <c>mueller</c>. In scripts without spaces, and in Korean, where names and compounds have none, every position
    /// begins a word: 王小明 is found by 王小明, 小明 and 明.
    /// </remarks>
    public static IEnumerable<string> OfProfile(string? text)
    {
        var (plain, spelled) = Diacritics.FoldBoth(text);
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

    /// <summary>Whether each word of a search begins a word of a text, as a search in profiles finds it.</summary>
    /// <remarks>
    /// It compares in place. <see cref="OfProfile"/> makes a text for every letter of a script without spaces, which would take seconds for
    /// the messages that one search looks through.
    /// </remarks>
    public static bool Find(IReadOnlyList<SearchWord> words, string text)
    {
        var missing = words.Select(word => (Plain: RunesOf(word.Plain), SpelledOut: RunesOf(word.SpelledOut))).ToList();
        var (plain, spelled) = Diacritics.FoldBoth(text);
        foreach (var chunk in Chunks(plain).Concat(spelled == plain ? [] : Chunks(spelled)))
        {
            foreach (var word in chunk.Count > 1 ? chunk.Append(Word.Joined(chunk)) : chunk)
            {
                missing.RemoveAll(one => word.HasBeginning(one.Plain) || (one.SpelledOut.Length > 0 && word.HasBeginning(one.SpelledOut)));
            }

            if (missing.Count == 0)
            {
                return true;
            }
        }

        return missing.Count == 0;

        static Rune[] RunesOf(string? word) => [.. (word ?? "").EnumerateRunes()];
    }

    private static IEnumerable<string> Words(string folded) =>
        Chunks(folded).SelectMany(words => words).SelectMany(word => word.Windows());

    /// <summary>The words of each part of a folded text between spaces.</summary>
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

    // People type modifier letters as apostrophes: Hawaiʻi as Hawai'i. 〇 is a letter number.
    private static bool IsLetterOrDigit(Rune rune) =>
        rune.Value is not (>= 0x02B0 and <= 0x02FF)
        && (Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LetterNumber);

    // Marks that folding keeps are part of their word, such as Devanagari vowels.
    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // Thai, Lao, Myanmar, Khmer, Tai and Javanese; Han, kana, bopomofo and Yi; Hangul. Tibetan is not here: it marks the end of each
    // syllable.
    private static bool IsUnspaced(Rune rune) => rune.Value is
        (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1100 and <= 0x11FF) or (>= 0x1780 and <= 0x17FF) or (>= 0x1950
            and <= 0x19FF)
        or (>= 0x1A20 and <= 0x1AAF) or (>= 0x1B00 and <= 0x1B7F)
        or (>= 0x2E80 and <= 0x2FDF) or (>= 0x3005 and <= 0xA4CF) or (>= 0xA960 and <= 0xA9FF)
        or (>= 0xAA60 and <= 0xAA7F) or (>= 0xAC00 and <= 0xD7FF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0x1AFF0 and <= 0x1B16F) or (>= 0x20000 and <= 0x3FFFF);

    /// <param name="Runes">The letters.</param>
    /// <param name="IsUnspaced">Whether its script has no spaces between words, so that any letter can begin one.</param>
    private sealed record Word(Rune[] Runes, bool IsUnspaced)
    {
        public static Word Joined(IReadOnlyList<Word> words) =>
            new([.. words.SelectMany(word => word.Runes)], words.All(word => word.IsUnspaced));

        /// <summary>For profiles: the word, or a window from each of its letters.</summary>
        public IEnumerable<string> Beginnings() =>
            IsUnspaced
                ? Enumerable.Range(0, Runes.Length).Where(start => !IsMark(Runes[start])).Select(start => At(start))
                : [At(0, Runes.Length)];

        /// <summary>Whether one of the <see cref="Beginnings"/> starts with these letters.</summary>
        public bool HasBeginning(ReadOnlySpan<Rune> letters)
        {
            if (!IsUnspaced)
            {
                return Runes.AsSpan().StartsWith(letters);
            }

            var rest = Runes.AsSpan();
            for (; letters.Length <= Window && rest.Length >= letters.Length && rest.Length > 0; rest = rest[1..])
            {
                if (rest.StartsWith(letters) && !IsMark(rest[0]))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>For queries: the word, or windows that cover it. The last one is full length too, so that it is as selective.</summary>
        public IEnumerable<string> Windows()
        {
            if (!IsUnspaced)
            {
                yield return At(0, Runes.Length);
                yield break;
            }

            yield return At(0);
            for (var (start, count) = (0, 1); start + Window < Runes.Length && count < MaxWindows; count++)
            {
                var next = Math.Min(start + Window, Runes.Length - Window);
                while (next > start && IsMark(Runes[next]))
                {
                    next--;
                }

                if (next == start)
                {
                    // More marks on one letter than any real word has.
                    yield break;
                }

                start = next;
                yield return At(start);
            }
        }

        private string At(int start, int length = Window) => string.Concat(Runes.Skip(start).Take(length).Select(rune => rune.ToString()));
    }
}
