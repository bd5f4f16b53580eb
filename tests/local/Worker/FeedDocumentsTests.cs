using System.Text.Json;
using System.Text.Json.Nodes;
using Connections.Local.Worker;
using Newtonsoft.Json;

using JsonSerializer = System.Text.Json.JsonSerializer;

namespace Connections.Tests.Local.Worker;

/// <summary>With the settings of host.json, the Functions host passes changed documents on unchanged, although it parses them with another
/// library than the SDK.</summary>
public sealed class FeedDocumentsTests
{
    private static readonly HostSettings Host = HostSettings.Read(Path.Combine(Repository.Root, "host.json"));

    // Serializes property names unchanged.
    private static readonly JsonSerializerOptions UnchangedNames = new() { MaxDepth = 64, Encoder = Json.Options.Encoder };

    public static TheoryData<string> Texts { get; } =
    [
        "9999-12-31T24:00:00Z", "/Date(253402300800000)/", "/Date(1234567890000+0100)/", "\\/Date(0)\\/", "2026-12-01T09:00:00+02:00",
        "2026-12-01T09:00:00Z", "2026-12-01T09:00:00.1234567Z",
        "2026-12-01", "0001-01-01T00:00:00", "12:30", "24:00:00", "NaN", "Infinity", "1e400", "null", "undefined", "true", "0x10",
        "new Date(0)", "// comment", "/* */", "\u0000\u0001\u001f", "\u2028\u2029",
        "\\u0041", "\"quoted\"", "한글 ☕ 👩‍👩‍👧", "\uFEFFmark", "</script>", "$type", "{\"$ref\":\"1\"}",
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Texts_are_unchanged_as_values_and_as_names(string text)
    {
        var written = new JsonObject
        {
            ["text"] = text, ["$type"] = text, ["$id"] = text, ["$ref"] = text,
            ["nested"] = new JsonArray(text, new JsonObject { [text] = text }),
        };

        Assert.True(JsonNode.DeepEquals(written, Read(written, Host.FeedDates)));
    }

    [Fact]
    public void Numbers_and_nesting_are_unchanged()
    {
        JsonNode deep = JsonValue.Create(1);
        for (var depth = 0; depth < 40; depth++)
        {
            deep = new JsonArray(deep);
        }

        var written = JsonNode.Parse(
            $$"""{ "n": [0, -1, 9007199254740993, 9223372036854775807, 0.034, 1.5, 10000000000], "deep": {{deep.ToJsonString()}} }""")!;

        Assert.Equal(written.ToJsonString(), Read(written, Host.FeedDates).ToJsonString());
    }

    [Fact]
    public void Without_the_setting_a_text_that_looks_like_a_date_is_changed_or_stops_the_feed()
    {
        Assert.NotEqual(
            "2026-12-01T09:00:00+02:00",
            (string?)Read(new JsonObject { ["text"] = "2026-12-01T09:00:00+02:00" }, DateParseHandling.DateTime)["text"]);
        Assert.ThrowsAny<Exception>(() => Read(new JsonObject { ["text"] = "9999-12-31T24:00:00Z" }, DateParseHandling.DateTime));
    }

    private static JsonNode Read(JsonNode document, DateParseHandling dates)
    {
        var answer = JsonSerializer.SerializeToUtf8Bytes(new { _rid = "", Documents = new[] { document } }, UnchangedNames);
        using var read = FeedDocuments.Read(new MemoryStream(answer), dates);
        return JsonNode.Parse(read.RootElement[0].GetRawText())!;
    }
}
