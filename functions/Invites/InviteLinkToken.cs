using Connections.Notices;

namespace Connections.Invites;

/// <summary>The invitee's answer to an invite: the form field <c>answer</c>, <c>accept</c>, <c>decline</c> or <c>report</c>.</summary>
public enum InviteAnswer
{
    /// <summary>The two are connected.</summary>
    Accept,

    /// <summary>The invite ends; the inviter gets no email.</summary>
    Decline,

    /// <summary>The invite ends as when it is declined; the inviter is blocked and reported.</summary>
    Report,
}

/// <summary>The token in an invite email's links: the connection and a random key that only this email holds.</summary>
/// <remarks>
/// It proves that its holder has the invitee's email, and opens one invite until that invite ends. The key is made when the email is
/// written and is not stored: the connection holds its hash until the invite ends, so a used, revoked, expired or earlier link opens
/// nothing.
/// </remarks>
public static class InviteLinkToken
{
    /// <summary>
    /// How long a link shows the answer that was given with it: long enough for a second click and for reloading the page.
    /// </summary>
    public static readonly TimeSpan RepeatFor = TimeSpan.FromMinutes(10);

    private const char Separator = '.';

    /// <summary>The link's path below <c>api/</c>.</summary>
    public static string PathOf(string connectionId, string key) => $"invite-links/{connectionId}{Separator}{key}";

    /// <summary>
    /// Parses a token from a URL; false when it is malformed. Characters that a mail program put after the token are ignored.
    /// </summary>
    public static bool TryParse(string? token, out string connectionId, out string key)
    {
        connectionId = key = "";
        var separator = token?.IndexOf(Separator, StringComparison.Ordinal) ?? -1;
        if (separator < 0 || !ConnectionId.IsValid(token![..separator]))
        {
            return false;
        }

        var secret = LinkKey.Beginning(token.AsSpan(separator + 1));
        if (secret.Length != LinkKey.Length)
        {
            return false;
        }

        (connectionId, key) = (token[..separator], secret.ToString());
        return true;
    }

    /// <summary>Whether the key opens this connection's invite now. Compared in constant time.</summary>
    public static bool Opens(Connection connection, string key, DateTimeOffset now)
    {
        var opens = LinkKey.MatchesAny(connection.LinkHashes.Concat(connection.ReminderHashes), key)
            | (connection.LinkKey is { } whole && LinkKey.Matches(whole, key));
        return opens && connection.StateAt(now) == ConnectionState.Pending;
    }

    /// <summary>
    /// The answer that was given with this key, for <see cref="RepeatFor"/>, while it stands; null otherwise. Compared in constant time.
    /// </summary>
    public static InviteAnswer? AnswerOf(Connection connection, string key, DateTimeOffset now)
    {
        var isBy = connection.AnsweredBy is { } expected && LinkKey.Matches(expected, LinkKey.HashOf(key));
        return (connection.State, isBy && now < connection.AnsweredAt + RepeatFor) switch
        {
            (ConnectionState.Connected, true) => InviteAnswer.Accept,
            (ConnectionState.Declined, true) => InviteAnswer.Decline,
            (ConnectionState.Blocked, true) => InviteAnswer.Report,
            _ => null,
        };
    }
}
