using System.Security.Cryptography;
using System.Text;
using Connections.Email.Rendering;
using Microsoft.AspNetCore.Http;

namespace Connections.Email.Pages;

/// <summary>A complete HTML page as an answer, with the headers that keep it and the secret in its address safe.</summary>
/// <remarks>
/// The page loads nothing, runs no script and cannot be framed; its address goes to nobody as a referrer and the page into no
/// cache and no search index. The one style sheet is allowed by its hash.
/// </remarks>
/// <param name="Html">The document.</param>
/// <param name="Status">The HTTP status.</param>
public sealed record HtmlPage(string Html, int Status) : IResult
{
    /// <summary>The style sheet of every page.</summary>
    internal static string Style { get; } = Resources.Read("Email/Pages/page.css");

    private static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XFrameOptions = "DENY";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["X-Robots-Tag"] = "noindex, nofollow";
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(Html, httpContext.RequestAborted);
    }
}
