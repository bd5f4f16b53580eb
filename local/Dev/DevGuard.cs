using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Connections.Http;

namespace Connections.Local.Dev;

/// <summary>Keeps what only a developer may see from everybody else, and from web pages that the developer visits.</summary>
/// <remarks>
/// The development calls hand out tokens for any member. A page on the web can reach a server on this machine by a name of its
/// own that resolves to 127.0.0.1 (DNS rebinding), and then read the answers as its own; so the name in <c>Host</c> must be one
/// that no stranger can point here.
/// </remarks>
public static partial class DevGuard
{
    /// <summary>Everything the development calls and pages are below.</summary>
    public const string Path = "/dev";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Guards everything below <see cref="Path"/>.</summary>
    /// <param name="app">The host.</param>
    /// <param name="exposedAs">
    /// Null where the host serves this machine only. Otherwise the host's own name: it is answered to as well, and so is every
    /// address in numbers, which cannot be rebound.
    /// </param>
    public static void UseDevGuard(this IApplicationBuilder app, string? exposedAs) =>
        app.Use((context, next) =>
        {
            if (!context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase))
            {
                return next(context);
            }

            Protect(context.Response);
            return IsAllowed(context.Request.Host.Host, exposedAs) ? next(context) : Refused().ExecuteAsync(context);
        });

    /// <summary>Gives an answer the headers that keep a page from running, framing or telling anything it should not.</summary>
    internal static void Protect(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // The same site, not origin: a development server of the web client has a port of its own.
        headers["Cross-Origin-Resource-Policy"] = "same-site";
        headers.CacheControl = "no-store";
    }

    /// <summary>Lets the forms of a page be answered by sending the browser on to <paramref name="source"/>, a source of the policy.</summary>
    internal static void AllowFormsTo(HttpResponse response, string source) =>
        response.Headers.ContentSecurityPolicy = Policy.Replace("form-action 'self'", $"form-action 'self' {source}", StringComparison.Ordinal);

    /// <summary>Lets a page show an email in a frame of its own: the pictures, and of the styles those that are in it, by their hashes.</summary>
    /// <remarks>A frame without its own address has the policy of the page around it.</remarks>
    internal static void AllowEmail(HttpResponse response, string html)
    {
        var hashes = InlineStyle().Matches(html)
            .Select(style => style.Groups["sheet"] is { Success: true } sheet ? sheet.Value : WebUtility.HtmlDecode(style.Groups["own"].Value))
            .Distinct(StringComparer.Ordinal)
            .Select(style => $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'");
        response.Headers.ContentSecurityPolicy = Policy
            .Replace("style-src 'self'", $"style-src 'self' 'unsafe-hashes'{string.Concat(hashes)}", StringComparison.Ordinal)
            .Replace("img-src 'self' data:", "img-src 'self' data: https:; frame-src 'self'", StringComparison.Ordinal);
    }

    /// <summary>Whether <paramref name="host"/>, the name in <c>Host</c>, is one that nobody else can point at this machine.</summary>
    internal static bool IsAllowed(string host, string? exposedAs) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && (exposedAs is not null || IPAddress.IsLoopback(address)))
        || (exposedAs is not null && host.Equals(exposedAs, StringComparison.OrdinalIgnoreCase));

    private static Problem Refused() => new(
        "dev-host-refused",
        StatusCodes.Status403Forbidden,
        "The development pages do not answer to this name",
        "Use http://localhost and the port. For other machines, start the host with --expose and --urls http://NAME:PORT.");

    [GeneratedRegex("<style[^>]*>(?<sheet>[^<]*)</style>|\\sstyle=\"(?<own>[^\"]*)\"", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InlineStyle();
}
