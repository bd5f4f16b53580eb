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

/// <summary>The caller erased their profile. Only a new profile brings them back.</summary>
public sealed record ProfileErased : Error
{
    /// <summary>Takes what is left of the member. A new profile is possible only once the erasure has finished.</summary>
    public ProfileErased(Member member)
        : base("profile-erased", ErrorKind.Gone, "You erased your profile", DetailFor(member)) =>
        RetryAfter = member.OwedSince is null ? null : TimeSpan.FromSeconds(5);

    private static string DetailFor(Member member) =>
        member.OwedSince is null
            ? "To come back, make a new profile."
            : "It is being erased. To come back, make a new profile in a moment.";
}

/// <summary>A moderator suspended the caller.</summary>
public sealed record Suspended : Error
{
    /// <summary>By the suspension, and the address that answers questions about it.</summary>
    public Suspended(SuspendedMember suspension, string support)
        : base("suspended", ErrorKind.Forbidden, "You are suspended", Say(suspension, support)) =>
        (Until, Reason) = (suspension.Until, suspension.Reason);

    private static string Say(SuspendedMember suspension, string support)
    {
        var until = suspension.Until is { } end ? $"until {end:d MMMM yyyy, HH:mm} UTC" : "until a moderator lifts the suspension";
        return $"You cannot use Connections {until}. Our email to you says why. If you think that this is wrong, reply to it or write to "
            + $"{support}. You can still download your data and erase your profile.";
    }
}
