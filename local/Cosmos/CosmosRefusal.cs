namespace Connections.Local.Cosmos;

/// <summary>An answer other than success, as Cosmos DB gives it.</summary>
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

    /// <summary>Something that Cosmos DB has and this store has not.</summary>
    public static CosmosRefusal NotBuilt(string what) => new(400, $"The local Cosmos store does not support {what}.");

    public static CosmosRefusal NotFound() =>
        new(404, "Entity with the specified id does not exist in the system.");

    /// <summary>The database or the container is missing; the SDK then forgets what it knew of it.</summary>
    public static CosmosRefusal NoOwner() => new(404, "Owner resource does not exist.", 1003);

    public static CosmosRefusal Conflict(string message = "Entity with the specified id already exists in the system.") => new(409, message);

    public static CosmosRefusal PreconditionFailed() =>
        new(412, "Operation cannot be performed because one of the specified precondition is not met.");
}
