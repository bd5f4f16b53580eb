using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Connections.Notices;

/// <summary>The random keys of the links in emails, which work without signing in.</summary>
public static class LinkKey
{
    /// <summary>The random bytes of a key: enough that nobody can guess it.</summary>
    public const int Bytes = 32;

    /// <summary>The length of a key in characters.</summary>
    public const int Length = 43;

    private static readonly SearchValues<char> Base64UrlCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>A new key, safe in a URL.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The SHA-256 of a key, which is stored in its place: nobody can compute the key from it.</summary>
    public static string HashOf(string key) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>Whether a key has one of these hashes. All are compared, each in constant time.</summary>
    public static bool MatchesAny(IEnumerable<string> hashes, string key)
    {
        var (hash, matches) = (HashOf(key), false);
        foreach (var expected in hashes)
        {
            matches |= Matches(expected, hash);
        }

        return matches;
    }

    /// <summary>The text up to the first character that neither keys nor unsubscribe tokens contain.</summary>
    /// <remarks>
    /// Mail programs rewrite links: they escape the question mark, include the full stop or bracket after the address, or leave a soft line
    /// break in it. The cut removes all of that. It does not repair a secret that was itself changed.
    /// </remarks>
    public static ReadOnlySpan<char> Beginning(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExcept(Base64UrlCharacters) is var end and >= 0 ? text[..end] : text;

    /// <summary>Whether a given key equals the expected key. An empty expected key matches no key.</summary>
    /// <remarks>The time does not depend on where the two differ, so that nobody can find a key character by character.</remarks>
    public static bool Matches(string expected, string given) =>
        !string.IsNullOrEmpty(expected)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given ?? ""));
}
