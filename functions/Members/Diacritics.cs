using System.Globalization;
using System.Text;

namespace Connections.Members;

/// <summary>Folds letters to those that people type in a search: é to e, ø to o, ß to ss, Ｓ and 𝓢 to s, ё to е, ά to α, ی to ي.</summary>
/// <remarks>
/// <see cref="UnicodeForms"/> first decomposes the text, so the table has only letters without a decomposition. Scripts whose marks are
/// part of a word (Devanagari, Thai, kana) keep their marks.
/// </remarks>
internal static class Diacritics
{
    private const int Diaeresis = 0x0308;
    private const int Ring = 0x030A;

    private static readonly Dictionary<int, string> Plain = Invert(new(StringComparer.Ordinal)
    {
        ["a"] = "ᴀⱥɐ", ["b"] = "ƀɓʙ", ["c"] = "ȼᴄ", ["d"] = "đðɖɗᴅ", ["e"] = "əɛɇᴇ", ["f"] = "ƒꜰ", ["g"] = "ɠɢ", ["h"] = "ħʜ",
        ["i"] = "ıɨɪ",
        ["j"] = "ɉᴊ", ["k"] = "ƙᴋ", ["l"] = "łƚɫʟ", ["m"] = "ᴍ", ["n"] = "ɲŋɴ", ["o"] = "øɵɔᴏ", ["p"] = "ƥᴘ", ["r"] = "ɍʀ", ["s"] = "ꜱ",
        ["t"] = "ŧƭᴛ", ["u"] = "ʉᴜ", ["v"] = "ʋᴠ", ["w"] = "ᴡ", ["y"] = "ɏƴʏ", ["z"] = "ƶȥᴢ", ["σ"] = "ς",
        ["ae"] = "æ", ["oe"] = "œ", ["ss"] = "ß", ["th"] = "þ",
        // Letters with different code points on Arabic, Persian and Urdu keyboards, and Yiddish ligatures.
        ["ا"] = "ٱ", ["ي"] = "ىیے", ["ك"] = "کڪ", ["ه"] = "ةہھەۃ", ["וו"] = "װ", ["וי"] = "ױ", ["יי"] = "ײ",
    });

    /// <summary>A text folded in both ways; the same object twice where they are the same, as in most texts.</summary>
    public static (string Plain, string SpelledOut) FoldBoth(string? text)
    {
        var plain = Fold(text, spelledOut: false, out var hasSpelling);
        return (plain, hasSpelling ? Fold(text, spelledOut: true) : plain);
    }

    /// <summary>Folds a text: normalised, lower case, without accents, vowel points and invisible characters.</summary>
    /// <param name="spelledOut">Whether ä, ö, ü, å and ø become ae, oe, ue, aa and oe instead of a, o, u, a and o.</param>
    public static string Fold(string? text, bool spelledOut) => Fold(text, spelledOut, out _);

    // hasSpelling: whether a letter has a spelling, taken or not.
    private static string Fold(string? text, bool spelledOut, out bool hasSpelling)
    {
        (text, hasSpelling) = (text ?? "", false);
        if (Ascii.IsValid(text))
        {
            return text.ToLowerInvariant();
        }

        var folded = new List<int>();
        var letter = 0;
        foreach (var point in UnicodeForms.Decompose(text))
        {
            var rune = Rune.ToLowerInvariant(new Rune(point));
            if (IsLeftOut(rune))
            {
                // In the normalised order this mark comes first among the marks above a letter.
                if (letter > 0 && SpellingOf(letter, point) is { } second)
                {
                    hasSpelling = true;
                    if (spelledOut)
                    {
                        folded.Add(second);
                        letter = 0;
                    }
                }

                continue;
            }

            letter = rune.Value;
            hasSpelling |= letter == 'ø';
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber)
            {
                folded.Add('0' + (int)Rune.GetNumericValue(rune));
            }
            else if (spelledOut && letter == 'ø')
            {
                folded.AddRange(['o', 'e']);
            }
            else if (Plain.TryGetValue(rune.Value, out var plain))
            {
                folded.AddRange(plain.EnumerateRunes().Select(r => r.Value));
            }
            else
            {
                folded.Add(rune.Value);
            }
        }

        var composed = new StringBuilder(folded.Count);
        foreach (var point in UnicodeForms.Compose(folded))
        {
            composed.Append(new Rune(point));
        }

        return composed.ToString();
    }

    private static int? SpellingOf(int letter, int mark) => (letter, mark) switch
    {
        ('a' or 'o' or 'u', Diaeresis) => 'e',
        ('a', Ring) => 'a',
        _ => null,
    };

    // Combining classes 10 to 36 are vowel points of Hebrew, Arabic and Syriac; 1 and from 200 are accents, strokes and recitation signs.
    // The classes between are parts of Indic, Thai, Lao, Tibetan and Japanese letters.
    private static bool IsLeftOut(Rune rune) =>
        UnicodeForms.ClassOf(rune.Value) is 1 or (>= 10 and <= 36) or >= 200
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.EnclosingMark
        || rune.Value is 0x0640 or 0x0674 or 0x06E5 or 0x06E6 or 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F)
            or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    private static Dictionary<int, string> Invert(Dictionary<string, string> letters) =>
        (from entry in letters from rune in entry.Value.EnumerateRunes() select (rune.Value, entry.Key)).ToDictionary();
}
