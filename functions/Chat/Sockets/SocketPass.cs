using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Connections.Members;
using Connections.Notices;

namespace Connections.Chat.Sockets;

/// <summary>
/// A parameter of a socket's URL, beside Web PubSub's token: it proves that this app made the URL for a member who still has a profile.
/// </summary>
/// <remarks>
/// It is an HMAC-SHA256 under the member's own key, so that the app needs no secret. Erasing a profile destroys the key, and a new profile
/// gets a new key, so an earlier URL opens nothing afterwards. Web PubSub's token limits how long a URL is valid.
/// </remarks>
public static class SocketPass
{
    /// <summary>The name of the URL's query parameter.</summary>
    public const string Parameter = "pass";

    private static readonly byte[] Purpose = Encoding.ASCII.GetBytes("socket");

    /// <summary>The URL with the member's pass.</summary>
    public static Uri AddTo(Uri url, Member member) =>
        new UriBuilder(url) { Query = $"{url.Query.TrimStart('?')}&{Parameter}={Of(member)}" }.Uri;

    /// <summary>Whether a pass is the member's; false while the member has no key. Compared in constant time.</summary>
    public static bool IsOf(Member member, string? pass) => member.UnsubscribeKey.Length > 0 && LinkKey.Matches(Of(member), pass ?? "");

    private static string Of(Member member)
    {
        byte[] signed = [.. Purpose, .. Encoding.ASCII.GetBytes(member.Id.Value)];
        return Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(member.UnsubscribeKey), signed));
    }
}
