namespace Connections.Safety;

/// <summary>A document in <c>blocks</c>: a member whom another blocks, or blocked lately.</summary>
/// <remarks>
/// The truth is the pair's connection; this is the blocker's own list of it. A lifted block stays for a while without its time, because
/// a write that was under way while it was lifted must find the newer version, and not make the block again.
/// </remarks>
/// <param name="Id">Who is blocked.</param>
/// <param name="MemberId">Who blocks them, and the partition key.</param>
/// <param name="Version">The connection's version that says so. An older one never overwrites a newer one.</param>
/// <param name="BlockedAt">Since when; what the list is sorted by. Absent when the block was lifted.</param>
/// <param name="Ttl">After how many seconds the database deletes it; absent for never.</param>
public sealed record Block(MemberId Id, MemberId MemberId, long Version, DateTimeOffset? BlockedAt, int? Ttl)
{
    /// <summary>Far longer than any write is under way.</summary>
    private static readonly TimeSpan KeepLifted = TimeSpan.FromDays(7);

    /// <summary>What a connection says of one member's block of the other.</summary>
    public static Block Of(MemberId blocker, MemberId blocked, Invites.BlockMark mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        return new Block(blocked, blocker, mark.Version, mark.Since, mark.Since is null ? (int)KeepLifted.TotalSeconds : null);
    }
}
