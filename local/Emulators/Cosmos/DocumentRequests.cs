using System.Globalization;
using System.Text;
using System.Text.Json;
using Connections.Emulators.Cosmos.Query;

namespace Connections.Emulators.Cosmos;

/// <summary>Answers requests for the items of a container.</summary>
internal sealed class DocumentRequests(CosmosStore store)
{
    // One plan for every query: with it the SDK sends the query unchanged to the one range.
    private static readonly byte[] QueryPlan = """
        {"partitionedQueryExecutionInfoVersion":2,"queryInfo":{"distinctType":"None","orderBy":[],"orderByExpressions":[],
        "groupByExpressions":[],"groupByAliases":[],"aggregates":[],"groupByAliasToAggregateType":{},"rewrittenQuery":"",
        "hasSelectValue":false,"hasNonStreamingOrderBy":false},
        "queryRanges":[{"min":"","max":"FF","isMinInclusive":true,"isMaxInclusive":false}]}
        """u8.ToArray();

    private readonly Items _items = new(store);
    private readonly ChangeFeed _feed = new(store);
    private readonly Pages _pages = new(store);

    public async Task<CosmosResponse> AnswerAsync(CosmosRequest request, StoredContainer container, string? id, CancellationToken ct)
    {
        var terms = new WriteTerms(request.Headers("if-match"), request.Partition());
        switch (request.Method)
        {
            case "POST" when id is null && request.Asks("x-ms-cosmos-is-query-plan-request"):
                _pages.Check(container, Parse(request.Body));
                return new CosmosResponse(200, QueryPlan);
            case "POST" when id is null && (request.Asks("x-ms-documentdb-isquery") || request.Asks("x-ms-documentdb-query")):
                return Answer(container, Parse(request.Body), request, terms.Partition);
            case "POST" when id is null && request.Asks("x-ms-cosmos-is-batch-request"):
                throw CosmosRefusal.NotBuilt("transactional batches");
            case "POST" when id is null:
                return Written(
                    request, await _items.CreateAsync(container, request.Body, terms, request.Asks("x-ms-documentdb-is-upsert"), ct));
            case "GET" when id is null && request.Headers("a-im") is { } mode:
                return Changes(container, request, mode, terms.Partition);
            case "GET" when id is null:
                return Answer(
                    container, Parser.ParseQuery("SELECT * FROM c", new Dictionary<string, JsonElement>()), request, terms.Partition);
            case "GET":
                return Read(container, request, Partition(terms), id!);
            case "PUT" when id is not null:
                return Written(request, await _items.ReplaceAsync(container, id, request.Body, terms, ct));
            case "PATCH" when id is not null:
                return Written(request, await _items.PatchAsync(container, id, new Patch(request.Body), terms, ct));
            case "DELETE" when id is not null:
                var deleted = await _items.DeleteAsync(container, id, terms, ct);
                return deleted.Refusal is { } refusal ? CosmosResponse.From(refusal) : new CosmosResponse(204).As(deleted.Item!.Lsn);
            default:
                throw CosmosRefusal.NotBuilt($"{request.Method} of items");
        }
    }

    private static object Partition(WriteTerms terms) =>
        terms.Partition ?? throw CosmosRefusal.Bad("PartitionKey value must be supplied for this operation.");

    private CosmosResponse Read(StoredContainer container, CosmosRequest request, object partition, string id)
    {
        if (_items.Read(container, partition, id) is not { } item)
        {
            return CosmosResponse.From(CosmosRefusal.NotFound());
        }

        var known = request.Headers("if-none-match");
        return new CosmosResponse(known == item.ETag ? 304 : 200, known == item.ETag ? default : item.Body).With("etag", item.ETag)
            .As(item.Lsn);
    }

    private static CosmosResponse Written(CosmosRequest request, ItemAnswer answer)
    {
        if (answer.Item is not { } item)
        {
            return CosmosResponse.From(answer.Refusal!);
        }

        var isMinimal = string.Equals(request.Headers("prefer"), "return=minimal", StringComparison.OrdinalIgnoreCase);
        return new CosmosResponse(answer.IsNew ? 201 : 200, isMinimal ? default : item.Body).With("etag", item.ETag).As(item.Lsn);
    }

    private static SelectQuery Parse(ReadOnlyMemory<byte> body)
    {
        using var document = Catalogue.ParseObject(body);
        var root = document.RootElement;
        if (!root.TryGetProperty("query", out var text) || text.ValueKind != JsonValueKind.String)
        {
            throw CosmosRefusal.Bad("The query has no text.");
        }

        var parameters = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (root.TryGetProperty("parameters", out var list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (var parameter in list.EnumerateArray())
            {
                parameters[parameter.GetProperty("name").GetString()!] = parameter.GetProperty("value").Clone();
            }
        }

        return Parser.ParseQuery((string)SortKey.Of(text), parameters);
    }

    private CosmosResponse Answer(StoredContainer container, SelectQuery query, CosmosRequest request, object? partition)
    {
        var page = _pages.Read(container, query, new QueryTerms(partition, request.PageSize(), request.Headers("x-ms-continuation")));
        return List(200, container, [page.Answers], page.Count).With("x-ms-continuation", page.Token).As(_feed.CurrentLsn(container));
    }

    private CosmosResponse Changes(StoredContainer container, CosmosRequest request, string mode, object? partition)
    {
        if (mode != "Incremental Feed")
        {
            throw CosmosRefusal.NotBuilt($"the change feed mode '{mode}'");
        }

        var (changes, state) = _feed.Read(container, Start(request, partition), request.PageSize() is > 0 and var size ? size : 1000);
        var etag = string.Create(CultureInfo.InvariantCulture, $"\"{state}\"");
        return (changes.Count == 0
            ? new CosmosResponse(304).With("x-ms-item-count", "0")
            : List(200, container, ["["u8.ToArray(), .. Separated(changes), "]"u8.ToArray()], changes.Count)).With("etag", etag).As(state);
    }

    private static FeedStart Start(CosmosRequest request, object? partition)
    {
        var after = request.Headers("if-none-match")?.Trim('"');
        if (after is not null)
        {
            return after == "*" ? new FeedStart(null, null, partition)
                : long.TryParse(after, CultureInfo.InvariantCulture, out var lsn) ? new FeedStart(lsn, null, partition)
                : throw CosmosRefusal.Bad("The change feed's continuation is not valid.");
        }

        return request.Headers("if-modified-since") is { } since
            && DateTimeOffset.TryParse(since, CultureInfo.InvariantCulture, out var time)
            ? new FeedStart(null, time.ToUnixTimeSeconds(), partition)
            : new FeedStart(0, null, partition);
    }

    private static IEnumerable<byte[]> Separated(List<byte[]> changes) =>
        changes.SelectMany((change, i) => i == 0 ? [change] : new[] { ","u8.ToArray(), change });

    private static CosmosResponse List(int status, StoredContainer container, IReadOnlyList<byte[]> parts, int count)
    {
        using var body = new MemoryStream();
        body.Write(Encoding.UTF8.GetBytes($$"""{"_rid":"{{container.Rid}}","Documents":"""));
        foreach (var part in parts)
        {
            body.Write(part);
        }

        body.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"_count\":{count}}}")));
        return new CosmosResponse(status, body.ToArray()).With("x-ms-item-count", count.ToString(CultureInfo.InvariantCulture));
    }
}
