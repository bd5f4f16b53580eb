using Connections.Settings;

namespace Connections.Notices;

/// <summary>Links to members' profiles.</summary>
public static class ProfileLinks
{
    /// <summary>A member's profile in the web client.</summary>
    /// <remarks>It shows a brand only to members who share an invite or a connection with it.</remarks>
    public static Uri ToProfile(this LinkSettings links, MemberId member) => links.To("creators/" + Uri.EscapeDataString(member.Value));
}
