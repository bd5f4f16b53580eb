using System.Text;
using Connections.Members;

namespace Connections.Tests.Functions.Members;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("José", "jose")]
    [InlineData("Jose\u0301", "jose")]
    [InlineData("ÅNGSTRÖM", "angstrom")]
    [InlineData("Łódź", "lodz")]
    [InlineData("Søren", "soren")]
    [InlineData("Straße", "strasse")]
    [InlineData("GROẞ", "gross")]
    [InlineData("Æsop", "aesop")]
    [InlineData("Œuvre", "oeuvre")]
    [InlineData("Þór", "thor")]
    [InlineData("Đặng", "dang")]
    [InlineData("Nguyễn", "nguyen")]
    [InlineData("İstanbul", "istanbul")]
    [InlineData("Işık", "isik")]
    [InlineData("Željko", "zeljko")]
    [InlineData("Ωμέγας", "ωμεγασ")]
    [InlineData("Ёлка", "елка")]
    [InlineData("ﬁne", "fine")]
    [InlineData("Ｓｏｐｈｉｅ９", "sophie9")]
    [InlineData("𝓢𝓸𝓹𝓱𝓲𝓮", "sophie")]
    [InlineData("𝐒𝐨𝐩𝐡𝐢𝐞𝟗", "sophie9")]
    [InlineData("Ⓢⓞⓟⓗⓘⓔ", "sophie")]
    [InlineData("مُحَمَّد", "محمد")]
    [InlineData("हिन्दी", "हिन्दी")]
    [InlineData("がく", "がく")]
    [InlineData("한국", "한국")]
    public void Case_and_accents_are_ignored_as_people_type(string text, string word) =>
        Assert.Equal([word], Plain(text));

    [Theory]
    [InlineData("vegan, food & travel!", "vegan|food|travel")]
    [InlineData("  two\tlines\nhere ", "two|lines|here")]
    [InlineData("@anna.bakes_24-7", "anna|bakes|24|7")]
    [InlineData("O'Brien O’Neill Hawaiʻi", "o|brien|neill|hawai|i")]
    [InlineData("again Again AGAIN", "again")]
    [InlineData("🎉🎉 party🎉time", "party|time")]
    [InlineData("!?… —", "")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Words_are_split_at_everything_that_is_no_letter_or_digit(string? text, string words) =>
        Assert.Equal(words.Split('|', StringSplitOptions.RemoveEmptyEntries), Plain(text));

    [Fact]
    public void A_text_is_found_by_the_beginnings_of_the_words_that_would_be_stored_for_it()
    {
        string[] parts =
        [
            "a", "b", "ü", "ø", "7", "-", "'", " ", "\n", "王", "小", "明", "ค", "\u0E34",
            "가", "हि", "\u0301", "〇", "ʻ", "😀", "é",
        ];
        var random = new Random(TestSeed.Value);
        var found = 0;
        for (var run = 0; run < 20_000; run++)
        {
            var (text, query) = (Some(30), Some(12));
            var words = SearchWords.OfQuery(random.Next(2) == 0 ? query : text[random.Next(text.Length)..]);
            var stored = SearchWords.OfProfile(text).ToList();
            var expected = words.All(word => stored.Exists(one => one.StartsWith(word.Plain, StringComparison.Ordinal)
                || (word.SpelledOut is { } spelled && one.StartsWith(spelled, StringComparison.Ordinal))));
            Assert.True(expected == SearchWords.Find(words, text), $"TEST_SEED={TestSeed.Value}: {text} by {string.Join(' ', words)}");
            found += expected ? 1 : 0;
        }

        Assert.InRange(found, 1_000, 19_000);

        string Some(int most) =>
            string.Concat(Enumerable.Range(0, random.Next(1, most)).Select(_ => parts[random.Next(parts.Length)])) + "a";
    }

    [Theory]
    [InlineData("O'Brien", "o|brien|obrien")]
    [InlineData("Ann-Marie Li", "ann|marie|annmarie|li")]
    public void A_profile_is_also_found_by_what_stands_together(string text, string words) =>
        Assert.Equal(words.Split('|'), SearchWords.OfProfile(text).Distinct());

    [Theory]
    [InlineData("Müller", "muller|mueller")]
    [InlineData("Ærø", "aero|aeroe")]
    [InlineData("ÅSE ÖZ", "ase|oz|aase|oez")]
    public void A_profile_is_found_by_both_plain_spellings_of_a_letter(string text, string words) =>
        Assert.Equal(words.Split('|'), SearchWords.OfProfile(text).Distinct());

    [Fact]
    public void Half_a_character_is_no_word() => Assert.Equal(["ab"], Plain("\uD83Dab\uDE00"));

    [Trait("Category", "Long")]
    [Fact]
    public void Every_letter_that_a_name_may_hold_gives_words_of_letters_and_digits_in_lower_case()
    {
        // Every character of Unicode that is a letter: none may fold to something that splits a word, or stay in upper case.
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.IsValid(value) || !Rune.IsLetter(new Rune(value)) || value is >= 0x2B0 and <= 0x2FF)
            {
                continue;
            }

            // A script without spaces ends the word before it; nothing else does.
            var words = Plain($"a{new Rune(value)}b").ToList();
            Assert.True(words is [_] or [_, _, "b"], $"U+{value:X4}: {string.Join(' ', words)}");
            Assert.All(words, word =>
            {
                Assert.Equal(word, word.ToLowerInvariant());
                Assert.Equal([word], Plain(word));
            });
        }
    }

    private static IEnumerable<string> Plain(string? text) => SearchWords.OfQuery(text).Select(word => word.Plain);
}
