using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>Checks JSON against the schemas of a document, with the part of JSON Schema 2020-12 that the contract uses.</summary>
/// <remarks>An unsupported keyword or format is an error, so that it cannot pass unchecked.</remarks>
internal sealed partial class Schemas(JsonNode document)
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The violations of a schema by a value; empty if the value is valid.</summary>
    public IReadOnlyList<string> Errors(JsonNode? value, JsonNode schema)
    {
        var errors = new List<string>();
        Check(value, schema.AsObject(), "$", errors);
        return errors;
    }

    /// <summary>The properties of a valid value that no schema names, so that clients cannot know them.</summary>
    public IReadOnlyList<string> Undocumented(JsonNode? value, JsonNode schema)
    {
        var found = new List<string>();
        Compare(value, [.. Applicable(value, schema.AsObject())], "$", found);
        return found;
    }

    /// <summary>The target of a reference; the node itself if it is not a reference.</summary>
    public JsonObject Resolve(JsonNode node)
    {
        var current = node.AsObject();
        while (current["$ref"]?.GetValue<string>() is { } reference)
        {
            current = reference.Split('/').Skip(1).Aggregate(document, (at, name) =>
                at[name] ?? throw new InvalidOperationException($"There is no {reference}.")).AsObject();
        }

        return current;
    }

    /// <summary>The parts of a schema that apply to a value: references, <c>allOf</c>, and matching <c>oneOf</c> or <c>anyOf</c>.</summary>
    public IEnumerable<JsonObject> Applicable(JsonNode? value, JsonObject schema)
    {
        yield return schema;
        IEnumerable<JsonNode?> parts = [
            .. schema["$ref"] is null ? [] : new[] { Resolve(schema) },
            .. schema["allOf"]?.AsArray() ?? [],
            .. (schema["oneOf"] ?? schema["anyOf"])?.AsArray().Where(part => Errors(value, part!).Count == 0) ?? []];
        foreach (var part in parts.SelectMany(part => Applicable(value, part!.AsObject())))
        {
            yield return part;
        }
    }

    private void Compare(JsonNode? value, JsonObject[] schemas, string at, List<string> found)
    {
        switch (value)
        {
            case JsonObject item:
                foreach (var (name, child) in item)
                {
                    var parts = schemas.Select(schema => schema["properties"]?[name] ?? schema["additionalProperties"])
                        .OfType<JsonObject>().ToArray();
                    if (parts.Length == 0)
                    {
                        found.Add($"{at}.{name}");
                    }
                    else if (parts.Any(part => part.Count == 0))
                    {
                        // An empty schema allows anything.
                        continue;
                    }

                    Compare(child, [.. parts.SelectMany(part => Applicable(child, part))], $"{at}.{name}", found);
                }

                break;
            case JsonArray list:
                var items = schemas.Select(schema => schema["items"]).OfType<JsonObject>().ToArray();
                for (var i = 0; i < list.Count; i++)
                {
                    Compare(list[i], [.. items.SelectMany(part => Applicable(list[i], part))], $"{at}[{i}]", found);
                }

                break;
        }
    }

    private void Check(JsonNode? value, JsonObject schema, string at, List<string> errors)
    {
        foreach (var (keyword, rule) in schema)
        {
            switch (keyword)
            {
                case "$ref":
                    Check(value, Resolve(schema), at, errors);
                    break;
                case "allOf":
                    foreach (var part in rule!.AsArray())
                    {
                        Check(value, part!.AsObject(), at, errors);
                    }

                    break;
                case "oneOf" or "anyOf":
                    CheckChoice(value, keyword, rule!.AsArray(), at, errors);
                    break;
                case "properties":
                    foreach (var (name, child) in (value as JsonObject)?.Where(p => rule![p.Key] is not null) ?? [])
                    {
                        Check(child, rule![name]!.AsObject(), $"{at}.{name}", errors);
                    }

                    break;
                case "additionalProperties":
                    foreach (var (name, child) in (value as JsonObject)?.Where(p => schema["properties"]?[p.Key] is null) ?? [])
                    {
                        Check(child, rule!.AsObject(), $"{at}.{name}", errors);
                    }

                    break;
                case "items":
                    foreach (var (i, item) in (value as JsonArray)?.Index() ?? [])
                    {
                        Check(item, rule!.AsObject(), $"{at}[{i}]", errors);
                    }

                    break;
                case "description" or "examples" or "default" or "discriminator":
                    break;
                default:
                    if (!Allows(value, keyword, rule))
                    {
                        errors.Add($"{at} is {Shown(value)}, against {keyword}: {Shown(rule)}");
                    }

                    break;
            }
        }
    }

    private void CheckChoice(JsonNode? value, string keyword, JsonArray parts, string at, List<string> errors)
    {
        var tried = parts.Select(part =>
        {
            var inner = new List<string>();
            Check(value, part!.AsObject(), at, inner);
            return inner;
        }).ToList();
        var matching = tried.Count(inner => inner.Count == 0);
        if (matching == 0)
        {
            errors.AddRange(tried.MinBy(inner => inner.Count)!);
        }
        else if (matching > 1 && keyword == "oneOf")
        {
            errors.Add($"{at} matches {matching} of oneOf");
        }
    }

    private static bool Allows(JsonNode? value, string keyword, JsonNode? rule) => keyword switch
    {
        "type" => rule is JsonArray types ? types.Any(type => IsOf(value, type!.ToString())) : IsOf(value, rule!.ToString()),
        "const" => JsonNode.DeepEquals(value, rule),
        // The API answers no value that its contract does not list, although clients must take any.
        "x-extensible-enum" => Text(value) is null || rule!.AsArray().Any(allowed => JsonNode.DeepEquals(value, allowed)),
        "enum" => rule!.AsArray().Any(allowed => JsonNode.DeepEquals(value, allowed)),
        "required" => value is not JsonObject item || rule!.AsArray().All(name => item.ContainsKey(name!.ToString())),
        "minItems" => value is not JsonArray list || list.Count >= (int)rule!,
        "maxItems" => value is not JsonArray list || list.Count <= (int)rule!,
        "uniqueItems" =>
            value is not JsonArray list || list.Select(item => item?.ToJsonString()).Distinct(StringComparer.Ordinal).Count() == list.Count,
        "minLength" => Text(value) is not { } text || text.EnumerateRunes().Count() >= (int)rule!,
        "maxLength" => Text(value) is not { } text || text.EnumerateRunes().Count() <= (int)rule!,
        "pattern" => Text(value) is not { } text || Regex.IsMatch(text, rule!.ToString(), RegexOptions.CultureInvariant, PatternTimeout),
        "format" => Number(value) is { } number
            ? HasFormat(number, rule!.ToString())
            : Text(value) is not { } text || HasFormat(text, rule!.ToString()),
        "minimum" => Number(value) is not { } number || number >= Number(rule),
        "maximum" => Number(value) is not { } number || number <= Number(rule),
        _ => throw new NotSupportedException($"The keyword {keyword} is not supported."),
    };

    private static bool IsOf(JsonNode? value, string type) => type switch
    {
        "null" => value is null,
        "object" => value is JsonObject,
        "array" => value is JsonArray,
        "string" => value?.GetValueKind() == JsonValueKind.String,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "number" => value?.GetValueKind() == JsonValueKind.Number,
        "integer" => Number(value) is { } number && number == decimal.Truncate(number),
        _ => throw new NotSupportedException($"There is no type {type}."),
    };

    private static bool HasFormat(string text, string format) => format switch
    {
        "date-time" => DateTime().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "uri-reference" => text.Length > 0 && Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _),
        _ => throw new NotSupportedException($"The format {format} is not supported."),
    };

    private static bool HasFormat(decimal number, string format) => format switch
    {
        "int32" => number is >= int.MinValue and <= int.MaxValue,
        "double" => true,
        "int64" => number is >= long.MinValue and <= long.MaxValue,
        _ => throw new NotSupportedException($"The format {format} is not checked yet."),
    };

    private static string? Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static decimal? Number(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.Number
            ? decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture)
            : null;

    private static string Shown(JsonNode? value) => value?.ToJsonString() ?? "null";

    // The contract narrows RFC 3339 to UTC with milliseconds.
    [GeneratedRegex(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\z", RegexOptions.CultureInvariant)]
    private static partial Regex DateTime();
}
