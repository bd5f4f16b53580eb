using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Connections.Notices;

/// <summary>The random keys that make the links in emails, which work without signing in.</summary>
public static class LinkKey
{
    /// <summary>Random bytes in a key: nobody can guess one.</summary>
    public const int Bytes = 32;

    /// <summary>The characters of a key.</summary>
    public const int Length = 43;

    private static readonly SearchValues<char> Base64UrlCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>A new key, safe in a URL.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is stored of a key: its SHA-256, from which nobody can work out the key.</summary>
    public static string HashOf(string key) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>The beginning of a text that is written in the characters of keys and of unsubscribe tokens: the text up to the first other character.</summary>
    /// <remarks>
    /// Mail programs rewrite links: they escape the question mark, take in the full stop or the bracket behind the address, or leave a soft line
    /// break in it. None of that is a part of the secret, so it is cut off; a secret that was changed itself stays changed.
    /// </remarks>
    public static ReadOnlySpan<char> Beginning(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExcept(Base64UrlCharacters) is var end and >= 0 ? text[..end] : text;

    /// <summary>Whether a key from outside is the expected one. An empty expected key is matched by nothing.</summary>
    /// <remarks>Takes the same time wherever the two differ, so that a key cannot be found out a character at a time.</remarks>
    public static bool Matches(string expected, string given) =>
        !string.IsNullOrEmpty(expected)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given ?? ""));
}
