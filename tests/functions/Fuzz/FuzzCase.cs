using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Connections.Creators.Load;
using Connections.Tests.Functions.Access;
using Connections.Tests.Functions.OpenApi;

namespace Connections.Tests.Functions.Fuzz;

/// <summary>A valid call of an operation with a few random mutations.</summary>
internal sealed class FuzzCase
{
    private const int MaxAddressPart = 2000;

    private readonly Random _random;
    private readonly Operation _operation;
    private readonly Dictionary<string, string> _path = new(StringComparer.Ordinal);
    private readonly List<(string Name, string Value)> _query = [];
    private readonly List<(string Name, string Value)> _headers = [];
    private byte[]? _body;
    private string? _contentType;

    /// <summary>Generates a call in a scene. The same state of <paramref name="random"/> gives the same call.</summary>
    public FuzzCase(AccessRow row, Scene scene, Random random)
    {
        _random = random;
        _operation = row.InContract;
        var values = new ValidValues(random, new Dictionary<string, JsonNode?>
        {
            ["creatorId"] = scene.Other, ["memberId"] = scene.Other, ["connectionId"] = scene.Pair.ConnectionId,
            ["seq"] = random.Next(1, 3), ["replyTo"] = random.Next(1, 3), ["id"] = scene.Other,
            ["avatar"] = null, ["avatarUrl"] = null,
        });
        foreach (var parameter in _operation.Parameters)
        {
            var name = parameter["name"]!.ToString();
            switch (parameter["in"]!.ToString())
            {
                case "path":
                    _path[name] = scene.PathValue(_operation, name);
                    break;
                case "query" when name is not ("continuation" or "since")
                    && (parameter["required"]?.GetValue<bool>() == true || random.Next(3) == 0):
                    var value = values.Value(parameter["schema"]!, name);
                    _query.AddRange((value is JsonArray list ? list : [value]).Select(item => (name, $"{item}")));
                    break;
                case "header" when random.Next(4) == 0:
                    _headers.Add((name, "\"3f2a9c0e5b7d41e08a6c9d2f1b3e4a5c\""));
                    break;
            }
        }

        GenerateBody(values);
        foreach (var _ in Enumerable.Range(0, random.Next(7) switch { 0 => 0, 5 => 2, 6 => 3, _ => 1 }))
        {
            Mutate();
        }
    }

    /// <summary>The number of rows in a bulk load; 0 for other calls.</summary>
    public int Rows { get; private set; }

    public HttpRequestMessage ToRequest(string token)
    {
        var path = _path.Aggregate(
            _operation.Path, (current, parameter) => current.Replace($"{{{parameter.Key}}}", parameter.Value, StringComparison.Ordinal));
        var query = string.Join('&', _query.Select(parameter => $"{parameter.Name}={parameter.Value}"));
        var request = new HttpRequestMessage(new HttpMethod(_operation.Method), query.Length > 0 ? $"{path}?{query}" : path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        foreach (var (name, value) in _headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (_body is not null)
        {
            request.Content = new ByteArrayContent(_body);
            if (_contentType is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", _contentType);
            }
        }

        return request;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{string.Join(' ', _path.Values)} ?{string.Join('&', _query)} {string.Join(' ', _headers)} {_contentType} "
        + $"{(_body is null ? "" : Encoding.UTF8.GetString(_body.AsSpan(0, Math.Min(_body.Length, 600))))}";

    private void GenerateBody(ValidValues values)
    {
        _contentType = _operation.BodyTypes.Count > 0 ? _operation.BodyTypes[0] : null;
        if (_operation.Body is { } body)
        {
            SetBody(values.Value(body, ""), json: true);
        }
        else if (_contentType == "application/x-www-form-urlencoded")
        {
            SetBody(
                values.Value(
                    Contract.Current.Schema(
                        _operation.Path.Contains("invite", StringComparison.Ordinal) ? "InviteAnswer" : "UnsubscribeForm"),
                    ""),
                json: false);
        }
        else if (_contentType is not null)
        {
            Rows = 1 + _random.Next(2);
            _body = [.. Enumerable.Range(0, Rows).SelectMany(_ =>
            {
                var row = values.Value(Contract.Current.Schema("CreatorRow"), "");
                row!["id"] = $"loaded-{_random.Next(20)}";
                var sent = _random.Next(2) == 0 ? HostileInput.Mutate(row, _random) : row;
                return (byte[])[.. HostileInput.Serialize(sent, _random), (byte)'\n'];
            })];
        }
    }

    private void SetBody(JsonNode? value, bool json)
    {
        var mutated = value;
        foreach (var _ in Enumerable.Range(0, _random.Next(4)))
        {
            mutated = HostileInput.Mutate(mutated, _random);
        }

        _body = json ? HostileInput.Serialize(mutated, _random)
            : Encoding.UTF8.GetBytes(
                string.Join('&', (mutated as JsonObject ?? []).Select(field => $"{field.Key}={Escaped($"{field.Value}")}")));
    }

    private void Mutate()
    {
        switch (_random.Next(8))
        {
            case 0 or 1 when _path.Count > 0:
                _path[_path.Keys.ElementAt(_random.Next(_path.Count))] = Segment(HostileInput.Text(_random));
                break;
            case 2 or 3:
                var names = _operation.Parameters.Where(parameter => parameter["in"]!.ToString() == "query")
                    .Select(parameter => parameter["name"]!.ToString()).ToArray();
                _query.Add((
                    names.Length > 0 && _random.Next(4) > 0 ? names[_random.Next(names.Length)] : "unknown",
                    Escaped(HostileInput.Text(_random))));
                break;
            case 4:
                var header = new[]
                {
                    "If-Match", "If-None-Match", "Accept-Language", "Accept", "X-HTTP-Method-Override", "Content-Encoding", "Range",
                    "Cookie", "X-Forwarded-Host",
                }[_random.Next(9)];
                _headers.Add((header, new[]
                {
                    "*", "W/\"x\"", "\"", "\"a\", \"b\",,", "DELETE", "gzip", "bytes=0-0", "tlh;q=9", "en;q=x, *;;;", new string('x', 500),
                    "../..", "a=b; c",
                }[_random.Next(12)]));
                break;
            case 5:
                _contentType = HostileInput.ContentType(_random);
                _body ??= "{}"u8.ToArray();
                break;
            case 6 or 7 when _body is not null:
                _body = HostileInput.Corrupt(_body, _random);
                // Corruption changes the number of rows in unpredictable ways.
                Rows = Rows > 0 ? int.MaxValue : 0;
                break;
        }
    }

    // Replaces texts that would change the route: empty segments and dots. Also NUL, which the server itself refuses.
    private static string Segment(string text) => text.Trim('.', '/').Length == 0
        || text.Contains('\0', StringComparison.Ordinal) || text.Contains("%00", StringComparison.Ordinal) || Escaped(text).Length == 0
            ? "x"
            : Escaped(text);

    // Keeps texts that are already escapes.
    private static string Escaped(string text)
    {
        var escaped = text.StartsWith('%') || text.StartsWith("..", StringComparison.Ordinal)
            ? text.Replace("%zz", "%25zz", StringComparison.Ordinal).TrimStart('%')
            : Uri.EscapeDataString(text);
        return escaped.Length <= MaxAddressPart ? escaped : Uri.EscapeDataString(text[..(MaxAddressPart / 10)]);
    }
}
