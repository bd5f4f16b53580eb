using System.Text;
using System.Text.Json;

namespace Connections.Emulators.Cosmos.Query;

/// <summary>The functions that a query may call, as SQL over keys.</summary>
internal static class Functions
{
    private static readonly Dictionary<string, JsonValueKind> TypeTests = new(StringComparer.Ordinal)
    {
        ["IS_NULL"] = JsonValueKind.Null, ["IS_BOOL"] = JsonValueKind.True, ["IS_NUMBER"] = JsonValueKind.Number,
        ["IS_STRING"] = JsonValueKind.String, ["IS_ARRAY"] = JsonValueKind.Array, ["IS_OBJECT"] = JsonValueKind.Object,
    };

    public static bool IsKnown(string function) =>
        function is "IS_DEFINED" or "STARTSWITH" or "ARRAY_CONTAINS" || TypeTests.ContainsKey(function);

    /// <summary>SQL that is 1 where the call is <paramref name="when"/>, and 0 elsewhere.</summary>
    public static string Sql(Call call, bool when, Conditions conditions)
    {
        var arguments = call.Arguments;
        return (call.Function, arguments.Count) switch
        {
            ("IS_DEFINED", 1) => $"{conditions.Key(arguments[0])} {(when ? ">" : "=")} {SortKey.Undefined}",
            ("STARTSWITH", 2 or 3) => StartsWith(conditions.Key(arguments[0]), arguments, when, conditions),
            ("ARRAY_CONTAINS", 2) => ArrayContains(arguments[0], arguments[1], when, conditions),
            (var test, 1) when TypeTests.TryGetValue(test, out var type) => Within(conditions.Key(arguments[0]), SortKey.Range(type), when),
            var (name, count) => throw CosmosRefusal.NotBuilt($"{name} with {count} arguments"),
        };
    }

    // The same as comparing the element's key, but much faster.
    private static string IsText(string keys) => $"{Conditions.Element}.type = 'text' AND {Conditions.Element}.value IN ({keys})";

    private static string StartsWith(string key, IReadOnlyList<Expression> arguments, bool when, Conditions conditions)
    {
        var prefix = arguments[1] is Constant { Type: JsonValueKind.String } constant
            ? (string)SortKey.Of(constant.Value)
            : throw CosmosRefusal.NotBuilt("STARTSWITH with a prefix that is not a constant string");
        var ignoresCase = arguments.ElementAtOrDefault(2) switch
        {
            null or Constant { Type: JsonValueKind.False } => false,
            Constant { Type: JsonValueKind.True } => true,
            _ => throw CosmosRefusal.NotBuilt("STARTSWITH with a computed third argument"),
        };
        var isString = Within(key, SortKey.Range(JsonValueKind.String), true);
        string matches;
        if (ignoresCase)
        {
            // SQLite's lower() folds ASCII only.
            var value = conditions.Bind(prefix);
            matches = $"substr(lower({key}), 1, length({value})) = lower({value}) AND {isString}";
        }
        else
        {
            var next = Next(prefix) is { } after ? conditions.Bind(after) : SortKey.LeastArray;
            matches = $"{key} >= {conditions.Bind(prefix)} AND {key} < {next}";
        }

        return when ? $"({matches})" : $"({isString} AND NOT ({matches}))";
    }

    private static string ArrayContains(Expression array, Expression item, bool when, Conditions conditions)
    {
        if (array is Constant { Type: JsonValueKind.Array } list)
        {
            var items = list.Value!.Value.EnumerateArray().Select(value => new Constant(value)).ToList();
            return conditions.Sql(new In(item, items), when);
        }

        if (array is not PathOf path || item is not Constant constant)
        {
            throw CosmosRefusal.NotBuilt("ARRAY_CONTAINS of anything but a constant in an array of the item");
        }

        // For anything but an array the result is undefined.
        var isArray = Conditions.IsArray(path);
        var key = conditions.Key(item);
        var isItem = constant.Type == JsonValueKind.String ? IsText(key) : $"{SortKey.OfElement(Conditions.Element)} = {key}";
        var exists = $"EXISTS(SELECT 1 FROM {conditions.Elements(path)} WHERE {isItem})";
        return $"({isArray} AND {(when ? "" : "NOT ")}{exists})";
    }

    private static string Within(string key, (string From, string Below) range, bool when) =>
        when ? $"({key} >= {range.From} AND {key} < {range.Below})" : $"({key} < {range.From} OR {key} >= {range.Below})";

    // The first text, by code point, after all texts that start with the prefix; null if there is none.
    private static string? Next(string prefix)
    {
        var runes = prefix.EnumerateRunes().ToList();
        while (runes.Count > 0)
        {
            var last = runes[^1].Value;
            runes.RemoveAt(runes.Count - 1);
            if (last < 0x10FFFF)
            {
                runes.Add(new Rune(last == 0xD7FF ? 0xE000 : last + 1));
                return string.Concat(runes);
            }
        }

        return null;
    }
}
