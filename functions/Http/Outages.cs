using Azure;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.Http;

/// <summary>Tells a service that is busy or away, which a caller should try again, from a fault of ours, which they need not.</summary>
internal static class Outages
{
    /// <summary>Whether the exception says that a service did not serve the call.</summary>
    /// <remarks>The caller's own going away is none: whoever asks has looked at the caller's token first.</remarks>
    public static bool Is(Exception exception) => exception switch
    {
        // A document that is missing is a value and never an exception (CosmosCalls); so this 404 is about the container, or the session.
        CosmosException e => (int)e.StatusCode is 404 or 408 or 429 or 449 or 503,
        StaleReadException or ContentionException => true,
        // The Azure clients: no answer at all is status 0.
        RequestFailedException e => e.Status is 0 or 408 or 429 or >= 500,
        // They gather what each of their tries ended with.
        AggregateException { InnerExceptions: { Count: > 0 } tries } => tries.All(Is),
        HttpRequestException or TimeoutException or OperationCanceledException => true,
        _ => false,
    };
}
