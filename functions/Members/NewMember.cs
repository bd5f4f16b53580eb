using System.Globalization;
using System.Text;
using Connections.Http;
using Connections.Notices;

namespace Connections.Members;

/// <summary>Creates profiles for members who have none.</summary>
public static class NewMember
{
    /// <summary>The name of a member whose token has none. Members can change it.</summary>
    public const string DefaultName = "New member";

    /// <summary>A member from the caller's token. Values that a profile cannot hold are cleaned or left out.</summary>
    public static Member From(Caller caller, DateTimeOffset now) =>
        new Member
        {
            Id = caller.Id,
            DisplayName = Name(caller.Name),
            Email = TokenAddress.Of(caller).Address,
            EmailConfirmed = TokenAddress.IsConfirmed(caller),
            UnsubscribeKey = LinkKey.New(),
            CreatedAt = now,
        }.Indexed();

    /// <summary>A new profile for a member who erased theirs. It keeps the numbers that never go back, and what moderators did.</summary>
    public static Member Returning(Caller caller, Member former, DateTimeOffset now) => From(caller, now) with
    {
        CardVersion = former.CardVersion + 1,
        EmailChanges = former.EmailChanges,
        CameBackAt = now,
        Standing = former.Standing,
    };

    /// <summary>A bulk-loaded creator who has never signed in, with an empty profile.</summary>
    public static Member Loaded(MemberId id, DateTimeOffset now) => new() { Id = id, UnsubscribeKey = LinkKey.New(), CreatedAt = now };

    // One line that a profile would accept. The issuer may let people call themselves anything, an address too.
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
        return VisibleText.IsVisible(text) && !Lure.IsIn(text) ? text : DefaultName;
    }
}
