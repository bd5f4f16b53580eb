using Connections.Members;
using Connections.Notices;

namespace Connections.Email.Preferences;

/// <summary>The links that end notices of one kind for one member, without signing in.</summary>
public sealed class UnsubscribeLinks(LinkSettings links)
{
    /// <summary>The token of the member's link for this kind. A secret: never log it.</summary>
    /// <exception cref="InvalidOperationException">The member has no key; see <see cref="MemberStore.EnsureKeyAsync"/>.</exception>
    public static string TokenFor(Member member, NoticeKind kind) => UnsubscribeToken.For(member, kind);

    /// <summary>The link for a person: a page with a button.</summary>
    public Uri UrlFor(Member member, NoticeKind kind) => links.ToApi("unsubscribe/" + TokenFor(member, kind));

    /// <summary>The headers that let a mail program offer a button of its own (RFC 2369, RFC 8058).</summary>
    public IReadOnlyDictionary<string, string> ListUnsubscribeHeaders(Member member, NoticeKind kind) =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["List-Unsubscribe"] = $"<{UrlFor(member, kind).AbsoluteUri}>",
            ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
        };
}
