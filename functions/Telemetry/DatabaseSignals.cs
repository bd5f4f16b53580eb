using Microsoft.Azure.Cosmos;

namespace Connections.Telemetry;

/// <summary>A handler in the Cosmos SDK that records a span per request and adds its charge to the current operation.</summary>
/// <remarks>The span has the container and the response status, never an id or the values of a query.</remarks>
public sealed class DatabaseSignals : RequestHandler
{
    /// <inheritdoc/>
    public override async Task<ResponseMessage> SendAsync(RequestMessage request, CancellationToken cancellationToken)
    {
        using var span = Signals.Outside("cosmos");
        span?.SetTag("db.operation.name", request.Method.Method);
        span?.SetTag("db.collection.name", ContainerOf(request));
        var response = await base.SendAsync(request, cancellationToken);
        span?.SetTag("db.response.status_code", (int)response.StatusCode);
        Operation.Current?.AddRequest(response.Headers.RequestCharge);
        return response;
    }

    private static string? ContainerOf(RequestMessage request) =>
        request.RequestUri.OriginalString.Split('/', 6, StringSplitOptions.RemoveEmptyEntries) is ["dbs", _, "colls", var container, ..]
            ? container
            : null;
}
