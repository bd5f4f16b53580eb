using System.Text;
using System.Text.Json.Nodes;

namespace Connections.Tests.Functions.Fuzz;

/// <summary>What nobody should send: texts, pieces of JSON, bytes.</summary>
internal static class Hostile
{
    // Stands for a piece that no JSON writer would write, until the text is there.
    private const string Raw = "@raw:";

    /// <summary>Texts that could mean something else to somebody, or be cut in two.</summary>
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

    /// <summary>Pieces of JSON, whole and broken, as they are written.</summary>
    private static readonly string[] Pieces =
    [
        "\"\\ud800\"", "\"\\udc00x\"", "\"\\ud800\\ud800\"", "\"a\\u0000b\"", "1e400", "-1e400", "1e-400", "123456789012345678901234567890",
        "9223372036854775807", "9223372036854775808", "-9223372036854775809",
        "1.0", "52000.0", "5.2e4", "9007199254740993.0", "1e2", "0.1e1", "-0", "01", "NaN", "Infinity", "'x'", "tru", "", "undefined", "{}",
        "[]", "[[]]", "[null]", "{\"a\":1}", "\"\\x\"", "\"", "// x", "null", "true", "0", "-1", "1.5",
        Deep(15), Deep(17), Deep(1000), "[" + string.Join(',', Enumerable.Repeat("\"x\"", 300)) + "]",
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

    /// <summary>One of the texts.</summary>
    public static string Text(Random chance) => Texts[chance.Next(Texts.Count)];

    /// <summary>One of the content types; null for none.</summary>
    public static string? ContentType(Random chance) => chance.Next(8) == 0 ? null : ContentTypes[chance.Next(ContentTypes.Length)];

    /// <summary>Puts something else at a place of a document, chosen by chance; the document itself
    /// where there is no other place.</summary>
    public static JsonNode? Somewhere(JsonNode? document, Random chance)
    {
        var places = Places(document).ToList();
        if (places.Count == 0)
        {
            return Piece(chance);
        }

        var (parent, key) = places[chance.Next(places.Count)];
        switch (chance.Next(8))
        {
            case 0 when parent is JsonObject from:
                from.Remove(key);
                break;
            case 1 when parent is JsonObject named:
                // Names count as they are written.
                var value = named[key]?.DeepClone();
                named.Remove(key);
                named[chance.Next(2) == 0 ? key.ToUpperInvariant() : key + " "] = value;
                break;
            case 2 when parent is JsonObject more:
                more[chance.Next(2) == 0 ? "unknown" : Text(chance)] = Text(chance);
                break;
            case 3 or 4:
                Set(parent, key, Text(chance));
                break;
            case 5 when parent is JsonArray list:
                foreach (var _ in Enumerable.Range(0, chance.Next(1, 50)))
                {
                    list.Add(list[0]?.DeepClone());
                }

                break;
            default:
                Set(parent, key, Piece(chance));
                break;
        }

        return document;
    }

    /// <summary>A document as it is sent, its broken pieces too; now and then with a key twice.</summary>
    public static byte[] Write(JsonNode? document, Random chance)
    {
        var text = document?.ToJsonString(Json.Options) ?? "null";
        for (var at = text.IndexOf($"\"{Raw}", StringComparison.Ordinal); at >= 0; at = text.IndexOf(
            $"\"{Raw}", at, StringComparison.Ordinal))
        {
            var end = text.IndexOf('"', at + 1);
            text = text[..at] + Pieces[int.Parse(text[(at + Raw.Length + 1)..end], System.Globalization.CultureInfo.InvariantCulture)]
                + text[(end + 1)..];
        }

        if (chance.Next(10) == 0 && document is JsonObject { Count: > 0 } keys)
        {
            var key = keys.ElementAt(chance.Next(keys.Count)).Key;
            text = $"{{{JsonValue.Create(key).ToJsonString()}:{Pieces[chance.Next(Pieces.Length)]},{text[1..]}";
        }

        return Encoding.UTF8.GetBytes(text);
    }

    /// <summary>Bytes that are no longer quite the same.</summary>
    public static byte[] Broken(byte[] bytes, Random chance)
    {
        var at = chance.Next(bytes.Length + 1);
        return chance.Next(9) switch
        {
            0 => bytes[..at],
            1 => [.. bytes[..at], .. Bytes[chance.Next(Bytes.Length)], .. bytes[at..]],
            2 => [.. Bytes[chance.Next(Bytes.Length)], .. bytes],
            3 => [.. bytes, .. Bytes[chance.Next(Bytes.Length)]],
            4 => [.. bytes, .. bytes],
            5 => [.. bytes, .. Encoding.ASCII.GetBytes(new string(' ', 64 * 1024))],
            6 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes)),
            7 when bytes.Length > 0 => [
                .. bytes[..(at % bytes.Length)], (byte)(bytes[at % bytes.Length] ^ (1 << chance.Next(8))),
                .. bytes[((at % bytes.Length) + 1)..]],
            _ => [],
        };
    }

    private static JsonNode Piece(Random chance) => $"{Raw}{chance.Next(Pieces.Length)}";

    private static string Deep(int depth) => new string('[', depth) + new string(']', depth);

    private static void Set(JsonNode parent, string key, JsonNode? value)
    {
        if (parent is JsonArray list)
        {
            list[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)] = value;
        }
        else
        {
            parent[key] = value;
        }
    }

    private static IEnumerable<(JsonNode Parent, string Key)> Places(JsonNode? node) => node switch
    {
        JsonObject item => item.SelectMany(child => Places(child.Value).Prepend((item, child.Key))),
        JsonArray list => list.Index().SelectMany(child => Places(child.Item).Prepend((list, $"{child.Index}"))),
        _ => [],
    };
}
