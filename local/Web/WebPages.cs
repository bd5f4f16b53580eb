using System.Globalization;
using Connections.Local.Pages;

namespace Connections.Local.Web;

/// <summary>The pages at the web client's addresses while it is not served.</summary>
internal static class WebPages
{
    private const int LookAgainAfterSeconds = 1;

    /// <summary>Shows why there is no web client, and what to do.</summary>
    public static Task WriteAsync(HttpContext context, WebState state)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        if (state is WebState.Building)
        {
            var seconds = LookAgainAfterSeconds.ToString(CultureInfo.InvariantCulture);
            // Refresh is for browsers, Retry-After for programs.
            context.Response.Headers["Refresh"] = seconds;
            context.Response.Headers.RetryAfter = seconds;
        }

        return state switch
        {
            WebState.Building building => ShowAsync(context, "Building the web client…", Html.Of($"""
                <p role="status">{building.Step}. The first time takes a minute; this page shows the client when it is done.</p>
                """)),
            WebState.NoNode none => ShowAsync(context, "The web client needs Node", Html.Of($"""
                <p>It is built on this machine, once and when its sources changed. {none.Found}</p>
                <p>{NodeTools.Install}</p>
                """)),
            WebState.Failed failed => ShowAsync(context, "The web client could not be built", Html.Of($"""
                <p>{failed.Why}</p>
                {Html.If(failed.Output.Count > 0, () => Html.Of($"<pre>{string.Join('\n', failed.Output)}</pre>"))}
                """)),
            _ => throw new ArgumentException($"{state.GetType().Name} has the client's own pages.", nameof(state)),
        };
    }

    /// <summary>Shows that this host was started without the web client.</summary>
    public static Task WriteNoneAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return ShowAsync(context, "Nothing is served here", Html.Of($"""
            <p>The pages of the web client are here when this host is started without <code>--no-web</code>.</p>
            """));
    }

    /// <summary>Shows that an address below <c>/dev</c> or <c>/client</c> does not exist.</summary>
    public static Task WriteUnknownAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return ShowAsync(context, "Nothing is served here", new Html(""));
    }

    private static Task ShowAsync(HttpContext context, string title, Html body)
    {
        DevGuard.Protect(context.Response);
        return DevPage.WriteAsync(context, title, Html.Of($"""
            <h1>{title}</h1>
            {body}
            <p>The API runs meanwhile: <a href="/dev">get a token and see what runs</a>, or <a href="/dev/mail">see the mail</a>.</p>
            """));
    }
}
