using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Connections.Members;

namespace Connections.Creators.Favourites;

/// <summary>Writes favourites as comma-separated values, by RFC 4180, for spreadsheets.</summary>
/// <remarks>
/// Spreadsheets run a field that begins like a formula, and most of the texts are other members'. Such a field begins with an apostrophe
/// here, which spreadsheets take as the sign of a text. Where a comma divides numbers, as in Germany, Excel divides the fields of any such
/// file by semicolons, and heeds no quotes within a line. So what follows a semicolon is guarded like the beginning of a field.
/// </remarks>
public static partial class FavouritesCsv
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",;\"\r\n\t");

    private static readonly string[] Names =
    [
        "Name", "Handle", "Headline", "Followers", "Engagement", "Platforms", "Categories", "Country", "Languages", "Open to", "Formats",
        "Rate from", "Currency", "Available from", "Answers within", "Confirmed domain", "Relation", "Marked at", "Lists", "Note", "Id",
    ];

    /// <summary>The first line. It begins with a byte order mark, without which Excel does not read UTF-8.</summary>
    public static string Header { get; } = "\uFEFF" + Line(Names);

    /// <summary>The line of a card.</summary>
    public static string Line(Card card) => Line([
        card.DisplayName,
        card.Handle,
        card.Headline,
        card.Followers.ToString(CultureInfo.InvariantCulture),
        card.Engagement.ToString(CultureInfo.InvariantCulture),
        Several(card.Platforms.Select(platform => platform.Url ?? $"{platform.Name}: {platform.Handle}")),
        Several(card.Categories),
        card.Country,
        Several(card.Languages),
        Several(card.OpenTo),
        Several(card.Formats),
        card.RateFrom?.Amount.ToString(CultureInfo.InvariantCulture),
        card.RateFrom?.Currency,
        card.AvailableFrom?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        card.AnswersWithin,
        card.ConfirmedDomain,
        card.Relation is { } relation ? JsonNamingPolicy.CamelCase.ConvertName(relation.State.ToString()) : null,
        card.Mark?.MarkedAt.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        Several(card.Mark?.Lists ?? []),
        card.Mark?.Note,
        card.Id.Value,
    ]);

    /// <summary>A field: in quotes where it has to be, and never a formula.</summary>
    public static string Field(string? text)
    {
        text ??= "";
        // A spreadsheet may skip white space before a sign; some read the full-width signs as the others.
        var begins = text.AsSpan().TrimStart();
        if (text is ['\t' or '\r' or '\n', ..] || begins is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..])
        {
            text = "'" + text;
        }

        text = FormulaAfterSemicolon().Replace(text, "$0'");
        return text.AsSpan().IndexOfAny(Quoted) < 0 && text == text.Trim()
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    [GeneratedRegex(""";[\s"]*(?=[=+\-@＝＋－＠])""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormulaAfterSemicolon();

    private static string Several(IEnumerable<string> values) => string.Join("; ", values);

    private static string Line(IEnumerable<string?> fields) => $"{string.Join(',', fields.Select(Field))}\r\n";
}
