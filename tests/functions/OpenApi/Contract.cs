using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connections.Cosmos;
using Connections.Http;

namespace Connections.Tests.Functions.OpenApi;

/// <summary>The contract that the product serves, parsed for tests.</summary>
internal sealed class Contract
{
    private static readonly HashSet<string> Methods = ["get", "put", "post", "delete", "patch", "head", "options"];

    private Contract(JsonNode document)
    {
        Document = document;
        Schemas = new Schemas(document);
        Operations =
        [
            .. from path in document["paths"]!.AsObject()
               from member in path.Value!.AsObject()
               where Methods.Contains(member.Key)
               select new Operation(this, member.Key.ToUpperInvariant(), path.Key, path.Value!.AsObject(), member.Value!.AsObject()),
        ];
    }

    /// <summary>The contract that is built into the app.</summary>
    public static Contract Current { get; } = Of(GetContract.Text());

    /// <summary>A contract in YAML.</summary>
    public static Contract Of(string yaml) => new(YamlReader.Read(yaml));

    /// <summary>A contract as a document.</summary>
    public static Contract Of(JsonNode document) => new(document);

    /// <summary>The whole document.</summary>
    public JsonNode Document { get; }

    public Schemas Schemas { get; }

    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>A schema by its name.</summary>
    public JsonObject Schema(string name) => Document["components"]!["schemas"]![name]!.AsObject();

    /// <summary>The operation of a request; null if there is none. A path without parameters wins over a path with parameters.</summary>
    public Operation? Find(HttpMethod method, string path) => Operations
        // A HEAD is answered as the GET, without the body.
        .Where(operation => operation.Method == (method == HttpMethod.Head ? "GET" : method.Method) && operation.Matches(path))
        .MinBy(operation => operation.Parameters.Count(parameter => parameter["in"]!.ToString() == "path"));
}

/// <summary>One operation of the contract.</summary>
internal sealed class Operation
{
    private readonly Contract _contract;
    private readonly JsonObject _node;
    private readonly Regex _path;

    public Operation(Contract contract, string method, string path, JsonObject pathItem, JsonObject node)
    {
        (_contract, Method, Path, _node) = (contract, method, path, node);
        _path = new Regex(
            "^" + Regex.Replace(Regex.Escape(path), @"\\\{[^}]+}", "[^/]+") + "$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);
        Parameters = [.. new[] { pathItem["parameters"], node["parameters"] }.OfType<JsonArray>()
            .SelectMany(list => list).Select(p => contract.Schemas.Resolve(p!))];
    }

    /// <summary>The HTTP method, in upper case.</summary>
    public string Method { get; }

    /// <summary>The path with its parameters in braces.</summary>
    public string Path { get; }

    public string Id => _node["operationId"]!.ToString();

    /// <summary>Whether only moderators may call the operation.</summary>
    public bool IsForModerators => Path.StartsWith("/api/moderation/", StringComparison.Ordinal);

    /// <summary>Whether the operation answers with a page for people.</summary>
    public bool IsPage => Responses.Values.Any(response => response["content"]?["text/html"] is not null);

    /// <summary>Whether the operation takes no token.</summary>
    public bool IsOpen => _node["security"] is JsonArray { Count: 0 };

    /// <summary>The parameters of the operation and of its path.</summary>
    public IReadOnlyList<JsonObject> Parameters { get; }

    /// <summary>The schema of the JSON body; null without a body.</summary>
    public JsonObject? Body =>
        _node["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema ? _contract.Schemas.Resolve(schema) : null;

    /// <summary>Whether a call without a body is refused.</summary>
    public bool NeedsBody => _node["requestBody"]?["required"]?.GetValue<bool>() == true;

    /// <summary>The media types of the body.</summary>
    public IReadOnlyList<string> BodyTypes => [.. _node["requestBody"]?["content"]?.AsObject().Select(content => content.Key) ?? []];

    /// <summary>The answers by status.</summary>
    public IReadOnlyDictionary<int, JsonObject> Responses => _node["responses"]!.AsObject()
        .ToDictionary(response => int.Parse(response.Key, System.Globalization.CultureInfo.InvariantCulture), response =>
            _contract.Schemas.Resolve(response.Value!));

    /// <summary>The answers by status and type of problem.</summary>
    public IEnumerable<OperationAnswer> Answers => Responses.SelectMany(response =>
        ProblemTypes(response.Value) is { Count: > 0 } types
            ? types.Select(type => new OperationAnswer(Id, response.Key, type))
            : [new OperationAnswer(Id, response.Key, null)]);

    /// <summary>Whether a path belongs to this operation.</summary>
    public bool Matches(string path) => _path.IsMatch(path);

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Path}";

    /// <summary>The types of problem that an answer can have.</summary>
    public static IReadOnlyList<string> ProblemTypes(JsonObject response) =>
        [.. response["x-problem-types"]?.AsArray().Select(type => type!.ToString()) ?? []];
}

/// <summary>An answer of an operation: a status, with the type of the problem if it is one.</summary>
internal sealed record OperationAnswer(string Operation, int Status, string? Type)
{
    /// <inheritdoc/>
    public override string ToString() => Type is null ? $"{Operation} {Status}" : $"{Operation} {Status} {Type}";
}
