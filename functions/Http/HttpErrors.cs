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
