using Connections.Local.Pages;

namespace Connections.Local.Identity;

/// <summary>The rule for redirect URIs: this host, a server on the same machine, or an app on a phone.</summary>
/// <remarks>
/// Clients are not registered, so only this rule prevents a link on the web from sending a code elsewhere. Another program on the machine
/// that gets a code cannot use it without the verifier (RFC 7636).
/// </remarks>
internal sealed class RedirectUris(Uri host)
{
    /// <summary>The rule in words.</summary>
    public const string Rule =
        "It must be on this host, on http://localhost with any port, or have an app's own scheme, such as com.example.app:/signed-in; "
            + "without a fragment.";

    /// <summary>Parses a redirect URI; false if it breaks the rule. Redirect only to the parsed address.</summary>
    public bool TryRead(string? text, out Uri address)
    {
        address = host;
        if (text is null || !text.All(c => c is > ' ' and < (char)127) || !Uri.TryCreate(text, UriKind.Absolute, out var read)
            || text.Contains('#', StringComparison.Ordinal) || read.UserInfo.Length > 0)
        {
            return false;
        }

        address = read;
        return IsWeb(read) ? IsOurs(read) || IsLoopback(read) : read.Scheme.Contains('.', StringComparison.Ordinal);
    }

    /// <summary>Whether an origin is on the same machine, and so may read the issuer's answers (CORS).</summary>
    public static bool IsLoopback(string origin) => Uri.TryCreate(origin, UriKind.Absolute, out var address) && IsLoopback(address);

    /// <summary>The address as a source of a Content-Security-Policy, which cannot express IPv6 addresses.</summary>
    public static string Source(Uri address) =>
        IsWeb(address) && address.HostNameType != UriHostNameType.IPv6
            ? address.GetLeftPart(UriPartial.Authority)
            : address.Scheme + ":";

    private static bool IsWeb(Uri address) => address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;

    private static bool IsLoopback(Uri address) => address.Scheme == Uri.UriSchemeHttp && DevGuard.IsAllowed(address.Host, exposedAs: null);

    private bool IsOurs(Uri address) =>
        address.GetLeftPart(UriPartial.Authority).Equals(host.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}
