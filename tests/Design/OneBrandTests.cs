using System.Text.Json;
using System.Text.RegularExpressions;
using Connections.Email.Rendering;

namespace Connections.Tests.Design;

/// <summary>The client, emails and pages are one design: colours, fonts and radii are in one file, and the mark is one drawing.</summary>
public sealed partial class OneBrandTests
{
    [Fact]
    public void Colours_are_in_the_tokens_alone() =>
        Assert.Empty(Found(StyleSources.All, Colour()).Concat(Found(StyleSources.Sheets, NamedColour())));

    [Fact]
    public void Fonts_are_in_the_tokens_alone() => Assert.Empty(Found(StyleSources.All, Font()));

    [Fact]
    public void Radii_are_in_the_tokens_alone() =>
        Assert.Empty(Found(StyleSources.All.Where(source => source.Name != StyleSources.EmailMark), Radius()));

    [Theory]
    [InlineData("color:#fff")]
    [InlineData("a { background: rgb(0 0 0 / 5%) }")]
    [InlineData("fill=\"#5a3fd1\"")]
    public void A_colour_elsewhere_would_be_found(string text) => Assert.Matches(Colour(), text);

    [Theory]
    [InlineData("border-radius: 4px;")]
    [InlineData("border-top-left-radius:50%")]
    [InlineData("border-radius: var(--radius) 1rem 0 0;")]
    public void A_radius_elsewhere_would_be_found(string text) => Assert.Matches(Radius(), text);

    [Theory]
    [InlineData("font-family: Arial;")]
    [InlineData("font: 16px/1.5 system-ui, sans-serif;")]
    public void A_font_elsewhere_would_be_found(string text) => Assert.Matches(Font(), text);

    [Fact]
    public void Every_token_that_is_used_is_there_and_every_token_is_used()
    {
        var css = File.ReadAllText(Path.Combine(Repository.Root, StyleSources.Tokens));
        var used = StyleSources.All.Select(source => source.Text).Append(css)
            .SelectMany(text => Use().Matches(text))
            .Select(use => use.Groups["name"].Value)
            .ToHashSet(StringComparer.Ordinal);
        // What a component sets for its own parts is not a token.
        var own = StyleSources.Sheets.SelectMany(sheet => Own().Matches(sheet.Text)).Select(set => set.Groups["name"].Value);

        Assert.Empty(used.Except(Brand.Names).Except(own));
        Assert.Empty(Brand.Names.Except(used));
    }

    [Fact]
    public void What_cannot_read_the_tokens_has_their_values()
    {
        var page = Read("web/index.html");
        Assert.Equal(
            [("light", Brand.Light("ground")), ("dark", Brand.Dark("ground"))],
            ThemeColour().Matches(page).Select(colour => (colour.Groups["mode"].Value, colour.Groups["value"].Value)));
        using var manifest = JsonDocument.Parse(Read("web/public/manifest.webmanifest"));
        Assert.Equal(Brand.Light("ground"), manifest.RootElement.GetProperty("background_color").GetString());
        Assert.Equal(Brand.Light("mark"), manifest.RootElement.GetProperty("theme_color").GetString());
        Assert.Equal(
            [Brand.Light("mark"), Brand.Light("on-mark")],
            Colour().Matches(Read("web/public/favicon.svg")).Select(colour => colour.Value.Replace("#fff", "#ffffff")));
        Assert.Equal(Brand.Light("mark"), Brand.Dark("mark"));
        Assert.Equal(Brand.Light("on-mark"), Brand.Dark("on-mark"));
    }

    [Fact]
    public void The_mark_is_one_drawing()
    {
        var line = Line().Match(Read("web/public/favicon.svg")).Groups["path"].Value;
        Assert.NotEmpty(line);
        Assert.DoesNotContain(StyleSources.All, source => source.Text.Contains(line, StringComparison.Ordinal));
        Assert.Contains(line, Brand.Mark, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_has_a_value_for_each_mode_and_pixels_for_emails()
    {
        Assert.Equal(("#f6f5f2", "#141518"), (Brand.Light("ground"), Brand.Dark("ground")));
        Assert.Equal("12px", Brand.Light("radius"));
        Assert.Equal("0 1px 2px rgb(0 0 0 / 30%)", Brand.Dark("shadow"));
        Assert.All(Brand.Names, name => Assert.DoesNotMatch("light-dark|rem\\b|var\\(", Brand.Light(name) + Brand.Dark(name)));
        Assert.DoesNotContain("light-dark", Brand.Styles, StringComparison.Ordinal);
        Assert.Throws<KeyNotFoundException>(() => Brand.Light("no-such-token"));
    }

    private static string Read(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    private static IEnumerable<string> Found(IEnumerable<StyleSource> sources, Regex what) =>
        sources.SelectMany(source => what.Matches(source.Text).Select(match => $"{source.Name}: {match.Value.Trim()}"));

    // Character references, as in &#847;, and numbers of issues are not colours.
    [GeneratedRegex(
        "(?<![&\\w/])#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6}|[0-9a-fA-F]{3,4})\\b"
        + "|\\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\\(", 0, 5000)]
    private static partial Regex Colour();

    [GeneratedRegex(":[^;{}]*(?<!-)\\b(?:black|white|gr[ae]y|silver|red|green|blue|purple|orange|yellow)\\b(?!-)", 0, 5000)]
    private static partial Regex NamedColour();

    // The developers' pages show code in the browser's own font for code.
    [GeneratedRegex(
        "font-family:(?!\\s*\\{\\{light \"font\"|\\s*var\\(--font\\)|\\s*ui-monospace, monospace)[^;}]*"
            + "|\\bfont:(?!\\s*inherit\\b)(?![^;}]*var\\(--font\\))[^;}]*",
        0,
        5000)]
    private static partial Regex Font();

    [GeneratedRegex(
        "border[a-z-]*-radius:(?!(?:\\s*(?:var\\(--radius[a-z-]*\\)|\\{\\{light \"radius[a-z-]*\"\\}\\}|calc\\(var\\(--target\\) / 2\\)"
            + "|inherit|0(?![\\w.])))+\\s*[;}\"])[^;}\"]*",
        0,
        5000)]
    private static partial Regex Radius();

    [GeneratedRegex("var\\(--(?<name>[a-z0-9-]+)|\\{\\{(?:light|dark) \"(?<name>[a-z0-9-]+)\"", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Use();

    [GeneratedRegex("^\\s*--(?<name>[a-z0-9-]+):", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 5000)]
    private static partial Regex Own();

    [GeneratedRegex("name=\"theme-color\" content=\"(?<value>[^\"]*)\" media=\"\\(prefers-color-scheme: (?<mode>\\w+)", 0, 5000)]
    private static partial Regex ThemeColour();

    [GeneratedRegex("<path d=\"(?<path>[^\"]*)\"", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Line();
}
