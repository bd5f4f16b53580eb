using Connections.Http;
using Connections.Members.Standing;
using Connections.Settings;
using Microsoft.Extensions.Caching.Memory;

namespace Connections.Members;

/// <summary>Answers 410 to every call of a member who erased their profile.</summary>
/// <remarks>
/// A member with a profile is cached for half a minute, so that most calls need no request for this. An erasure takes effect at once on the
/// instance that served it, and within <see cref="RememberFor"/> on every other; the erasure also removes what other instances create until
/// then. An erased member is looked up in every call, so that a new profile takes effect at once.
/// </remarks>
public sealed class CallerGate(MemberStore members, Suspensions suspensions, ReplySettings replies, TimeProvider time)
    : ICallerGate, IDisposable
{
    /// <summary>How long a member with a profile is cached.</summary>
    public static readonly TimeSpan RememberFor = TimeSpan.FromSeconds(30);

    private const int MaxMembers = 50_000;

    // Below every card version: there is no document yet.
    private const long NoVersion = -1;

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = MaxMembers });
    private readonly Lock _noting = new();

    /// <inheritdoc/>
    public async Task<Error?> CheckAsync(Caller caller, CancellationToken ct)
    {
        if (_known.TryGetValue(caller.Id, out Known? known) && known is { IsErased: false } && time.GetUtcNow() < known.Until)
        {
            return null;
        }

        var member = (await members.FindAsync(caller.Id, ct))?.Value;
        Note(caller.Id, member);
        return member is { ErasedAt: not null } ? new ProfileErased(member) : null;
    }

    /// <inheritdoc/>
    public async ValueTask<Error?> CheckSuspensionAsync(Caller caller, CancellationToken ct) =>
        await suspensions.FindAsync(caller.Id, ct) is { } suspension ? new Suspended(suspension, replies.ReplyTo) : null;

    /// <summary>When the profile began that a caller whom <see cref="CheckAsync"/> let pass has now; null if it is not known.</summary>
    public DateTimeOffset? BegunAt(MemberId id) => _known.TryGetValue(id, out Known? known) ? known!.BegunAt : null;

    /// <summary>
    /// What a caller whom <see cref="CheckAsync"/> let pass lets contacts see, as this instance last read or wrote it.
    /// </summary>
    public Privacy PrivacyOf(MemberId id) => _known.TryGetValue(id, out Known? known) ? known!.Privacy : Privacy.Open;

    /// <summary>Caches a member who was just read or written; null if they have no document yet.</summary>
    public void Note(MemberId id, Member? member)
    {
        var version = member?.CardVersion ?? NoVersion;
        lock (_noting)
        {
            // A call that read the member before the erasure may arrive here after it.
            if (_known.TryGetValue(id, out Known? known) && known!.Version > version)
            {
                return;
            }

            _known.Set(
                id,
                new Known(
                    version,
                    member is { ErasedAt: not null },
                    member?.CreatedAt,
                    member?.Privacy ?? Privacy.Open,
                    time.GetUtcNow() + RememberFor),
                new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = RememberFor });
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _known.Dispose();

    private sealed record Known(long Version, bool IsErased, DateTimeOffset? BegunAt, Privacy Privacy, DateTimeOffset Until);
}
