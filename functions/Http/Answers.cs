namespace Connections.Http;

/// <summary>Successful answers as JSON, always with <see cref="Json.Options"/> instead of the host's own settings.</summary>
public static class Answers
{
    /// <summary>200 with a body.</summary>
    public static IResult Ok<T>(T value) => Results.Json(value, Json.Options);

    /// <summary>207: the parts of the call had different results, which the body tells.</summary>
    public static IResult MultiStatus<T>(T value) => Results.Json(value, Json.Options, statusCode: StatusCodes.Status207MultiStatus);

    /// <summary>201 with a body and a <c>Location</c>.</summary>
    public static IResult Created<T>(string location, T value) => new CreatedAnswer<T>(location, value);

    /// <summary>204.</summary>
    public static IResult NoContent() => Results.NoContent();

    private sealed record CreatedAnswer<T>(string Location, T Value) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Location = Location;
            return Results.Json(Value, Json.Options, statusCode: StatusCodes.Status201Created).ExecuteAsync(httpContext);
        }
    }
}
