using System.Reflection;

namespace Connections.Local.Pages;

/// <summary>The frame of every development page, and the files that the pages use.</summary>
public static class DevPage
{
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
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="/dev/dev.css">
            <script src="/dev/dev.js" defer></script>
            </head>
            <body>
            <header><a class="home" href="/">Connections</a> <nav><a href="/dev">Sign in</a> <a href="/dev/mail">Mail</a></nav></header>
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
        app.MapGet("/dev/dev.css", context => SendAsync(context, "dev.css", "text/css; charset=utf-8"));
        app.MapGet("/dev/dev.js", context => SendAsync(context, "dev.js", "text/javascript; charset=utf-8"));
    }

    private static async Task SendAsync(HttpContext context, string file, string type)
    {
        context.Response.ContentType = type;
        await using var content = Assembly.GetExecutingAssembly().GetManifestResourceStream("Connections.Local.Pages." + file)!;
        await content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
