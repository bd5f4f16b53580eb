using System.Text.RegularExpressions;

namespace Connections.Tests.Functions.Access;

/// <summary>Makes tokens that are almost valid, as part of an address.</summary>
/// <param name="chance">The source of randomness.</param>
/// <param name="token">The valid token.</param>
/// <param name="others">Valid tokens of other invites, and old tokens of this one.</param>
internal sealed partial class Tampering(Random chance, string token, IReadOnlyList<string> others)
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";

    /// <summary>The next token; never one that a server may read as the valid one.</summary>
    public string Next()
    {
        while (true)
        {
            var tampered = Any();
            // Characters that a mail program appends are not part of the token.
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
        7 => chance.Next(2) == 0
            ? token.ToUpperInvariant()
            : Replaced(At(), c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)),
        8 => token + new[] { "=", "==", "%3D", "%20", "%0A", "%00", "%E2%80%AE", "%EF%BB%BF", "%2F", "%2e", ";a=b" }[chance.Next(11)],
        // Escaped twice, so that it differs after one decoding.
        9 => token.Insert(At(), "%2541"),
        10 => Crossed(),
        _ => new[] { "%20", "%09", "%2B", "%252E", "..%2F" }[chance.Next(5)] + token,
    };

    // Combines the connection of one token with the key of another.
    private string Crossed()
    {
        var other = others[chance.Next(others.Count)];
        var at = chance.Next(2) == 0 && token.Contains('.', StringComparison.Ordinal)
            ? token.IndexOf('.', StringComparison.Ordinal)
            : chance.Next(Math.Min(token.Length, other.Length));
        return chance.Next(3) switch
        {
            0 => token[..at] + other[at..],
            1 => other[..at] + token[at..],
            _ => token[..at] + other[at..] + token[at..],
        };
    }

    private string Replaced(int at, Func<char, char> by) => token[..at] + by(token[at]) + token[(at + 1)..];

    private int At() => chance.Next(token.Length);

    // An invite's token contains a full stop; at its end a full stop is the end of a sentence.
    [GeneratedRegex(@"^(c[0-9a-f]{30}\.)?[A-Za-z0-9_-]*")]
    private static partial Regex Written();

    private char Letter() => Letters[chance.Next(Letters.Length)];
}
