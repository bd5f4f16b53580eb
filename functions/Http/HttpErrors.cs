namespace Connections.Http;

/// <summary>No token, or one that does not hold. It tells nothing about which check failed, except for expiry.</summary>
public sealed record Unauthenticated(string Detail, bool TokenGiven) : Error("unauthenticated", ErrorKind.Unauthenticated, "Sign in first", Detail)
{
    /// <summary>Sent as <c>WWW-Authenticate</c>.</summary>
    public string Challenge => TokenGiven ? "Bearer error=\"invalid_token\"" : "Bearer";
}

/// <summary>The call is for callers whose token has a role that this caller's does not have.</summary>
public sealed record RoleRequired(string Role) : Error(
    "forbidden", ErrorKind.Forbidden, "This is not yours to do", $"The call takes a token with the role {Role}.");

/// <summary>A body that is not JSON.</summary>
public sealed record InvalidJson(string Detail) : Error("invalid-json", ErrorKind.InvalidInput, "The body is not valid JSON", Detail);

/// <summary>A body over the limit, in bytes.</summary>
public sealed record BodyTooLarge(int Limit) : Error(
    "body-too-large", ErrorKind.TooLarge, "The body is too large", $"Send at most {Limit / 1024} KB.");

/// <summary>A body that its <c>Content-Type</c> does not declare as what the call takes.</summary>
public sealed record UnsupportedMediaType(string Expected = "application/json") : Error(
    "unsupported-media-type", ErrorKind.UnsupportedMediaType, "The body must be JSON", $"Send the body as {Expected}.");

/// <summary>A dependency is busy or away.</summary>
public sealed record Unavailable : Error
{
    /// <summary>Says when to try again; in a second unless the dependency asks for more.</summary>
    public Unavailable(TimeSpan? retryAfter = null)
        : base("unavailable", ErrorKind.Unavailable, "Try again in a moment", "A service that this call needs is busy. Sending the same call again is safe.") =>
        RetryAfter = retryAfter ?? TimeSpan.FromSeconds(1);
}

/// <summary>A limit on calls is reached.</summary>
public sealed record TooManyCalls(string Detail) : Error("rate-limit", ErrorKind.TooMany, "Too many calls", Detail);
