using Connections.Cosmos;
using Connections.Members;
using Connections.Notices;

namespace Connections.Email.Preferences;

/// <summary>Follows unsubscribe links: finds whose they are, and stops what they are for.</summary>
public sealed class Unsubscribing(MemberStore members)
{
    /// <summary>The member and the kind of a link's token; null when we did not make it, whatever is
    /// wrong with it. At most one request.</summary>
    public async Task<UnsubscribeLink?> FindAsync(string? token, CancellationToken ct)
    {
        if (UnsubscribeToken.Parse(token) is not { } claim)
        {
            return null;
        }

        var member = await members.FindAsync(claim.Member, ct);
        return claim.IsProvenBy(member?.Value) ? new UnsubscribeLink(member!, claim.Kind) : null;
    }

    /// <summary>Mutes kinds of notices for the member, once however often it is called. False when the member is gone.</summary>
    /// <exception cref="ContentionException">The member kept changing; nothing was muted, and the same call can be sent again.</exception>
    public async Task<bool> MuteAsync(Document<Member> member, IReadOnlyList<NoticeKind> kinds, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(member);
        var (isMuted, _) = await members.ChangeAsync<bool>(
            member.Value.Id,
            current =>
            {
                if (current is null or { ErasedAt: not null })
                {
                    return (false, null);
                }

                var muted = current.Muting(current.MutedNotices.Concat(kinds).ToHashSet());
                return (true, ReferenceEquals(muted, current) ? null : muted);
            },
            ct,
            member);
        return isMuted;
    }
}

/// <summary>An unsubscribe link that we made.</summary>
/// <param name="Member">Whose it is.</param>
/// <param name="Kind">What it stops.</param>
public sealed record UnsubscribeLink(Document<Member> Member, NoticeKind Kind);
