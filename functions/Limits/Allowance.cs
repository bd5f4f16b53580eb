namespace Connections.Limits;

/// <summary>How often each member may do something.</summary>
/// <param name="Name">What is counted, as its document is named: lower-case letters.</param>
/// <param name="Limit">How often in a period.</param>
/// <param name="Period">The period. Periods follow each other from the Unix epoch, so minutes are the clock's and days are UTC's.</param>
public sealed record Allowance(string Name, int Limit, TimeSpan Period);

/// <summary>
/// What a permit is used for, where that can be tried more than once, and where the number of uses that are open at once is limited too.
/// </summary>
/// <param name="Key">Names the use: letters, digits and underscores. However often it is tried in a period, it takes one permit.</param>
/// <param name="OpenAtMost">How many uses may be open at once.</param>
/// <param name="CountOpen">Counts the open uses. Asked only when <paramref name="OpenAtMost"/> may be reached.</param>
/// <param name="Limit">The limit of the period, where it follows the conduct; null for that of the allowance.</param>
public sealed record KeyedUse(string Key, int OpenAtMost, Func<CancellationToken, Task<int>> CountOpen, ConductLimit? Limit = null);

/// <summary>The answer to a request for a permit.</summary>
public enum PermitState
{
    /// <summary>This call has the permit, and releases it if it does not use it.</summary>
    Acquired,

    /// <summary>Another call has the permit for the same use.</summary>
    Shared,

    /// <summary>All permits of the period are taken.</summary>
    UsedUp,

    /// <summary>Too many uses are open.</summary>
    TooManyOpen,
}

/// <summary>A permit, or why there is none.</summary>
/// <param name="Of">The allowance.</param>
/// <param name="Member">The member.</param>
/// <param name="State">Whether there is a permit.</param>
/// <param name="Until">When the period ends and there are permits again; null when other changes make room, at any time.</param>
/// <param name="RetryAfter">How soon to try again.</param>
public sealed record Permit(Allowance Of, MemberId Member, PermitState State, DateTimeOffset? Until, TimeSpan RetryAfter)
{
    /// <summary>The conduct that the limit followed, where all permits are taken.</summary>
    public Conduct Conduct { get; init; } = Conduct.None;

    /// <summary>Whether this call has the permit.</summary>
    public bool IsAcquired => State == PermitState.Acquired;

    /// <summary>For how many uses it is: one unless several were asked for.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The name of the period's counter; a letter first, so that it can be a property's name in a patch path.</summary>
    internal string Counter { get; init; } = "";

    /// <summary>The name of the use in this period; null where uses have no names.</summary>
    internal string? Key { get; init; }

    /// <summary>A permit for a use at a moment.</summary>
    internal static Permit At(DateTimeOffset now, Allowance allowance, MemberId member, KeyedUse? use)
    {
        var length = (long)allowance.Period.TotalMilliseconds;
        var period = now.ToUnixTimeMilliseconds() / length;
        var until = DateTimeOffset.FromUnixTimeMilliseconds((period + 1) * length);
        return new Permit(allowance, member, PermitState.Acquired, until, until - now)
        {
            Counter = $"p{period}",
            Key = use is null ? null : $"p{period}_{use.Key}",
        };
    }
}
