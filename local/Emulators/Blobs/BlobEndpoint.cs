using Microsoft.AspNetCore.Http.Features;

namespace Connections.Emulators.Blobs;

/// <summary>Serves blobs over HTTP, for browsers with a signed address and for clients in other processes.</summary>
public static class BlobEndpoint
{
    private static readonly string[] Methods = ["GET", "HEAD", "PUT"];
    private const string MaxAge = "600";

    /// <summary>Adds blobs, their scan, and the rules by which they go.</summary>
    public static IServiceCollection AddBlobs(
        this IServiceCollection services, LocalBlobs blobs, LocalBlobsOptions options, MalwareScanOptions scan) => services
        .AddSingleton(blobs)
        .AddSingleton(options)
        .AddSingleton(scan)
        .AddSingleton<MalwareScan>()
        .AddSingleton<BlobLifecycle>()
        .AddHostedService(provider => provider.GetRequiredService<MalwareScan>())
        .AddHostedService(provider => provider.GetRequiredService<BlobLifecycle>());

    /// <summary>Maps <c>/account/{container}/{blob}</c>.</summary>
    public static void MapBlobs(this IEndpointRouteBuilder app)
    {
        var options = app.ServiceProvider.GetRequiredService<LocalBlobsOptions>();
        var rest = new BlobRest(app.ServiceProvider.GetRequiredService<LocalBlobs>(), options);
        app.Map($"/{options.Account.Name}/{{**path}}", context => AnswerAsync(rest, options, context)).WithDisplayName("Blobs");
    }

    private static async Task AnswerAsync(BlobRest rest, LocalBlobsOptions options, HttpContext context)
    {
        Protect(context.Response);
        var origin = context.Request.Headers.Origin.ToString();
        var isAllowed = origin.Length > 0 && options.AllowsOrigin?.Invoke(origin) == true;
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            AnswerPreflight(context, origin, isAllowed, options);
            return;
        }

        if (isAllowed)
        {
            context.Response.Headers.AccessControlAllowOrigin = origin;
            context.Response.Headers.AccessControlExposeHeaders = "ETag, x-ms-error-code, x-ms-request-id";
        }

        context.Response.Headers.Vary = "Origin";
        // The service has a limit of its own, which it names when it refuses.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = options.MaxBytes;
        }

        var answer = await rest.AnswerAsync(Read(context), context.RequestAborted);
        await SendAsync(context, answer);
    }

    // On one machine, what members upload has the client's own origin; in Azure it has another. So a browser must neither guess its type
    // nor run what is in it.
    private static void Protect(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers["Referrer-Policy"] = "no-referrer";
    }

    private static void AnswerPreflight(HttpContext context, string origin, bool isAllowed, LocalBlobsOptions options)
    {
        var headers = context.Response.Headers;
        var method = context.Request.Headers.AccessControlRequestMethod.ToString();
        var asked = context.Request.Headers.AccessControlRequestHeaders.ToString().ToLowerInvariant();
        if (!isAllowed || !Methods.Contains(method, StringComparer.Ordinal)
            || asked.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Except(options.AllowedHeaders, StringComparer.Ordinal).Any())
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            headers["x-ms-error-code"] = "CorsPreflightFailure";
            return;
        }

        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowMethods = method;
        headers.AccessControlAllowHeaders = context.Request.Headers.AccessControlRequestHeaders;
        headers.AccessControlMaxAge = MaxAge;
        headers.Vary = "Origin";
    }

    private static BlobRequest Read(HttpContext context)
    {
        var request = context.Request;
        // The path as it was sent: routing would unescape it, and a signature is over the escaped one.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        return new BlobRequest(
            request.Method,
            new Uri($"{request.Scheme}://{request.Host.Value}{target}"),
            name => request.Headers.TryGetValue(name, out var value) ? value.ToString() : null,
            [.. request.Headers.Keys.Where(name => name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))],
            request.Body);
    }

    private static async Task SendAsync(HttpContext context, BlobAnswer answer)
    {
        var response = context.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        if (answer.Status is not 304)
        {
            response.Headers.ContentLength = answer.Length;
        }

        if (answer.Body is { } body)
        {
            await using (body)
            {
                await body.CopyToAsync(response.Body, context.RequestAborted);
            }
        }
    }
}
