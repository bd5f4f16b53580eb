using Connections.Local.Dev;

namespace Connections.Local.Identity;

/// <summary>Where the issuer sends a browser back to: this host, a server on the same machine, or an app on a phone.</summary>
/// <remarks>
/// Clients are not registered here, so the rule is all that keeps a link on the web from having a code sent elsewhere. A code
/// that another program on the machine gets hold of is worth nothing without the verifier (RFC 7636).
/// </remarks>
internal sealed class ReturnAddresses(Uri host)
{
    /// <summary>The rule, for people.</summary>
    public const string Rule =
        "It must be on this host, on http://localhost with any port, or of a scheme that is an app's own domain reversed, such as com.example.app:/signed-in; without a fragment.";

    /// <summary>Whether a browser may be sent there.</summary>
    /// <param name="text">The address as the client gave it.</param>
    /// <param name="address">The address as it was understood, which is the only one to use.</param>
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

    /// <summary>Whether a page of this origin runs on the same machine: it may read the issuer's answers (CORS).</summary>
    public static bool IsLoopback(string origin) => Uri.TryCreate(origin, UriKind.Absolute, out var address) && IsLoopback(address);

    /// <summary>The address as a source of a Content-Security-Policy, which has no words for an IPv6 address.</summary>
    public static string Source(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return IsWeb(address) && address.HostNameType != UriHostNameType.IPv6 ? address.GetLeftPart(UriPartial.Authority) : address.Scheme + ":";
    }

    private static bool IsWeb(Uri address) => address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;

    private static bool IsLoopback(Uri address) => address.Scheme == Uri.UriSchemeHttp && DevGuard.IsAllowed(address.Host, exposedAs: null);

    private bool IsOurs(Uri address) => address.GetLeftPart(UriPartial.Authority).Equals(host.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
}
