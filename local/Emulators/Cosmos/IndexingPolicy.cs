using System.Text.Json;

namespace Connections.Emulators.Cosmos;

/// <summary>One field of a composite index or of an ORDER BY.</summary>
internal sealed record SortField(JsonPath Path, bool Descending);

/// <summary>A container's <c>indexingPolicy</c>.</summary>
internal sealed class IndexingPolicy
{
    private static readonly string[] NotBuilt = ["spatialIndexes", "vectorIndexes", "fullTextIndexes"];

    private readonly List<PathPattern> _patterns = [];

    public IndexingPolicy(JsonElement? policy)
    {
        if (policy is not { ValueKind: JsonValueKind.Object } given)
        {
            _patterns.Add(new PathPattern("/*", included: true));
            return;
        }

        if (given.TryGetProperty("indexingMode", out var mode)
            && !string.Equals(mode.GetString(), "consistent", StringComparison.OrdinalIgnoreCase))
        {
            throw CosmosRefusal.NotBuilt($"the indexing mode '{mode}'");
        }

        foreach (var kind in NotBuilt.Where(kind => Children(given, kind).Any()))
        {
            throw CosmosRefusal.NotBuilt(kind);
        }

        _patterns.AddRange(Paths(given, "includedPaths").Select(path => new PathPattern(path, included: true)));
        _patterns.AddRange(Paths(given, "excludedPaths").Select(path => new PathPattern(path, included: false)));
        Scalars = [.. _patterns.Where(p => p is { Included: true, Kind: PathKind.Scalar }).Select(p => p.Path)];
        Words = [.. _patterns.Where(p => p is { Included: true, Kind: PathKind.Words }).Select(p => p.Path)];
        Composites = [.. Children(given, "compositeIndexes").Select(index => index.EnumerateArray().Select(Field).ToArray())];
    }

    /// <summary>The paths that are included one by one, <c>/a/?</c>.</summary>
    public IReadOnlyList<JsonPath> Scalars { get; } = [];

    /// <summary>The arrays whose elements are included, <c>/a/[]/?</c>.</summary>
    public IReadOnlyList<JsonPath> Words { get; } = [];

    public IReadOnlyList<SortField[]> Composites { get; } = [];

    /// <summary>Whether a query may sort by this path alone. The most specific of the included and excluded paths decides.</summary>
    public bool Includes(JsonPath path) =>
        path.IsId || path.IsTime || _patterns.Where(p => p.Matches(path)).MaxBy(p => p.Nearness) is { Included: true };

    /// <summary>The composite index for a sort: the same fields, all in the same or all in the opposite directions.</summary>
    public SortField[]? Composite(IReadOnlyList<SortField> sort) => Composites.FirstOrDefault(index =>
        index.SequenceEqual(sort) || index.SequenceEqual(sort.Select(field => field with { Descending = !field.Descending })));

    private static SortField Field(JsonElement field) => new(
        JsonPath.Parse(field.GetProperty("path").GetString()!),
        field.TryGetProperty("order", out var order) && order.GetString() == "descending");

    private static IEnumerable<string> Paths(JsonElement policy, string name) =>
        Children(policy, name).Select(path => path.GetProperty("path").GetString()!);

    private static JsonElement.ArrayEnumerator Children(JsonElement policy, string name) =>
        policy.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;

    private enum PathKind
    {
        Scalar,
        Words,
        Subtree,
    }

    private sealed class PathPattern
    {
        public PathPattern(string text, bool included)
        {
            this.Included = included;
            (Kind, var suffix) = text switch
            {
                _ when text.EndsWith("/[]/?", StringComparison.Ordinal) => (PathKind.Words, "/[]/?"),
                _ when text.Contains("/[]", StringComparison.Ordinal) => throw CosmosRefusal.NotBuilt($"the indexing path '{text}'"),
                _ when text.EndsWith("/?", StringComparison.Ordinal) => (PathKind.Scalar, "/?"),
                _ when text.EndsWith("/*", StringComparison.Ordinal) => (PathKind.Subtree, "/*"),
                _ => throw CosmosRefusal.Bad($"The indexing path '{text}' does not end with /? or /*."),
            };
            Path = text.Length == suffix.Length ? new JsonPath([]) : JsonPath.Parse(text[..^suffix.Length]);
        }

        public bool Included { get; }

        public PathKind Kind { get; }

        public JsonPath Path { get; }

        /// <summary>How specific the pattern is. Of two equally deep ones, an exact path wins over a subtree.</summary>
        public int Nearness => (2 * Path.Segments.Count) + (Kind == PathKind.Scalar ? 1 : 0);

        public bool Matches(JsonPath path) => Kind switch
        {
            PathKind.Scalar => path.Equals(Path),
            PathKind.Subtree => path.Segments.Take(Path.Segments.Count).SequenceEqual(Path.Segments),
            _ => false,
        };
    }
}
