using Connections.Http;

namespace Connections.Tests.Functions.Http;

public sealed class FieldsTests
{
    [Fact]
    public void A_text_is_trimmed_and_blank_is_absent()
    {
        var fields = new Fields();
        Assert.Equal("Hello", fields.Text("note", "  Hello \n", 10));
        Assert.Null(fields.Text("note", " \t ", 10));
        Assert.True(fields.Valid);
    }

    [Fact]
    public void Length_counts_characters_as_people_send_them_not_UTF16()
    {
        var fields = new Fields();
        Assert.NotNull(fields.Text("note", string.Concat(Enumerable.Repeat("😀", 5)), 5));
        Assert.True(fields.Valid);
        Assert.Null(fields.Text("note", string.Concat(Enumerable.Repeat("😀", 6)), 5));
        Assert.False(fields.Valid);
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\u001bb")]
    [InlineData("a\u202eb")]
    [InlineData("a\ud800b")]
    public void What_cannot_be_shown_is_refused(string text)
    {
        var fields = new Fields();
        fields.Text("note", text, 10, lines: true);
        Assert.False(fields.Valid);
    }

    [Fact]
    public void Line_breaks_are_for_texts_of_several_lines()
    {
        var fields = new Fields();
        Assert.Equal("a\nb", fields.Text("note", "a\r\nb", 10, lines: true));
        Assert.True(fields.Valid);
        fields.Text("name", "a\nb", 10);
        Assert.False(fields.Valid);
    }

    [Theory]
    [InlineData("\u200B")]
    [InlineData("\u2800")]
    [InlineData("\u3164\uFFA0\u115F\u1160")]
    [InlineData("\u180E\u00AD\u034F\u2060\uFEFF")]
    [InlineData("\uFE0F")]
    [InlineData("\u200D\u200C\u200E\u200F\u061C")]
    [InlineData("\U000E0001\U000E0041\U000E007F\U000E0100\U000E0FFF")]
    [InlineData("\u0301")]
    [InlineData(" \u0301 \u20DD\u0903")]
    [InlineData("\u2066\u2069 \u202A\u202C")]
    [InlineData("\u00A0\u3000\u2028\u205F")]
    [InlineData("\uE000")]
    [InlineData("\u2065\uFFF0\uFFFC")]
    [InlineData("\U0001D159\U0001D173\U0001BCA0")]
    [InlineData("\u17B4\u17B5\u180B\u1160")]
    public void A_text_of_which_nothing_is_seen_is_absent_and_refused_where_one_is_required(string text)
    {
        var fields = new Fields();
        Assert.Null(fields.Text("note", text, 10, lines: true));
        Assert.True(fields.Valid);
        fields.RequiredText("name", text, 10, lines: true);
        Assert.Equal("A value of 1 to 10 characters is required.", Assert.Single(fields.ToProblem().Errors!["name"]));
    }

    [Theory]
    [InlineData("👩\u200D🚀")]
    [InlineData("❤\uFE0F")]
    [InlineData("🏴\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F")]
    [InlineData("علی\u200Cپور")]
    [InlineData("e\u0301")]
    [InlineData("ภาษา\u200Bไทย")]
    [InlineData("C++\u200E")]
    [InlineData("\u2063x\u2063")]
    [InlineData(".")]
    [InlineData("🏽")]
    [InlineData("⠓⠊")]
    public void Beside_what_is_seen_stands_what_scripts_and_emoji_are_spelt_with(string text) =>
        Assert.Equal(text, new Fields().Text("note", text, 10));

    [Theory]
    [InlineData("\u2069\u202BA", "A")]
    [InlineData("\u202AA", "A")]
    [InlineData("A\u202C\u2069", "A")]
    [InlineData("\u2066A\u2069", "\u2066A\u2069")]
    [InlineData("\u2067A\u202BB\u2069", "\u2067AB\u2069")]
    [InlineData("\u202BA\u2069B\u202C", "\u202BAB\u202C")]
    [InlineData("\u2068A\u202CB\u2069", "\u2068AB\u2069")]
    [InlineData("\u2066A\u2066B\u2069", "A\u2066B\u2069")]
    [InlineData("\u2067one\ntwo\u2069", "one\ntwo")]
    [InlineData("\u2067one\u2029two\u2069", "one\ntwo")]
    [InlineData("\u2067one\u2069\n\u202Btwo", "\u2067one\u2069\ntwo")]
    [InlineData("\u200B \uFEFFA\u2060 ", "A")]
    public void What_would_turn_the_text_around_it_is_taken_out(string text, string read) =>
        Assert.Equal(read, new Fields().Text("note", text, 20, lines: true));

    [Fact]
    public void Thousands_of_nested_isolates_are_balanced_in_no_time()
    {
        var text = string.Concat(Enumerable.Repeat("\u2066\u202A", 5000)) + "A" + string.Concat(Enumerable.Repeat("\u202C\u2069", 10_000));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal("A", new Fields().Text("note", text, 100_000)?.Trim('\u2066', '\u202A', '\u202C', '\u2069'));
        Assert.InRange(watch.ElapsedMilliseconds, 0, 1000);
    }

    [Fact]
    public void Every_wrong_field_is_told_at_once()
    {
        var fields = new Fields();
        fields.RequiredText("clientId", null, 10);
        fields.RequiredText("text", new string('x', 11), 10);
        Assert.Equal(["clientId", "text"], fields.ToProblem().Errors!.Keys);
    }
}
