using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Connections.Emulators.Cosmos;
using Connections.Emulators.Storage;
using Connections.Local.Adapters;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Local.Cosmos;

/// <summary>An account whose containers have three physical partitions, each of which is a store behind this handler.</summary>
/// <remarks>
/// An item is in the partition whose range contains the hash of its partition key, as the SDK computes it. A query without a partition key
/// goes to the range in its header. The SDK merges the answers of the ranges as in Azure, provided that it plans the queries itself.
/// </remarks>
internal sealed class RangedCosmos : HttpMessageHandler
{
    private const string RangeId = "x-ms-documentdb-partitionkeyrangeid";

    /// <summary>The bounds of thirds of the hashes, which have 16 bytes with the two highest bits 0.</summary>
    private static readonly string[] Bounds = ["", "15555555555555555555555555555555", "2AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "FF"];

    private readonly SqliteFile[] _files;
    private readonly HttpMessageInvoker[] _partitions;
    private readonly int[] _queries = new int[Bounds.Length - 1];

    private RangedCosmos(SqliteFile[] files)
    {
        _files = files;
        _partitions = [.. files.Select(file => new HttpMessageInvoker(new CosmosHandler(new CosmosStore(file, TimeProvider.System))))];
    }

    /// <summary>The number of queries to each partition.</summary>
    public IReadOnlyList<int> Queries => _queries;

    /// <summary>The number of requests for query plans; 0 if the SDK plans queries itself.</summary>
    public int PlanRequests { get; private set; }

    /// <summary>Creates the app's containers in a folder, with three partitions each.</summary>
    public static async Task<RangedCosmos> CreateAsync(string folder)
    {
        // Copies the first file, because a container must have the same _rid in all partitions.
        var first = Path.Combine(folder, "0.db");
        using (var opened = SqliteFile.Open(first))
        {
            using var client = LocalCosmos.CreateClient(new CosmosStore(opened, TimeProvider.System));
            await LocalCosmos.CreateContainersAsync(client, Path.Combine(Repository.Root, "infra", "cosmos"), default);
        }

        var files = Enumerable.Range(0, Bounds.Length - 1).Select(range => Path.Combine(folder, $"{range}.db")).ToArray();
        foreach (var file in files[1..])
        {
            File.Copy(first, file);
        }

        return new RangedCosmos([.. files.Select(SqliteFile.Open)]);
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath.EndsWith("/pkranges", StringComparison.Ordinal))
        {
            return Ranges(request);
        }

        if (request.Headers.Contains("x-ms-cosmos-is-query-plan-request"))
        {
            PlanRequests++;
        }

        var range = RangeOf(request);
        if (request.Headers.Contains("x-ms-documentdb-isquery"))
        {
            Interlocked.Increment(ref _queries[range]);
        }

        var response = await _partitions[range].SendAsync(request, cancellationToken);
        if (response.Headers.TryGetValues("x-ms-session-token", out var token))
        {
            response.Headers.Remove("x-ms-session-token");
            response.Headers.TryAddWithoutValidation("x-ms-session-token", range + token.Single()[1..]);
        }

        return response;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var file in disposing ? _files : [])
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private static int RangeOf(HttpRequestMessage request)
    {
        if (request.Headers.NonValidated.TryGetValues("x-ms-documentdb-partitionkey", out var key))
        {
            var hash = HashOf(key.ToString());
            return Enumerable.Range(0, Bounds.Length - 1).Last(range => string.CompareOrdinal(Bounds[range], hash) <= 0);
        }

        // Such a query selects items by their hashes, which a store does not keep.
        Assert.False(request.Headers.Contains("x-ms-start-epk"), "A query of a part of a range is not supported.");
        if (request.Headers.NonValidated.TryGetValues(RangeId, out var range))
        {
            return int.Parse(range.ToString().Split(',')[^1]);
        }

        // All partitions have the same metadata of the account and its containers.
        Assert.DoesNotContain("/docs", request.RequestUri!.AbsolutePath, StringComparison.Ordinal);
        return 0;
    }

    private static HttpResponseMessage Ranges(HttpRequestMessage request)
    {
        const string ETag = "\"1\"";
        var isKnown = request.Headers.NonValidated.TryGetValues("if-none-match", out var known) && known.ToString() == ETag;
        var ranges = Enumerable.Range(0, Bounds.Length - 1)
            .Select(
                range =>
                    new { id = $"{range}", _rid = "", minInclusive = Bounds[range], maxExclusive = Bounds[range + 1], status = "online" });
        var response = new HttpResponseMessage(isKnown ? System.Net.HttpStatusCode.NotModified : System.Net.HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new StringContent(
                isKnown ? "" : JsonSerializer.Serialize(new { _rid = "", PartitionKeyRanges = ranges, _count = Bounds.Length - 1 }),
                Encoding.UTF8,
                "application/json"),
        };
        response.Headers.TryAddWithoutValidation("etag", ETag);
        response.Headers.TryAddWithoutValidation("x-ms-item-count", isKnown ? "0" : $"{Bounds.Length - 1}");
        return response;
    }

    // Uses internals of the SDK by reflection, which is safe because the SDK's version is pinned.
    private static string HashOf(string partitionKey)
    {
        var key = Type("Microsoft.Azure.Documents.Routing.PartitionKeyInternal");
        var definitionType = Type("Microsoft.Azure.Documents.PartitionKeyDefinition");
        var definition = Activator.CreateInstance(definitionType)!;
        ((IList)definitionType.GetProperty("Paths")!.GetValue(definition)!).Add("/id");
        var version = definitionType.GetProperty("Version", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!;
        version.SetValue(definition, Enum.Parse(Nullable.GetUnderlyingType(version.PropertyType) ?? version.PropertyType, "V2"));
        var parsed = key.GetMethod("FromJsonString", [typeof(string)])!.Invoke(null, [partitionKey])!;
        var hash = key.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .First(method => method.Name == "GetEffectivePartitionKeyString");
        return (string)hash.Invoke(parsed, [definition, .. hash.GetParameters().Skip(1).Select(parameter => parameter.DefaultValue)])!;
    }

    private static Type Type(string name) =>
        AppDomain.CurrentDomain.GetAssemblies()
        .Where(assembly => assembly.GetName().Name!.StartsWith("Microsoft.Azure.Cosmos", StringComparison.Ordinal))
            .Select(assembly => assembly.GetType(name)).First(type => type is not null)!;
}
