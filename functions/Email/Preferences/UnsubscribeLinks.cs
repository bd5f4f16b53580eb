using Connections.Members;

namespace Connections.Email.Preferences;

/// <summary>The links that end notices of one kind for one member, without signing in.</summary>
public sealed class UnsubscribeLinks(LinkSettings links)
{
    /// <summary>Writes tried before giving up, when others keep changing the member at the same time.</summary>
    private const int MaxTries = 10;

    /// <summary>The token of the member's link for this kind. A secret: never log it.</summary>
    /// <exception cref="InvalidOperationException">The member has no key; see <see cref="EnsureKeyAsync"/>.</exception>
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

    /// <summary>The member with a key, made now where there is none. Null when the member is gone.</summary>
    /// <remarks>Two callers at once get the same key: the write is guarded by the ETag, and who loses reads again.</remarks>
    /// <exception cref="InvalidOperationException">The member kept changing; try again later.</exception>
    public static async Task<Document<Member>?> EnsureKeyAsync(MemberStore members, Document<Member> member, CancellationToken ct)
    {
        var current = member;
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (current is null or { Value.ErasedAt: not null })
            {
                return null;
            }

            if (current.Value.UnsubscribeKey.Length > 0)
            {
                return current;
            }

            var keyed = current.Value with { UnsubscribeKey = LinkKey.New() };
            if (await members.TryReplaceAsync(keyed, current.ETag, ct) is { } etag)
            {
                return new Document<Member>(keyed, etag);
            }

            current = await members.FindAsync(keyed.Id, ct);
        }

        throw new InvalidOperationException($"The member changed {MaxTries} times while its key was being written.");
    }
}
