using System.Runtime.CompilerServices;
using Connections.Cosmos;
using Connections.Settings;
using Connections.Telemetry;
using Microsoft.Azure.Cosmos;
using RequestFailedException = Azure.RequestFailedException;

namespace Connections.Http;

/// <summary>The pipeline of every HTTP function: authentication, limits, body, and problem documents for errors.</summary>
/// <remarks>
/// No function can skip the limits: a member's calls have that of their <see cref="CallKind"/>, open ones that of their address.
/// The pipeline writes the answer to the <see cref="HttpContext"/> itself, because the worker would serialise a returned
/// <see cref="IResult"/> again.
/// </remarks>
public sealed partial class HttpApi(
    TokenValidator tokens,
    CallLimits limits,
    ICallerGate gate,
    DeprecatedCalls deprecated,
    LinkSettings links,
    IProblemPage page,
    ILogger<HttpApi> log)
{
    /// <summary>The largest body of a call, in bytes.</summary>
    public const int MaxBody = 64 * 1024;

    /// <summary>The response headers that a web client on another origin may read. The Functions host exposes none.</summary>
    public const string ReadByClients =
        "Allow, Content-Disposition, Date, Deprecation, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After, Sunset, "
            + "WWW-Authenticate";

    private const string Json = "application/json";

    /// <summary>A call by a signed-in member.</summary>
    /// <param name="kind">The kind of call; by default it depends on the HTTP method.</param>
    /// <param name="gated">False for a call that itself refuses a caller who erased their profile, because it reads their document.</param>
    /// <param name="media">The media type of the answer; null for a call whose answer has no body.</param>
    /// <param name="roles">
    /// The roles of which the token must have one; null for none. Without one, the answer is that of an address that does not exist.
    /// </param>
    /// <param name="whileSuspended">Whether a suspended member may make the call.</param>
    /// <param name="query">The parameters that the call takes in its query; none by default. Any other is refused by its name.</param>
    /// <param name="file">Filled in by the compiler: the function's file. File and method identify the function in telemetry.</param>
    public Task Handle(
        HttpRequest request,
        Func<Caller, CancellationToken, Task<IResult>> call,
        CallKind? kind = null,
        bool gated = true,
        string? media = Json,
        IReadOnlyList<string>? roles = null,
        bool whileSuspended = false,
        IReadOnlyList<string>? query = null,
        [CallerFilePath] string file = "",
        [CallerMemberName] string method = "") => RunAsync(
        request,
        async ct =>
        {
            if (!(await tokens.ValidateAsync(request.Headers.Authorization, ct)).TryGet(out var caller, out var error))
            {
                return Problems.From((error is Unauthenticated ? limits.RefuseBadToken(request) : null) ?? error);
            }

            if (roles?.Any(caller.Roles.Contains) == false)
            {
                return Problems.From(Count(request, limits.CountOpen(request)) ?? new NoSuchAddress());
            }

            error = Count(request, limits.Count(caller.Id, kind ?? KindOf(request)))
                ?? (whileSuspended ? null : await gate.CheckSuspensionAsync(caller, ct))
                ?? (gated ? await gate.CheckAsync(caller, ct) : null)
                ?? request.Query.Unknown(query ?? [])
                ?? Unread(request, media);
            return error is null ? await call(caller, ct) : Problems.From(error);
        },
        file,
        method);

    /// <summary>A call by a signed-in member, with a JSON body.</summary>
    /// <inheritdoc cref="Handle(HttpRequest, Func{Caller, CancellationToken, Task{IResult}}, CallKind?, bool, string?,
    /// IReadOnlyList{string}, bool, IReadOnlyList{string}, string, string)"/>
    /// <param name="maxBody">The largest body, in bytes.</param>
    public Task Handle<TBody>(
        HttpRequest request,
        Func<Caller, TBody, CancellationToken, Task<IResult>> call,
        CallKind? kind = null,
        bool gated = true,
        string? media = Json,
        IReadOnlyList<string>? roles = null,
        int maxBody = MaxBody,
        [CallerFilePath] string file = "",
        [CallerMemberName] string method = "")
        where TBody : class => Handle(
        request,
        async (caller, ct) =>
            (await ReadAsync<TBody>(request, ct, maxBody)).TryGet(out var body, out var error)
                ? await call(caller, body, ct)
                : Problems.From(error),
        kind,
        gated,
        media,
        roles,
        whileSuspended: false,
        query: null,
        file,
        method);

    /// <summary>A call that needs no token and has no parameters in its query.</summary>
    /// <inheritdoc cref="Handle(HttpRequest, Func{Caller, CancellationToken, Task{IResult}}, CallKind?, bool, string?,
    /// IReadOnlyList{string}, bool, IReadOnlyList{string}, string, string)"/>
    public Task HandleOpen(
        HttpRequest request,
        Func<CancellationToken, Task<IResult>> call,
        string media,
        [CallerFilePath] string file = "",
        [CallerMemberName] string method = "") => RunAsync(
        request,
        async ct => (Count(request, limits.CountOpen(request)) ?? request.Query.Unknown([]) ?? Unread(request, media)) is { } error
            ? Problems.From(error)
            : await call(ct),
        file,
        method);

    /// <summary>A picture for everybody. Browsers take any type that they are given.</summary>
    /// <inheritdoc cref="Handle(HttpRequest, Func{Caller, CancellationToken, Task{IResult}}, CallKind?, bool, string?,
    /// IReadOnlyList{string}, bool, IReadOnlyList{string}, string, string)"/>
    public Task HandlePicture(
        HttpRequest request,
        Func<CancellationToken, Task<IResult>> call,
        [CallerFilePath] string file = "",
        [CallerMemberName] string method = "") => RunAsync(
        request,
        async ct => (Count(request, limits.CountPicture(request)) ?? request.Query.Unknown([])) is { } error
            ? Problems.From(error)
            : await call(ct),
        file,
        method);

    /// <summary>A page for people, which needs no token. A browser gets problems as a page too.</summary>
    /// <remarks>
    /// It works with whatever is in its query, because mail programs and networks add parameters of their own to the links that people
    /// follow (<c>utm_source</c>, <c>fbclid</c>).
    /// </remarks>
    /// <inheritdoc cref="Handle(HttpRequest, Func{Caller, CancellationToken, Task{IResult}}, CallKind?, bool, string?,
    /// IReadOnlyList{string}, bool, IReadOnlyList{string}, string, string)"/>
    public Task HandlePage(
        HttpRequest request,
        Func<CancellationToken, Task<IResult>> call,
        [CallerFilePath] string file = "",
        [CallerMemberName] string method = "") => RunAsync(
        request,
        async ct => Count(request, limits.CountOpen(request)) is { } error ? Problems.From(error) : await call(ct),
        file,
        method,
        isPage: request.TakesPages());

    /// <summary>An address that leads nowhere. It counts as an open call.</summary>
    /// <inheritdoc cref="Handle(HttpRequest, Func{Caller, CancellationToken, Task{IResult}}, CallKind?, bool, string?,
    /// IReadOnlyList{string}, bool, IReadOnlyList{string}, string, string)"/>
    public Task HandleWrong(
        HttpRequest request,
        Func<IResult> answer,
        [CallerFilePath] string file = "",
        [CallerMemberName] string method = "") => RunAsync(
        request,
        _ => Task.FromResult(Count(request, limits.CountOpen(request)) is { } error ? Problems.From(error) : answer()),
        file,
        method);

    /// <summary>An event from Web PubSub.</summary>
    /// <inheritdoc cref="Handle(HttpRequest, Func{Caller, CancellationToken, Task{IResult}}, CallKind?, bool, string?,
    /// IReadOnlyList{string}, bool, IReadOnlyList{string}, string, string)"/>
    public Task HandleEvent(
        HttpRequest request,
        Func<CancellationToken, Task<IResult>> call,
        [CallerFilePath] string file = "",
        [CallerMemberName] string method = "") => RunAsync(
        request,
        async ct => Count(request, limits.CountService(request)) is { } error ? Problems.From(error) : await call(ct),
        file,
        method);

    private static CallKind KindOf(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? CallKind.Read : CallKind.Write;

    // Each answer says how many more calls its caller can make.
    private static Error? Count(HttpRequest request, CountedCall counted)
    {
        var headers = request.HttpContext.Response.Headers;
        (headers["RateLimit-Policy"], headers["RateLimit"]) = (counted.Policy, counted.Left);
        return counted.Refused;
    }

    private static NotAcceptable? Unread(HttpRequest request, string? media) =>
        media is null || request.Takes(media) ? null : new NotAcceptable(media);

    private async Task RunAsync(
        HttpRequest request, Func<CancellationToken, Task<IResult>> call, string file, string method, bool isPage = false)
    {
        using var operation = Operation.Call(file, method);
        var context = request.HttpContext;
        var ct = context.RequestAborted;
        // The request came to the front end under this address. Headers that name it are not used, because anybody can send them.
        (request.Scheme, request.Host) = (links.ApiUrl.Scheme, new HostString(links.ApiUrl.Authority));
        request.PathBase = PathString.FromUriComponent(links.ApiUrl.AbsolutePath.TrimEnd('/'));
        // Every answer is private to a member or depends on the caller.
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.AccessControlExposeHeaders = ReadByClients;
        deprecated.Announce(request);
        IResult result;
        try
        {
            result = await call(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The caller has disconnected.
            return;
        }
        catch (Exception e) when (Outages.IsOutage(e))
        {
            LogUnavailable(e);
            result = Problems.Unavailable((e as CosmosException)?.RetryAfter);
        }
#pragma warning disable CA1031 // Last resort: the caller gets a problem document, the log gets the exception.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e);
            result = Problems.Internal();
        }

        if (isPage && result is Problem problem)
        {
            problem.SetRetryAfter(context.Response);
            result = page.Render(problem);
        }

        try
        {
            await CompressedBody.WriteAsync(result, context);
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            operation.Answered(StatusCodes.Status500InternalServerError);
            throw;
        }

        operation.Answered(context.Response.StatusCode);
    }

    /// <summary>Reads a JSON body of at most <paramref name="maxBody"/> bytes.</summary>
    public static async Task<Result<TBody>> ReadAsync<TBody>(HttpRequest request, CancellationToken ct, int maxBody = MaxBody)
        where TBody : class
    {
        if (!request.HasJsonContentType())
        {
            return new UnsupportedMediaType();
        }

        return (await RequestBody.ReadAsync(request, maxBody, ct)).TryGet(out var bytes, out var error)
            ? RequestBody.Parse<TBody>(bytes.Span, "The body")
            : error;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A dependency was unavailable during a call")]
    private partial void LogUnavailable(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A call failed")]
    private partial void LogFailed(Exception exception);
}

/// <summary>Distinguishes outages of other services, where a retry helps, from bugs, where it does not.</summary>
internal static class Outages
{
    /// <summary>Whether the exception means that another service did not serve the call.</summary>
    /// <remarks>A cancelled call is not an outage. Check the caller's cancellation token before calling this.</remarks>
    public static bool IsOutage(Exception exception) => exception switch
    {
        // CosmosCalls turns a missing document into a value, so a 404 here is about the container or the session.
        CosmosException e => (int)e.StatusCode is 404 or 408 or 429 or 449 or 503,
        StaleReadException or ContentionException => true,
        // The Azure clients report a missing response as status 0.
        RequestFailedException e => e.Status is 0 or 408 or 429 or >= 500,
        // They collect the failures of all their attempts.
        AggregateException { InnerExceptions: { Count: > 0 } tries } => tries.All(IsOutage),
        HttpRequestException or TimeoutException or OperationCanceledException => true,
        _ => false,
    };
}
