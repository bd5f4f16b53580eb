using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Connections.Members;
using Connections.Notices;

namespace Connections.Chat.Sockets;

/// <summary>What a socket's URL carries beside Web PubSub's token: proof that this app made the URL for a member who is still there.</summary>
/// <remarks>
/// An HMAC-SHA256 under the member's own key, so that it needs no secret of the app's. Erasing a profile destroys the key, and a new profile gets
/// another: a URL from before opens nothing afterwards. Web PubSub's token bounds how long a URL holds.
/// </remarks>
public static class SocketPass
{
    /// <summary>The name of the URL's query parameter.</summary>
    public const string Parameter = "pass";

    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("socket");

    /// <summary>The URL with the member's pass.</summary>
    public static Uri AddTo(Uri url, Member member)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new UriBuilder(url) { Query = $"{url.Query.TrimStart('?')}&{Parameter}={Of(member)}" }.Uri;
    }

    /// <summary>Whether a pass is the member's; nobody's while they have no key. Compared in constant time.</summary>
    public static bool IsOf(Member member, string? pass)
    {
        ArgumentNullException.ThrowIfNull(member);
        return member.UnsubscribeKey.Length > 0 && LinkKey.Matches(Of(member), pass ?? "");
    }

    private static string Of(Member member)
    {
        ArgumentNullException.ThrowIfNull(member);
        return Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(member.UnsubscribeKey), (byte[])[.. Purpose, .. Encoding.ASCII.GetBytes(member.Id.Value)]));
    }
}
