using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Connections.Emulators.Cosmos.Query;

internal enum TokenKind
{
    Name,
    Parameter,
    Number,
    Text,
    Symbol,
    End,
}

/// <summary>A token and its position. A text is without its quotes and escapes.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int At)
{
    public bool Is(string symbolOrKeyword) =>
        Kind is TokenKind.Symbol or TokenKind.Name && Text.Equals(symbolOrKeyword, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Splits a query into tokens.</summary>
internal static partial class Lexer
{
    // Milliseconds. No two alternatives of the expression start alike, so the time is linear in the length.
    private const int Timeout = 10_000;

    /// <exception cref="CosmosRefusal">The text contains something that is not a token.</exception>
    public static List<Token> Read(string query)
    {
        var tokens = new List<Token>();
        var at = 0;
        for (var match = Word().Match(query); match.Success; match = match.NextMatch())
        {
            // One group matched; the groups are in the order of the kinds.
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

/// <summary>A position in a query's tokens. Refuses by name what Cosmos DB supports and this store does not.</summary>
internal sealed class Cursor(List<Token> tokens)
{
    // As property names these must be quoted: c["order"].
    private static readonly FrozenSet<string> Keywords = new[]
    {
        "SELECT", "FROM", "WHERE", "ORDER", "BY", "VALUE", "TOP", "AND", "OR", "NOT", "IN", "AS", "ASC", "DESC", "EXISTS", "BETWEEN",
            "JOIN", "LIKE",
        "NULL", "TRUE", "FALSE", "UNDEFINED", "UDF", "DISTINCT", "GROUP", "OFFSET", "LIMIT", "ESCAPE", "ARRAY",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> NotBuilt = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["DISTINCT"] =
            "DISTINCT", ["GROUP"] = "GROUP BY", ["JOIN"] = "JOIN", ["LIKE"] = "LIKE", ["BETWEEN"] = "BETWEEN", ["ESCAPE"] = "ESCAPE",
        ["UDF"] = "user-defined functions", ["ARRAY"] = "ARRAY subqueries",
        ["+"] = "the operator +", ["-"] = "the operator -", ["*"] = "the operator *", ["/"] = "the operator /", ["%"] = "the operator %",
        ["||"] =
            "the operator ||", ["??"] = "the operator ??", ["?"] = "the operator ?", ["&"] = "the operator &", ["|"] = "the operator |",
        ["^"] = "the operator ^", ["~"] = "the operator ~",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The position; set it to go back.</summary>
    public int At { get; set; }

    public Token Current => tokens[At];

    /// <summary>Returns the current token and moves to the next.</summary>
    public Token Next() => tokens[Current.Kind == TokenKind.End ? At : At++];

    public bool IsKeyword => Current.Kind == TokenKind.Name && Keywords.Contains(Current.Text);

    /// <summary>Moves past a symbol or a keyword, if it is the current token.</summary>
    public bool Take(string symbolOrKeyword)
    {
        if (!Current.Is(symbolOrKeyword))
        {
            return false;
        }

        At++;
        return true;
    }

    public void Expect(string symbolOrKeyword)
    {
        if (!Take(symbolOrKeyword))
        {
            throw Unexpected();
        }
    }

    /// <summary>Moves past a name that is not a keyword.</summary>
    public string Name() => Current.Kind == TokenKind.Name && !IsKeyword ? Next().Text : throw Unexpected();

    /// <summary>Moves to a keyword outside parentheses.</summary>
    public void SkipTo(string keyword)
    {
        for (var open = 0; Current.Kind != TokenKind.End && !(open == 0 && Current.Is(keyword)); At++)
        {
            open += Current.Is("(") ? 1 : Current.Is(")") ? -1 : 0;
        }
    }

    /// <summary>The error for the current token: not supported, or not a query.</summary>
    public CosmosRefusal Unexpected()
    {
        if (Current.Kind is TokenKind.Symbol or TokenKind.Name && NotBuilt.TryGetValue(Current.Text, out var name))
        {
            return CosmosRefusal.NotBuilt(name);
        }

        return CosmosRefusal.Bad(Current.Kind == TokenKind.End
            ? "Syntax error: the query ends too soon."
            : $"Syntax error at {Current.At} of the query: '{Current.Text}' is unexpected.");
    }
}
