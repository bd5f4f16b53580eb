namespace Connections.Emulators.Cosmos;

/// <summary>A path into a document: property names, and indexes of arrays. The empty path is the document itself.</summary>
internal sealed class JsonPath : IEquatable<JsonPath>
{
    private readonly string _text;

    public JsonPath(IEnumerable<object> segments)
    {
        Segments = segments.ToArray();
        _text = string.Concat(Segments.Select(Step));
    }

    /// <summary>Each a <see cref="string"/> or an <see cref="int"/>.</summary>
    public IReadOnlyList<object> Segments { get; }

    public bool IsId => _text == "/id";

    /// <summary>
    /// Whether it is the time of the item's last write, which is indexed whatever the policy says, and set by the write itself.
    /// </summary>
    public bool IsTime => _text == "/_ts";

    /// <summary>The path as an SQL literal for SQLite's JSON functions, such as <c>'$."a"[0]'</c>.</summary>
    public string Sql => $"'{Place.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The path for SQLite's JSON functions, as a value to bind.</summary>
    public string Place => $"${string.Concat(Segments.Select(segment => segment is int ? $"[{segment}]" : $".\"{segment}\""))}";

    /// <summary>Reads a path of a container's policies, such as <c>/a/b</c> or <c>/"a b"</c>.</summary>
    public static JsonPath Parse(string path)
    {
        if (path.Length < 2 || path[0] != '/')
        {
            throw CosmosRefusal.Bad($"The path '{path}' is not valid. It starts with / and names a property.");
        }

        return new JsonPath(path[1..].Split('/').Select(name => (object)name.Trim('"')));
    }

    public bool Equals(JsonPath? other) => other is not null && _text == other._text;

    public override bool Equals(object? obj) => Equals(obj as JsonPath);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => _text;

    private static string Step(object segment)
    {
        // SQLite's JSON paths have no escape for these characters.
        if (segment is string name && name.AsSpan().ContainsAny('"', '\\', '\0'))
        {
            throw CosmosRefusal.NotBuilt("a property name with a quote, a backslash or NUL in a path");
        }

        return $"/{segment}";
    }
}
