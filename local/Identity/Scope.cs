namespace Connections.Local.Identity;

/// <summary>What a client can ask for.</summary>
internal static class Scope
{
    /// <summary>An ID token.</summary>
    public const string OpenId = "openid";

    /// <summary>The <c>name</c> claim.</summary>
    public const string Profile = "profile";

    /// <summary>The <c>email</c> claim.</summary>
    public const string Email = "email";

    /// <summary>A refresh token.</summary>
    public const string OfflineAccess = "offline_access";

    /// <summary>All of them.</summary>
    public static string[] All { get; } = [OpenId, Profile, Email, OfflineAccess];

    /// <summary>Those of the words that are scopes here.</summary>
    public static string[] Known(IEnumerable<string> words) => [.. All.Intersect(words, StringComparer.Ordinal)];
}
