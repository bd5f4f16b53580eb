using System.Globalization;
using System.Text.RegularExpressions;
using Connections.Email.Rendering;

namespace Connections.Tests.Design;

/// <summary>Colours hold WCAG 2.2 AA in light and in dark mode: 4.5 for text, 3 for outlines and icons.</summary>
public sealed partial class ContrastTests
{
    private const double Text = 4.5;
    private const double Shape = 3;

    /// <summary>Text on a ground that another rule or element draws. A rule with both is found in the style sheets.</summary>
    private static readonly (string Front, string Back)[] Inherited =
    [
        ("ink", "ground"), ("ink", "paper"), ("ink", "raised"), ("ink", "hover"),
        ("soft", "ground"), ("soft", "paper"), ("soft", "raised"), ("soft", "hover"),
        ("accent", "ground"), ("accent", "paper"), ("accent", "raised"), ("accent", "hover"),
        ("good", "paper"), ("good", "ground"), ("bad", "paper"), ("bad", "raised"), ("bad", "ground"), ("bad", "hover"),
        ("on-accent", "accent"), ("on-accent", "accent-hover"), ("on-accent-soft", "accent-soft"),
        ("on-bad", "bad"), ("on-bad-soft", "bad-soft"), ("on-good-soft", "good-soft"), ("on-wait-soft", "wait-soft"),
        .. Brand.Names.Where(name => name.StartsWith("platform", StringComparison.Ordinal)).Select(name => ("on-mark", name)),
    ];

    /// <summary>What shows where a control is, and icons. They are drawn as lines or as grounds of their own.</summary>
    private static readonly (string Front, string Back)[] Shapes =
    [
        ("line-strong", "paper"), ("line-strong", "ground"), ("line-strong", "raised"), ("accent", "ground"), ("accent", "paper"),
        ("accent", "raised"), ("on-accent", "accent"), ("good", "paper"), ("bad", "paper"), ("heart", "paper"), ("heart", "ground"),
        ("on-mark", "mark"),
    ];

    /// <summary>The colour of lines between things, which nobody needs to see.</summary>
    private const string Decoration = "line";

    private static IEnumerable<(string Front, string Back)> InOneRule { get; } = StyleSources.Sheets
        .SelectMany(sheet => Rule().Matches(sheet.Text))
        .SelectMany(rule => Tokens(rule.Value, Front()).SelectMany(front => Tokens(rule.Value, Back()).Select(back => (front, back))))
        .ToList();

    public static TheoryData<string, string, double> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string, double>();
            foreach (var (front, back) in Inherited.Concat(InOneRule).Distinct())
            {
                pairs.Add(front, back, Text);
            }

            foreach (var (front, back) in Shapes)
            {
                pairs.Add(front, back, Shape);
            }

            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_pair_of_colours_can_be_told_apart_in_light_and_in_dark_mode(string front, string back, double least)
    {
        Assert.InRange(Contrast(Brand.Light(front), Brand.Light(back)), least, 21);
        Assert.InRange(Contrast(Brand.Dark(front), Brand.Dark(back)), least, 21);
    }

    [Fact]
    public void Every_colour_of_text_and_every_ground_is_in_a_pair()
    {
        var pairs = Inherited.Concat(InOneRule).Concat(Shapes).ToList();
        var fronts = pairs.Select(pair => pair.Front).ToHashSet();
        var grounds = pairs.Select(pair => pair.Back).Concat(Shapes.Select(shape => shape.Front)).Append(Decoration).ToHashSet();
        var sources = StyleSources.Sheets.Concat(StyleSources.Templates).ToList();

        Assert.Empty(sources.SelectMany(source => Tokens(source.Text, Front())).Except(fronts));
        Assert.Empty(sources.SelectMany(source => Tokens(source.Text, Back())).Except(grounds));
    }

    [Fact]
    public void Contrast_is_as_WCAG_defines_it()
    {
        Assert.Equal(21, Contrast("#000000", "#ffffff"), precision: 6);
        Assert.Equal(4.54, Contrast("#767676", "#ffffff"), precision: 2);
    }

    private static IEnumerable<string> Tokens(string text, Regex use) => use.Matches(text).Select(match => match.Groups["name"].Value);

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

    [GeneratedRegex("\\{[^{}]*\\}", RegexOptions.None, 5000)]
    private static partial Regex Rule();

    [GeneratedRegex(
        "(?<![-\\w])color:\\s*(var\\(--|\\{\\{(light|dark) \")(?<name>[a-z0-9-]+)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Front();

    [GeneratedRegex(
        "(background(-color)?:\\s*|bgcolor=\")(var\\(--|\\{\\{(light|dark) \")(?<name>[a-z0-9-]+)", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Back();
}
