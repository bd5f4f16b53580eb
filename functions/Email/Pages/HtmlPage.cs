using System.Security.Cryptography;
using System.Text;
using Connections.Email.Rendering;

namespace Connections.Email.Pages;

/// <summary>An HTML page with the headers that protect it and the secret in its address.</summary>
/// <remarks>
/// The page loads nothing, runs no script and cannot be framed. Browsers do not send its address as a referrer, and the page enters no
/// cache and no search index. The policy allows the style sheet by its hash.
/// </remarks>
/// <param name="Html">The document.</param>
/// <param name="Status">The HTTP status.</param>
public sealed record HtmlPage(string Html, int Status) : IResult
{
    private const int MarkSize = 28;

    private static string Style { get; } = Brand.Styles + Resources.Read("Email/Pages/page.css");

    private static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Renders a page's template in the layout. <paramref name="heading"/> is the sentence
    /// for the heading and the title.</summary>
    internal static HtmlPage Render(
        Templates templates, string template, string heading, Dictionary<string, object?> model, int status = StatusCodes.Status200OK)
    {
        model["heading"] = ((Sentences)model["sentences"]!).Say(heading, model);
        model["style"] = Style;
        model["mark"] = Brand.MarkOf(MarkSize);
        model["icon"] = Brand.MarkUrl;
        model["body"] = templates.Html(template, model);
        return new HtmlPage(templates.Html("page", model), status);
    }

    /// <summary>The page for every link that does not work, whatever the cause. Its language must not depend on the link's owner.</summary>
    internal static HtmlPage Gone(Templates templates, Uri openUrl, Dictionary<string, object?> model)
    {
        model["openUrl"] = openUrl.AbsoluteUri;
        return Render(templates, "page-gone", "page.gone.heading", model, StatusCodes.Status404NotFound);
    }

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
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
