using Microsoft.Azure.Cosmos;

namespace Connections.Telemetry;

/// <summary>Around the Cosmos SDK: a span per request, and its charge counted for the operation that it is part of.</summary>
/// <remarks>The span tells the container and the answer's status, never an id or a query's values.</remarks>
public sealed class DatabaseSignals : RequestHandler
{
    /// <inheritdoc/>
    public override async Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var span = Signals.Outside("cosmos");
        span?.SetTag("db.operation.name", request.Method.Method);
        span?.SetTag("db.collection.name", ContainerOf(request));
        var response = await base.SendAsync(request, cancellationToken);
        span?.SetTag("db.response.status_code", (int)response.StatusCode);
        Operation.Current?.AddRequest(response.Headers.RequestCharge);
        return response;
    }

    private static string? ContainerOf(RequestMessage request) =>
        request.RequestUri.OriginalString.Split('/', 6, StringSplitOptions.RemoveEmptyEntries) is ["dbs", _, "colls", var container, ..] ? container : null;
}
