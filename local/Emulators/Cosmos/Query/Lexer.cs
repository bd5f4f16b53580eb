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
        foreach (var match in Word().EnumerateMatches(query))
        {
            at = match.Index + match.Length;
            var word = query.AsSpan(match.Index, match.Length);
            if (KindOf(word) is { } kind)
            {
                tokens.Add(new Token(kind, kind == TokenKind.Text ? Unescaped(word[1..^1]) : word.ToString(), match.Index));
            }
        }

        if (at < query.Length)
        {
            throw CosmosRefusal.Bad($"Syntax error at {at} of the query: '{query[at]}' begins nothing that a query has.");
        }

        tokens.Add(new Token(TokenKind.End, "", query.Length));
        return tokens;
    }

    /// <summary>The kind of a word, which its beginning shows; null for spaces.</summary>
    private static TokenKind? KindOf(ReadOnlySpan<char> word) => word[0] switch
    {
        '@' => TokenKind.Parameter,
        '"' or '\'' => TokenKind.Text,
        '.' when word.Length > 1 => TokenKind.Number,
        >= '0' and <= '9' => TokenKind.Number,
        '_' => TokenKind.Name,
        var first when char.IsLetter(first) => TokenKind.Name,
        var first when char.IsWhiteSpace(first) => null,
        _ => TokenKind.Symbol,
    };

    private static string Unescaped(ReadOnlySpan<char> text) => !text.Contains('\\')
        ? text.ToString()
        : Escape().Replace(text.ToString(), escape => escape.Value[1] switch
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
        |[\p{L}_][\p{L}\p{Nd}_]*
        |@[\p{L}\p{Nd}_]+
        |(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?
        |"(?:[^"\\]|\\u[0-9a-fA-F]{4}|\\[bfnrt"'\\/])*"|'(?:[^'\\]|\\u[0-9a-fA-F]{4}|\\[bfnrt"'\\/])*'
        |(?:<=|>=|!=|<>|\|\||\?\?|[()\[\]{},.:*=<>+\-/%?&|^~]))
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
