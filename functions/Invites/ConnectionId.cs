using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Connections.Invites;

/// <summary>The id of a pair's one record: a hash of both member ids in order, so that a pair cannot exist twice.</summary>
public static class ConnectionId
{
    private const int HashBytes = 15;
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    /// <summary>The same for both orders. 31 characters, a letter first, so that it can be a property's name in a patch path.</summary>
    public static string Of(MemberId one, MemberId other)
    {
        var (first, second) = one.CompareTo(other) <= 0 ? (one, other) : (other, one);
        // A member id has no line break, so no two pairs make the same text.
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes($"{first.Value}\n{second.Value}"));
        return "c" + Convert.ToHexStringLower(hash.AsSpan(0, HashBytes));
    }

    /// <summary>Whether a text from outside can be the id of a connection; when not, nothing need be read to answer not-found.</summary>
    public static bool IsOne(string? text) =>
        text is { Length: 1 + (HashBytes * 2) } && text[0] == 'c' && text.AsSpan(1).IndexOfAnyExcept(Hex) < 0;
}
