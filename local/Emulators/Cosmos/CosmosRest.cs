using System.Text;
using System.Text.Json;
using Connections.Emulators.Storage;

namespace Connections.Emulators.Cosmos;

/// <summary>Answers the requests that the Cosmos SDK sends in gateway mode.</summary>
/// <param name="store">The store.</param>
/// <param name="signature">Checks each request; null for requests from this process.</param>
internal sealed class CosmosRest(CosmosStore store, CosmosSignature? signature = null)
{
    // queryEngineConfiguration has the limits of the SDK's own planner. The store itself refuses what it does not support.
    private const string Account = """
        {"id":"local","_rid":"local","_self":"","media":"//media/","addresses":"//addresses/","_dbs":"//dbs/",
        "writableLocations":[{"name":"Local","databaseAccountEndpoint":"$ENDPOINT"}],
        "readableLocations":[{"name":"Local","databaseAccountEndpoint":"$ENDPOINT"}],
        "enableMultipleWriteLocations":false,"userConsistencyPolicy":{"defaultConsistencyLevel":"Session"},
        "userReplicationPolicy":{"asyncReplication":false,"minReplicaSetSize":1,"maxReplicasetSize":1},
        "readPolicy":{"primaryReadCoefficient":1,"secondaryReadCoefficient":1},
        "queryEngineConfiguration":"{\"maxSqlQueryInputLength\":262144,\"maxLogicalAndPerSqlQuery\":500,\"maxLogicalOrPerSqlQuery\":500,\"maxInExpressionItemsCount\":16000,\"sqlAllowAggregateFunctions\":true,\"sqlAllowSubQuery\":true,\"allowNewKeywords\":true}"}
        """;

    private readonly DocumentRequests _documents = new(store);

    /// <summary>Answers a request. Errors are answers too.</summary>
    public async Task<CosmosResponse> AnswerAsync(CosmosRequest request, CancellationToken ct)
    {
        try
        {
            signature?.Check(request);
            await store.CheckAsync(ct);
            var path = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
            return await RouteAsync(request, path, ct);
        }
        catch (CosmosRefusal refusal)
        {
            return CosmosResponse.From(refusal);
        }
        catch (StorageOutage outage) when (outage.IsBusy)
        {
            // The SDK retries after a 429.
            return CosmosResponse.From(new CosmosRefusal(429, outage.Message)).With("x-ms-retry-after-ms", "100");
        }
        catch (StorageOutage outage)
        {
            return CosmosResponse.From(new CosmosRefusal(503, outage.Message));
        }
        catch (SqliteException failure)
        {
            return CosmosResponse.From(new CosmosRefusal(500, failure.Message));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            // JSON readers throw these for a value of an unexpected type, or for half a surrogate pair.
            return CosmosResponse.From(CosmosRefusal.Bad("The request is not valid: " + e.Message));
        }
    }

    private async Task<CosmosResponse> RouteAsync(CosmosRequest request, string[] path, CancellationToken ct) =>
        (request.Method, path) switch
        {
            ("GET", []) => AccountAnswer(request),
            ("POST", ["dbs"]) => await CreateDatabaseAsync(request, ct),
            ("GET", ["dbs", var db]) => DatabaseAnswer(200, db),
            ("POST", ["dbs", var db, "colls"]) => await CreateContainerAsync(request, db, ct),
            ("GET", ["dbs", var db, "colls", var id]) => ContainerAnswer(200, Container(db, id, CosmosRefusal.NotFound)),
            ("PUT", ["dbs", var db, "colls", var id]) => await ReplaceContainerAsync(request, db, id, ct),
            ("DELETE", ["dbs", var db, "colls", var id]) => await DeleteContainerAsync(db, id, ct),
            ("GET", ["dbs", var db, "colls", var id, "pkranges"]) => Ranges(request, Container(db, id, CosmosRefusal.NoOwner)),
            (_, ["dbs", var db, "colls", var id, "docs", .. var item]) when item.Length <= 1 =>
                await _documents.AnswerAsync(request, Container(db, id, CosmosRefusal.NoOwner), item.FirstOrDefault(), ct),
            var (method, parts) => throw CosmosRefusal.NotBuilt($"{method} of '/{string.Join('/', parts)}'"),
        };

