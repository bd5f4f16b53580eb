using System.Globalization;
using System.Text.Json;

namespace Connections.Local.Cosmos;

/// <summary>A request of the REST protocol.</summary>
/// <param name="Method">GET, POST and so on.</param>
/// <param name="Path">The path as it was sent, with its escapes.</param>
/// <param name="Headers">A header's value by its name; null when it was not sent.</param>
/// <param name="Body">Empty when there is none.</param>
internal sealed record CosmosRequest(string Method, string Path, Func<string, string?> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>Whether a header says <c>True</c>.</summary>
    public bool Asks(string header) => string.Equals(Headers(header), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The <see cref="SortKey"/> of the partition key header; null when the request names no partition.</summary>
    public object? Partition()
    {
        if (Headers("x-ms-documentdb-partitionkey") is not { } header)
        {
            return null;
        }

        try
        {
            using var values = JsonDocument.Parse(header);
            var value = values.RootElement.EnumerateArray().Single();
            // [{}] stands for an item without the property.
            return SortKey.Of(value.ValueKind == JsonValueKind.Object ? null : value);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw CosmosRefusal.Bad("The partition key is not valid.");
        }
    }

    public int PageSize() => int.TryParse(Headers("x-ms-max-item-count"), CultureInfo.InvariantCulture, out var size) ? size : 0;
}

/// <summary>An answer of the REST protocol.</summary>
internal sealed class CosmosResponse(int status, ReadOnlyMemory<byte> body = default)
{
    public int Status { get; } = status;

    /// <summary>JSON, or empty.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    public Dictionary<string, string> Headers { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        // What a call costs in Azure cannot be known here; the SDK wants a number.
        ["x-ms-request-charge"] = "1",
        ["x-ms-activity-id"] = Guid.NewGuid().ToString(),
    };

    public static CosmosResponse From(CosmosRefusal refusal)
    {
        var answer = new CosmosResponse(refusal.Status, JsonSerializer.SerializeToUtf8Bytes(new { code = refusal.Code, message = refusal.Message }));
        if (refusal.SubStatus != 0)
        {
            answer.Headers["x-ms-substatus"] = refusal.SubStatus.ToString(CultureInfo.InvariantCulture);
        }

        return answer;
    }

    public CosmosResponse With(string header, string? value)
    {
        if (value is not null)
        {
            Headers[header] = value;
        }

        return this;
    }

    /// <summary>The session token of a write or a read as of a change.</summary>
    public CosmosResponse As(long lsn) => With("x-ms-session-token", string.Create(CultureInfo.InvariantCulture, $"0:-1#{lsn}"));
}
