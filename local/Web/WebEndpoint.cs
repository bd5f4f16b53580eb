using Connections.Chat;
using Connections.Creators.Load;
using Connections.Http;
using Connections.Invites;
using Connections.Local.Pages;
using Connections.Safety;

namespace Connections.Local.Web;

/// <summary>Serves the web client's settings, and the client at every address that nothing else has.</summary>
public static class WebEndpoint
{
    private const string Assets = "/assets";

    /// <summary>Maps the client's settings and files; no files if <paramref name="client"/> is null.</summary>
    /// <exception cref="Connections.Settings.SettingException">A setting of the client's is malformed.</exception>
    public static void MapWeb(this WebApplication app, Uri host, WebClient? client)
    {
        var (services, configuration) = (app.Services, app.Configuration);
        var settings = ClientSettings.Read(
            configuration, host, services.GetRequiredService<InviteSettings>(), services.GetRequiredService<ChatSettings>(),
            services.GetRequiredService<SafetySettings>(), services.GetRequiredService<LoadSettings>());
        var headers = new WebHeaders(host, settings.SignIn.Authority, settings.Pictures);
        // Also without a client, for one that the build tool serves.
        app.MapMethods("/config.json", [HttpMethods.Get, HttpMethods.Head], context =>
        {
            headers.AddTo(context.Response);
            context.Response.Headers.CacheControl = "no-store";
            return context.Response.WriteAsJsonAsync(settings, Json.Options, context.RequestAborted);
        });
        app.Map("/{**path}", context => ServeAsync(context, headers, client)).WithOrder(int.MaxValue).WithDisplayName("Web client");
    }

    private static async Task ServeAsync(HttpContext context, WebHeaders headers, WebClient? client)
    {
        var path = context.Request.Path;
        if (IsBelow(path, DevGuard.Path) || IsBelow(path, "/client"))
        {
            await WebPages.WriteUnknownAsync(context);
        }
        else if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, HEAD";
            await new Problem(
                "method-not-allowed",
                StatusCodes.Status405MethodNotAllowed,
                "The method does not work here",
                "Pages take GET, HEAD. Calls are below /api.")
                .ExecuteAsync(context);
        }
        else if (client is null)
        {
            await WebPages.WriteNoneAsync(context);
        }
        else if (await client.LookAsync(context.RequestAborted) is var state && state is WebState.Ready ready)
        {
            headers.AddTo(context.Response);
            await SendAsync(context, path, ready.Files);
        }
        else
        {
            await WebPages.WriteAsync(context, state);
        }
    }

    private static Task SendAsync(HttpContext context, PathString path, WebFiles files)
    {
        var isAsset = IsBelow(path, Assets);
        // Any address can be one of the client's pages, but not an asset: a page of an older build that asks for an asset that is gone must
        // not get HTML for a script.
        if ((files[path.Value ?? ""] ?? (isAsset ? null : files.Page)) is not { } file)
        {
            return new Problem(
                "not-found",
                StatusCodes.Status404NotFound,
                "Not found",
                "There is no such file in this build of the web client. Reload the page.")
                .ExecuteAsync(context);
        }

        // The name of an asset changes with its content.
        context.Response.Headers.CacheControl = isAsset ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(file.Content, file.Type, entityTag: file.Tag).ExecuteAsync(context);
    }

    private static bool IsBelow(PathString path, string folder) => path.StartsWithSegments(folder, StringComparison.OrdinalIgnoreCase);
}

/// <summary>The security headers of the web client.</summary>
internal sealed class WebHeaders
{
    private readonly string _policy;

    /// <param name="host">The host's URL. Sockets use it, whatever name the page was opened by.</param>
    /// <param name="authority">The issuer that the client signs in with; null if it needs none.</param>
    /// <param name="pictures">The origins of pictures, beside the client's own.</param>
    public WebHeaders(Uri host, string? authority, IReadOnlyList<string> pictures)
    {
        var here = host.GetLeftPart(UriPartial.Authority);
        string[] calls = [here, "ws" + here["http".Length..],
            .. authority is null ? (string[])[] : [new Uri(authority).GetLeftPart(UriPartial.Authority)]];
        _policy = string.Join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            $"img-src 'self' {string.Join(' ', pictures)} data: blob:",
            $"connect-src 'self' {string.Join(' ', calls.Distinct(StringComparer.Ordinal))}",
            "font-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");
    }

    public void AddTo(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = _policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
    }
}
