using System.Text.Json;

namespace Connections.Local.Cosmos.Query;

/// <summary>Reads the text of a query. What Cosmos DB has and this store has not is refused by its name.</summary>
internal sealed class Parser
{
    /// <summary>Where the SDK's own planner leaves room for a filter; it means "all" until the SDK fills it in.</summary>
    private const string Placeholder = "{documentdb-formattableorderbyquery-filter}";

    private const int MaxDepth = 64;

    private static readonly Dictionary<string, string> NotBuilt = new(StringComparer.OrdinalIgnoreCase)
    {
        ["DISTINCT"] = "DISTINCT", ["GROUP"] = "GROUP BY", ["JOIN"] = "JOIN", ["LIKE"] = "LIKE", ["BETWEEN"] = "BETWEEN", ["UDF"] = "user-defined functions",
        ["ARRAY"] = "ARRAY subqueries", ["ALL"] = "ALL subqueries", ["RANK"] = "ORDER BY RANK", ["HAVING"] = "HAVING", ["ESCAPE"] = "ESCAPE",
        ["+"] = "the operator +", ["-"] = "the operator -", ["*"] = "the operator *", ["/"] = "the operator /", ["%"] = "the operator %",
        ["||"] = "the operator ||", ["??"] = "the operator ??", ["?"] = "the operator ?", ["&"] = "the operator &", ["|"] = "the operator |",
        ["^"] = "the operator ^", ["~"] = "the operator ~",
    };

    private readonly List<Token> tokens;
    private readonly IReadOnlyDictionary<string, JsonElement> parameters;
    private int at;
    private int depth;
    private string root = "";
    private string? element;

    private Parser(string text, IReadOnlyDictionary<string, JsonElement> parameters)
    {
        tokens = Lexer.Read(text.Replace(Placeholder, "true", StringComparison.Ordinal));
        this.parameters = parameters;
    }

    private Token Current => tokens[at];

    /// <exception cref="CosmosRefusal">The text is not a query, or one that is not built.</exception>
    public static SelectQuery ParseQuery(string text, IReadOnlyDictionary<string, JsonElement> parameters) => new Parser(text, parameters).Query();

    /// <summary>The condition of a patch, <c>from c where …</c>.</summary>
    public static Condition ParseCondition(string text)
    {
        var parser = new Parser(text, new Dictionary<string, JsonElement>());
        parser.From();
        parser.Expect("WHERE");
        var where = parser.Disjunction();
        parser.End();
        return new Condition(parser.root, where);
    }

    private SelectQuery Query()
    {
        Expect("SELECT");
        long? limit = Take("TOP") ? WholeNumber("TOP") : null;
        var value = Take("VALUE");
        // The name of the item comes after the projection that uses it.
        var projection = at;
        SkipTo("FROM");
        From();
        var behindFrom = at;
        at = projection;
        var selected = Projection(value);
        Expect("FROM");
        at = behindFrom;
        var where = Take("WHERE") ? Disjunction() : null;
        var sort = Take("ORDER") ? OrderBy() : [];
        var offset = 0L;
        if (Take("OFFSET"))
        {
            offset = WholeNumber("OFFSET");
            Expect("LIMIT");
            limit = Math.Min(limit ?? long.MaxValue, WholeNumber("LIMIT"));
        }

        End();
        var query = new SelectQuery(root, selected, where, sort, offset, limit);
        return query.Counts && !(value && selected is Count or NewArray) ? throw CosmosRefusal.NotBuilt("COUNT other than as SELECT VALUE COUNT(1)") : query;
    }

    private void From()
    {
        Expect("FROM");
        root = Name("the name of the item");
        if (Current.Kind == TokenKind.Name && !Current.Is("WHERE") && !Current.Is("ORDER") && !Current.Is("OFFSET") && !NotBuilt.ContainsKey(Current.Text))
        {
            Take("AS");
            if (Current.Is("IN"))
            {
                throw CosmosRefusal.NotBuilt("FROM … IN outside EXISTS");
            }

            root = Name("the name of the item");
        }

        RefuseNotBuilt();
    }

    private Expression Projection(bool value)
    {
        if (value)
        {
            return Disjunction();
        }

        if (Take("*"))
        {
            return new PathOf(root, new JsonPath([]));
        }

        var properties = new List<(string, Expression)>();
        do
        {
            var selected = Disjunction();
            var name = Take("AS") ? Name("a name") : selected switch
            {
                PathOf { Path.Segments: [.., string last] } => last,
                PathOf { Path.Segments: [] } path => path.Root,
                _ => $"${properties.Count + 1}",
            };
            properties.Add((name, selected));
        }
        while (Take(","));
        return new NewObject(properties);
    }

