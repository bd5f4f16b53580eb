using System.Text;
using System.Text.Json;

namespace Connections.Local.Cosmos.Query;

/// <summary>What a query's conditions say about the elements of indexed arrays, as a search of the <see cref="WordIndex"/>.</summary>
internal static class WordMatch
{
    // Hexadecimal doubles the length, and FTS5 cuts a token off at 32,768 bytes.
    private const int MaxBytes = 16_000;

    /// <summary>A search that finds every item which meets all the conditions, and maybe others; null when they say nothing of the kind.</summary>
    public static string? Of(StoredContainer container, string root, IEnumerable<Expression> conditions)
    {
        var searches = conditions.Select(condition => Of(container, root, condition)).OfType<string>().ToList();
        return searches.Count == 0 ? null : string.Join(" AND ", searches);
    }

    private static string? Of(StoredContainer container, string root, Expression condition) => condition switch
    {
        Or or => Of(container, root, or.Left) is { } left && Of(container, root, or.Right) is { } right ? $"({left} OR {right})" : null,
        Call { Function: "ARRAY_CONTAINS", Arguments: [PathOf array, Constant { Type: JsonValueKind.String } item] } =>
            Token(container, root, array, (string)SortKey.Of(item.Value), isPrefix: false),
        Exists { Where: Call { Function: "STARTSWITH", Arguments: [PathOf { Path.Segments.Count: 0 } element, Constant { Type: JsonValueKind.String } prefix] } } exists
            when element.Root != root => Token(container, root, exists.Array, (string)SortKey.Of(prefix.Value), isPrefix: true),
        _ => null,
    };

    private static string? Token(StoredContainer container, string root, PathOf array, string text, bool isPrefix)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return array.Root == root && bytes.Length is > 0 and <= MaxBytes && WordIndex.Column(container, array.Path) is { } column
            ? $"{column} : \"{Convert.ToHexString(bytes)}\"{(isPrefix ? "*" : "")}"
            : null;
    }
}
