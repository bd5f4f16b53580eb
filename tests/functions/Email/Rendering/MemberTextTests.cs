using System.Globalization;
using System.Text;
using Connections.Email.Rendering;

namespace Connections.Tests.Email.Rendering;

public sealed class MemberTextTests
{
    [Theory]
    [InlineData("Nora Lind", "Nora Lind")]
    [InlineData("  Nora \t Lind ", "Nora Lind")]
    [InlineData("Nora\r\nBcc: all@example.com", "Nora Bcc: all@example.com")]
    [InlineData("Nora\u2028Lind\u0085X\u000bY", "Nora Lind X Y")]
    [InlineData("a\0b\u001bc\u007fd\u009fe", "abcde")]
    [InlineData("abc\u202egnp.exe\u202c", "abcgnp.exe")]
    [InlineData("\u2066isolate\u2069", "isolate")]
    [InlineData("zero\u200bwidth\ufeff", "zerowidth")]
    [InlineData("\u3164\u2800\u00a0", "")]
    [InlineData("\u200d", "")]
    [InlineData("lone \ud800 half", "lone half")]
    [InlineData("\u202e", "")]
    [InlineData("\u0301 \u20dd \ufe0f", "")]
    [InlineData(null, "")]
    public void A_line_keeps_only_what_is_seen_and_reads_in_order(string? text, string line) =>
        Assert.Equal(line, MemberText.Line(text, 100));

    [Theory]
    [InlineData("Zoë Ångström")]
    [InlineData("ליאת כהן")]
    [InlineData("محمد علی‌پور")]
    [InlineData("山田 太郎")]
    [InlineData("Ana 👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿")]
    public void Names_in_any_script_stay_as_they_are(string name) => Assert.Equal(name, MemberText.Line(name, 100));

    [Fact]
    public void A_line_is_cut_between_what_readers_see_as_characters()
    {
        const string Family = "👩‍👩‍👧";
        Assert.Equal("ab" + "…", MemberText.Line("ab" + Family + Family, 2 + Family.Length));
        Assert.Equal("ab" + Family + "…", MemberText.Line("ab" + Family + Family, 2 + Family.Length + 1));
        Assert.Equal("ab" + Family, MemberText.Line("ab" + Family, 2 + Family.Length));
    }

    [Fact]
    public void Blank_lines_are_kept_single_and_inside()
    {
        Assert.Equal(["one", "", "two"], MemberText.Lines("\n\n one \r\n\r\n\n \u00a0 \n two \n\n"));
        Assert.Empty(MemberText.Lines(" \n\t\n"));
        Assert.Empty(MemberText.Lines(null));
    }

    [Fact]
    public void A_quotation_marks_every_line_and_leaves_none_for_a_mail_program_to_wrap()
    {
        var text = string.Join(' ', Enumerable.Repeat("word", 60)) + "\n" + new string('x', 200) + " " + new string('語', 100);
        var quoted = MemberText.Quoted(MemberText.Lines(text));
        Assert.All(
            quoted, line => Assert.True(line.StartsWith("> ", StringComparison.Ordinal) && line.Length <= MemberText.QuoteWidth, line));
        Assert.Equal(
            text.Where(c => !char.IsWhiteSpace(c)), string.Concat(quoted.Select(line => line[2..])).Where(c => !char.IsWhiteSpace(c)));
    }

    [Theory]
    [InlineData("https://example.com/{0}")]
    [InlineData("(https://example.com/{0}).")]
    [InlineData("<HTTP://example.com/{0}>")]
    [InlineData("www.example.com/{0}")]
    [InlineData("example.com/{0}")]
    [InlineData("{0}@example.com")]
    [InlineData("https://example.com/語{0}")]
    public void An_address_is_never_broken(string form)
    {
        var address = string.Format(CultureInfo.InvariantCulture, form, new string('a', 100));
        Assert.Equal(["> See", "> " + address, "> soon."], MemberText.Quoted([$"See {address} soon."]));
        Assert.Equal(address, Assert.Single(MemberText.Beginning(address, 50)));
    }

    [Theory]
    [InlineData("nimbus.example", "nimbus|.|example")]
    [InlineData("https://www.nimbus.example/a", "https|:|//www|.|nimbus|.|example/a")]
    [InlineData("nora@nimbus.example.", "nora|@|nimbus|.|example.")]
    [InlineData("St. Ives: 3 p.m", "St. Ives: 3 p|.|m")]
    [InlineData("a..b", "a|.||.|b")]
    [InlineData("Nora Lind", "Nora Lind")]
    public void An_address_that_is_not_to_become_a_link_looks_the_same(string text, string parted)
    {
        var unlinked = MemberText.Unlinked(text);
        Assert.Equal(parted.Replace('|', '\u200B'), unlinked);
        Assert.Equal(text, unlinked.Replace("\u200B", "", StringComparison.Ordinal));
        Assert.Equal(unlinked, MemberText.Unlinked(unlinked));
    }

    [Fact]
    public void A_short_address_stays_in_its_sentence() =>
        Assert.Equal(["> See https://example.com/ soon."], MemberText.Quoted(["See https://example.com/ soon."]));

    [Fact]
    public void Whatever_is_thrown_at_it_a_line_is_one_safe_bounded_line()
    {
        var random = new Random(20261122);
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(80)).Select(_ => (char)random.Next(0x3000)));
            var max = random.Next(1, 60);
            var line = MemberText.Line(text, max);
            Assert.True(line.Length <= max);
            Assert.Equal(line.Trim(), line);
            Assert.DoesNotContain(line.EnumerateRunes(), rune =>
                rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069)
                || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
                    or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
        }
    }
}
