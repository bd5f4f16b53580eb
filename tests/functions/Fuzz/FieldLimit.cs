using System.Text.Json.Nodes;
using Connections.Tests.Functions.OpenApi;

namespace Connections.Tests.Functions.Fuzz;

/// <summary>A limit in the contract for a field of a body or for a parameter.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Field">The field by its name in errors, such as <c>platforms[0].handle</c>.</param>
/// <param name="Keyword">The keyword of the limit, such as <c>maxLength</c>.</param>
/// <param name="AtLimit">The last allowed value.</param>
/// <param name="PastLimit">The first refused value.</param>
internal sealed record FieldLimit(Operation Operation, string Field, string Keyword, JsonNode? AtLimit, JsonNode? PastLimit)
{
    /// <summary>The limits of an operation's body.</summary>
    public static IEnumerable<FieldLimit> OfBody(Operation operation, JsonNode schema) => Of(operation, "", ValidValues.Merged(schema));

    /// <summary>The limits of an operation's query.</summary>
    public static IEnumerable<FieldLimit> OfQuery(Operation operation) => operation.Parameters
        .Where(parameter => parameter["in"]!.ToString() == "query")
        .SelectMany(parameter => Of(operation, parameter["name"]!.ToString(), ValidValues.Merged(parameter["schema"]!)));

    /// <summary>The text fields of a body by their names in errors.</summary>
    public static IEnumerable<string> Texts(JsonNode schema) => Texts("", ValidValues.Merged(schema));

    /// <inheritdoc/>
    public override string ToString() => $"{Operation.Id} {Field} {Keyword}";

    private static IEnumerable<string> Texts(string field, JsonObject schema) => Is(schema, "object")
        ? Properties(schema).SelectMany(property => Texts(Joined(field, property.Key), ValidValues.Merged(property.Value!)))
        : Is(schema, "array") ? Texts(field + "[0]", ValidValues.Merged(schema["items"]!)) : Is(schema, "string") ? [field] : [];

    private static IEnumerable<FieldLimit> Of(Operation operation, string field, JsonObject schema)
    {
        FieldLimit Limit(string keyword, JsonNode? at, JsonNode? past) => new(operation, field, keyword, at, past);
        if (Is(schema, "object"))
        {
            return Properties(schema)
                .SelectMany(property => Of(operation, Joined(field, property.Key), ValidValues.Merged(property.Value!)));
        }

        var own = new List<FieldLimit>();
        foreach (var keyword in new[] { "maxLength", "minLength", "maximum", "minimum", "maxItems" }.Where(
            keyword => schema[keyword] is not null))
        {
            var limit = (decimal)schema[keyword]!;
            own.Add(keyword switch
            {
                "maxLength" => Limit(keyword, Text(field, schema, (int)limit), Text(field, schema, (int)limit + 1)),
                "minLength" => Limit(keyword, Text(field, schema, (int)limit), Text(field, schema, (int)limit - 1)),
                "maxItems" => Limit(keyword, List(field, schema, (int)limit), List(field, schema, (int)limit + 1)),
                _ => Limit(keyword, JsonValue.Create(limit), JsonValue.Create(
                    limit + ((keyword == "maximum" ? 1 : -1) * (Is(schema, "integer") ? 1 : 0.0001m)))),
            });
        }

        return Is(schema, "array") ? own.Concat(Of(operation, field + "[0]", ValidValues.Merged(schema["items"]!))) : own;
    }

    // Limits count code points. An emoji has two chars in .NET and four bytes in UTF-8, so other ways of counting fail.
    private static string Text(string field, JsonObject schema, int length)
    {
        var name = field.Split('.')[^1].Split('[')[0];
        return name switch
        {
            "email" => Email(length),
            "avatarUrl" or "website" or "url" => ValidValues.Url(length),
            "language" or "languages" when length > 3 => Language(length),
            _ when schema["pattern"] is not null || name == "continuation" => new string('x', length),
            _ => string.Concat(Enumerable.Repeat("😀", length)),
        };
    }

    private static string Email(int length)
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('d', 40), 10))[..(length - 64 - 1 - 4)];
        return $"{new string('l', 64)}@{domain.TrimEnd('.').PadRight(domain.Length, 'd')}.com";
    }

    // Variant subtags, which have at most 8 characters.
    private static string Language(int length) => ("en-" + string.Join('-', Enumerable.Range(0, 9).Select(i => $"varian{i}a")))[..length];

    private static JsonArray List(string field, JsonObject schema, int count)
    {
        var items = ValidValues.Merged(schema["items"]!);
        return new JsonArray([.. Enumerable.Range(0, count).Select(i => (JsonNode?)(field switch
        {
            "platforms" => new JsonObject { ["name"] = "instagram", ["handle"] = $"handle{i}" },
            "messages" => new JsonObject { ["clientId"] = $"client{i}", ["text"] = "Text" },
            "languages" or "language" => "en-GB",
            "country" => "GB",
            _ when (items["enum"] ?? items["x-extensible-enum"]) is JsonArray allowed => allowed[i % allowed.Count]!.DeepClone(),
            "value" => new JsonObject { ["text"] = $"Text {i}" },
            _ => $"word{i}",
        }))]);
    }

    // The files of a message must exist: FilesOfMessagesTests has their limits. The name of a file is cleaned and not refused:
    // FileNameTests.
    private static IEnumerable<KeyValuePair<string, JsonNode?>> Properties(JsonObject schema) => (schema["properties"]?.AsObject() ?? [])
        .Where(property => property.Key != "files" && !(property.Key == "name" && schema["properties"]!["size"] is not null));

    private static bool Is(JsonObject schema, string type) =>
        schema["type"] is JsonArray types ? types.Any(item => item!.ToString() == type) : (schema["type"]?.ToString() ?? "object") == type;

    private static string Joined(string field, string name) => field.Length == 0 ? name : $"{field}.{name}";
}