    private List<SortField> OrderBy()
    {
        Expect("BY");
        var fields = new List<SortField>();
        do
        {
            RefuseNotBuilt();
            var path = Operand() is PathOf { Path.Segments.Count: > 0 } field ? field.Path : throw CosmosRefusal.Bad("ORDER BY takes properties, not expressions.");
            fields.Add(new SortField(path, Take("DESC")));
            if (!fields[^1].Descending)
            {
                Take("ASC");
            }
        }
        while (Take(","));
        return fields;
    }

    private Expression Disjunction()
    {
        if (++depth > MaxDepth)
        {
            throw CosmosRefusal.Bad("The query is nested too deeply.");
        }

        var left = Conjunction();
        while (Take("OR"))
        {
            left = new Or(left, Conjunction());
        }

        depth--;
        return left;
    }

    private Expression Conjunction()
    {
        var left = Negation();
        while (Take("AND"))
        {
            left = new And(left, Negation());
        }

        return left;
    }

    private Expression Negation()
    {
        var negated = false;
        while (Take("NOT"))
        {
            negated = !negated;
        }

        return negated ? new Not(Predicate()) : Predicate();
    }

    private Expression Predicate()
    {
        var left = Operand();
        if (Current is { Kind: TokenKind.Symbol, Text: "=" or "!=" or "<>" or "<" or "<=" or ">" or ">=" } comparison)
        {
            at++;
            return new Comparison(comparison.Text == "!=" ? "<>" : comparison.Text, left, Operand());
        }

        var negated = Take("NOT");
        if (Take("IN"))
        {
            Expect("(");
            var membership = new In(left, Items(")"));
            return negated ? new Not(membership) : membership;
        }

        RefuseNotBuilt();
        return negated ? throw Unexpected() : left;
    }

    private Expression Operand()
    {
        RefuseNotBuilt(butNot: "-");
        var token = tokens[at++];
        switch (token.Kind)
        {
            case TokenKind.Text:
                return new Constant(JsonSerializer.SerializeToElement(token.Text));
            case TokenKind.Number:
                return Number(token);
            case TokenKind.Parameter:
                return parameters.TryGetValue(token.Text, out var value)
                    ? new Constant(value)
                    : throw CosmosRefusal.Bad($"The query parameter {token.Text} is not given.");
            case TokenKind.Symbol when token.Is("-"):
                return Number(tokens[at++], "-");
            case TokenKind.Symbol when token.Is("("):
                var inner = Current.Is("SELECT") ? throw CosmosRefusal.NotBuilt("subqueries other than EXISTS") : Disjunction();
                Expect(")");
                return inner;
            case TokenKind.Symbol when token.Is("["):
                return Folded(new NewArray(Items("]")));
            case TokenKind.Symbol when token.Is("{"):
                return Object();
            case TokenKind.Name when token.Is("EXISTS"):
                return Subquery();
            case TokenKind.Name when Current.Is("("):
                at++;
                return Function(token);
            case TokenKind.Name:
                return Literal(token.Text) is { } literal ? literal : Path(token);
            default:
                at--;
                throw Unexpected();
        }
    }

    private static Constant? Literal(string name) => name.ToLowerInvariant() switch
    {
        "true" => new Constant(JsonElement.Parse("true")),
        "false" => new Constant(JsonElement.Parse("false")),
        "null" => new Constant(JsonElement.Parse("null")),
        "undefined" => new Constant(null),
        _ => null,
    };

    private Constant Number(Token token, string sign = "")
    {
        if (token.Kind != TokenKind.Number || !double.TryParse(token.Text, System.Globalization.CultureInfo.InvariantCulture, out var number))
        {
            at--;
            throw Unexpected();
        }

        return new Constant(long.TryParse(sign + token.Text, out var whole)
            ? JsonSerializer.SerializeToElement(whole)
            : JsonSerializer.SerializeToElement(sign.Length == 0 ? number : -number));
    }

    // [1, @p] is a value as good as a parameter that holds an array.
    private static Expression Folded(NewArray made) => made.Items.All(item => item is Constant { Value: not null })
        ? new Constant(JsonSerializer.SerializeToElement(made.Items.Select(item => ((Constant)item).Value)))
        : made;

