using System.Globalization;
using System.Text.Json;
using Connections.Emulators.Storage;

namespace Connections.Emulators.Cosmos.Query;

/// <summary>Translates conditions to SQL over the items' table, with the alias <c>i</c>.</summary>
/// <remarks>
/// A condition of Cosmos DB is true, false or undefined. There is SQL for where it is true and SQL for where it is false; NOT swaps them.
/// As in Cosmos DB, for values of two types = is false, &lt;&gt; is true and &lt; is undefined. A comparison with undefined is undefined.
/// </remarks>
internal sealed class Conditions(StoredContainer container, string root)
{
    /// <summary>The alias of an array's element.</summary>
    public const string Element = "e";

    private readonly List<object> _values = [];

    /// <summary>The paths that the query bounds from below (&gt;) or from above (&lt;).</summary>
    public HashSet<(JsonPath Path, char Side)> Bounds { get; } = [];

    /// <summary>Bounds that another bound of the same path and side makes redundant; SQLite should search an index by the other.</summary>
    public HashSet<Comparison> Farther { get; } = [];

    /// <summary>The values to bind, in order.</summary>
    public IReadOnlyList<object> Values => _values;

    /// <summary>Adds a value to bind and returns its parameter.</summary>
    public string Bind(object value)
    {
        _values.Add(value);
        return "?" + _values.Count.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>SQL that is 1 where the condition is <paramref name="when"/>, and 0 elsewhere.</summary>
    public string Sql(Expression condition, bool when) => condition switch
    {
        Not not => Sql(not.Operand, !when),
        And and => $"({Sql(and.Left, when)} {(when ? "AND" : "OR")} {Sql(and.Right, when)})",
        Or
        {
            Left: Comparison
            {
                Operator: "<"
            or "<=", Left: PathOf path,
                Right: Constant { Value: not null } most
            } below, Right: Not { Operand: Call { Function: "IS_DEFINED", Arguments: [PathOf same] } }
        }
            when @when && same == path => BelowOrAbsent(Key(path), below.Operator, most),
        Or or => $"({Sql(or.Left, when)} {(when ? "OR" : "AND")} {Sql(or.Right, when)})",
        Comparison comparison => Compare(comparison, when),
        In membership => Within(membership, when),
        Call call => Functions.Sql(call, when, this),
        Exists exists =>
            $"{(when ? "" : "NOT ")}EXISTS(SELECT 1 FROM {Elements(exists.Array)} WHERE {IsArray(exists.Array)}{Where(exists.Where)})",
        Constant { Type: JsonValueKind.True or JsonValueKind.False } constant => constant.Type == JsonValueKind.True == when ? "1" : "0",
        PathOf path => $"{Key(path)} = {(when ? SortKey.True : SortKey.False)}",
        _ => "0",
    };

    /// <summary>The key of a constant or a path.</summary>
    public string Key(Expression expression) => expression switch
    {
        Constant { Value: null } => SortKey.Undefined,
        Constant { Type: JsonValueKind.Null } => SortKey.Null,
        Constant { Type: JsonValueKind.True } => SortKey.True,
        Constant { Type: JsonValueKind.False } => SortKey.False,
        Constant constant => Bind(SortKey.Of(constant.Value)),
        PathOf path when path.Root == root =>
            container.Column(path.Path) is { } column ? $"i.{column}" : SortKey.Of("i.body", Bind(path.Path.Place)),
        PathOf { Path.Segments.Count: 0 } => SortKey.OfElement(Element),
        PathOf => throw CosmosRefusal.NotBuilt("a property of an array's element in a condition"),
        _ => throw CosmosRefusal.NotBuilt("a condition as a value"),
    };

    /// <summary>The elements of an array of the item, as a table called <see cref="Element"/>.</summary>
    public string Elements(PathOf array) => array.Root == root
        ? $"json_each(i.body, {array.Path.Sql}) {Element}"
        : throw CosmosRefusal.NotBuilt("an array within an array's element");

    public static string IsArray(PathOf array) => $"json_type(i.body, {array.Path.Sql}) = 'array'";

    private string Where(Expression? where) => where is null ? "" : $" AND {Sql(where, true)}";

    private string Compare(Comparison comparison, bool when)
    {
        var (left, right) = (comparison.Left, comparison.Right);
        var sign = when ? comparison.Operator : Opposite(comparison.Operator);
        if (left is Constant { Value: null } || right is Constant { Value: null })
        {
            return "0";
        }

        var (a, b) = (Key(left), Key(right));
        if (sign is "=" or "<>")
        {
            var defined = $" AND {a} > {SortKey.Undefined}" + (right is PathOf ? $" AND {b} > {SortKey.Undefined}" : "");
            return sign == "=" && right is Constant ? $"{a} = {b}" : $"({a} {sign} {b}{defined})";
        }

        if (right is not Constant constant)
        {
            throw CosmosRefusal.NotBuilt($"{sign} between two properties");
        }

        // The constant bounds the value on one side, and the constant's type on the other. If the query has a closer bound for that side,
        // the + keeps SQLite from searching an index by the type.
        var (from, below) = SortKey.Range(constant.Type);
        var other = sign[0] == '<' ? '>' : '<';
        var plus = left is PathOf path && Bounds.Contains((path.Path, other)) ? "+" : "";
        return $"({(Farther.Contains(comparison) ? "+" : "")}{a} {sign} {b} AND {plus}{a} {(other == '>' ? $">= {from}" : $"< {below}")})";
    }

    // Undefined sorts below every value, so "less than, or undefined" is one range of an index.
    private string BelowOrAbsent(string key, string sign, Constant most) =>
        $"({key} {sign} {Key(most)} AND ({key} >= {SortKey.Range(most.Type).From} OR {key} = {SortKey.Undefined}))";

    private string Within(In membership, bool when)
    {
        if (membership.Needle is not PathOf || membership.Items.Any(item => item is not Constant))
        {
            throw CosmosRefusal.NotBuilt("IN other than of a property in a list of constants");
        }

        var key = Key(membership.Needle);
        var items = string.Join(", ", membership.Items.Where(item => item is Constant { Value: not null }).Select(Key));
        return when ? $"{key} IN ({items})" : $"({key} NOT IN ({items}) AND {key} > {SortKey.Undefined})";
    }

    private static string Opposite(string sign) => sign switch
    {
        "=" => "<>",
        "<>" => "=",
        "<" => ">=",
        "<=" => ">",
        ">" => "<=",
        _ => "<",
    };
}

/// <summary>The condition of a patch, evaluated on one item.</summary>
internal sealed class Condition(string root, Expression where)
{
    public bool Holds(SqliteSession session, StoredContainer container, long number)
    {
        var conditions = new Conditions(container, root);
        var item = conditions.Bind(number);
        var sql = $"SELECT 1 FROM {container.Table} i WHERE i.n = {item} AND {conditions.Sql(where, true)}";
        using var row = session.Query(sql, [.. conditions.Values]);
        return row.Step();
    }
}
