using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Local.Identity;

/// <summary>Proof that who redeems a code is who asked for it: RFC 7636, by S256 only.</summary>
internal static class Pkce
{
    /// <summary>Whether a text can be a challenge: a SHA-256 in base64url.</summary>
    public static bool IsChallenge(string text) => text.Length == 43 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Whether the verifier is the one that the challenge was made of.</summary>
    public static bool Answers(string challenge, string verifier) =>
        verifier.Length is >= 43 and <= 128
        && verifier.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~')
        && challenge == Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
