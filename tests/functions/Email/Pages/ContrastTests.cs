using System.Globalization;
using System.Text.RegularExpressions;
using Connections.Email.Pages;
using Connections.Email.Rendering;
using Connections.Notices;
using Connections.Tests.Email.Rendering;

namespace Connections.Tests.Email.Pages;

/// <summary>Colours hold WCAG 2.2 AA: 4.5 for text, 3 for the outlines that show where a control is.</summary>
public sealed partial class ContrastTests
{
    private static readonly string Page =
        ((HtmlPage)new UnsubscribePage(new Templates()).Render(new UnsubscribePageView.Ask(NoticeKind.InviteReceived, "en"))).Html;

    [Theory]
    [InlineData("ink", "card", 4.5)]
    [InlineData("ink", "ground", 4.5)]
    [InlineData("text", "card", 4.5)]
    [InlineData("text", "note", 4.5)]
    [InlineData("soft", "card", 4.5)]
    [InlineData("link", "card", 4.5)]
    [InlineData("quiet", "card", 3)]
    [InlineData("focus", "card", 3)]
    [InlineData("primary", "card", 3)]
    [InlineData("white", "primary", 4.5)]
    [InlineData("white", "primary-down", 4.5)]
    public void Every_pair_of_the_page_s_colours_can_be_told_apart_by_day_and_by_night(string front, string back, double least)
    {
        var themes = Theme().Matches(Page).Select(theme => Variable().Matches(theme.Value)
            .ToDictionary(v => v.Groups["name"].Value, v => v.Groups["colour"].Value)).ToList();
        Assert.Equal(2, themes.Count);
        Assert.All(themes, theme => Assert.InRange(Contrast(front == "white" ? "#ffffff" : theme[front], theme[back]), least, 21));
    }

    [Fact]
    public void Initials_can_be_read_on_every_colour()
    {
        var onPage = Initials().Matches(Page).Select(m => m.Groups["colour"].Value).ToHashSet();
        var inEmail = Enumerable.Range(0, 200)
            .Select(
                i => EmailInitials().Match(SampleNotices.Renderer.Render(SampleNotices.From("Sender " + i)).Html).Groups["colour"].Value)
            .ToHashSet();
        Assert.Equal(onPage, inEmail);
        Assert.All(inEmail, colour => Assert.InRange(Contrast("#ffffff", colour), 4.5, 21));
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        var parts = Enumerable.Range(0, 3)
            .Select(i => int.Parse(colour.AsSpan(1 + (i * 2), 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))
            .ToList();
        return (0.2126 * parts[0]) + (0.7152 * parts[1]) + (0.0722 * parts[2]);
    }

    [GeneratedRegex(":root \\{[^}]*\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Theme();

    [GeneratedRegex("--(?<name>[a-z-]+): (?<colour>#[0-9a-f]{6});", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex("\\.c[0-9] \\{ background: (?<colour>#[0-9a-f]{6}); \\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Initials();

    [GeneratedRegex("bgcolor=\"(?<colour>#[0-9a-f]{6})\" style=\"width:56px", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EmailInitials();
}