    // Clients continue at the address that the account returns, so return the one that they used.
    private static CosmosResponse AccountAnswer(CosmosRequest request)
    {
        var endpoint = request.Headers("host") is { } host ? $"http://{host}/" : "https://localhost/";
        return new CosmosResponse(
            200, Encoding.UTF8.GetBytes(Account.Replace("\"$ENDPOINT\"", JsonSerializer.Serialize(endpoint), StringComparison.Ordinal)));
    }

    private StoredContainer Container(string database, string id, Func<CosmosRefusal> missing) =>
        store.Catalogue.Find(database, id) ?? throw missing();

    private async Task<CosmosResponse> CreateDatabaseAsync(CosmosRequest request, CancellationToken ct)
    {
        using var document = Catalogue.ParseObject(request.Body);
        var id = Names.Check(document.RootElement, "database");
        await store.ChangeCatalogueAsync((_, session) => Catalogue.CreateDatabase(session, id), ct);
        return DatabaseAnswer(201, id);
    }

    private async Task<CosmosResponse> CreateContainerAsync(CosmosRequest request, string database, CancellationToken ct)
    {
        var settings = ContainerSettings.Parse(request.Body);
        await store.ChangeCatalogueAsync((catalogue, session) => catalogue.CreateContainer(session, database, settings), ct);
        return ContainerAnswer(201, Container(database, settings.Id, CosmosRefusal.NotFound));
    }

    private async Task<CosmosResponse> ReplaceContainerAsync(CosmosRequest request, string database, string id, CancellationToken ct)
    {
        var container = Container(database, id, CosmosRefusal.NotFound);
        var settings = ContainerSettings.Parse(request.Body);
        await store.ChangeCatalogueAsync((_, session) => Catalogue.ReplaceContainer(session, container, settings), ct);
        return ContainerAnswer(200, Container(database, id, CosmosRefusal.NotFound));
    }

    private async Task<CosmosResponse> DeleteContainerAsync(string database, string id, CancellationToken ct)
    {
        var container = Container(database, id, CosmosRefusal.NotFound);
        await store.ChangeCatalogueAsync((_, session) => Catalogue.DeleteContainer(session, container), ct);
        return new CosmosResponse(204);
    }

    private CosmosResponse DatabaseAnswer(int status, string idOrRid)
    {
        var (id, number) = store.Catalogue.Database(idOrRid);
        var rid = ResourceIds.Database(number);
        return new CosmosResponse(status, JsonSerializer.SerializeToUtf8Bytes(new
        {
            id,
            _rid = rid,
            _self = $"dbs/{rid}/",
            _etag = "\"0\"",
            _colls = "colls/",
            _users = "users/",
            _ts = 0,
        })).With("etag", "\"0\"");
    }

    private static CosmosResponse ContainerAnswer(int status, StoredContainer container) =>
        new CosmosResponse(status, container.Settings.ToJson(container.Rid, container.Self, "\"0\"")).With("etag", "\"0\"");

    // A container is one partition range. The SDK asks until the answer is that nothing has changed.
    private static CosmosResponse Ranges(CosmosRequest request, StoredContainer container)
    {
        const string Etag = "\"1\"";
        var answer = request.Headers("if-none-match") == Etag
            ? new CosmosResponse(304)
            : new CosmosResponse(200, JsonSerializer.SerializeToUtf8Bytes(new
            {
                _rid = container.Rid,
                PartitionKeyRanges =
                    new[] { new { id = "0", _rid = container.Rid, minInclusive = "", maxExclusive = "FF", status = "online" } },
                _count = 1,
            }));
        return answer.With("etag", Etag).With("x-ms-item-count", answer.Status == 200 ? "1" : "0");
    }
}
