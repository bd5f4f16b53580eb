using System.Text.Json;
using System.Text.Json.Nodes;

namespace Connections.Emulators.Cosmos;

/// <summary>The settings of a container.</summary>
internal sealed class ContainerSettings
{
    private readonly JsonElement _json;

    private ContainerSettings(JsonElement json)
    {
        _json = json;
        Id = Names.Check(json, "container");
        PartitionKey = JsonPath.Parse(PartitionKeyPath(json));
        Policy = new IndexingPolicy(json.TryGetProperty("indexingPolicy", out var policy) ? policy : null);
        UniqueKeys = json.TryGetProperty("uniqueKeyPolicy", out var keys) && keys.TryGetProperty("uniqueKeys", out var list)
            ? [.. list.EnumerateArray().Select(key => key.GetProperty("paths").EnumerateArray())
                .Select(paths => paths.Select(path => JsonPath.Parse(path.GetString()!)).ToArray())]
            : [];
        Kept = [.. Policy.Scalars.Concat(Policy.Composites.SelectMany(fields => fields.Select(field => field.Path))).Concat(
            UniqueKeys.SelectMany(paths => paths))
            .Where(path => !path.IsId && !path.Equals(PartitionKey)).Distinct()];
        DefaultTtl = json.TryGetProperty("defaultTtl", out var ttl) && ttl.ValueKind == JsonValueKind.Number ? ttl.GetInt32() : null;
        if (DefaultTtl is 0 or < -1)
        {
            throw CosmosRefusal.Bad("The defaultTtl is -1 or a number of seconds above 0.");
        }
    }

    public string Id { get; }

    public JsonPath PartitionKey { get; }

    public IndexingPolicy Policy { get; }

    /// <summary>Each a set of paths whose values together are unique within a partition.</summary>
    public IReadOnlyList<JsonPath[]> UniqueKeys { get; }

    /// <summary>The indexed paths other than the id and the partition key. They have <see cref="KeyColumns"/>.</summary>
    public IReadOnlyList<JsonPath> Kept { get; }

    /// <summary>The default lifetime of an item in seconds; -1 for ever; null if items cannot expire.</summary>
    public int? DefaultTtl { get; }

    /// <exception cref="CosmosRefusal">The description is not valid, or asks for something that is not supported.</exception>
    public static ContainerSettings Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return new ContainerSettings(document.RootElement.Clone());
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw CosmosRefusal.Bad("The description of the container is not valid: " + e.Message);
        }
    }

    /// <summary>Whether the partition key and the unique keys, which cannot be changed, are the same.</summary>
    public bool HasSameKeysAs(ContainerSettings other) =>
        PartitionKey.Equals(other.PartitionKey)
        && UniqueKeys.Select(Key).Order(StringComparer.Ordinal).SequenceEqual(other.UniqueKeys.Select(Key).Order(StringComparer.Ordinal));

    /// <summary>The description with its system properties.</summary>
    public byte[] ToJson(string rid, string self, string etag)
    {
        var answer = JsonObject.Create(_json)!;
        answer["_rid"] = rid;
        answer["_self"] = self;
        answer["_etag"] = etag;
        answer["_ts"] = 0;
        return JsonSerializer.SerializeToUtf8Bytes(answer);
    }

    public override string ToString() => _json.GetRawText();

    private static string Key(JsonPath[] paths) => string.Join(',', paths.Select(p => p.ToString()));

    private static string PartitionKeyPath(JsonElement json)
    {
        var key = json.GetProperty("partitionKey");
        var paths = key.GetProperty("paths");
        if (paths.GetArrayLength() != 1 || (key.TryGetProperty("kind", out var kind) && kind.GetString() != "Hash"))
        {
            throw CosmosRefusal.NotBuilt("a partition key of several paths");
        }

        return paths[0].GetString()!;
    }
}

/// <summary>The rules for the ids of databases, containers and items.</summary>
internal static class Names
{
    private const int MaxBytes = 1023;

    /// <summary>The id of a resource.</summary>
    /// <exception cref="CosmosRefusal">The resource has no id, or one that Cosmos DB refuses.</exception>
    public static string Check(JsonElement resource, string what)
    {
        if (resource.ValueKind != JsonValueKind.Object || !resource.TryGetProperty("id", out var value)
            || value.ValueKind != JsonValueKind.String)
        {
            throw CosmosRefusal.Bad(
                $"The input content is invalid because the required property 'id' of the {what} is missing or no text.");
        }

        var id = (string)SortKey.Of(value);
        if (id.Length == 0 || id.AsSpan().ContainsAny("/\\?#") || id.EndsWith(' ') || System.Text.Encoding.UTF8.GetByteCount(id) > MaxBytes)
        {
            throw CosmosRefusal.Bad(
                $"The id of the {what} is not valid: 1 to {MaxBytes} bytes, without / \\ ? # and without a space at its end.");
        }

        return id;
    }
}
