using System.Collections.Frozen;

namespace Connections.Local.Cosmos.Query;

/// <summary>A place in a query's tokens. What Cosmos DB has and this store has not is refused by its name.</summary>
internal sealed class Cursor(List<Token> tokens)
{
    // As names these stand only in brackets and quotes: c["order"].
    private static readonly FrozenSet<string> Keywords = new[]
    {
        "SELECT", "FROM", "WHERE", "ORDER", "BY", "VALUE", "TOP", "AND", "OR", "NOT", "IN", "AS", "ASC", "DESC", "EXISTS", "BETWEEN", "JOIN", "LIKE",
        "NULL", "TRUE", "FALSE", "UNDEFINED", "UDF", "DISTINCT", "GROUP", "OFFSET", "LIMIT", "ESCAPE", "ARRAY",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> NotBuilt = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["DISTINCT"] = "DISTINCT", ["GROUP"] = "GROUP BY", ["JOIN"] = "JOIN", ["LIKE"] = "LIKE", ["BETWEEN"] = "BETWEEN", ["ESCAPE"] = "ESCAPE",
        ["UDF"] = "user-defined functions", ["ARRAY"] = "ARRAY subqueries",
        ["+"] = "the operator +", ["-"] = "the operator -", ["*"] = "the operator *", ["/"] = "the operator /", ["%"] = "the operator %",
        ["||"] = "the operator ||", ["??"] = "the operator ??", ["?"] = "the operator ?", ["&"] = "the operator &", ["|"] = "the operator |",
        ["^"] = "the operator ^", ["~"] = "the operator ~",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The place; it can be gone back to.</summary>
    public int At { get; set; }

    public Token Current => tokens[At];

    /// <summary>The current token; goes to the next.</summary>
    public Token Next() => tokens[Current.Kind == TokenKind.End ? At : At++];

    public bool IsKeyword => Current.Kind == TokenKind.Name && Keywords.Contains(Current.Text);

    /// <summary>Goes past a symbol or a keyword, if it is the current one.</summary>
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

    /// <summary>Goes past a name that is no keyword.</summary>
    public string Name() => Current.Kind == TokenKind.Name && !IsKeyword ? Next().Text : throw Unexpected();

    /// <summary>Goes to a keyword, past what brackets enclose.</summary>
    public void SkipTo(string keyword)
    {
        for (var open = 0; Current.Kind != TokenKind.End && !(open == 0 && Current.Is(keyword)); At++)
        {
            open += Current.Is("(") ? 1 : Current.Is(")") ? -1 : 0;
        }
    }

    /// <summary>Says what is wrong with the current token: not built, or not a query.</summary>
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
