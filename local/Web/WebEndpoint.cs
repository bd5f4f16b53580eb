using Connections.Chat;
using Connections.Http;
using Connections.Invites;
using Connections.Local.Dev;
using Connections.Safety;

namespace Connections.Local.Web;

/// <summary>Serves the web client at every address that is nothing else's, and tells it where it runs.</summary>
public static class WebEndpoint
{
    private const string Assets = "/assets";

    /// <summary>Adds the client's settings, its files and its pages.</summary>
    /// <param name="app">The host.</param>
    /// <param name="host">Where the host is.</param>
    /// <param name="client">The client; null where none is served.</param>
    /// <exception cref="Connections.Settings.SettingException">A setting of the client's is malformed.</exception>
    public static void MapWeb(this WebApplication app, Uri host, WebClient? client)
    {
        ArgumentNullException.ThrowIfNull(app);
        var (services, configuration) = (app.Services, app.Configuration);
        var settings = ClientSettings.Read(
            configuration, services.GetRequiredService<InviteSettings>(), services.GetRequiredService<ChatSettings>(), services.GetRequiredService<SafetySettings>());
        var headers = new WebHeaders(host, settings.SignIn.Authority);
        // Also without a client: a developer serves it from the build tool, which asks here.
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
            await new Problem("method-not-allowed", StatusCodes.Status405MethodNotAllowed, "The method does not work here", "Pages take GET, HEAD. Calls are below /api.")
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
        // An address of the client's own names a page of it, in the browser. Not so an asset: a page of an older build asks for one
        // that is gone, and must not take a page for a script.
        if ((files[path.Value ?? ""] ?? (isAsset ? null : files.Page)) is not { } file)
        {
            return new Problem("not-found", StatusCodes.Status404NotFound, "Not found", "There is no such file in this build of the web client. Reload the page.")
                .ExecuteAsync(context);
        }

        // An asset's name changes with its content.
        context.Response.Headers.CacheControl = isAsset ? "public, max-age=31536000, immutable" : "no-cache";
        return Results.Bytes(file.Content, file.Type, entityTag: file.Tag).ExecuteAsync(context);
    }

    private static bool IsBelow(PathString path, string folder) => path.StartsWithSegments(folder, StringComparison.OrdinalIgnoreCase);
}
