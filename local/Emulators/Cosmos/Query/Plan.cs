using System.Text;
using System.Text.Json;
using Connections.Emulators.Storage;

namespace Connections.Emulators.Cosmos.Query;

/// <summary>The SQL of a query.</summary>
internal sealed class Plan
{
    private readonly StoredContainer _container;
    private readonly Conditions _conditions;
    private readonly List<string> _filters = [];
    private readonly HashSet<JsonPath> _fixedPaths = [];
    private readonly string? _index;
    private readonly string? _words;
    private readonly List<string> _impliedByWords = [];
    private readonly bool _tieDescending;

    /// <exception cref="CosmosRefusal">The indexing policy does not serve the sort, or the query needs something that is not
    /// supported.</exception>
    public Plan(StoredContainer container, SelectQuery query, object? partition, long now)
    {
        _container = container;
        _conditions = new Conditions(container, query.Root);
        CheckSort(container.Settings.Policy, query.OrderBy);
        if (partition is not null)
        {
            _filters.Add($"i.pk = {_conditions.Bind(partition)}");
        }

        if (container.Expires)
        {
            _filters.Add($"(i.expires IS NULL OR i.expires > {_conditions.Bind(now)})");
        }

        var conjuncts = Conjuncts(query.Where).ToList();
        foreach (var comparison in conjuncts.OfType<Comparison>())
        {
            if (comparison is { Left: PathOf { Path: var path }, Right: Constant, Operator: not "<>" })
            {
                _ = comparison.Operator == "=" ? _fixedPaths.Add(path) : _conditions.Bounds.Add((path, comparison.Operator[0]));
            }
        }

        foreach (var bounds in conjuncts.OfType<Comparison>()
            .Where(
                bound =>
                    bound is
                    {
                        Left: PathOf, Right: Constant { Type: JsonValueKind.Number or JsonValueKind.String }, Operator: not ("="
                        or "<>")
                    })
            .GroupBy(bound => (bound.Left, Side: bound.Operator[0], ((Constant)bound.Right).Type)).Where(bounds => bounds.Count() > 1))
        {
            var closest = bounds.Key.Side == '<' ? bounds.MinBy(Key) : bounds.MaxBy(Key);
            _conditions.Farther.UnionWith(bounds.Where(bound => bound != closest));
        }

        var match = new WordMatch(container, query.Root);
        _words = match.Of(conjuncts);
        foreach (var conjunct in conjuncts)
        {
            (match.IsWhole(conjunct) ? _impliedByWords : _filters).Add(_conditions.Sql(conjunct, true));
        }

        var isOnePartition = partition is not null || _fixedPaths.Contains(container.Settings.PartitionKey);
        // SQLite uses an index for a sort only if the sort leaves out the paths that the conditions fix to one value.
        Sort = query.OrderBy.Count > 0 ? [.. query.OrderBy.Where(field => !_fixedPaths.Contains(field.Path))]
            : isOnePartition && !UsesIndex() ? [new SortField(new JsonPath(["id"]), Descending: false)] : [];
        _tieDescending = query.OrderBy is [{ Descending: true }, ..];
        _index = query.OrderBy.Count > 0 ? ContainerIndexes.For(container, query.OrderBy, isOnePartition) : null;
    }

    /// <summary>
    /// The sort fields whose values can differ; equal answers are sorted by their numbers. Without ORDER BY the cheapest order: by id
    /// within a partition, otherwise by number alone.
    /// </summary>
    public IReadOnlyList<SortField> Sort { get; }

    /// <summary>The values to bind.</summary>
    public IReadOnlyList<object> Values => _conditions.Values;

    /// <summary>Counts the matches.</summary>
    public string CountSql() => $"SELECT count(*) {From(usesWords: _words is not null)}{Where()}";

    /// <summary>Whether to find all items with the words and sort them, or to walk the sort's index and test each item.</summary>
    /// <remarks>
    /// Sorting is cheaper for few matches, walking for many. With m matches among n items, walking meets a page of p after p * n / m items,
    /// so the two cost the same if m is the square root of p * n.
    /// </remarks>
    public bool GoesByWords(SqliteSession session, long page) => _words is not null && (_index is null || AreFew(session, page));

