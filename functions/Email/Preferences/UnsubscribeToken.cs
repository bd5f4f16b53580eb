using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Connections.Members;
using Connections.Notices;

namespace Connections.Email.Preferences;

/// <summary>What an unsubscribe link carries: whose it is, for which notices, and proof that we made it.</summary>
/// <remarks>
/// base64url of one version byte, the proof and <c>kind:memberId</c>. The proof is an HMAC-SHA256 under the member's own key
/// over the rest, so neither part can be exchanged for another and the key itself is in no email.
/// </remarks>
public sealed class UnsubscribeToken
{
    /// <summary>The longest token, in characters: a member id has at most 128, a kind's name far fewer than 64.</summary>
    public const int MaxLength = (1 + HMACSHA256.HashSizeInBytes + 64 + 1 + MemberId.MaxLength) * 4 / 3 + 1;

    private const byte Version = 1;
    private readonly byte[] _proof;

    private UnsubscribeToken(MemberId member, NoticeKind kind, byte[] proof)
    {
        Member = member;
        Kind = kind;
        _proof = proof;
    }

    /// <summary>Whose link this claims to be.</summary>
    public MemberId Member { get; }

    /// <summary>The notices that it claims to end.</summary>
    public NoticeKind Kind { get; }

    /// <summary>The token's text for a member and a kind.</summary>
    /// <exception cref="InvalidOperationException">The member has no key.</exception>
    public static string For(Member member, NoticeKind kind)
    {
        ArgumentNullException.ThrowIfNull(member);
        if (member.UnsubscribeKey.Length == 0)
        {
            throw new InvalidOperationException("The member has no unsubscribe key yet.");
        }

        var claim = Claim(member.Id, kind);
        return Base64Url.EncodeToString([Version, .. Proof(member.UnsubscribeKey, claim), .. claim]);
    }

    /// <summary>Reads a token's claim, unproven yet; null when it has not the form of one. What a mail program has put behind the token is ignored.</summary>
    public static UnsubscribeToken? Parse(string? segment)
    {
        var text = LinkKey.Beginning(segment);
        if (text.Length is 0 or > MaxLength || !Base64Url.IsValid(text))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        const int start = 1 + HMACSHA256.HashSizeInBytes;
        // Bits that are read as nothing would make other texts of the same token.
        if (bytes.Length <= start || bytes[0] != Version || !text.SequenceEqual(Base64Url.EncodeToString(bytes)))
        {
            return null;
        }

        var claim = Encoding.UTF8.GetString(bytes, start, bytes.Length - start);
        var colon = claim.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && NoticeKinds.TryParse(claim[..colon], out var kind)
            && MemberId.TryParse(claim[(colon + 1)..], out var member)
                ? new UnsubscribeToken(member, kind, bytes[1..start])
                : null;
    }

    /// <summary>Whether this was made for that member. Null stands for a member that does not exist, and takes as long.</summary>
    public bool IsProvenBy(Member? member)
    {
        var hasKey = member is { UnsubscribeKey.Length: > 0 } && member.Id == Member;
        var proof = Proof(hasKey ? member!.UnsubscribeKey : nameof(Version), Claim(Member, Kind));
        return CryptographicOperations.FixedTimeEquals(proof, _proof) && hasKey;
    }

    private static byte[] Claim(MemberId member, NoticeKind kind) => Encoding.UTF8.GetBytes($"{kind.JsonName()}:{member.Value}");

    private static byte[] Proof(string key, byte[] claim) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), (byte[])[Version, .. claim]);
}
