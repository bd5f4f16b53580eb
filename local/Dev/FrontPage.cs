using Connections.Local.Identity;

namespace Connections.Local.Dev;

/// <summary><c>/</c>: where things are. Any other address that nothing serves says that, for people who follow a link of an email.</summary>
public static class FrontPage
{
    /// <summary>Adds the pages.</summary>
    public static void MapFrontPage(this IEndpointRouteBuilder app, Uri host)
    {
        app.MapGet("/", context => DevPage.WriteAsync(context, "On this machine", Html.Of($"""
            <h1>Connections runs on this machine</h1>
            <p>Brands find creators, invite them to connect, and talk. These are the same functions as in Azure.</p>
            <table>
            <tr><th scope="row"><a href="/dev">Sign in</a></th><td>as a demo brand, a creator or anybody else, and get a token</td></tr>
            <tr><th scope="row"><a href="/dev/mail">Mail</a></th><td>every email that would have been sent</td></tr>
            <tr><th scope="row">API</th><td><code>{new Uri(host, "/api")}</code> with <code>Authorization: Bearer</code> and the token</td></tr>
            <tr><th scope="row">Identity</th><td><a href="{LocalIssuer.Path}/.well-known/openid-configuration">the issuer's discovery document</a></td></tr>
            </table>
            """)));
        app.MapFallback(context =>
        {
            DevGuard.Protect(context.Response);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return DevPage.WriteAsync(context, "Not found", Html.Of($"""
                <h1>Nothing is served here</h1>
                <p>Emails link to pages of the web client. This host serves the API, the mail and the sign-in page: <a href="/">see where they are</a>.</p>
                """));
        });
    }
}
