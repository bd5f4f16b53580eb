using System.Globalization;
using System.Text.Json;

namespace Connections.Emulators.Cosmos;

/// <summary>A request of the REST protocol.</summary>
/// <param name="Method">GET, POST and so on.</param>
/// <param name="Path">The path as it was sent, with its escapes.</param>
/// <param name="Headers">A header's value by its name; null if it was not sent.</param>
/// <param name="Body">The body; may be empty.</param>
internal sealed record CosmosRequest(string Method, string Path, Func<string, string?> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>Whether a header is <c>True</c>.</summary>
    public bool Asks(string header) => string.Equals(Headers(header), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The <see cref="SortKey"/> of the partition key header; null if there is none.</summary>
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
        // The SDK requires a number; this says nothing about the cost in Azure.
        ["x-ms-request-charge"] = "1",
        ["x-ms-activity-id"] = Guid.NewGuid().ToString(),
    };

    public static CosmosResponse From(CosmosRefusal refusal)
    {
        var answer =
            new CosmosResponse(refusal.Status, JsonSerializer.SerializeToUtf8Bytes(new { code = refusal.Code, message = refusal.Message }));
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

    /// <summary>Adds the session token for the state after a change.</summary>
    public CosmosResponse As(long lsn) => With("x-ms-session-token", string.Create(CultureInfo.InvariantCulture, $"0:-1#{lsn}"));
}

/// <summary>An error that Cosmos DB returns.</summary>
internal sealed class CosmosRefusal(int status, string message, int subStatus = 0) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>The <c>x-ms-substatus</c>; 0 for none.</summary>
    public int SubStatus { get; } = subStatus;

    /// <summary>The name that goes with the status in an error's body.</summary>
    public string Code => Status switch
    {
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        409 => "Conflict",
        412 => "PreconditionFailed",
        413 => "RequestEntityTooLarge",
        429 => "TooManyRequests",
        500 => "InternalServerError",
        503 => "ServiceUnavailable",
        _ => "BadRequest",
    };

    public static CosmosRefusal Bad(string message, int subStatus = 0) => new(400, message, subStatus);

    /// <summary>A feature of Cosmos DB that this store does not support.</summary>
    public static CosmosRefusal NotBuilt(string what) => new(400, $"The local Cosmos store does not support {what}.");

    public static CosmosRefusal NotFound() =>
        new(404, "Entity with the specified id does not exist in the system.");

    /// <summary>The database or the container is missing. The sub-status makes the SDK drop what it has cached about it.</summary>
    public static CosmosRefusal NoOwner() => new(404, "Owner resource does not exist.", 1003);

    public static CosmosRefusal Conflict(string message = "Entity with the specified id already exists in the system.") =>
        new(409, message);

    public static CosmosRefusal PreconditionFailed() =>
        new(412, "Operation cannot be performed because one of the specified precondition is not met.");
}
