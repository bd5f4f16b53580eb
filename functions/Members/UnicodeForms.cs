using System.Globalization;

namespace Connections.Members;

/// <summary>Unicode normalisation (UAX #15), for text that is compared and not shown.</summary>
/// <remarks>
/// <see cref="string.Normalize()"/> does not work: with <c>InvariantGlobalization</c> it returns every text unchanged on Linux, and with
/// ICU, machines with different versions would write different documents. So the app has its own tables in <c>unicode.txt</c>.
/// </remarks>
internal static class UnicodeForms
{
    // Hangul is computed (The Unicode Standard, 3.12).
    private const int Syllables = 0xAC00;
    private const int Leads = 0x1100;
    private const int Vowels = 0x1161;
    private const int Tails = 0x11A7;
    private const int VowelCount = 21;
    private const int TailCount = 28;
    private const int SyllableCount = 19 * VowelCount * TailCount;

    private static readonly Dictionary<int, int[]> Decompositions = [];
    private static readonly Dictionary<int, int> Classes = [];
    private static readonly Dictionary<(int First, int Second), int> Compositions = [];

    static UnicodeForms()
    {
        using var stream = typeof(UnicodeForms).Assembly.GetManifestResourceStream("Members/unicode.txt")!;
        using var reader = new StreamReader(stream);
        var section = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                section = line;
                continue;
            }

            foreach (var entry in line.Split(' '))
            {
                var equals = entry.IndexOf('=', StringComparison.Ordinal);
                Add(section, entry.AsSpan(0, equals), entry.AsSpan(equals + 1));
            }
        }
    }

    /// <summary>The combining class of a code point; 0 for anything but marks.</summary>
    public static int ClassOf(int value) => Classes.GetValueOrDefault(value);

    /// <summary>The code points of a text in NFKD: decomposed, with marks in canonical order.</summary>
    public static List<int> Decompose(string text)
    {
        var points = new List<int>(text.Length + 16);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value - Syllables is >= 0 and < SyllableCount and var syllable)
            {
                points.Add(Leads + syllable / (VowelCount * TailCount));
                points.Add(Vowels + syllable / TailCount % VowelCount);
                if (syllable % TailCount is > 0 and var tail)
                {
                    points.Add(Tails + tail);
                }
            }
            else if (Decompositions.TryGetValue(rune.Value, out var parts))
            {
                points.AddRange(parts);
            }
            else
            {
                points.Add(rune.Value);
            }
        }

        Order(points);
        return points;
    }

    /// <summary>Composes letters with the marks right after them, as NFC does.</summary>
    public static List<int> Compose(List<int> points)
    {
        var composed = new List<int>(points.Count);
        foreach (var point in points)
        {
            if (composed.Count > 0 && Together(composed[^1], point) is { } whole)
            {
                composed[^1] = whole;
            }
            else
            {
                composed.Add(point);
            }
        }

        return composed;
    }

    private static int? Together(int first, int second)
    {
        if (first - Leads is >= 0 and < 19 and var lead && second - Vowels is >= 0 and < VowelCount and var vowel)
        {
            return Syllables + (lead * VowelCount + vowel) * TailCount;
        }

        if (first - Syllables is >= 0 and < SyllableCount and var syllable
            && syllable % TailCount == 0 && second - Tails is > 0 and < TailCount and var tail)
        {
            return first + tail;
        }

        return Compositions.TryGetValue((first, second), out var whole) ? whole : null;
    }

    private static void Order(List<int> points)
    {
        for (var start = 0; start < points.Count; start++)
        {
            var end = start;
            while (end < points.Count && ClassOf(points[end]) > 0)
            {
                end++;
            }

            if (end - start > 1)
            {
                var marks = points[start..end].OrderBy(ClassOf).ToArray();
                for (var i = 0; i < marks.Length; i++)
                {
                    points[start + i] = marks[i];
                }
            }

            start = end;
        }
    }

    private static void Add(string section, ReadOnlySpan<char> key, ReadOnlySpan<char> value)
    {
        if (section == "# compositions")
        {
            var plus = key.IndexOf('+');
            Compositions.Add((Number(key[..plus]), Number(key[(plus + 1)..])), Number(value));
            return;
        }

        var dash = key.IndexOf('-');
        var (first, last) = (Number(dash < 0 ? key : key[..dash]), Number(key[(dash + 1)..]));
        for (var point = first; point <= last; point++)
        {
            if (section == "# classes")
            {
                Classes.Add(point, int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture));
            }
            else
            {
                Decompositions.Add(point, value.Contains('+') ? Numbers(value) : [Number(value) + point - first]);
            }
        }
    }

    private static int[] Numbers(ReadOnlySpan<char> text)
    {
        var numbers = new List<int>();
        foreach (var part in text.Split('+'))
        {
            numbers.Add(Number(text[part]));
        }

        return [.. numbers];
    }

    private static int Number(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
