using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Connections.Local.Cosmos.Query;

internal enum TokenKind
{
    Name,
    Parameter,
    Number,
    Text,
    Symbol,
    End,
}

/// <summary>A word of a query, and where it starts. A text is without its quotes and escapes.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int At)
{
    public bool Is(string symbolOrKeyword) =>
        Kind is TokenKind.Symbol or TokenKind.Name && Text.Equals(symbolOrKeyword, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Takes a query apart into tokens.</summary>
internal static partial class Lexer
{
    // Milliseconds. No alternative begins like another, so that the time grows with the length alone.
    private const int Timeout = 10_000;

    // Queries have few texts, because their values are parameters. Those of conditions hold their numbers, so the texts of one time give way to others.
    private const int MostKept = 1000;

    private static readonly ConcurrentDictionary<string, List<Token>> Kept = new(StringComparer.Ordinal);

    /// <summary>Takes a text apart; once, if it comes again and again.</summary>
    /// <exception cref="CosmosRefusal">A character or a text that no query has.</exception>
    public static List<Token> Read(string query)
    {
        if (!Kept.TryGetValue(query, out var tokens))
        {
            tokens = TakenApart(query);
            if (Kept.Count >= MostKept)
            {
                Kept.Clear();
            }

            Kept[query] = tokens;
        }

        return tokens;
    }

    private static List<Token> TakenApart(string query)
    {
        var tokens = new List<Token>();
        var at = 0;
        for (var match = Word().Match(query); match.Success; match = match.NextMatch())
        {
            // The group that matched is the only one besides the whole; the kinds are in the order of the groups.
            for (var kind = TokenKind.Name; kind < TokenKind.End; kind++)
            {
                if (match.Groups[(int)kind + 1] is { Success: true } group)
                {
                    tokens.Add(new Token(kind, kind == TokenKind.Text ? Unescaped(group.Value) : group.Value, group.Index));
                    break;
                }
            }

            at = match.Index + match.Length;
        }

        if (at < query.Length)
        {
            throw CosmosRefusal.Bad($"Syntax error at {at} of the query: '{query[at]}' begins nothing that a query has.");
        }

        tokens.Add(new Token(TokenKind.End, "", query.Length));
        return tokens;
    }

    private static string Unescaped(string quoted) => Escape().Replace(quoted[1..^1], escape => escape.Value[1] switch
    {
        'u' => ((char)ushort.Parse(escape.ValueSpan[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString(),
        'b' => "\b",
        'f' => "\f",
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        var itself => itself.ToString(),
    });

    [GeneratedRegex("""
        \G(?:\s+
        |(?<Name>[\p{L}_][\p{L}\p{Nd}_]*)
        |(?<Parameter>@[\p{L}\p{Nd}_]+)
        |(?<Number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
        |(?<Text>"(?:[^"\\]|\\u[0-9a-fA-F]{4}|\\[bfnrt"'\\/])*"|'(?:[^'\\]|\\u[0-9a-fA-F]{4}|\\[bfnrt"'\\/])*')
        |(?<Symbol><=|>=|!=|<>|\|\||\?\?|[()\[\]{},.:*=<>+\-/%?&|^~]))
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex Word();

    [GeneratedRegex("""\\(?:u[0-9a-fA-F]{4}|.)""", RegexOptions.CultureInvariant, Timeout)]
    private static partial Regex Escape();
}
