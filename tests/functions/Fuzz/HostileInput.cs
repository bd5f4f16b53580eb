using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Connections.Tests.Functions.Fuzz;

/// <summary>Hostile input: texts, JSON fragments and bytes.</summary>
internal static class HostileInput
{
    // Marks the place of a fragment that a JSON writer cannot write. Serialize puts the fragment there.
    private const string FragmentMark = "@raw:";

    /// <summary>Texts that parsers may misread, truncate or execute.</summary>
    public static IReadOnlyList<string> Texts { get; } =
    [
        "", " ", "\t", "\n", "\u0000", "a\u0000b", "\u0007", "\u001b[31m", "\u007f", "\u0085", "\u2028", "\u202e", "\u202dabc",
        "\u2066x\u2069", "\ufeff", "\ufffd", "\ufffe", "\u200b",
        "e\u0301", "😀", "👩🏽‍🚀", "中文", "עברית", "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "{{constructor}}",
        "{{{x}}}", "${7*7}", "%0d%0aBcc: a@example.com",
        "\r\nBcc: a@example.com", "a@example.com\r\nSubject: x", "' OR 1=1 --", "\\", "\\\\", "../../etc/passwd", "..%2f", "%00", "%",
        "%zz", "javascript:alert(1)", "data:text/html,x",
        "https://user:pass@example.com/", "http://169.254.169.254/", "file:///etc/passwd", "null", "undefined", "true", "NaN", "-1", "0",
        "1e400", "9223372036854775808", "__proto__", "constructor",
        ".", "..", "...", "facets", "\u2800\u3164", "\u2069\u202bA", "\u0301", "https://bank.example\u2044login.evil.example/",
        "c000000000000000000000000000000", "facets:creators", "allowance", "id", "_etag", "admin", "I", "İ", "ı", "ß", "ﬀ", "Ⅷ", "٣", "𝟙",
        new string('a', 129), new string('é', 300), new string('x', 5000),
        string.Concat(Enumerable.Repeat("😀", 2001)), string.Concat(Enumerable.Repeat("e\u0301", 500)), new string('\u0300', 200),
    ];

    /// <summary>Fragments of JSON, valid and invalid.</summary>
    private static readonly string[] Fragments =
    [
        "\"\\ud800\"", "\"\\udc00x\"", "\"\\ud800\\ud800\"", "\"a\\u0000b\"", "1e400", "-1e400", "1e-400", "123456789012345678901234567890",
        "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "1.0", "52000.0", "5.2e4", "9007199254740993.0", "1e2", "0.1e1", "-0", "01", "NaN", "Infinity", "'x'", "tru", "", "undefined", "{}",
        "[]", "[[]]", "[null]", "{\"a\":1}", "\"\\x\"", "\"", "// x", "null", "true", "0", "-1", "1.5",
        Nested(15), Nested(17), Nested(1000), "[" + string.Join(',', Enumerable.Repeat("\"x\"", 300)) + "]",
    ];

    private static readonly byte[][] Bytes = [
        [0], [0xFF], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xEF, 0xBB, 0xBF], [0x80], "}"u8.ToArray(),
        ","u8.ToArray(), "\""u8.ToArray(), "{"u8.ToArray()];

    private static readonly string[] ContentTypes =
    [
        "text/plain", "text/html", "application/json; charset=utf-16", "application/JSON", "application/json;charset=\"utf-8\"",
        "application/problem+json", "application/x-www-form-urlencoded",
        "multipart/form-data", "multipart/form-data; boundary=x", "application/x-ndjson", "application/octet-stream", "*/*",
        "application/json, text/plain", "garbage", "application/xml",
    ];

    /// <summary>A random text.</summary>
    public static string Text(Random random) => Texts[random.Next(Texts.Count)];

    /// <summary>A random content type; sometimes null.</summary>
    public static string? ContentType(Random random) => random.Next(8) == 0 ? null : ContentTypes[random.Next(ContentTypes.Length)];

    /// <summary>Changes a random node of a document, or replaces the whole document if it has no nodes.</summary>
    public static JsonNode? Mutate(JsonNode? document, Random random)
    {
        var nodes = Nodes(document).ToList();
        if (nodes.Count == 0)
        {
            return Fragment(random);
        }

        var (parent, key) = nodes[random.Next(nodes.Count)];
        switch (random.Next(8))
        {
            case 0 when parent is JsonObject from:
                from.Remove(key);
                break;
            case 1 when parent is JsonObject named:
                // Property names are case-sensitive.
                var value = named[key]?.DeepClone();
                named.Remove(key);
                named[random.Next(2) == 0 ? key.ToUpperInvariant() : key + " "] = value;
                break;
            case 2 when parent is JsonObject more:
                more[random.Next(2) == 0 ? "unknown" : Text(random)] = Text(random);
                break;
            case 3 or 4:
                Set(parent, key, Text(random));
                break;
            case 5 when parent is JsonArray list:
                foreach (var _ in Enumerable.Range(0, random.Next(1, 50)))
                {
                    list.Add(list[0]?.DeepClone());
                }

                break;
            default:
                Set(parent, key, Fragment(random));
                break;
        }

        return document;
    }

    /// <summary>Serializes a document with its invalid fragments, and sometimes repeats a key.</summary>
    public static byte[] Serialize(JsonNode? document, Random random)
    {
        var text = document?.ToJsonString(Json.Options) ?? "null";
        for (var at = text.IndexOf($"\"{FragmentMark}", StringComparison.Ordinal); at >= 0; at = text.IndexOf(
            $"\"{FragmentMark}", at, StringComparison.Ordinal))
        {
            var end = text.IndexOf('"', at + 1);
            text = text[..at] + Fragments[int.Parse(text[(at + FragmentMark.Length + 1)..end], CultureInfo.InvariantCulture)]
                + text[(end + 1)..];
        }

        if (random.Next(10) == 0 && document is JsonObject { Count: > 0 } keys)
        {
            var key = keys.ElementAt(random.Next(keys.Count)).Key;
            text = $"{{{JsonValue.Create(key).ToJsonString()}:{Fragments[random.Next(Fragments.Length)]},{text[1..]}";
        }

        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Corrupts bytes.</summary>
    public static byte[] Corrupt(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length + 1);
        return random.Next(9) switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], .. Bytes[random.Next(Bytes.Length)], .. bytes[at..]],
            2 => [.. Bytes[random.Next(Bytes.Length)], .. bytes],
            3 => [.. bytes, .. Bytes[random.Next(Bytes.Length)]],
            4 => [.. bytes, .. bytes],
            5 => [.. bytes, .. Encoding.ASCII.GetBytes(new string(' ', 64 * 1024))],
            6 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes)),
            7 when bytes.Length > 0 => [
                .. bytes[..(at % bytes.Length)], (byte)(bytes[at % bytes.Length] ^ (1 << random.Next(8))),
                .. bytes[((at % bytes.Length) + 1)..]],
            _ => [],
        };
    }

    private static JsonNode Fragment(Random random) => $"{FragmentMark}{random.Next(Fragments.Length)}";

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static void Set(JsonNode parent, string key, JsonNode? value)
    {
        if (parent is JsonArray list)
        {
            list[int.Parse(key, CultureInfo.InvariantCulture)] = value;
        }
        else
        {
            parent[key] = value;
        }
    }

    private static IEnumerable<(JsonNode Parent, string Key)> Nodes(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(child => Nodes(child.Value).Prepend((item, child.Key))),
        JsonArray list => list.Index().SelectMany(child => Nodes(child.Item).Prepend((list, $"{child.Index}"))),
        _ => [],
    };
}