    /// <summary>Sorted rows of the item's number, its sort keys and the given columns, starting after a continuation.</summary>
    /// <remarks>An inner query finds the page, so that SQLite sorts keys and not whole items.</remarks>
    public string PageSql(IEnumerable<string> columns, Continuation? behind, long limit, long offset, bool goesByWords)
    {
        if (behind is not null)
        {
            _filters.Add(Behind(behind));
        }

        var keys = Sort.Select((field, i) => $", {_container.Key(field.Path, "i.")} AS k{i}");
        var order = Sort.Select(field => _container.Key(field.Path, "i.") + Direction(field)).Append("i.n" + TieDirection);
        var inner = $"SELECT i.n AS n{string.Concat(keys)} {From(goesByWords)}{Where()} " +
            $"ORDER BY {string.Join(", ", order)} LIMIT {_conditions.Bind(limit)} OFFSET {_conditions.Bind(offset)}";
        var outer = Sort.Select((_, i) => $"p.k{i}");
        var outerOrder = Sort.Select((field, i) => $"p.k{i}{Direction(field)}").Append("p.n" + TieDirection);
        return $"SELECT {string.Join(", ", outer.Prepend("p.n").Concat(columns))} FROM ({inner}) p CROSS JOIN {_container.Table} i ON i.n "
            + "= p.n " +
            $"ORDER BY {string.Join(", ", outerOrder)}";
    }

    private string TieDirection => _tieDescending ? " DESC" : "";

    private static object Key(Comparison bound) => SortKey.Of(((Constant)bound.Right).Value);

    private static string Direction(SortField field) => field.Descending ? " DESC" : "";

    private static IEnumerable<Expression> Conjuncts(Expression? where) => where switch
    {
        null or Constant { Type: JsonValueKind.True } => [],
        And and => Conjuncts(and.Left).Concat(Conjuncts(and.Right)),
        _ => [where],
    };

    private static void CheckSort(IndexingPolicy policy, IReadOnlyList<SortField> sort)
    {
        if (sort.Count > 1 && policy.Composite(sort) is null)
        {
            throw CosmosRefusal.Bad("The order by query does not have a corresponding composite index that it can be served from.");
        }

        if (sort.Count == 1 && !policy.Includes(sort[0].Path))
        {
            throw CosmosRefusal.Bad("The index path corresponding to the specified order-by item is excluded.");
        }
    }

    private bool AreFew(SqliteSession session, long page)
    {
        var table = WordIndex.Table(_container);
        var few = 1 + (long)Math.Sqrt((double)page * (session.Number($"SELECT max(n) FROM {_container.Table}") ?? 0));
        return session.Number($"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ?1 LIMIT ?2)", _words!, few) < few;
    }

    private bool UsesIndex() =>
        _words is not null
        || _container.Settings.Policy.Scalars.Intersect(_fixedPaths.Concat(_conditions.Bounds.Select(bound => bound.Path))).Any();

    private string From(bool usesWords)
    {
        if (!usesWords)
        {
            _filters.AddRange(_impliedByWords);
            return $"FROM {_container.Table} i{(_index is null ? "" : $" INDEXED BY {_index}")}";
        }

        // The search covers these conditions exactly, so only the others are tested.
        var table = WordIndex.Table(_container);
        _filters.Add($"w.{table} MATCH {_conditions.Bind(_words!)}");
        return $"FROM {table} w CROSS JOIN {_container.Table} i ON i.n = w.rowid";
    }

    private string Where() => _filters.Count == 0 ? "" : " WHERE " + string.Join(" AND ", _filters);

    // After the continuation in the sort order, field by field.
    private string Behind(Continuation place)
    {
        var later = $"i.n {Later(_tieDescending)} {_conditions.Bind(place.Number)}";
        var bound = "";
        for (var i = Sort.Count - 1; i >= 0; i--)
        {
            var key = _container.Key(Sort[i].Path, "i.");
            var value = _conditions.Bind(place.Keys[i]);
            later = $"({key} {Later(Sort[i].Descending)} {value} OR ({key} = {value} AND {later}))";
            // Implied by the whole condition, in a form for which SQLite can search an index.
            bound = $"{key} {Later(Sort[i].Descending)}= {value} AND ";
        }

        return $"({bound}{later})";
    }

    private static string Later(bool descending) => descending ? "<" : ">";
}

/// <summary>The conditions of a query on elements of indexed arrays, as a search of the <see cref="WordIndex"/>.</summary>
internal sealed class WordMatch(StoredContainer container, string root)
{
    // Hexadecimal doubles the length, and FTS5 truncates a token at 32,768 bytes.
    private const int MaxBytes = 16_000;

    /// <summary>The search for the items that meet all conditions on indexed arrays; null if there are no such conditions.</summary>
    public string? Of(IEnumerable<Expression> conditions)
    {
        var searches = conditions.Select(Of).OfType<string>().ToList();
        return searches.Count == 0 ? null : string.Join(" AND ", searches);
    }

    /// <summary>Whether the search fully covers a condition, so that its results need not be tested for it.</summary>
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
