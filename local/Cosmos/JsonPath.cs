namespace Connections.Local.Cosmos;

/// <summary>A path into a document: property names, and whole numbers for places in an array. Empty is the document itself.</summary>
internal sealed class JsonPath : IEquatable<JsonPath>
{
    private readonly string text;

    public JsonPath(IEnumerable<object> segments)
    {
        Segments = segments.ToArray();
        text = string.Concat(Segments.Select(Step));
    }

    /// <summary>Each a <see cref="string"/> or an <see cref="int"/>.</summary>
    public IReadOnlyList<object> Segments { get; }

    public bool IsId => text == "/id";

    /// <summary>The path as an SQL text that SQLite's JSON functions read, such as <c>'$."a"[0]'</c>.</summary>
    public string Sql => $"'{Place.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The path as SQLite's JSON functions read it, to be bound.</summary>
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

    public bool Equals(JsonPath? other) => other is not null && text == other.text;

    public override bool Equals(object? obj) => Equals(obj as JsonPath);

    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => text;

    private static string Step(object segment)
    {
        // SQLite's JSON paths have no escape for these, so such a name cannot be asked for.
        if (segment is string name && name.AsSpan().ContainsAny('"', '\\', '\0'))
        {
            throw CosmosRefusal.NotBuilt("a property name with a quote, a backslash or NUL in a path");
        }

        return $"/{segment}";
    }
}
