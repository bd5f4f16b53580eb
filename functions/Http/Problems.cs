using Microsoft.AspNetCore.Http;

namespace Connections.Http;

/// <summary>Turns errors into problem documents, and holds the problems that any call can answer.</summary>
public static class Problems
{
    /// <summary>The problem document of an error.</summary>
    public static Problem From(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new Problem(error.Code, StatusOf(error.Kind), error.Title, error.Detail)
        {
            Errors = error.Fields,
            Until = error.Until,
            State = error.State,
            RetryAfter = error.RetryAfter,
            Challenge = (error as Unauthenticated)?.Challenge,
        };
    }

    /// <summary>The problem document for the fields that are wrong.</summary>
    public static Problem ToProblem(this Fields fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return From(fields.ToError());
    }

    /// <summary>The answer that a call makes of a value, or the problem document of the error in its place.</summary>
    public static IResult Answer<T>(this Result<T> result, Func<T, IResult> answer)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(answer);
        return result.TryGet(out var value, out var error) ? answer(value) : From(error);
    }

    /// <summary>404: there is no such thing, or it is not the caller's.</summary>
    public static Problem NotFound(string what) => From(new NotFound(what));

    /// <summary>400: one field that does not hold what it must.</summary>
    public static Problem InvalidInput(string field, string error) => From(new InvalidInput(field, error));

    /// <summary>412: the resource changed since the caller read it.</summary>
    public static Problem StaleWrite() => new(
        "stale-write",
        StatusCodes.Status412PreconditionFailed,
        "It has changed since you read it",
        "Read it again, apply your change and send the new ETag in If-Match.");

    /// <summary>503: a dependency is busy or away; the same call can be sent again safely.</summary>
    public static Problem Unavailable(TimeSpan? retryAfter = null) => From(new Unavailable(retryAfter));

    /// <summary>500: a bug of ours. The trace id finds it in the logs.</summary>
    public static Problem Internal() => new(
        "internal-error",
        StatusCodes.Status500InternalServerError,
        "Something went wrong on our side",
        "It has been logged. Tell us the traceId if it happens again.");

    private static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidInput => StatusCodes.Status400BadRequest,
        ErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Gone => StatusCodes.Status410Gone,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        ErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new InvalidOperationException($"No status stands for {kind}."),
    };
}
