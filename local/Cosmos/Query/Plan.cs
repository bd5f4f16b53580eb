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

        foreach (var conjunct in Conjuncts(query.Where))
        {
            filters.Add(conditions.Sql(conjunct, true));
            if (conjunct is Comparison { Operator: "=" } equality && (equality.Left as PathOf ?? equality.Right as PathOf) is { } path
                && (equality.Left as Constant ?? equality.Right as Constant) is not null)
            {
                fixedPaths.Add(path.Path);
            }
        }

        var isOnePartition = partition is not null || fixedPaths.Contains(container.Settings.PartitionKey);
        Sort = query.OrderBy.Count > 0 ? query.OrderBy : isOnePartition ? [new SortField(new JsonPath(["id"]), Descending: false)] : [];
        index = query.OrderBy.Count > 0 ? ContainerIndexes.For(container, query.OrderBy, isOnePartition) : null;
    }

    /// <summary>What the answers are sorted by. Without ORDER BY, by id in a partition, and else as the items were made.</summary>
    public IReadOnlyList<SortField> Sort { get; }

    /// <summary>The values to bind.</summary>
    public IReadOnlyList<object> Values => conditions.Values;

    /// <summary>Counts the matches.</summary>
    public string CountSql() => $"SELECT count(*) FROM {container.Table} i{Where()}";

    /// <summary>Rows of the item's number, its sort keys and the given columns, sorted, from behind a place on.</summary>
    /// <remarks>The items are looked up once the page is known, so that a sort carries keys and not whole items.</remarks>
    public string PageSql(IEnumerable<string> columns, Continuation? behind, long limit, long offset)
    {
        if (behind is not null)
        {
            filters.Add(Behind(behind));
        }

        var keys = Sort.Select((field, i) => $", {container.Key(field.Path, "i.")} AS k{i}");
        var order = Sort.Select(field => container.Key(field.Path, "i.") + Direction(field)).Append("i.n" + TieDirection);
        var inner = $"SELECT i.n AS n{string.Concat(keys)} FROM {container.Table} i{(index is null ? "" : $" INDEXED BY {index}")}{Where()} " +
            $"ORDER BY {string.Join(", ", order)} LIMIT {conditions.Bind(limit)} OFFSET {conditions.Bind(offset)}";
        var outer = Sort.Select((_, i) => $"p.k{i}");
        var outerOrder = Sort.Select((field, i) => $"p.k{i}{Direction(field)}").Append("p.n" + TieDirection);
        return $"SELECT {string.Join(", ", outer.Prepend("p.n").Concat(columns))} FROM ({inner}) p CROSS JOIN {container.Table} i ON i.n = p.n " +
            $"ORDER BY {string.Join(", ", outerOrder)}";
    }

    private string TieDirection => Sort.Count > 0 ? Direction(Sort[0]) : "";

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

    private string Where() => filters.Count == 0 ? "" : " WHERE " + string.Join(" AND ", filters);

    // Sorted later than the place, field by field. A field that the query fixes to one value cannot differ.
    private string Behind(Continuation place)
    {
        var later = $"i.n {Later(Sort.Count > 0 && Sort[0].Descending)} {conditions.Bind(place.Number)}";
        var bound = "";
        for (var i = Sort.Count - 1; i >= 0; i--)
        {
            if (!fixedPaths.Contains(Sort[i].Path))
            {
                var key = container.Key(Sort[i].Path, "i.");
                var value = conditions.Bind(place.Keys[i]);
                later = $"({key} {Later(Sort[i].Descending)} {value} OR ({key} = {value} AND {later}))";
                // Says less than the whole, but as something that an index can start from.
                bound = $"{key} {Later(Sort[i].Descending)}= {value} AND ";
            }
        }

        return $"({bound}{later})";
    }

    private static string Later(bool descending) => descending ? "<" : ">";
}
