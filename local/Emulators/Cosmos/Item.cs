using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Connections.Emulators.Cosmos;

/// <summary>A stored item: its row's number, the number of its last change, and its JSON with the system properties.</summary>
internal sealed record StoredItem(long Number, long Lsn, byte[] Body)
{
    public string ETag => Item.ETag(Lsn);
}

/// <summary>An item before a change, with its <see cref="KeyColumns"/>.</summary>
internal sealed record FoundItem(StoredItem Stored, object[] Keys);

/// <summary>The result of a write: the item, or a refusal. Not an exception, because a failed condition is an ordinary answer.</summary>
internal sealed record ItemAnswer(StoredItem? Item, CosmosRefusal? Refusal = null, bool IsNew = false)
{
    public static implicit operator ItemAnswer(CosmosRefusal refusal) => new(null, refusal);
}

/// <summary>An item in a request.</summary>
internal sealed class Item : IDisposable
{
    private const int MaxBytes = 2 * 1024 * 1024;
    private static readonly JsonWriterOptions Options =
        new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly JsonDocument _document;

    private Item(JsonDocument document, StoredContainer container)
    {
        _document = document;
        Id = Names.Check(document.RootElement, "item");
        PartitionKey = SortKey.Of(At(container.Settings.PartitionKey));
        Ttl = document.RootElement.TryGetProperty("ttl", out var ttl) ? Seconds(ttl) : null;
    }

    public string Id { get; }

    /// <summary>The <see cref="SortKey"/> of the partition key that the item holds.</summary>
    public object PartitionKey { get; }

    private int? Ttl { get; }

    /// <summary>The ETag of a change of a container. No two changes share one.</summary>
    public static string ETag(long lsn) => $"\"{lsn.ToString("x8", CultureInfo.InvariantCulture)}-0000-0000-0000-000000000000\"";

    /// <exception cref="CosmosRefusal">The body is too large or not an item.</exception>
    public static Item Parse(StoredContainer container, ReadOnlyMemory<byte> body)
    {
        if (body.Length > MaxBytes)
        {
            throw new CosmosRefusal(413, "Request size is too large. An item is at most 2 MB.");
        }

        var parsed = Catalogue.ParseObject(body);
        try
        {
            return new Item(parsed, container);
        }
        catch
        {
            parsed.Dispose();
            throw;
        }
    }

    /// <summary>The value at a path; null if there is none.</summary>
    public JsonElement? At(JsonPath path)
    {
        JsonElement? value = _document.RootElement;
        foreach (var segment in path.Segments)
        {
            value = value is { ValueKind: JsonValueKind.Object } parent && parent.TryGetProperty((string)segment, out var child)
                ? child
                : null;
        }

        return value;
    }

    /// <summary>A value as JSON in the form in which items are stored.</summary>
    public static byte[] Written(JsonElement value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            value.WriteTo(writer);
        }

        return buffer.ToArray();
    }

    /// <summary>The item's JSON with the system properties of this write.</summary>
    public byte[] Stamp(StoredContainer container, long number, long lsn, long now)
    {
        var rid = ResourceIds.Item(container, number);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            foreach (var property in _document.RootElement.EnumerateObject().Where(p => !IsSystem(p.Name)))
            {
                property.WriteTo(writer);
            }

            writer.WriteString("_rid", rid);
            writer.WriteString("_self", $"{container.Self}docs/{rid}/");
            writer.WriteString("_etag", ETag(lsn));
            writer.WriteString("_attachments", "attachments/");
            writer.WriteNumber("_ts", now);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>When the item expires, in Unix seconds; null for never.</summary>
    public long? ExpiresAt(StoredContainer container, long now) => container.Settings.DefaultTtl switch
    {
        null => null,
        var byDefault => (Ttl ?? byDefault.Value) is > 0 and var seconds ? now + seconds : null,
    };

    public void Dispose() => _document.Dispose();

    internal static bool IsSystem(string name) => name is "_rid" or "_self" or "_etag" or "_attachments" or "_ts" or "_lsn";

    private static int Seconds(JsonElement ttl) =>
        ttl.ValueKind == JsonValueKind.Number && ttl.TryGetInt32(out var seconds) && seconds is -1 or > 0
        ? seconds
        : throw CosmosRefusal.Bad("The input ttl is invalid: -1 or a whole number of seconds above 0.");
}
