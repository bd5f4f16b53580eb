using System.Text.Json;
using Connections.Emulators.Storage;

namespace Connections.Emulators.Cosmos;

/// <summary>JSON values as SQLite values that sort and compare as in Cosmos DB.</summary>
/// <remarks>
/// Cosmos DB orders by type first: undefined, null, booleans, numbers, strings (by code point), arrays, objects. SQLite orders numbers
/// before texts before blobs. So numbers and strings are their own keys, arrays and objects are blobs, and undefined, null and the booleans
/// are numbers below <see cref="LeastNumber"/>. The one limit of this scheme: a document's number below that is taken for one of them.
/// No key is NULL, so a comparison is always true or false.
/// </remarks>
internal static class SortKey
{
    public const string Undefined = "-9e999";
    public const string Null = "-1.79e308";
    public const string False = "-1.75e308";
    public const string True = "-1.7e308";
    public const string LeastNumber = "-1.6e308";
    public const string LeastString = "''";
    public const string LeastArray = "x''";

    // SQLite parses numbers of this size slightly differently from .NET.
    private static readonly double[] Bound = [.. SqliteSession.Numbers(Null, False, True)];

    /// <summary>The key of the value at a path of the JSON in a column. All three are SQL expressions.</summary>
    public static string Of(string column, string path) => Of($"json_type({column},{path})", $"({column}->>{path})", $"({column}->{path})");

    /// <summary>The key of an element of <c>json_each</c>, as an SQL expression.</summary>
    public static string OfElement(string alias) => Of($"{alias}.type", $"{alias}.value", $"{alias}.value");

    /// <summary>The key of any value of an item; the same as <see cref="Of(string, string)"/> gives for the stored item.</summary>
    public static object OfStored(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Array } array => (byte[])[(byte)'a', .. Item.Written(array)],
        { ValueKind: JsonValueKind.Object } made => (byte[])[(byte)'o', .. Item.Written(made)],
        _ => Of(value),
    };

    public static bool AreSame(object one, object other) =>
        one is byte[] bytes ? other is byte[] others && bytes.AsSpan().SequenceEqual(others) : one.Equals(other);

    /// <summary>The key of a value in a query, to bind.</summary>
    public static object Of(JsonElement? value) => value switch
    {
        null => double.NegativeInfinity,
        { ValueKind: JsonValueKind.Null } => Bound[0],
        { ValueKind: JsonValueKind.False } => Bound[1],
        { ValueKind: JsonValueKind.True } => Bound[2],
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        { ValueKind: JsonValueKind.String } text => Text(text),
        var other => throw CosmosRefusal.NotBuilt($"comparing with an {other.Value.ValueKind.ToString().ToLowerInvariant()}"),
    };

    /// <summary>The range of the keys of one type, without its upper bound.</summary>
    public static (string From, string Below) Range(JsonValueKind type) => type switch
    {
        JsonValueKind.Null => (Null, False),
        JsonValueKind.False or JsonValueKind.True => (False, LeastNumber),
        JsonValueKind.Number => (LeastNumber, LeastString),
        JsonValueKind.String => (LeastString, LeastArray),
        JsonValueKind.Array => ("x'61'", "x'62'"),
        JsonValueKind.Object => ("x'6f'", "x'70'"),
        _ => (Undefined, Null),
    };

    private static string Of(string type, string value, string json) =>
        $"CASE {type} WHEN 'text' THEN {value} WHEN 'integer' THEN {value} WHEN 'real' THEN {value} WHEN 'true' THEN {True} " +
        $"WHEN 'false' THEN {False} WHEN 'null' THEN {Null} WHEN 'array' THEN CAST('a'||{json} AS BLOB) " +
        $"WHEN 'object' THEN CAST('o'||{json} AS BLOB) ELSE {Undefined} END";

    private static string Text(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw CosmosRefusal.Bad("The text holds half of a surrogate pair.");
        }
    }
}
