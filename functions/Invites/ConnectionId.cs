using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Connections.Invites;

/// <summary>The id of a pair's one record: a hash of both member ids in order, so that a pair cannot exist twice.</summary>
public static class ConnectionId
{
    private const int HashBytes = 15;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>The id of a pair, in either order: 31 characters, a letter first, so that it can name a property in a patch path.</summary>
    public static string Of(MemberId one, MemberId other)
    {
        var (first, second) = one.CompareTo(other) <= 0 ? (one, other) : (other, one);
        // A member id has no line break, so two pairs never give the same text.
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes($"{first.Value}\n{second.Value}"));
        return "c" + Convert.ToHexStringLower(hash.AsSpan(0, HashBytes));
    }

    /// <summary>Whether a caller's text can be the id of a connection. If not, the answer is not-found without a read.</summary>
    public static bool IsValid(string? text) =>
        text is { Length: 1 + (HashBytes * 2) } && text[0] == 'c' && text.AsSpan(1).IndexOfAnyExcept(Hex) < 0;
}
