using Connections.Cosmos;
using Microsoft.Extensions.Hosting;

namespace Connections.Members.Standing;

/// <summary>The suspended members, held by each instance in memory, so that a call costs no request to know them.</summary>
/// <remarks>
/// <see cref="SuspensionPoll"/> reads the list every <see cref="Every"/>, so a suspension takes effect on every instance within five
/// seconds. An instance that has not read it yet reads it before it answers its first call; if it cannot, it answers no call. While the
/// database does not answer, what was read last holds.
/// </remarks>
public sealed class Suspensions(Containers containers, TimeProvider time)
{
    /// <summary>How often the list is read.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    /// <summary>How soon an email that waits for the end of a suspension is looked at again, as the suspension may be lifted.</summary>
    public static readonly TimeSpan LookAgainAfter = TimeSpan.FromMinutes(5);

    private readonly Lock _noting = new();
    private SuspendedMembers? _known;

    /// <summary>The suspended members as this instance knows them. One request when it has never read them, none otherwise.</summary>
    public ValueTask<SuspendedMembers> CurrentAsync(CancellationToken ct) =>
        _known is { } known ? ValueTask.FromResult(known) : new ValueTask<SuspendedMembers>(ReadAsync(ct));

    /// <summary>A member's suspension now; null for none.</summary>
    public async ValueTask<SuspendedMember?> FindAsync(MemberId member, CancellationToken ct) =>
        (await CurrentAsync(ct)).Find(member, time.GetUtcNow());

    /// <summary>Whether a member is suspended now.</summary>
    public async ValueTask<bool> HasAsync(MemberId member, CancellationToken ct) => await FindAsync(member, ct) is not null;

    /// <summary>Those of some members who are suspended now.</summary>
    public async ValueTask<IReadOnlySet<MemberId>> AmongAsync(IEnumerable<MemberId> members, CancellationToken ct)
    {
        var (known, now) = (await CurrentAsync(ct), time.GetUtcNow());
        return members.Where(member => known.Has(member, now)).ToHashSet();
    }

    /// <summary>All members who are suspended now: a copy, for counts.</summary>
    public async ValueTask<IReadOnlySet<MemberId>> NowAsync(CancellationToken ct) => (await CurrentAsync(ct)).At(time.GetUtcNow());

    /// <summary>When an email to or about some members should be looked at again; null if none of them is suspended.</summary>
    /// <remarks>Sooner than a suspension ends, because it can be lifted.</remarks>
    public async ValueTask<DateTimeOffset?> WaitAsync(IEnumerable<MemberId> members, CancellationToken ct)
    {
        var (known, now) = (await CurrentAsync(ct), time.Now());
        var ends = members.Select(member => known.Find(member, now)).OfType<SuspendedMember>().Select(found => found.Until).ToList();
        return ends.Count == 0 ? null : ends.Append(now + LookAgainAfter).Min();
    }

    /// <summary>Reads the list. One request.</summary>
    public async Task<SuspendedMembers> ReadAsync(CancellationToken ct) => Note(
        (await containers.Members.FindAsync<SuspendedMembers>(SuspendedMembers.OnlyId, SuspendedMembers.OnlyId, ct))?.Value
            ?? SuspendedMembers.Nobody);

    /// <summary>Brings the list up to a member's standing. Two requests; one where it is. Safe to repeat, in any order.</summary>
    public async Task FollowAsync(Member member, CancellationToken ct)
    {
        if (member.Standing is not { } standing)
        {
            return;
        }

        var (outcome, _) = await containers.Members.ChangeAsync<SuspendedMembers, SuspendedMembers>(
            SuspendedMembers.OnlyId,
            SuspendedMembers.OnlyId,
            read =>
            {
                var current = read ?? SuspendedMembers.Nobody;
                var followed = current.With(member.Id, standing, time.Now());
                return (followed, ReferenceEquals(followed, current) ? null : followed);
            },
            time,
            ct);
        Note(outcome);
    }

    private SuspendedMembers Note(SuspendedMembers read)
    {
        lock (_noting)
        {
            // Two reads can end in the other order.
            return _known = _known?.Version > read.Version ? _known : read;
        }
    }
}

/// <summary>Reads the suspended members again and again while the instance runs.</summary>
public sealed partial class SuspensionPoll(Suspensions suspensions, TimeProvider time, ILogger<SuspensionPoll> log) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await suspensions.ReadAsync(stoppingToken);
            }
#pragma warning disable CA1031 // Whatever fails now is tried again in two seconds; what was read last holds until then.
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogNotRead(e);
            }

            await Task.Delay(Suspensions.Every, time, stoppingToken);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The suspended members could not be read; those read last hold")]
    private partial void LogNotRead(Exception exception);
}
