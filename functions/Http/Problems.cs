using Microsoft.AspNetCore.Http;

namespace Connections.Http;

/// <summary>The problems that any call can answer. A feature's own problems stand in its folder.</summary>
public static class Problems
{
    /// <summary>401: no token, or one that does not hold. Says nothing about which check failed beyond expiry.</summary>
    public static Problem Unauthenticated(string detail, bool tokenGiven) => new("unauthenticated", StatusCodes.Status401Unauthorized, "Sign in first", detail)
    {
        Challenge = tokenGiven ? "Bearer error=\"invalid_token\"" : "Bearer",
    };

    /// <summary>403: the call is for those whose token has a role that the caller's has not.</summary>
    public static Problem Forbidden(string role) =>
        new("forbidden", StatusCodes.Status403Forbidden, "This is not yours to do", $"The call takes a token with the role {role}.");

    /// <summary>404: there is no such thing, or it is not the caller's. The two are told apart by nobody.</summary>
    public static Problem NotFound(string what) =>
        new("not-found", StatusCodes.Status404NotFound, "Not found", $"There is no such {what}, or it is not yours to see.");

    /// <summary>400: fields that do not hold what they must.</summary>
    public static Problem InvalidInput(IReadOnlyDictionary<string, string[]> errors) =>
        new("invalid-input", StatusCodes.Status400BadRequest, "Some of the input is not valid", "Correct the fields named in errors and send the call again.")
        {
            Errors = errors,
        };

    /// <summary>400: one field that does not hold what it must.</summary>
    public static Problem InvalidInput(string field, string error) => InvalidInput(new Dictionary<string, string[]> { [field] = [error] });

    /// <summary>400: a body that is not JSON.</summary>
    public static Problem InvalidJson(string detail) => new("invalid-json", StatusCodes.Status400BadRequest, "The body is not valid JSON", detail);

    /// <summary>413: a body over the limit.</summary>
    public static Problem BodyTooLarge(int limit) =>
        new("body-too-large", StatusCodes.Status413PayloadTooLarge, "The body is too large", $"Send at most {limit / 1024} KB.");

    /// <summary>415: a body that is not JSON by its Content-Type.</summary>
    public static Problem UnsupportedMediaType(string expected = "application/json") =>
        new("unsupported-media-type", StatusCodes.Status415UnsupportedMediaType, "The body must be JSON", $"Send the body as {expected}.");

    /// <summary>412: the resource changed since the caller read it.</summary>
    public static Problem StaleWrite() => new("stale-write", StatusCodes.Status412PreconditionFailed, "It has changed since you read it", "Read it again, apply your change and send the new ETag in If-Match.");

    /// <summary>503: a dependency is busy or away; the same call can be sent again safely.</summary>
    public static Problem Unavailable(TimeSpan? retryAfter = null) =>
        new("unavailable", StatusCodes.Status503ServiceUnavailable, "Try again in a moment", "A service that this call needs is busy. Sending the same call again is safe.")
        {
            RetryAfter = retryAfter ?? TimeSpan.FromSeconds(1),
        };

    /// <summary>500: a bug of ours. The trace id finds it in the logs.</summary>
    public static Problem Internal() => new("internal-error", StatusCodes.Status500InternalServerError, "Something went wrong on our side", "It has been logged. Tell us the traceId if it happens again.");
}
