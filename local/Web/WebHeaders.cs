namespace Connections.Local.Web;

/// <summary>The headers that keep the web client from running, framing or telling anything it should not.</summary>
internal sealed class WebHeaders
{
    private readonly string _policy;

    /// <summary>Headers for a client of the host at <paramref name="host"/>.</summary>
    /// <param name="host">Where the host is; its sockets and pictures go by this name, whatever name the page was opened by.</param>
    /// <param name="authority">The issuer that the client signs in with; null where it needs none.</param>
    public WebHeaders(Uri host, string? authority)
    {
        var here = host.GetLeftPart(UriPartial.Authority);
        string[] calls = [here, "ws" + here["http".Length..], .. authority is null ? (string[])[] : [new Uri(authority).GetLeftPart(UriPartial.Authority)]];
        _policy = string.Join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            $"img-src 'self' {here} https: data:",
            $"connect-src 'self' {string.Join(' ', calls.Distinct(StringComparer.Ordinal))}",
            "font-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");
    }

    /// <summary>Gives them to an answer.</summary>
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
