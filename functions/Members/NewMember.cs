using System.Globalization;
using System.Text;
using Connections.Email;
using Connections.Http;

namespace Connections.Members;

/// <summary>Makes the profile of somebody who has signed in and has none, from their token.</summary>
public static class NewMember
{
    /// <summary>The name of somebody whose token has none; they can change it.</summary>
    public const string DefaultName = "New member";

    private const int MaxEmail = 254;
    private const int MaxLocalPart = 64;

    /// <summary>The member. What the token has that a profile cannot hold is cleaned or left out: nobody is kept out by it.</summary>
    public static Member From(Caller caller, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return new Member
        {
            Id = caller.Id,
            DisplayName = Name(caller.Name),
            Email = IsAddress(caller.Email) ? caller.Email : null,
            UnsubscribeKey = LinkKey.New(),
            CreatedAt = now,
        }.Indexed();
    }

    /// <summary>The new profile of a member who erased theirs. It takes nothing over but the count of cards, which never goes back.</summary>
    public static Member Again(Caller caller, Member former, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(former);
        return From(caller, now) with { CardVersion = former.CardVersion + 1 };
    }

    /// <summary>A creator who is loaded before they ever signed in; the profile is still to be filled.</summary>
    public static Member Loaded(MemberId id, string? email, DateTimeOffset now) => new() { Id = id, Email = email, UnsubscribeKey = LinkKey.New(), CreatedAt = now };

    // One line of what can be shown, as Fields.Text would take it.
    private static string Name(string? claim)
    {
        var name = new StringBuilder();
        var length = 0;
        foreach (var rune in (claim ?? "").EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control)
            {
                if (length > 0 && name[^1] != ' ')
                {
                    name.Append(' ');
                    length++;
                }
            }
            else if (rune.Value is not (0xFFFD or 0x202D or 0x202E))
            {
                name.Append(rune.ToString());
                length++;
            }

            if (length == ProfileLimits.DisplayName)
            {
                break;
            }
        }

        var text = name.ToString().TrimEnd();
        return text.Length > 0 ? text : DefaultName;
    }

    /// <summary>Whether mail can be delivered to it: the plain form of RFC 5321, in ASCII, at a domain with a dot.</summary>
    public static bool IsAddress(string? email)
    {
        if (email is not { Length: <= MaxEmail } || email.Split('@') is not [{ Length: > 0 and <= MaxLocalPart } local, var domain])
        {
            return false;
        }

        return local.Split('.').All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~".Contains(c)))
            && domain.Split('.') is { Length: > 1 } labels
            && labels.All(l => l is { Length: > 0 and <= 63 } && l[0] != '-' && l[^1] != '-' && l.All(c => char.IsAsciiLetterOrDigit(c) || c is '-'));
    }
}
