using Connections.Email;

namespace Connections.Invites;

/// <summary>The token in an invite email's links: the connection and a random key that only this invite's emails hold.</summary>
/// <remarks>
/// It proves that its holder has the invitee's email, and nothing else: it opens one invite, until that invite ends. The key is made
/// anew for every invite and erased when it ends, so a used, revoked, expired or earlier link matches nothing.
/// </remarks>
public static class InviteLinkToken
{
    private const char Separator = '.';
    private const int MaxLength = 128;

    /// <summary>The link's path below <c>api/</c>.</summary>
    public static string PathOf(Connection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return $"invite-links/{connection.Id}{Separator}{connection.LinkKey}";
    }

    /// <summary>The parts of a token from outside; false when it is not one.</summary>
    public static bool TryParse(string? token, out string connectionId, out string key)
    {
        connectionId = key = "";
        if (token is not { Length: > 0 and <= MaxLength } || token.Split(Separator) is not [var id, { Length: > 0 } secret] || !ConnectionId.IsOne(id))
        {
            return false;
        }

        (connectionId, key) = (id, secret);
        return true;
    }

    /// <summary>Whether the key opens this connection's invite now. Compared in constant time.</summary>
    public static bool Opens(Connection connection, string key, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.StateAt(now) == ConnectionState.Pending && connection.LinkKey is { } expected && LinkKey.Matches(expected, key);
    }
}
