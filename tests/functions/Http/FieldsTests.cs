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

    [Fact]
    public void Every_wrong_field_is_told_at_once()
    {
        var fields = new Fields();
        fields.RequiredText("clientId", null, 10);
        fields.RequiredText("text", new string('x', 11), 10);
        Assert.Equal(["clientId", "text"], fields.ToProblem().Errors!.Keys);
    }
}
