using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Connections.Email.Rendering;

/// <summary>The design of emails and pages, which is the web client's.</summary>
/// <remarks>
/// The tokens, the mark and the styles of text, avatars, buttons, quotations and forms are files of <c>web/</c>, embedded in this assembly.
/// </remarks>
public static partial class Brand
{
    private const string Folder = "Brand/";
    private const double PixelsInRem = 16;

    private static readonly FrozenDictionary<string, string> Tokens = Declaration()
        .Matches(FirstRule().Match(Resources.Read(Folder + "tokens.css")).Value)
        .ToFrozenDictionary(token => token.Groups["name"].Value, token => token.Groups["value"].Value, StringComparer.Ordinal);

    /// <summary>The styles that the client and every page share. A browser without <c>light-dark()</c> shows them too.</summary>
    public static string Styles { get; } = $$"""
        :root {
          color-scheme: light dark;
        {{Declarations("  ", dark: false)}}}
        @media (prefers-color-scheme: dark) {
          :root {
        {{Declarations("    ", dark: true)}}  }
        }

        """ + string.Concat(
        new[]
        {
            "base.css", "Avatar.module.css", "Button.module.css", "Quote.module.css", "Field.module.css", "RadioChoice.module.css",
        }.Select(file => Resources.Read(Folder + file)));

    /// <summary>The mark's drawing: an <c>svg</c> element without a size.</summary>
    public static string Mark { get; } = Resources.Read(Folder + "mark.svg").TrimEnd();

    /// <summary>The mark as the address of a page's icon.</summary>
    public static string MarkUrl { get; } = "data:image/svg+xml," + Uri.EscapeDataString(Mark);

    /// <summary>The names of the tokens, without the hyphens before them.</summary>
    public static IReadOnlyCollection<string> Names => Tokens.Keys;

    /// <summary>A token for emails, whose readers know neither variables nor <c>rem</c>: its value in light mode, in pixels.</summary>
    /// <exception cref="KeyNotFoundException">There is no token of that name.</exception>
    public static string Light(string name) => InPixels(Resolved(Tokens[name], dark: false));

    /// <summary>A token for emails: its value in dark mode, in pixels.</summary>
    /// <exception cref="KeyNotFoundException">There is no token of that name.</exception>
    public static string Dark(string name) => InPixels(Resolved(Tokens[name], dark: true));

    /// <summary>The mark as markup of a page, <paramref name="size"/> pixels wide. The product's name stands beside it.</summary>
    public static string MarkOf(int size) =>
        Mark.Replace("<svg ", $"<svg width=\"{size}\" height=\"{size}\" aria-hidden=\"true\" ", StringComparison.Ordinal);

    private static string Declarations(string indent, bool dark)
    {
        var lines = new StringBuilder();
        foreach (var (name, value) in Tokens.OrderBy(token => token.Key, StringComparer.Ordinal))
        {
            var resolved = Resolved(value, dark);
            if (!dark || resolved != value)
            {
                lines.Append(CultureInfo.InvariantCulture, $"{indent}--{name}: {resolved};\n");
            }
        }

        return lines.ToString();
    }

    private static string Resolved(string value, bool dark) => LightDark().Replace(value, dark ? "${dark}" : "${light}");

    private static string InPixels(string value) => Rem().Replace(value, rem =>
        (double.Parse(rem.Groups["rem"].Value, CultureInfo.InvariantCulture) * PixelsInRem).ToString("0.##", CultureInfo.InvariantCulture)
        + "px");

    [GeneratedRegex(":root \\{[^}]*\\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FirstRule();

    [GeneratedRegex("^\\s*--(?<name>[a-z0-9-]+):\\s*(?<value>[^;]+);", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Declaration();

    // A colour of the two may be a function itself, as in rgb(0 0 0 / 30%).
    [GeneratedRegex(
        "light-dark\\((?<light>[^,()]+(\\([^()]*\\))?),\\s*(?<dark>[^,()]+(\\([^()]*\\))?)\\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LightDark();

    [GeneratedRegex("\\b(?<rem>[0-9.]+)rem\\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rem();
}
