using System.Globalization;
using System.Text.Json;

namespace Connections.Emulators.Cosmos.Query;

/// <summary>Reads the expressions of a query.</summary>
internal sealed class Expressions(Cursor cursor, IReadOnlyDictionary<string, JsonElement> parameters)
{
    private const int MaxDepth = 64;

    private int _depth;
    private string? _element;

    /// <summary>The alias that FROM gives the item.</summary>
    public string Root { get; set; } = "";

    /// <summary>A whole expression.</summary>
    public Expression Read()
    {
        if (++_depth > MaxDepth)
        {
            throw CosmosRefusal.Bad("The query is nested too deeply.");
        }

        var left = Conjunction();
        while (cursor.Take("OR"))
        {
            left = new Or(left, Conjunction());
        }

        _depth--;
        return left;
    }

    /// <summary>An operand of AND, OR, NOT or a comparison.</summary>
    public Expression ReadOperand()
    {
        var token = cursor.Current;
        if (token.Kind == TokenKind.Name && (Literal(token.Text) is { } literal))
        {
            cursor.At++;
            return literal;
        }

        if (token.Is("EXISTS"))
        {
            cursor.At++;
            return Subquery();
        }

        if (cursor.IsKeyword)
        {
            throw cursor.Unexpected();
        }

        cursor.Next();
        switch (token.Kind)
        {
            case TokenKind.Text:
                return new Constant(JsonSerializer.SerializeToElement(token.Text));
            case TokenKind.Number:
                return Number(token.Text);
            case TokenKind.Parameter:
                return parameters.TryGetValue(token.Text, out var value)
                    ? new Constant(value)
                    : throw CosmosRefusal.Bad($"The query parameter {token.Text} is not given.");
            case TokenKind.Symbol when token.Is("-") && cursor.Current.Kind == TokenKind.Number:
                return Number("-" + cursor.Next().Text);
            case TokenKind.Symbol when token.Is("("):
                var inner = cursor.Current.Is("SELECT") ? throw CosmosRefusal.NotBuilt("subqueries other than EXISTS") : Read();
                cursor.Expect(")");
                return inner;
            case TokenKind.Symbol when token.Is("["):
                return Folded(new NewArray(List("]")));
            case TokenKind.Symbol when token.Is("{"):
                return Object();
            case TokenKind.Name when cursor.Take("("):
                return Function(token.Text);
            case TokenKind.Name:
                return Path(token.Text);
            default:
                cursor.At--;
                throw cursor.Unexpected();
        }
    }

    private Expression Conjunction()
    {
        var left = Negation();
        while (cursor.Take("AND"))
        {
            left = new And(left, Negation());
        }

        return left;
    }

    private Expression Negation()
    {
        var negated = false;
        while (cursor.Take("NOT"))
        {
            negated = !negated;
        }

        return negated ? new Not(Predicate()) : Predicate();
    }

    private Expression Predicate()
    {
        var left = ReadOperand();
        if (cursor.Current is { Kind: TokenKind.Symbol, Text: "=" or "!=" or "<>" or "<" or "<=" or ">" or ">=" } comparison)
        {
            cursor.At++;
            return Comparison.Of(comparison.Text == "!=" ? "<>" : comparison.Text, left, ReadOperand());
        }

        var negated = cursor.Take("NOT");
        if (!cursor.Take("IN"))
        {
            return negated ? throw cursor.Unexpected() : left;
        }

        cursor.Expect("(");
        var membership = new In(left, List(")"));
        return negated ? new Not(membership) : membership;
    }

    private static Constant? Literal(string name) => name.ToUpperInvariant() switch
    {
        "TRUE" => new Constant(JsonElement.Parse("true")),
        "FALSE" => new Constant(JsonElement.Parse("false")),
        "NULL" => new Constant(JsonElement.Parse("null")),
        "UNDEFINED" => new Constant(null),
        _ => null,
    };

    private static Constant Number(string text) => new(
        long.TryParse(text, CultureInfo.InvariantCulture, out var whole) ? JsonSerializer.SerializeToElement(whole)
        : double.TryParse(text, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? JsonSerializer.SerializeToElement(number)
        : throw CosmosRefusal.Bad($"'{text}' is not a number."));

    // Treats [1, @p] like a parameter that holds an array.
    private static Expression Folded(NewArray made) => made.Items.All(item => item is Constant { Value: not null })
        ? new Constant(JsonSerializer.SerializeToElement(made.Items.Select(item => ((Constant)item).Value)))
        : made;

    private NewObject Object()
    {
        var properties = new List<(string, Expression)>();
        while (!cursor.Take("}"))
        {
            if (properties.Count > 0)
            {
                cursor.Expect(",");
            }

            var name = cursor.Current.Kind is TokenKind.Text or TokenKind.Name ? cursor.Next().Text : throw cursor.Unexpected();
            cursor.Expect(":");
            properties.Add((name, Read()));
        }

        return new NewObject(properties);
    }

    private Exists Subquery()
    {
        cursor.Expect("(");
        cursor.Expect("SELECT");
        cursor.SkipTo("FROM");
        cursor.Expect("FROM");
        var name = cursor.Name();
        cursor.Expect("IN");
        var array = _element is null && ReadOperand() is PathOf { Path.Segments.Count: > 0 } path
            ? path
            : throw CosmosRefusal.NotBuilt("EXISTS over anything but an array of the item");
        _element = name;
        var where = cursor.Take("WHERE") ? Read() : null;
        _element = null;
        cursor.Expect(")");
        return new Exists(array, where);
    }

    private Expression Function(string name)
    {
        var function = name.ToUpperInvariant();
        if (function == "COUNT")
        {
            return List(")") is [Constant { Value: not null }]
                ? new Count()
                : throw CosmosRefusal.NotBuilt("COUNT of anything but a constant");
        }

        return Functions.IsKnown(function) ? new Call(function, List(")")) : throw CosmosRefusal.NotBuilt($"the function {name}");
    }

    private List<Expression> List(string end)
    {
        var items = new List<Expression>();
        while (!cursor.Take(end))
        {
            if (items.Count > 0)
            {
                cursor.Expect(",");
            }

            items.Add(Read());
        }

        return items;
    }

    private PathOf Path(string name)
    {
        if (name != Root && name != _element)
        {
            throw CosmosRefusal.Bad($"Identifier '{name}' could not be resolved.");
        }

        var segments = new List<object>();
        while (true)
        {
            if (cursor.Take("."))
            {
                segments.Add(cursor.Name());
            }
            else if (cursor.Take("["))
            {
                segments.Add(Read() switch
                {
                    Constant { Type: JsonValueKind.String } property => SortKey.Of(property.Value),
                    Constant { Type: JsonValueKind.Number } place when place.Value!.Value.TryGetInt32(out var i) && i >= 0 => i,
                    _ => throw CosmosRefusal.NotBuilt("a computed property name"),
                });
                cursor.Expect("]");
            }
            else
            {
                return new PathOf(name, new JsonPath(segments));
            }
        }
    }
}
