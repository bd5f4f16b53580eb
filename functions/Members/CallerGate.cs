using Connections.Http;
using Microsoft.Extensions.Caching.Memory;

namespace Connections.Members;

/// <summary>Answers 410 to every call of a member who erased their profile, whatever it is.</summary>
/// <remarks>
/// Members who are there are remembered for half a minute, so that a call mostly needs no request for this. An erasure holds at once on the
/// instance that served it, and within <see cref="RememberFor"/> on every other; whatever is made there in between, its own follow-up ends.
/// Members who erased their profile are looked up in every call, so that their new profile is known at once.
/// </remarks>
public sealed class CallerGate(MemberStore members, TimeProvider time) : ICallerGate, IDisposable
{
    /// <summary>How long a member is remembered as being there.</summary>
    public static readonly TimeSpan RememberFor = TimeSpan.FromSeconds(30);

    private const int Most = 50_000;

    // Before any version of a member's card: there is no document yet.
    private const long NoVersion = -1;

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = Most });
    private readonly Lock _noting = new();

    /// <inheritdoc/>
    public async Task<Error?> CheckAsync(Caller caller, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (_known.TryGetValue(caller.Id, out Known? known) && known is { IsErased: false } && time.GetUtcNow() < known.Until)
        {
            return null;
        }

        var member = (await members.FindAsync(caller.Id, ct))?.Value;
        Note(caller.Id, member);
        return member is { ErasedAt: not null } ? new ProfileErased(member) : null;
    }

    /// <summary>Remembers a member as they were just read or written; null when they have no document yet.</summary>
    public void Note(MemberId id, Member? member)
    {
        var version = member?.CardVersion ?? NoVersion;
        lock (_noting)
        {
            // A call that read the member before they erased their profile may be late to say so.
            if (_known.TryGetValue(id, out Known? known) && known!.Version > version)
            {
                return;
            }

            _known.Set(
                id,
                new Known(version, member is { ErasedAt: not null }, time.GetUtcNow() + RememberFor),
                new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = RememberFor });
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _known.Dispose();

    private sealed record Known(long Version, bool IsErased, DateTimeOffset Until);
}
