using System.Text.Json;

namespace Connections.Emulators.Cosmos.Query;

/// <summary>An expression of a query.</summary>
internal abstract record Expression;

/// <summary>A literal or a parameter's value; null for undefined.</summary>
internal sealed record Constant(JsonElement? Value) : Expression
{
    public JsonValueKind Type => Value?.ValueKind ?? JsonValueKind.Undefined;
}

/// <summary>A path below the item, or below the element of a subquery.</summary>
internal sealed record PathOf(string Root, JsonPath Path) : Expression;

internal sealed record Not(Expression Operand) : Expression;

internal sealed record And(Expression Left, Expression Right) : Expression;

internal sealed record Or(Expression Left, Expression Right) : Expression;

/// <summary>A comparison: <c>=</c>, <c>&lt;&gt;</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c> or <c>&gt;=</c>.</summary>
internal sealed record Comparison(string Operator, Expression Left, Expression Right) : Expression
{
    /// <summary>A comparison with its constant, if it has one, on the right.</summary>
    public static Comparison Of(string sign, Expression left, Expression right) => left is Constant && right is not Constant
        ? new Comparison(sign switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", _ => sign }, right, left)
        : new Comparison(sign, left, right);
}

internal sealed record In(Expression Needle, IReadOnlyList<Expression> Items) : Expression;

internal sealed record Call(string Function, IReadOnlyList<Expression> Arguments) : Expression;

/// <summary><c>EXISTS(SELECT VALUE e FROM e IN array WHERE where)</c>. A path with another root than the item's starts at the
/// element.</summary>
internal sealed record Exists(PathOf Array, Expression? Where) : Expression;

internal sealed record NewObject(IReadOnlyList<(string Name, Expression Value)> Properties) : Expression;

internal sealed record NewArray(IReadOnlyList<Expression> Items) : Expression;

/// <summary><c>COUNT(1)</c>.</summary>
internal sealed record Count : Expression;

/// <summary>A query with its parameters' values in place.</summary>
/// <param name="Root">The alias that FROM gives the item.</param>
/// <param name="Projection">The SELECT clause.</param>
/// <param name="Where">Null for every item.</param>
/// <param name="OrderBy">Empty for no order.</param>
/// <param name="Offset">How many matches to skip.</param>
/// <param name="Limit">The most answers, by TOP or LIMIT; null for all.</param>
internal sealed record SelectQuery(
    string Root, Expression Projection, Expression? Where, IReadOnlyList<SortField> OrderBy, long Offset, long? Limit)
{
    /// <summary>Whether the query counts its matches.</summary>
    public bool Counts => HasCount(Projection);

    private static bool HasCount(Expression expression) => expression switch
    {
        Query.Count => true,
        NewObject made => made.Properties.Any(p => HasCount(p.Value)),
        NewArray made => made.Items.Any(HasCount),
        _ => false,
    };
}
