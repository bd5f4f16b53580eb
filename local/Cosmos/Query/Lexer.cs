using System.Globalization;
using System.Text;

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

/// <summary>A word of a query, and where it starts.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int At)
{
    public bool Is(string symbolOrKeyword) =>
        Kind is TokenKind.Symbol or TokenKind.Name && Text.Equals(symbolOrKeyword, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Takes a query apart into tokens.</summary>
internal static class Lexer
{
    private static readonly string[] LongSymbols = ["<=", ">=", "!=", "<>", "||", "??"];

    /// <exception cref="CosmosRefusal">A character or a text that no query has.</exception>
    public static List<Token> Read(string query)
    {
        var tokens = new List<Token>();
        for (var i = 0; i < query.Length;)
        {
            if (char.IsWhiteSpace(query[i]))
            {
                i++;
                continue;
            }

            var (kind, text, end) = Next(query, i);
            tokens.Add(new Token(kind, text, i));
            i = end;
        }

        tokens.Add(new Token(TokenKind.End, "", query.Length));
        return tokens;
    }

    private static (TokenKind Kind, string Text, int End) Next(string query, int at)
    {
        var first = query[at];
        if (first is '"' or '\'')
        {
            return Quoted(query, at);
        }

        if (IsNamePart(first) && !char.IsAsciiDigit(first))
        {
            var end = Span(query, at, IsNamePart);
            return (TokenKind.Name, query[at..end], end);
        }

        if (first == '@')
        {
            var end = Span(query, at + 1, IsNamePart);
            return (TokenKind.Parameter, query[at..end], end);
        }

        if (char.IsAsciiDigit(first) || (first == '.' && at + 1 < query.Length && char.IsAsciiDigit(query[at + 1])))
        {
            return Number(query, at);
        }

        var symbol = LongSymbols.FirstOrDefault(s => string.CompareOrdinal(query, at, s, 0, s.Length) == 0);
        if (symbol is null && !"()[]{},.:*=<>+-/%?&|^~!".Contains(first, StringComparison.Ordinal))
        {
            throw Wrong($"'{first}'", at);
        }

        symbol ??= first.ToString();
        return (TokenKind.Symbol, symbol, at + symbol.Length);
    }

    private static (TokenKind, string, int) Number(string query, int at)
    {
        var end = Span(query, at, c => char.IsAsciiDigit(c) || c == '.');
        if (end < query.Length && query[end] is 'e' or 'E')
        {
            var exponent = end + 1 < query.Length && query[end + 1] is '+' or '-' ? end + 2 : end + 1;
            end = Span(query, exponent, char.IsAsciiDigit);
        }

        return (TokenKind.Number, query[at..end], end);
    }

    private static (TokenKind, string, int) Quoted(string query, int at)
    {
        var text = new StringBuilder();
        for (var i = at + 1; i < query.Length; i++)
        {
            if (query[i] == query[at])
            {
                return (TokenKind.Text, text.ToString(), i + 1);
            }

            if (query[i] != '\\')
            {
                text.Append(query[i]);
                continue;
            }

            i++;
            var escaped = i < query.Length ? query[i] : '\0';
            if (escaped == 'u' && i + 4 < query.Length
                && ushort.TryParse(query.AsSpan(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                text.Append((char)unit);
                i += 4;
                continue;
            }

            var place = "bfnrt\"'\\/".IndexOf(escaped, StringComparison.Ordinal);
            text.Append(place >= 0 ? "\b\f\n\r\t\"'\\/"[place] : throw Wrong("an escape that no text has", i - 1));
        }

        throw Wrong("a text without its end", at);
    }

    private static int Span(string query, int at, Func<char, bool> belongs)
    {
        while (at < query.Length && belongs(query[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static CosmosRefusal Wrong(string what, int at) => CosmosRefusal.Bad($"Syntax error in the query, at {at}: {what}.");
}
