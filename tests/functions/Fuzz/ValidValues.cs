using System.Text.Json.Nodes;
using Connections.Tests.Functions.OpenApi;

namespace Connections.Tests.Functions.Fuzz;

/// <summary>Makes values that a schema of the contract allows.</summary>
/// <param name="chance">What they come from.</param>
/// <param name="known">What a property or a parameter of this name can only be, such as the id of somebody who is there.</param>
internal sealed class ValidValues(Random chance, IReadOnlyDictionary<string, JsonNode?> known)
{
    private const string Plain = "abcdefghijklmnopqrstuvwxyz";
    private static readonly string[] Characters =
        ["a", "b", "z", "0", " ", "é", "ß", "ж", "中", "न", "😀", "👩🏽‍🚀", "א", "-", ".", "&", "<", "\"", "'"];

    /// <summary>A value.</summary>
    /// <param name="of">The schema.</param>
    /// <param name="name">Of which property or parameter; the items of a list go by the list's.</param>
    public JsonNode? Value(JsonNode of, string name)
    {
        if (known.TryGetValue(name, out var given))
        {
            return given?.DeepClone();
        }

        var schema = Whole(of);
        if (schema["const"] is { } only)
        {
            return only.DeepClone();
        }

        if (schema["enum"] is JsonArray allowed)
        {
            return allowed[chance.Next(allowed.Count)]?.DeepClone();
        }

        var types = schema["type"] is JsonArray several
            ? several.Select(type => type!.ToString()).ToArray()
            : [schema["type"]?.ToString() ?? "object"];
        return types[chance.Next(10) == 0 ? types.Length - 1 : 0] switch
        {
            "null" => null,
            "boolean" => chance.Next(2) == 0,
            "integer" => chance.NextInt64((long?)schema["minimum"] ?? 0, Math.Min((long?)schema["maximum"] ?? 100, long.MaxValue - 1) + 1),
            "number" => chance.NextDouble(),
            "array" => new JsonArray([.. Enumerable.Range(0, chance.Next(Math.Min(4, ((int?)schema["maxItems"] ?? 3) + 1)))
                .Select(_ => Value(schema["items"]!, name))]),
            "object" => Object(schema),
            _ => Text(schema, name, chance.Next(8) == 0),
        };
    }

    /// <summary>A text; as long as it may be where <paramref name="longest"/> says so.</summary>
    public string Text(JsonObject schema, string name, bool longest)
    {
        var max = (int?)schema["maxLength"] ?? 20;
        var length = longest ? max : Math.Clamp(chance.Next(12), (int?)schema["minLength"] ?? 0, max);
        return (name, schema["pattern"]?.ToString()) switch
        {
            ("country", _) => "GB",
            ("language" or "languages", _) => longest ? "en-GB" : "pt-BR",
            ("email", _) => "somebody@example.com",
            ("avatarUrl" or "website" or "url", _) => Url(longest ? max : 30),
            (_, not null) => Letters(Math.Max(1, length)),
            _ => Free(Math.Max(1, length)),
        };
    }

    /// <summary>An address of that many characters.</summary>
    public static string Url(int length) => "https://example.com/".PadRight(length, 'a');

    /// <summary>Letters, of which each is one code point.</summary>
    public string Letters(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => Plain[chance.Next(Plain.Length)]));

    /// <summary>A schema with all that its references and parts say.</summary>
    public static JsonObject Whole(JsonNode of)
    {
        var schema = Contract.Current.Schemas.Resolve(of);
        if (schema["allOf"] is not JsonArray parts)
        {
            return schema;
        }

        var whole = new JsonObject();
        foreach (var (key, value) in parts.SelectMany(part => Whole(part!)))
        {
            whole[key] = (whole[key], value) switch
            {
                (JsonObject one, JsonObject other) =>
                    new JsonObject(one.Concat(other).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))),
                (JsonArray one, JsonArray other) => new JsonArray([.. one.Concat(other).Select(item => item?.DeepClone())]),
                _ => value?.DeepClone(),
            };
        }

        return whole;
    }

    // Its ends are no blanks, which the server would take away.
    private string Free(int length)
    {
        var text = new System.Text.StringBuilder("x");
        for (var count = 1; count < length;)
        {
            var next = Characters[chance.Next(Characters.Length)];
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
            .Where(property => required.Contains(property.Key) || chance.Next(2) == 0)
            .Select(property => KeyValuePair.Create(property.Key, Value(property.Value!, property.Key))));
    }
}
