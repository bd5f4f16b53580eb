using System.Buffers.Text;
using System.Text;
using Connections.Notices;

namespace Connections.Email.Address;

/// <summary>The token of a link that confirms an address: a random key that only its email holds, and the member.</summary>
/// <remarks>
/// The key comes first, because its length is known, and the member's id follows in base64url, so that the token has only letters, digits,
/// hyphens and underscores, and what a mail program puts behind it can be told from it.
/// </remarks>
public static class AddressLinkToken
{
    /// <summary>The longest token, in characters.</summary>
    public const int MaxLength = LinkKey.Length + (MemberId.MaxLength * 4 / 3) + 2;

    /// <summary>The link's path below <c>api/</c>.</summary>
    public static string PathOf(MemberId member, string key) =>
        $"address-links/{key}{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(member.Value))}";

    /// <summary>Parses a token from a URL; false when it is malformed. Characters that a mail program put after it are ignored.</summary>
    public static bool TryParse(string? token, out MemberId member, out string key)
    {
        (member, key) = (default, "");
        var text = LinkKey.Beginning(token);
        if (text.Length is <= LinkKey.Length or > MaxLength || !Base64Url.IsValid(text[LinkKey.Length..]))
        {
            return false;
        }

        var id = text[LinkKey.Length..];
        var bytes = Base64Url.DecodeFromChars(id);
        // Unused bits of the last character would allow several texts for one token.
        if (!id.SequenceEqual(Base64Url.EncodeToString(bytes)) || !MemberId.TryParse(Encoding.ASCII.GetString(bytes), out member))
        {
            return false;
        }

        key = text[..LinkKey.Length].ToString();
        return true;
    }
}
