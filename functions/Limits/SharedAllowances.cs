using System.Collections.Concurrent;

namespace Connections.Limits;

/// <summary>
/// Keeps limits of so many a minute, for what happens too often to write down each time: every instance counts in memory, and tells the
/// others of a few uses at a time, by the member's counters in <see cref="AllowanceStore"/>.
/// </summary>
/// <remarks>
/// On one instance the limit holds exactly. Of another instance's uses this one knows all but the last few (<see cref="MaxUntold"/> at
/// most), so a member whose calls reach many instances at once can use that many more on each. Nobody is refused early. An instance that
/// stops forgets as many.
/// </remarks>
public sealed class SharedAllowances(AllowanceStore store, TimeProvider time)
{
    /// <summary>An instance tells the others when it has this many uses that they do not know of; sooner for small limits.</summary>
    public const int MaxUntold = 10;

    private readonly ConcurrentDictionary<string, Period> _current = new(StringComparer.Ordinal);

    /// <summary>Asks for a permit. No request, most often; one or two where the others are told.</summary>
    /// <param name="ct">Cancels the requests; the permit stays taken.</param>
    /// <param name="upTo">For how many uses; the permit is for as many as are left. See <see cref="Permit.Count"/>.</param>
    public async Task<Permit> AcquireAsync(Allowance allowance, MemberId member, CancellationToken ct, int upTo = 1)
    {
        var permit = Permit.At(time.Now(), allowance, member, use: null);
        var uses = UsesOf(permit);
        int untold;
        lock (uses)
        {
            permit = permit with { Count = Math.Min(upTo, allowance.Limit - uses.Here - uses.Elsewhere) };
            if (permit.Count < 1)
            {
                return permit with { State = PermitState.UsedUp };
            }

            uses.Here += permit.Count;
            untold = uses.Here - uses.Told;
            if (untold < Math.Clamp(allowance.Limit / 3, 1, MaxUntold))
            {
                return permit;
            }

            uses.Told += untold;
        }

        int total;
        try
        {
            total = await store.AddAsync(permit, untold, ct);
        }
        catch
        {
            lock (uses)
            {
                uses.Told -= untold;
            }

            throw;
        }

        lock (uses)
        {
            uses.Elsewhere = Math.Max(uses.Elsewhere, total - uses.Told);
        }

        return permit;
    }

    /// <summary>Releases a permit that was not used; does nothing for one that was not acquired.</summary>
    public void Release(Permit permit)
    {
        if (!permit.IsAcquired)
        {
            return;
        }

        var uses = UsesOf(permit);
        lock (uses)
        {
            uses.Here = Math.Max(0, uses.Here - permit.Count);
        }
    }

    private Uses UsesOf(Permit permit) => _current
        .AddOrUpdate(
            permit.Of.Name,
            static (_, counter) => new Period(counter),
            static (_, current, counter) => current.Counter == counter ? current : new Period(counter),
            permit.Counter)
        .Members.GetOrAdd(permit.Member, static _ => new Uses());

    /// <summary>One period's uses, by member. The next period begins with none.</summary>
    private sealed record Period(string Counter)
    {
        public ConcurrentDictionary<MemberId, Uses> Members { get; } = [];
    }

    /// <summary>A member's uses in one period.</summary>
    private sealed class Uses
    {
        /// <summary>On this instance.</summary>
        public int Here { get; set; }

        /// <summary>Those of <see cref="Here"/> that the others know of.</summary>
        public int Told { get; set; }

        /// <summary>On other instances, as far as they have told.</summary>
        public int Elsewhere { get; set; }
    }
}