    private NewObject Object()
    {
        var properties = new List<(string, Expression)>();
        while (!Take("}"))
        {
            if (properties.Count > 0)
            {
                Expect(",");
            }

            var name = Current.Kind is TokenKind.Text or TokenKind.Name ? tokens[at++].Text : throw Unexpected();
            Expect(":");
            properties.Add((name, Disjunction()));
        }

        return new NewObject(properties);
    }

    private Exists Subquery()
    {
        Expect("(");
        Expect("SELECT");
        SkipTo("FROM");
        Expect("FROM");
        var name = Name("the name of the element");
        Expect("IN");
        var array = Operand() is PathOf { Path.Segments.Count: > 0 } path && element is null
            ? path
            : throw CosmosRefusal.NotBuilt("EXISTS over anything but an array of the item");
        element = name;
        var where = Take("WHERE") ? Disjunction() : null;
        Expect(")");
        element = null;
        return new Exists(name, array, where);
    }

    private Expression Function(Token name)
    {
        var function = name.Text.ToUpperInvariant();
        if (function == "COUNT")
        {
            return Items(")") is [Constant { Value: not null }] ? new Count() : throw CosmosRefusal.NotBuilt("COUNT of anything but a constant");
        }

        return Functions.IsKnown(function) ? new Call(function, Items(")")) : throw CosmosRefusal.NotBuilt($"the function {name.Text}");
    }

    private List<Expression> Items(string end)
    {
        var items = new List<Expression>();
        while (!Take(end))
        {
            if (items.Count > 0)
            {
                Expect(",");
            }

            items.Add(Disjunction());
        }

        return items;
    }

    private PathOf Path(Token name)
    {
        if (name.Text != root && name.Text != element)
        {
            throw CosmosRefusal.Bad($"Identifier '{name.Text}' could not be resolved.");
        }

        var segments = new List<object>();
        while (true)
        {
            if (Take("."))
            {
                segments.Add(Name("a property"));
            }
            else if (Take("["))
            {
                segments.Add(Disjunction() switch
                {
                    Constant { Type: JsonValueKind.String } property => SortKey.Of(property.Value),
                    Constant { Type: JsonValueKind.Number } place when place.Value!.Value.TryGetInt32(out var i) && i >= 0 => i,
                    _ => throw CosmosRefusal.NotBuilt("a computed property name"),
                });
                Expect("]");
            }
            else
            {
                return new PathOf(name.Text, new JsonPath(segments));
            }
        }
    }

    private long WholeNumber(string clause) =>
        Operand() is Constant { Type: JsonValueKind.Number } number && number.Value!.Value.TryGetInt64(out var value) && value is >= 0 and <= int.MaxValue
            ? value
            : throw CosmosRefusal.Bad($"{clause} takes a whole number that is not negative.");

    private void SkipTo(string keyword)
    {
        for (var open = 0; Current.Kind != TokenKind.End && !(open == 0 && Current.Is(keyword)); at++)
        {
            open += Current.Is("(") ? 1 : Current.Is(")") ? -1 : 0;
        }
    }

    private string Name(string what) =>
        Current.Kind == TokenKind.Name ? tokens[at++].Text : throw CosmosRefusal.Bad($"Syntax error in the query, at {Current.At}: {what} is missing.");

    private bool Take(string symbolOrKeyword)
    {
        if (!Current.Is(symbolOrKeyword))
        {
            return false;
        }

        at++;
        return true;
    }

    private void Expect(string symbolOrKeyword)
    {
        if (!Take(symbolOrKeyword))
        {
            RefuseNotBuilt();
            throw Unexpected();
        }
    }

    private void End()
    {
        RefuseNotBuilt();
        if (Current.Kind != TokenKind.End)
        {
            throw Unexpected();
        }
    }

    private void RefuseNotBuilt(string? butNot = null)
    {
        if (Current.Kind is TokenKind.Symbol or TokenKind.Name && Current.Text != butNot && NotBuilt.TryGetValue(Current.Text, out var name))
        {
            throw CosmosRefusal.NotBuilt(name);
        }
    }

    private CosmosRefusal Unexpected() => CosmosRefusal.Bad(
        Current.Kind == TokenKind.End ? "Syntax error: the query ends too soon." : $"Syntax error in the query, at {Current.At}: '{Current.Text}' is unexpected.");
}
