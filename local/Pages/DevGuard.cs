using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Connections.Http;

namespace Connections.Local.Pages;

/// <summary>Protects the development pages from other people, and from web pages that the developer visits.</summary>
/// <remarks>
/// The development calls return tokens for any member. A web page whose own host name resolves to 127.0.0.1 (DNS rebinding) could read
/// them, so the name in <c>Host</c> must be one that nobody else can point at this machine.
/// </remarks>
public static partial class DevGuard
{
    /// <summary>The root of the development calls and pages.</summary>
    public const string Path = "/dev";

    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Guards everything below <see cref="Path"/>.</summary>
    /// <param name="exposedAs">
    /// Null if the host serves this machine only. Otherwise the host's name, which is then allowed, as is every IP address, which cannot be
    /// rebound.
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

    /// <summary>Adds security headers to an answer.</summary>
    internal static void Protect(HttpResponse response)
    {
        var headers = response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // Not same-origin, because the web client's development server has its own port.
        headers["Cross-Origin-Resource-Policy"] = "same-site";
        headers.CacheControl = "no-store";
    }

    /// <summary>Lets the answer to a page's form redirect to <paramref name="source"/>.</summary>
    internal static void AllowFormsTo(HttpResponse response, string source) =>
        response.Headers.ContentSecurityPolicy =
            Policy.Replace("form-action 'self'", $"form-action 'self' {source}", StringComparison.Ordinal);

    /// <summary>Lets a page show an email in a frame, with its styles, by their hashes; emails have no pictures.</summary>
    /// <remarks>A frame without its own URL has the policy of its page.</remarks>
    internal static void AllowEmail(HttpResponse response, string html)
    {
        var hashes = InlineStyle().Matches(html)
            .Select(
                style => style.Groups["sheet"] is { Success: true } sheet ? sheet.Value : WebUtility.HtmlDecode(style.Groups["own"].Value))
            .Distinct(StringComparer.Ordinal)
            .Select(style => $" 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'");
        response.Headers.ContentSecurityPolicy = Policy
            .Replace("style-src 'self'", $"style-src 'self' 'unsafe-hashes'{string.Concat(hashes)}", StringComparison.Ordinal)
            .Replace("img-src 'self' data:", "img-src 'self' data:; frame-src 'self'", StringComparison.Ordinal);
    }

    /// <summary>Whether nobody else can point the name in <c>Host</c> at this machine.</summary>
    internal static bool IsAllowed(string host, string? exposedAs) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && (exposedAs is not null || IPAddress.IsLoopback(address)))
        || (exposedAs is not null && host.Equals(exposedAs, StringComparison.OrdinalIgnoreCase));

    private static Problem Refused() => new(
        "dev-host-refused",
        StatusCodes.Status403Forbidden,
        "The development pages do not answer to this name",
        "Use http://localhost and the port. For other machines, start the host with --expose and --urls http://NAME:PORT.");

    [GeneratedRegex("<style[^>]*>(?<sheet>[^<]*)</style>|\\sstyle=\"(?<own>[^\"]*)\"",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex InlineStyle();
}
