using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Connections.Email;

/// <summary>The random keys that make the links in emails, which work without signing in.</summary>
public static class LinkKey
{
    /// <summary>Random bytes in a key: nobody can guess one.</summary>
    public const int Bytes = 32;

    /// <summary>A new key: 43 characters, safe in a URL.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a key from outside is the expected one. An empty expected key is matched by nothing.</summary>
    /// <remarks>Takes the same time wherever the two differ, so that a key cannot be found out a character at a time.</remarks>
    public static bool Matches(string expected, string given) =>
        !string.IsNullOrEmpty(expected)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given ?? ""));
}
