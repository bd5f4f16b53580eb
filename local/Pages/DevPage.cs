using System.Reflection;
using Connections.Email.Rendering;

namespace Connections.Local.Pages;

/// <summary>The frame of every development page, and the files that the pages use.</summary>
public static class DevPage
{
    private const int MarkSize = 28;

    /// <summary>Answers with a page: a title, and a body below the navigation.</summary>
    public static Task WriteAsync(HttpContext context, string title, Html body)
    {
        var page = Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{title} · Connections</title>
            <link rel="icon" href="{Brand.MarkUrl}">
            <link rel="stylesheet" href="/dev/dev.css">
            <script src="/dev/dev.js" defer></script>
            </head>
            <body>
            <header>
            <a class="home" href="/">{new Html(Brand.MarkOf(MarkSize))}Connections</a>
            <nav><a href="/dev">Sign in</a> <a href="/dev/mail">Mail</a></nav>
            </header>
            <main>
            {body}
            </main>
            </body>
            </html>

            """);
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(page.Markup, context.RequestAborted);
    }

    /// <summary>Maps the style sheet and the script of the pages.</summary>
    public static void MapDevFiles(this IEndpointRouteBuilder app)
    {
        var style = Brand.Styles + Read("dev.css");
        app.MapGet("/dev/dev.css", context => SendAsync(context, style, "text/css; charset=utf-8"));
        app.MapGet("/dev/dev.js", context => SendAsync(context, Read("dev.js"), "text/javascript; charset=utf-8"));
    }

    private static Task SendAsync(HttpContext context, string content, string type)
    {
        context.Response.ContentType = type;
        return context.Response.WriteAsync(content, context.RequestAborted);
    }

    private static string Read(string file)
    {
        using var content = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream("Connections.Local.Pages." + file)!);
        return content.ReadToEnd();
    }
}
