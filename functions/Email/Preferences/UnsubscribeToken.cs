using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Connections.Members;
using Connections.Notices;
using Connections.Settings;

namespace Connections.Email.Preferences;

/// <summary>The token of an unsubscribe link: a member, a kind of notice, and the proof that we made the link.</summary>
/// <remarks>
/// The base64url of one version byte, the proof and <c>kind:memberId</c>. The proof is an HMAC-SHA256 of the other parts under the member's
/// key, so that nobody can exchange a part, and no email contains the key.
/// </remarks>
public sealed class UnsubscribeToken
{
    /// <summary>The longest token, in characters; a kind's name has far fewer than 64.</summary>
    public const int MaxLength = (1 + HMACSHA256.HashSizeInBytes + 64 + 1 + MemberId.MaxLength) * 4 / 3 + 1;

    private const byte Version = 1;
    private readonly byte[] _proof;

    private UnsubscribeToken(MemberId member, NoticeKind kind, byte[] proof)
    {
        Member = member;
        Kind = kind;
        _proof = proof;
    }

    /// <summary>The member that the token claims.</summary>
    public MemberId Member { get; }

    /// <summary>The kind of notice that the token claims.</summary>
    public NoticeKind Kind { get; }

    /// <summary>The token for a member and a kind, as text. A secret: never log it.</summary>
    /// <exception cref="InvalidOperationException">The member has no key.</exception>
    public static string For(Member member, NoticeKind kind)
    {
        if (member.UnsubscribeKey.Length == 0)
        {
            throw new InvalidOperationException("The member has no unsubscribe key yet.");
        }

        var claim = Claim(member.Id, kind);
        return Base64Url.EncodeToString([Version, .. Proof(member.UnsubscribeKey, claim), .. claim]);
    }

    /// <summary>Parses a token, whose claims are still unproven; null for a malformed token.</summary>
    /// <remarks>Text that a mail program appended to the token is ignored.</remarks>
    public static UnsubscribeToken? Parse(string? segment)
    {
        var text = LinkKey.Beginning(segment);
        if (text.Length is 0 or > MaxLength || !Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        const int Start = 1 + HMACSHA256.HashSizeInBytes;
        // Unused bits of the last character would allow several texts for one token.
        if (bytes.Length <= Start || bytes[0] != Version || !text.SequenceEqual(Base64Url.EncodeToString(bytes)))
        {
            return null;
        }

        var claim = Encoding.UTF8.GetString(bytes, Start, bytes.Length - Start);
        var colon = claim.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && NoticeKinds.TryParse(claim[..colon], out var kind)
            && MemberId.TryParse(claim[(colon + 1)..], out var member)
                ? new UnsubscribeToken(member, kind, bytes[1..Start])
                : null;
    }

    /// <summary>Whether we made the token for this member. For null, a member that does not exist, the check takes the same time.</summary>
    public bool IsProvenBy(Member? member)
    {
        var hasKey = member is { UnsubscribeKey.Length: > 0 } && member.Id == Member;
        var proof = Proof(hasKey ? member!.UnsubscribeKey : nameof(Version), Claim(Member, Kind));
        return CryptographicOperations.FixedTimeEquals(proof, _proof) && hasKey;
    }

    private static byte[] Claim(MemberId member, NoticeKind kind) => Encoding.UTF8.GetBytes($"{kind.JsonName()}:{member.Value}");

    private static byte[] Proof(string key, byte[] claim) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), (byte[])[Version, .. claim]);
}

/// <summary>The links that stop one kind of notice for one member, without signing in.</summary>
public sealed class UnsubscribeLinks(LinkSettings links)
{
    /// <summary>The token of the member's link for this kind. A secret: never log it.</summary>
    /// <exception cref="InvalidOperationException">The member has no key; see <see cref="MemberStore.EnsureKeyAsync"/>.</exception>
    public static string TokenFor(Member member, NoticeKind kind) => UnsubscribeToken.For(member, kind);

    /// <summary>The link to the page with a button.</summary>
    public Uri UrlFor(Member member, NoticeKind kind) => links.ToApi("unsubscribe/" + TokenFor(member, kind));

    /// <summary>The headers that let a mail program offer its own button (RFC 2369, RFC 8058).</summary>
    public IReadOnlyDictionary<string, string> ListUnsubscribeHeaders(Member member, NoticeKind kind) =>
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["List-Unsubscribe"] = $"<{UrlFor(member, kind).AbsoluteUri}>",
            ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
        };
}
