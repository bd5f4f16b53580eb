using System.Diagnostics;
using System.Globalization;

namespace Connections.Http;

/// <summary>An error answer: a problem document (RFC 9457) with a stable <c>type</c>.</summary>
/// <param name="Code">The last part of <c>type</c>, <c>/problems/&lt;code&gt;</c>. A code never changes its meaning.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The same for every problem of this type.</param>
/// <param name="Detail">What happened and how to fix it, for people.</param>
public sealed record Problem(string Code, int Status, string Title, string Detail) : IResult
{
    /// <summary>What is wrong with each field, by its JSON name.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>The same with codes.</summary>
    public IReadOnlyList<FieldError>? Fields { get; init; }

    /// <summary>When a retry can succeed.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>For a conflict: the current state.</summary>
    public string? State { get; init; }

    /// <summary>The cap that was reached.</summary>
    public ReachedCap? Reached { get; init; }

    /// <summary>For a suspension: the reason from the published list.</summary>
    public string? Reason { get; init; }

    /// <summary>For a file that is not ready: how far it has come.</summary>
    public FileStanding? File { get; init; }

    /// <summary>For a report that was decided already: the decision that stands.</summary>
    public object? Decision { get; init; }

    /// <summary>Sent as <c>Retry-After</c>, in whole seconds, rounded up.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Sent as <c>WWW-Authenticate</c> with a 401.</summary>
    public string? Challenge { get; init; }

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        SetRetryAfter(response);
        if (Challenge is not null)
        {
            response.Headers.WWWAuthenticate = Challenge;
        }

        // Requests that reach no function do not get these headers from HttpApi.
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.StatusCode = Status;
        return response.WriteAsJsonAsync(
            ToDocument(httpContext), Json.Options, "application/problem+json", httpContext.RequestAborted);
    }

    /// <summary>Sets <c>Retry-After</c>, where there is a time to wait.</summary>
    public void SetRetryAfter(HttpResponse response)
    {
        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The document, as the answer to a call or a part of one.</summary>
    public ProblemDocument ToDocument(HttpContext httpContext) => new(
        "/problems/" + Code,
        Title,
        Status,
        Detail,
        Errors,
        Fields,
        Until,
        State,
        Reached,
        Reason,
        File,
        Decision,
        Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier);
}

/// <summary>A problem as its JSON has it.</summary>
/// <param name="Type">The path of the page that explains the problem.</param>
/// <param name="Cap">The cap that was reached.</param>
/// <param name="TraceId">Finds the call in the logs.</param>
/// <inheritdoc cref="Problem"/>
public sealed record ProblemDocument(
    string Type,
    string Title,
    int Status,
    string Detail,
    IReadOnlyDictionary<string, string[]>? Errors,
    IReadOnlyList<FieldError>? Fields,
    DateTimeOffset? Until,
    string? State,
    ReachedCap? Cap,
    string? Reason,
    FileStanding? File,
    object? Decision,
    string TraceId);

/// <summary>Makes problem documents from errors, and has those that any call can answer.</summary>
public static class Problems
{
    /// <summary>The problem document of an error.</summary>
    public static Problem From(Error error) =>
        new Problem(error.Code, StatusOf(error.Kind), error.Title, error.Detail)
        {
            Errors = error.Fields,
            Fields = error.Faults,
            Until = error.Until,
            State = error.State,
            Reached = error.Reached,
            Reason = error.Reason,
            File = error.File,
            Decision = error.Decision,
            RetryAfter = error.RetryAfter,
            Challenge = (error as Unauthenticated)?.Challenge,
        };

    /// <summary>The problem document for the collected errors.</summary>
    public static Problem ToProblem(this Fields fields) => From(fields.ToError());

    /// <summary>Makes an answer from a value, or the problem document from an error.</summary>
    public static IResult Answer<T>(this Result<T> result, Func<T, IResult> answer)
        where T : notnull
    {
        return result.TryGet(out var value, out var error) ? answer(value) : From(error);
    }

    /// <summary>404: the resource does not exist or is not the caller's.</summary>
    public static Problem NotFound(string what) => From(new NotFound(what));

    /// <summary>400: one field is not valid.</summary>
    public static Problem InvalidInput(string field, string error, string code = FieldCode.Invalid) =>
        From(new InvalidInput(field, error, code));

    /// <summary>412: the resource changed since the caller read it.</summary>
    public static Problem StaleWrite() => From(new StaleWrite());

    /// <summary>503: a dependency is busy or unreachable. The caller can safely send the same call again.</summary>
    public static Problem Unavailable(TimeSpan? retryAfter = null) => From(new Unavailable(retryAfter));

    /// <summary>500: a bug. The trace id finds it in the logs.</summary>
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
        ErrorKind.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ErrorKind.NotAcceptable => StatusCodes.Status406NotAcceptable,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Gone => StatusCodes.Status410Gone,
        ErrorKind.Stale => StatusCodes.Status412PreconditionFailed,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        ErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new InvalidOperationException($"{kind} has no status."),
    };
}
