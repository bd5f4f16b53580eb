using System.Text.Json.Nodes;
using Connections.Cosmos;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>The schema checks of the tests find violations.</summary>
public sealed class SchemasTests
{
    private static readonly JsonNode Document = YamlReader.Read(
        """
        short: { type: string, minLength: 1, maxLength: 2 }
        item:
          type: object
          required: [name]
          properties:
            name: { $ref: '#/short' }
            count: { type: integer, minimum: 1, maximum: 9 }
            kind: { enum: [a, b, null] }
            size: { type: integer, format: int32 }
            level: { type: [string, 'null'], x-extensible-enum: [low, high] }
            at: { type: string, format: date-time }
            tags: { type: array, minItems: 1, maxItems: 2, uniqueItems: true, items: { type: string, pattern: '^[a-z]+$' } }
            by: { type: object, additionalProperties: { type: boolean } }
        more:
          allOf: [{ $ref: '#/item' }, { properties: { extra: { type: [number, 'null'] } } }]
        event:
          oneOf:
            - { required: [on], properties: { type: { const: first }, on: { type: boolean } } }
            - { required: [off], properties: { type: { const: second }, off: { type: boolean } } }
        unknown: { multipleOf: 3 }
        """);

    private readonly Schemas _schemas = new(Document);

    [Theory]
    [InlineData(
        "item",
        """{ "name": "ab", "count": 9, "kind": null, "at": "2026-11-22T09:30:00.000Z", "tags": ["x", "y"], "by": { "any": true } }""")]
    [InlineData("item", """{ "name": "😀😀" }""")]
    [InlineData("item", """{ "name": "a", "size": 2000000000, "level": null }""")]
    [InlineData("more", """{ "name": "a", "extra": 0.5 }""")]
    [InlineData("more", """{ "name": "a", "extra": null }""")]
    [InlineData("event", """{ "type": "second", "off": true }""")]
    public void A_valid_value_has_no_errors_and_nothing_undocumented(string schema, string json)
    {
        var value = JsonNode.Parse(json);
        Assert.Empty(_schemas.Errors(value, Document[schema]!));
        Assert.Empty(_schemas.Undocumented(value, Document[schema]!));
    }

    [Theory]
    [InlineData("item", "{}", "required")]
    [InlineData("item", "[]", "type")]
    [InlineData("item", """{ "name": "abc" }""", "maxLength")]
    [InlineData("item", """{ "name": "" }""", "minLength")]
    [InlineData("item", """{ "name": null }""", "type")]
    [InlineData("item", """{ "name": "a", "count": 10 }""", "maximum")]
    [InlineData("item", """{ "name": "a", "count": 0 }""", "minimum")]
    [InlineData("item", """{ "name": "a", "count": 1.5 }""", "type")]
    [InlineData("item", """{ "name": "a", "kind": "c" }""", "enum")]
    [InlineData("item", """{ "name": "a", "at": "2026-11-22T09:30:00Z" }""", "format")]
    [InlineData("item", """{ "name": "a", "at": "2026-13-22T09:30:00.000Z" }""", "format")]
    [InlineData("item", """{ "name": "a", "tags": [] }""", "minItems")]
    [InlineData("item", """{ "name": "a", "tags": ["x", "y", "z"] }""", "maxItems")]
    [InlineData("item", """{ "name": "a", "tags": ["x", "x"] }""", "uniqueItems")]
    [InlineData("item", """{ "name": "a", "tags": ["X"] }""", "pattern")]
    [InlineData("item", """{ "name": "a", "by": { "any": 1 } }""", "type")]
    [InlineData("item", """{ "name": "a", "size": 3000000000 }""", "format")]
    [InlineData("item", """{ "name": "a", "level": "middle" }""", "x-extensible-enum")]
    [InlineData("more", """{ "extra": 1 }""", "required")]
    [InlineData("more", """{ "name": "a", "extra": "1" }""", "type")]
    [InlineData("event", """{ "type": "second", "on": true }""", "const")]
    public void An_invalid_value_has_an_error_with_its_keyword(string schema, string json, string keyword) =>
        Assert.Contains(
            $"against {keyword}:", Assert.Single(_schemas.Errors(JsonNode.Parse(json), Document[schema]!)), StringComparison.Ordinal);

    [Theory]
    [InlineData("item", """{ "name": "a", "secret": 1 }""", "$.secret")]
    [InlineData("more", """{ "name": "a", "secret": { "x": 1 } }""", "$.secret")]
    [InlineData("event", """{ "type": "first", "on": true, "off": true }""", "$.off")]
    public void A_property_that_no_schema_names_is_undocumented(string schema, string json, string at) =>
        Assert.Contains(at, _schemas.Undocumented(JsonNode.Parse(json), Document[schema]!));

    [Fact]
    public void A_keyword_that_is_not_checked_is_refused() =>
        Assert.Throws<NotSupportedException>(() => _schemas.Errors(JsonValue.Create(1), Document["unknown"]!));

    [Fact]
    public void A_reference_that_leads_nowhere_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => _schemas.Errors(null, JsonNode.Parse("""{ "$ref": "#/nothing" }""")!));
}
