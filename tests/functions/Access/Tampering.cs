using System.Text.RegularExpressions;

namespace Connections.Tests.Functions.Access;

/// <summary>Makes tokens that are nearly a good one, as they stand in an address.</summary>
/// <param name="chance">What the tampering comes from.</param>
/// <param name="token">The good one.</param>
/// <param name="others">Good ones of others, and old ones of its own.</param>
internal sealed partial class Tampering(Random chance, string token, IReadOnlyList<string> others)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

    /// <summary>Another one: never one that a server may read as the good one.</summary>
    public string Next()
    {
        while (true)
        {
            var tampered = Any();
            // What a mail program may have put behind a token is no part of it.
            var read = Written().Match(Uri.UnescapeDataString(tampered)).Value;
            if (read != token && !others.Contains(read, StringComparer.Ordinal))
            {
                return tampered;
            }
        }
    }

    private string Any() => chance.Next(12) switch
    {
        0 => Uri.EscapeDataString(Replaced(At(), c => (char)(c ^ (1 << chance.Next(7))))),
        1 => Replaced(At(), _ => Letter()),
        2 => token[..chance.Next(token.Length)],
        3 => token[chance.Next(1, token.Length)..],
        4 => token + new string(Letter(), chance.Next(1, 5)),
        5 => token.Insert(At(), Letter().ToString()),
        6 => token.Remove(At(), 1),
        7 => chance.Next(2) == 0 ? token.ToUpperInvariant() : Replaced(At(), c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)),
        8 => token + new[] { "=", "==", "%3D", "%20", "%0A", "%00", "%E2%80%AE", "%EF%BB%BF", "%2F", "%2e", ";a=b" }[chance.Next(11)],
        // Escaped twice, so that it is not itself when it has been read once.
        9 => token.Insert(At(), "%2541"),
        10 => Crossed(),
        _ => new[] { "%20", "%09", "%2B", "%252E", "..%2F" }[chance.Next(5)] + token,
    };

    // The first half of one and the second of another: another's connection with this key, and this connection with another's.
    private string Crossed()
    {
        var other = others[chance.Next(others.Count)];
        var at = chance.Next(2) == 0 && token.Contains('.', StringComparison.Ordinal) ? token.IndexOf('.', StringComparison.Ordinal) : chance.Next(Math.Min(token.Length, other.Length));
        return chance.Next(3) switch
        {
            0 => token[..at] + other[at..],
            1 => other[..at] + token[at..],
            _ => token[..at] + other[at..] + token[at..],
        };
    }

    private string Replaced(int at, Func<char, char> by) => token[..at] + by(token[at]) + token[(at + 1)..];

    private int At() => chance.Next(token.Length);

    // An invite's token has a full stop within it; behind it, it is the end of a sentence.
    [GeneratedRegex(@"^(c[0-9a-f]{30}\.)?[A-Za-z0-9_-]*")]
    private static partial Regex Written();

    private char Letter() => Letters[chance.Next(Letters.Length)];
}
