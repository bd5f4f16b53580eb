using System.Text.Json.Nodes;
using Connections.Tests.Functions.OpenApi;

namespace Connections.Tests.Functions.Fuzz;

/// <summary>Generates values that a schema of the contract allows.</summary>
/// <param name="random">The source of randomness.</param>
/// <param name="known">Fixed values by the name of a property or parameter, such as the id of an existing member.</param>
internal sealed class ValidValues(Random random, IReadOnlyDictionary<string, JsonNode?> known)
{
    private const string Plain = "abcdefghijklmnopqrstuvwxyz";
    private static readonly string[] Characters =
        ["a", "b", "z", "0", " ", "é", "ß", "ж", "中", "न", "😀", "👩🏽‍🚀", "א", "-", ".", "&", "<", "\"", "'"];

    /// <summary>Generates a value.</summary>
    /// <param name="of">The schema.</param>
    /// <param name="name">The property or parameter. Items of a list have the name of the list.</param>
    public JsonNode? Value(JsonNode of, string name)
    {
        if (known.TryGetValue(name, out var given))
        {
            return given?.DeepClone();
        }

        var schema = Merged(of);
        if (schema["const"] is { } only)
        {
            return only.DeepClone();
        }

        if ((schema["enum"] ?? schema["x-extensible-enum"]) is JsonArray allowed)
        {
            return allowed[random.Next(allowed.Count)]?.DeepClone();
        }

        var types = schema["type"] is JsonArray several
            ? several.Select(type => type!.ToString()).ToArray()
            : [schema["type"]?.ToString() ?? "object"];
        return types[random.Next(10) == 0 ? types.Length - 1 : 0] switch
        {
            "null" => null,
            "boolean" => random.Next(2) == 0,
            "integer" => random.NextInt64((long?)schema["minimum"] ?? 0, Math.Min((long?)schema["maximum"] ?? 100, long.MaxValue - 1) + 1),
            "number" => random.NextDouble(),
            "array" => new JsonArray([.. Enumerable.Range(0, random.Next(Math.Min(4, ((int?)schema["maxItems"] ?? 3) + 1)))
                .Select(_ => Value(schema["items"]!, name))]),
            "object" => Object(schema),
            _ => Text(schema, name, random.Next(8) == 0),
        };
    }

    /// <summary>Generates a text, of the maximum length if <paramref name="longest"/> is true.</summary>
    public string Text(JsonObject schema, string name, bool longest)
    {
        var max = (int?)schema["maxLength"] ?? 20;
        var length = longest ? max : Math.Clamp(random.Next(12), (int?)schema["minLength"] ?? 0, max);
        return (name, schema["pattern"]?.ToString()) switch
        {
            ("country", _) => "GB",
            ("language" or "languages", _) => longest ? "en-GB" : "pt-BR",
            ("currency", _) => "EUR",
            ("availableFrom" or "available", _) => "2026-12-01",
            ("checkedAt", _) => "2026-11-22T09:30:00Z",
            ("email", _) => "somebody@example.com",
            ("avatarUrl" or "website" or "url", _) => Url(longest ? max : 30),
            (_, not null) => Letters(Math.Max(1, length)),
            _ => FreeText(Math.Max(1, length)),
        };
    }

    /// <summary>A URL of the given length.</summary>
    public static string Url(int length) => "https://example.com/".PadRight(length, 'a');

    public string Letters(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => Plain[random.Next(Plain.Length)]));

    /// <summary>A schema with its reference resolved and its <c>allOf</c> parts merged.</summary>
    public static JsonObject Merged(JsonNode of)
    {
        var schema = Contract.Current.Schemas.Resolve(of);
        if (schema["allOf"] is not JsonArray parts)
        {
            return schema;
        }

        var merged = new JsonObject();
        foreach (var (key, value) in parts.SelectMany(part => Merged(part!)))
        {
            merged[key] = (merged[key], value) switch
            {
                (JsonObject one, JsonObject other) =>
                    new JsonObject(one.Concat(other).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))),
                (JsonArray one, JsonArray other) => new JsonArray([.. one.Concat(other).Select(item => item?.DeepClone())]),
                _ => value?.DeepClone(),
            };
        }

        return merged;
    }

    // Starts and ends without blanks, because the server trims texts.
    private string FreeText(int length)
    {
        var text = new System.Text.StringBuilder("x");
        for (var count = 1; count < length;)
        {
            var next = Characters[random.Next(Characters.Length)];
            var runes = next.EnumerateRunes().Count();
            if (count + runes < length)
            {
                text.Append(next);
                count += runes;
            }
            else
            {
                text.Append('x');
                count++;
            }
        }

        return text.ToString();
    }

    private JsonObject Object(JsonObject schema)
    {
        var required = schema["required"]?.AsArray().Select(name => name!.ToString()).ToHashSet(StringComparer.Ordinal) ?? [];
        return new JsonObject((schema["properties"]?.AsObject() ?? [])
            .Where(property => required.Contains(property.Key) || random.Next(2) == 0)
            .Select(property => KeyValuePair.Create(property.Key, Value(property.Value!, property.Key))));
    }
}
