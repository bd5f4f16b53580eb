using System.Runtime.CompilerServices;
using Connections.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging;

namespace Connections.Http;

/// <summary>What every HTTP function shares: the caller, the limits, the body, and problems for everything that can go wrong with these.</summary>
/// <remarks>
/// No function can be without a limit: a member's calls are held to that of their <see cref="CallKind"/>, open ones to that of their address.
/// It writes the answer to the <see cref="HttpContext"/> itself, because the worker would serialise a returned
/// <see cref="IResult"/> a second time.
/// </remarks>
public sealed partial class HttpApi(TokenValidator tokens, CallLimits limits, ICallerGate gate, ILogger<HttpApi> log)
{
    /// <summary>The largest body that a call takes, in bytes.</summary>
    public const int MaxBody = 64 * 1024;

    /// <summary>The headers of answers that a web client on another origin may read. The host's own CORS settings let it read none.</summary>
    public const string ReadByClients = "Allow, Content-Disposition, ETag, Location, Retry-After, WWW-Authenticate";

    /// <summary>A call by a signed-in member.</summary>
    /// <param name="request">The request.</param>
    /// <param name="call">What the function does.</param>
    /// <param name="kind">What the call counts as; by its method where none is given.</param>
    /// <param name="gated">False for a call that reads the caller's own document first, and by it refuses a caller who erased their profile.</param>
    /// <param name="file">Filled in by the compiler: the function's file. With the method it gives the function's name, by which the call goes in telemetry.</param>
    /// <param name="method">Filled in by the compiler: the function's method.</param>
    public Task Handle(
        HttpRequest request, Func<Caller, CancellationToken, Task<IResult>> call, CallKind? kind = null, bool gated = true, [CallerFilePath] string file = "", [CallerMemberName] string method = "") => RunAsync(
        request,
        async ct =>
        {
            if (!(await tokens.ValidateAsync(request.Headers.Authorization, ct)).TryGet(out var caller, out var error))
            {
                return Problems.From((error is Unauthenticated ? limits.RefuseBadToken(request) : null) ?? error);
            }

            error = limits.Refuse(caller.Id, kind ?? KindOf(request)) ?? (gated ? await gate.CheckAsync(caller, ct) : null);
            return error is null ? await call(caller, ct) : Problems.From(error);
        },
        file,
        method);

    /// <summary>A call by a signed-in member, with a JSON body.</summary>
    /// <inheritdoc cref="Handle(HttpRequest, Func{Caller, CancellationToken, Task{IResult}}, CallKind?, bool, string, string)"/>
    public Task Handle<TBody>(
        HttpRequest request, Func<Caller, TBody, CancellationToken, Task<IResult>> call, CallKind? kind = null, bool gated = true, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
        where TBody : class => Handle(
        request,
        async (caller, ct) =>
            (await ReadAsync<TBody>(request, ct)).TryGet(out var body, out var error) ? await call(caller, body, ct) : Problems.From(error),
        kind,
        gated,
        file,
        method);

    /// <summary>A call that needs no token.</summary>
    /// <inheritdoc cref="Handle(HttpRequest, Func{Caller, CancellationToken, Task{IResult}}, CallKind?, bool, string, string)"/>
    public Task HandleOpen(HttpRequest request, Func<CancellationToken, Task<IResult>> call, [CallerFilePath] string file = "", [CallerMemberName] string method = "") =>
        RunAsync(request, async ct => limits.RefuseOpen(request) is { } error ? Problems.From(error) : await call(ct), file, method);

    /// <summary>An event of Web PubSub's.</summary>
    /// <inheritdoc cref="Handle(HttpRequest, Func{Caller, CancellationToken, Task{IResult}}, CallKind?, bool, string, string)"/>
    public Task HandleEvent(HttpRequest request, Func<CancellationToken, Task<IResult>> call, [CallerFilePath] string file = "", [CallerMemberName] string method = "") =>
        RunAsync(request, async ct => limits.RefuseService(request) is { } error ? Problems.From(error) : await call(ct), file, method);

    private static CallKind KindOf(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) ? CallKind.Read : CallKind.Write;

    private async Task RunAsync(HttpRequest request, Func<CancellationToken, Task<IResult>> call, string file, string method)
    {
        using var operation = Operation.Call(file, method);
        var context = request.HttpContext;
        var ct = context.RequestAborted;
        // Every answer is one member's own, or changes with who asks.
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.AccessControlExposeHeaders = ReadByClients;
        IResult result;
        try
        {
            result = await call(ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The caller has gone; there is nobody to answer.
            return;
        }
        catch (Exception e) when (Outages.Is(e))
        {
            LogUnavailable(e);
            result = Problems.Unavailable((e as CosmosException)?.RetryAfter);
        }
#pragma warning disable CA1031 // The last line of defence: the caller gets a problem document, the log gets the exception.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(e);
            result = Problems.Internal();
        }

        try
        {
            await result.ExecuteAsync(context);
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            operation.Answered(StatusCodes.Status500InternalServerError);
            throw;
        }

        operation.Answered(context.Response.StatusCode);
    }

    /// <summary>A JSON body, or what is wrong with it.</summary>
    public static async Task<Result<TBody>> ReadAsync<TBody>(HttpRequest request, CancellationToken ct)
        where TBody : class
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!request.HasJsonContentType())
        {
            return new UnsupportedMediaType();
        }

        return (await RequestBody.ReadAsync(request, MaxBody, ct)).TryGet(out var bytes, out var error)
            ? RequestBody.Parse<TBody>(bytes.Span, "The body")
            : error;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A dependency did not serve a call")]
    private partial void LogUnavailable(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A call failed")]
    private partial void LogFailed(Exception exception);
}
