using System.Text.RegularExpressions;

namespace Connections.Tests.Design;

/// <summary>One file that says how something looks: a style sheet, a template of an email or a page, or a component.</summary>
/// <param name="Name">Its path in the repository.</param>
/// <param name="Text">Its content without comments.</param>
internal sealed record StyleSource(string Name, string Text);

/// <summary>Every file of the client, the emails, the pages behind their links and the local host's pages that says how it looks.</summary>
internal static partial class StyleSources
{
    /// <summary>The one file with values.</summary>
    public const string Tokens = "web/src/ui/tokens.css";

    /// <summary>The mark in the shapes that mail programs draw. Its radii are the drawing's.</summary>
    public const string EmailMark = "functions/Email/Rendering/Templates/_mark.html.hbs";

    /// <summary>All of them but <see cref="Tokens"/>.</summary>
    public static IReadOnlyList<StyleSource> All { get; } =
    [
        .. In("web/src", "*.css", "*.tsx", "*.ts").Where(source => source.Name != Tokens && !source.Name.Contains(".test.")),
        .. In("functions/Email", "*.css", "*.hbs", "*.cs"),
        .. In("local/Pages", "*.css", "*.js", "*.cs"),
    ];

    /// <summary>The style sheets among them.</summary>
    public static IEnumerable<StyleSource> Sheets => All.Where(source => source.Name.EndsWith(".css", StringComparison.Ordinal));

    /// <summary>The templates of emails among them.</summary>
    public static IEnumerable<StyleSource> Templates => All.Where(source => source.Name.EndsWith(".hbs", StringComparison.Ordinal));

    private static IEnumerable<StyleSource> In(string folder, params string[] patterns) => patterns
        .SelectMany(pattern => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal)
        .Select(file => new StyleSource(Path.GetRelativePath(Repository.Root, file), Comment().Replace(File.ReadAllText(file), "")));

    [GeneratedRegex("/\\*.*?\\*/|(?<=^\\s*)//[^\\n]*|\\{\\{!--.*?--\\}\\}", RegexOptions.Singleline | RegexOptions.Multiline, 5000)]
    private static partial Regex Comment();
}
