using System.Text.Json;

namespace Connections.Local.Cosmos.Query;

/// <summary>How a query is put to SQLite.</summary>
internal sealed class Plan
{
    private readonly StoredContainer container;
    private readonly Conditions conditions;
    private readonly List<string> filters = [];
    private readonly HashSet<JsonPath> fixedPaths = [];
    private readonly string? index;
    private readonly string? words;
    private readonly List<string> impliedByWords = [];
    private readonly bool tieDescending;

    /// <exception cref="CosmosRefusal">A sort that the indexing policy does not serve, or what is not built.</exception>
    public Plan(StoredContainer container, SelectQuery query, object? partition, long now)
    {
        this.container = container;
        conditions = new Conditions(container, query.Root);
        CheckSort(container.Settings.Policy, query.OrderBy);
        if (partition is not null)
        {
            filters.Add($"i.pk = {conditions.Bind(partition)}");
        }

        if (container.Expires)
        {
            filters.Add($"(i.expires IS NULL OR i.expires > {conditions.Bind(now)})");
        }

        var conjuncts = Conjuncts(query.Where).ToList();
        foreach (var comparison in conjuncts.OfType<Comparison>())
        {
            if (comparison is { Left: PathOf { Path: var path }, Right: Constant, Operator: not "<>" })
            {
                _ = comparison.Operator == "=" ? fixedPaths.Add(path) : conditions.Bounds.Add((path, comparison.Operator[0]));
            }
        }

        foreach (var bounds in conjuncts.OfType<Comparison>()
            .Where(bound => bound is { Left: PathOf, Right: Constant { Type: JsonValueKind.Number or JsonValueKind.String }, Operator: not ("=" or "<>") })
            .GroupBy(bound => (bound.Left, Side: bound.Operator[0], ((Constant)bound.Right).Type)).Where(bounds => bounds.Count() > 1))
        {
            var closest = bounds.Key.Side == '<' ? bounds.MinBy(Key) : bounds.MaxBy(Key);
            conditions.Farther.UnionWith(bounds.Where(bound => bound != closest));
        }

        var match = new WordMatch(container, query.Root);
        words = match.Of(conjuncts);
        foreach (var conjunct in conjuncts)
        {
            (match.IsWhole(conjunct) ? impliedByWords : filters).Add(conditions.Sql(conjunct, true));
        }

        var isOnePartition = partition is not null || fixedPaths.Contains(container.Settings.PartitionKey);
        // SQLite uses an index for a sort only when what the conditions fix to one value is left out of it.
        Sort = query.OrderBy.Count > 0 ? [.. query.OrderBy.Where(field => !fixedPaths.Contains(field.Path))]
            : isOnePartition && !UsesIndex() ? [new SortField(new JsonPath(["id"]), Descending: false)] : [];
        tieDescending = query.OrderBy is [{ Descending: true }, ..];
        index = query.OrderBy.Count > 0 ? ContainerIndexes.For(container, query.OrderBy, isOnePartition) : null;
    }

    /// <summary>
    /// What the answers are sorted by, as far as it can differ between them, and then by their numbers. Without ORDER BY it is what
    /// costs least: the id in a partition that is looked through, and else nothing.
    /// </summary>
    public IReadOnlyList<SortField> Sort { get; }

    /// <summary>The values to bind.</summary>
    public IReadOnlyList<object> Values => conditions.Values;

    /// <summary>Counts the matches.</summary>
    public string CountSql() => $"SELECT count(*) {From(usesWords: words is not null)}{Where()}";

    /// <summary>Whether the page is found by its words, and then sorted, or by going along the sort's index.</summary>
    /// <remarks>
    /// Few items with the words are soon sorted; when they are many, a page of them is soon met on the way. Of m among n items a page of p is
    /// met after p * n / m, so the two cost the same where m is the root of p * n.
    /// </remarks>
    public bool GoesByWords(SqliteSession session, long page, FewMatches known) =>
        words is not null && (index is null || known.Are(container, words, page, () => AreFew(session, page)));

    /// <summary>Rows of the item's number, its sort keys and the given columns, sorted, from behind a place on.</summary>
    /// <remarks>The items are looked up once the page is known, so that a sort carries keys and not whole items.</remarks>
    public string PageSql(IEnumerable<string> columns, Continuation? behind, long limit, long offset, bool goesByWords)
    {
        if (behind is not null)
        {
            filters.Add(Behind(behind));
        }

        var keys = Sort.Select((field, i) => $", {container.Key(field.Path, "i.")} AS k{i}");
        var order = Sort.Select(field => container.Key(field.Path, "i.") + Direction(field)).Append("i.n" + TieDirection);
        var inner = $"SELECT i.n AS n{string.Concat(keys)} {From(goesByWords)}{Where()} " +
            $"ORDER BY {string.Join(", ", order)} LIMIT {conditions.Bind(limit)} OFFSET {conditions.Bind(offset)}";
        var outer = Sort.Select((_, i) => $"p.k{i}");
        var outerOrder = Sort.Select((field, i) => $"p.k{i}{Direction(field)}").Append("p.n" + TieDirection);
        return $"SELECT {string.Join(", ", outer.Prepend("p.n").Concat(columns))} FROM ({inner}) p CROSS JOIN {container.Table} i ON i.n = p.n " +
            $"ORDER BY {string.Join(", ", outerOrder)}";
    }

    private string TieDirection => tieDescending ? " DESC" : "";

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
        var table = WordIndex.Table(container);
        long few;
        using (var items = session.Query($"SELECT max(n) FROM {container.Table}"))
        {
            few = items.Step() ? 1 + (long)Math.Sqrt((double)page * items.Long(0)) : 1;
        }

        using var row = session.Query($"SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ?1 LIMIT ?2)", words!, few);
        return row.Step() && row.Long(0) < few;
    }

    private bool UsesIndex() =>
        words is not null || container.Settings.Policy.Scalars.Intersect(fixedPaths.Concat(conditions.Bounds.Select(bound => bound.Path))).Any();

    private string From(bool usesWords)
    {
        if (!usesWords)
        {
            filters.AddRange(impliedByWords);
            return $"FROM {container.Table} i{(index is null ? "" : $" INDEXED BY {index}")}";
        }

        // What the words say is exactly what these conditions say, so only the others are tested.
        var table = WordIndex.Table(container);
        filters.Add($"w.{table} MATCH {conditions.Bind(words!)}");
        return $"FROM {table} w CROSS JOIN {container.Table} i ON i.n = w.rowid";
    }

    private string Where() => filters.Count == 0 ? "" : " WHERE " + string.Join(" AND ", filters);

    // Sorted later than the place, field by field.
    private string Behind(Continuation place)
    {
        var later = $"i.n {Later(tieDescending)} {conditions.Bind(place.Number)}";
        var bound = "";
        for (var i = Sort.Count - 1; i >= 0; i--)
        {
            var key = container.Key(Sort[i].Path, "i.");
            var value = conditions.Bind(place.Keys[i]);
            later = $"({key} {Later(Sort[i].Descending)} {value} OR ({key} = {value} AND {later}))";
            // Says less than the whole, but as something that an index can start from.
            bound = $"{key} {Later(Sort[i].Descending)}= {value} AND ";
        }

        return $"({bound}{later})";
    }

    private static string Later(bool descending) => descending ? "<" : ">";
}
