namespace Connections.Http;

/// <summary>The token is missing or not valid. The error reveals which check failed only for an expired token.</summary>
public sealed record Unauthenticated(string Detail, bool TokenGiven)
    : Error("unauthenticated", ErrorKind.Unauthenticated, "Sign in first", Detail)
{
    /// <summary>Sent as <c>WWW-Authenticate</c>.</summary>
    public string Challenge => TokenGiven ? "Bearer error=\"invalid_token\"" : "Bearer";
}

/// <summary>The call requires a role that the caller's token does not have.</summary>
public sealed record RoleRequired(string Role) : Error(
    "forbidden", ErrorKind.Forbidden, "This is not yours to do", $"The call takes a token with the role {Role}.");

/// <summary>The body is not JSON.</summary>
public sealed record InvalidJson(string Detail) : Error("invalid-json", ErrorKind.InvalidInput, "The body is not valid JSON", Detail);

/// <summary>The body is larger than the limit, in bytes.</summary>
public sealed record BodyTooLarge(int Limit) : Error(
    "body-too-large", ErrorKind.TooLarge, "The body is too large", $"Send at most {Limit / 1024} KB.");

/// <summary>The <c>Content-Type</c> is not the one that the call takes.</summary>
public sealed record UnsupportedMediaType(string Expected = "application/json") : Error(
    "unsupported-media-type", ErrorKind.UnsupportedMediaType, "The body must be JSON", $"Send the body as {Expected}.");

/// <summary>No media type that the caller accepts is one in which the call can answer.</summary>
public sealed record NotAcceptable(string Offered) : Error(
    "not-acceptable",
    ErrorKind.NotAcceptable,
    "The answer has another form",
    $"This call answers {Offered}. Accept that, or send no Accept.");

/// <summary>There is no call at the address.</summary>
public sealed record NoSuchAddress() : Error("not-found", ErrorKind.NotFound, "Not found", "There is no such address.");

/// <summary>The address does not take the method.</summary>
public sealed record MethodNotAllowed(string Allowed) : Error(
    "method-not-allowed", ErrorKind.MethodNotAllowed, "The method does not work here", $"This address takes {Allowed}.");

/// <summary>The key of a call came before with other content: it may be a new call that was given an old key by mistake.</summary>
/// <param name="Key">Where the key was sent, such as <c>clientId</c>.</param>
public sealed record KeyReused(string Key) : Error(
    "key-reused", ErrorKind.Conflict, "This key was used for something else", $"Send the call again with a new {Key}. Nothing was stored.");

/// <summary>A dependency is busy or unreachable.</summary>
public sealed record Unavailable : Error
{
    /// <summary>Asks for a retry after one second, unless the dependency asks for more.</summary>
    public Unavailable(TimeSpan? retryAfter = null)
        : base(
            "unavailable",
            ErrorKind.Unavailable,
            "Try again in a moment",
            "A service that this call needs is busy. Sending the same call again is safe.") =>
        RetryAfter = retryAfter ?? TimeSpan.FromSeconds(1);
}

/// <summary>The caller has reached a limit on calls.</summary>
public sealed record TooManyCalls(string Detail) : Error("rate-limit", ErrorKind.TooMany, "Too many calls", Detail);

/// <summary>The resource has changed since the caller read it.</summary>
public sealed record StaleWrite() : Error(
    "stale-write",
    ErrorKind.Stale,
    "It has changed since you read it",
    "Read it again, apply your change and send the new ETag in If-Match.");
