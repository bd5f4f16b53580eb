using System.Net;
using System.Text.RegularExpressions;

namespace Connections.Tests.Email.Rendering;

/// <summary>What an email is made of.</summary>
internal static partial class EmailMarkup
{
    /// <summary>The addresses of the links.</summary>
    public static List<Uri> Links(string html) =>
        [.. Href().Matches(html).Select(m => new Uri(WebUtility.HtmlDecode(m.Groups["url"].Value)))];

    /// <summary>Each tag by its name and the names of its attributes.</summary>
    public static IEnumerable<string> Markup(string html) => Tag().Matches(html).Select(tag =>
        string.Join(
            ' ', [Name().Match(tag.Value).Value, .. Attribute().Matches(tag.Value).Select(a => a.Groups["name"].Value).Distinct().Order()])
            + ">");

    /// <summary>The text of the body, without its tags.</summary>
    public static string Text(string html) => Tag().Replace(Body(html), " ");

    /// <summary>The words of a text.</summary>
    public static string[] Words(string text) =>
        text.Split([' ', '\n', '\u00a0', '.', ':', ',', '?'], StringSplitOptions.RemoveEmptyEntries);

    private static string Body(string html)
    {
        var start = html.IndexOf("role=\"article\"", StringComparison.Ordinal);
        return html[(html.IndexOf('>', start) + 1)..];
    }

    [GeneratedRegex("<[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("^</?[!a-z0-9-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex("\\s(?<name>[a-z-]+)=\"[^\"]*\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Attribute();

    [GeneratedRegex("<a [^>]*href=\"(?<url>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Href();
}
