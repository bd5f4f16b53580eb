using System.Text;
using System.Text.Json;

namespace Connections.Local.Cosmos.Query;

/// <summary>What a query's conditions say about the elements of indexed arrays, as a search of the <see cref="WordIndex"/>.</summary>
internal sealed class WordMatch(StoredContainer container, string root)
{
    // Hexadecimal doubles the length, and FTS5 cuts a token off at 32,768 bytes.
    private const int MaxBytes = 16_000;

    /// <summary>A search that finds the items which meet all those conditions that are of the kind; null when none is.</summary>
    public string? Of(IEnumerable<Expression> conditions)
    {
        var searches = conditions.Select(Of).OfType<string>().ToList();
        return searches.Count == 0 ? null : string.Join(" AND ", searches);
    }

    /// <summary>Whether the search says all that a condition says, so that what it finds need not be tested for it.</summary>
    public bool IsWhole(Expression condition) => Of(condition) is not null;

    private string? Of(Expression condition) => condition switch
    {
        Or or => Of(or.Left) is { } left && Of(or.Right) is { } right ? $"({left} OR {right})" : null,
        Call { Function: "ARRAY_CONTAINS", Arguments: [PathOf array, Constant item] } => Token(array, item, isPrefix: false),
        Exists { Where: Call { Function: "STARTSWITH", Arguments: [PathOf element, Constant prefix] } } exists when IsElement(element) =>
            Token(exists.Array, prefix, isPrefix: true),
        _ => null,
    };

    private bool IsElement(PathOf path) => path.Root != root && path.Path.Segments.Count == 0;

    private string? Token(PathOf array, Constant constant, bool isPrefix)
    {
        if (array.Root != root || constant.Type != JsonValueKind.String || WordIndex.Column(container, array.Path) is not { } column)
        {
            return null;
        }

        var bytes = Encoding.UTF8.GetBytes((string)SortKey.Of(constant.Value));
        return bytes.Length is > 0 and <= MaxBytes ? $"{column} : \"{Convert.ToHexString(bytes)}\"{(isPrefix ? "*" : "")}" : null;
    }
}
