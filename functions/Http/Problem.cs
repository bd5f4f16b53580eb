using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Connections.Http;

/// <summary>An error answer: an RFC 9457 problem document with a stable <c>type</c>.</summary>
/// <param name="Code">The last part of <c>type</c>, <c>/problems/&lt;code&gt;</c>; never changes its meaning.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">The same for every problem of this type.</param>
/// <param name="Detail">What happened here and what to do about it, for a person.</param>
public sealed record Problem(string Code, int Status, string Title, string Detail) : IResult
{
    /// <summary>What is wrong with each field, by its JSON name.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>When trying again can succeed.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>With a conflict: the state that won.</summary>
    public string? State { get; init; }

    /// <summary>Sent as <c>Retry-After</c>, in whole seconds, rounded up.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Sent as <c>WWW-Authenticate</c> with a 401.</summary>
    public string? Challenge { get; init; }

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (Challenge is not null)
        {
            response.Headers.WWWAuthenticate = Challenge;
        }

        var body = new
        {
            type = "/problems/" + Code,
            title = Title,
            status = Status,
            detail = Detail,
            errors = Errors,
            until = Until,
            state = State,
            traceId = Activity.Current?.TraceId.ToString() ?? httpContext.TraceIdentifier,
        };
        // Also for an answer to what no function takes, which has none of theirs.
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.StatusCode = Status;
        return response.WriteAsJsonAsync(body, Json.Options, "application/problem+json", httpContext.RequestAborted);
    }
}
