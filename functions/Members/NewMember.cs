using System.Globalization;
using System.Text;
using Connections.Http;
using Connections.Notices;

namespace Connections.Members;

/// <summary>Makes the profile of somebody who has signed in and has none, from their token.</summary>
public static class NewMember
{
    /// <summary>The name of somebody whose token has none; they can change it.</summary>
    public const string DefaultName = "New member";

    /// <summary>The member. What the token has that a profile cannot hold is cleaned or left out: nobody is kept out by it.</summary>
    public static Member From(Caller caller, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return new Member
        {
            Id = caller.Id,
            DisplayName = Name(caller.Name),
            Email = TokenAddress.Of(caller).Address,
            UnsubscribeKey = LinkKey.New(),
            CreatedAt = now,
        }.Indexed();
    }

    /// <summary>The new profile of a member who erased theirs. It takes nothing over but the count of cards, which never goes back.</summary>
    public static Member Again(Caller caller, Member former, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(former);
        return From(caller, now) with { CardVersion = former.CardVersion + 1, CameBackAt = now };
    }

    /// <summary>A creator who is loaded before they ever signed in; the profile is still to be filled.</summary>
    public static Member Loaded(MemberId id, DateTimeOffset now) => new() { Id = id, UnsubscribeKey = LinkKey.New(), CreatedAt = now };

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

        var text = VisibleText.Trim(VisibleText.Balance(name.ToString()));
        return VisibleText.IsVisible(text) ? text : DefaultName;
    }
}
