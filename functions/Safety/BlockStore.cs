using Connections.Cosmos;
using Connections.Invites;
using Microsoft.Azure.Cosmos;

namespace Connections.Safety;

/// <summary>A document in <c>blocks</c>: a member that another member blocks, or blocked until lately.</summary>
/// <remarks>
/// The pair's connection decides; this is the blocker's list of it. A lifted block stays for a while without its time, so that a
/// write under way while it was lifted finds the newer version and does not block again.
/// </remarks>
/// <param name="Id">The blocked member.</param>
/// <param name="MemberId">The blocker; the partition key.</param>
/// <param name="Version">The connection's version that this is of. An older version never overwrites a newer one.</param>
/// <param name="BlockedAt">When the block was made; the list is sorted by it. Absent when the block was lifted.</param>
/// <param name="Ttl">After how many seconds the database deletes the document; absent for never.</param>
public sealed record Block(MemberId Id, MemberId MemberId, long Version, DateTimeOffset? BlockedAt, int? Ttl)
{
    /// <summary>Far longer than any write takes.</summary>
    private static readonly TimeSpan KeepLifted = TimeSpan.FromDays(7);

    /// <summary>One member's block of the other, as their connection has it.</summary>
    public static Block Of(MemberId blocker, MemberId blocked, BlockMark mark) =>
        new Block(blocked, blocker, mark.Version, mark.Since, mark.Since is null ? (int)KeepLifted.TotalSeconds : null);
}

/// <summary>Reads and writes the lists of blocked members. A member's list is one partition.</summary>
public sealed class BlockStore(Containers containers, TimeProvider time)
{
    /// <summary>The latest block first.</summary>
    public static ListOrder<Block> Order { get; } =
        new("c.blockedAt", SortKind.Time, block => block.BlockedAt, block => block.Id.Value, MemberId.IsSegment);

    private const string Blocked = "SELECT c.id, c.memberId, c.version, c.blockedAt FROM c WHERE IS_DEFINED(c.blockedAt)";

    /// <summary>
    /// The next members that a member blocks after a position; fewer than asked for only where the list ends. One request.
    /// </summary>
    public Task<IReadOnlyList<Block>> ReadAsync(MemberId member, ListPosition? after, int count, CancellationToken ct) =>
        containers.Blocks.ReadListAsync(new QueryDefinition(Blocked), Order, after, count, member.Value, ct);

    /// <summary>All members that a member blocks, in no order. One request a page.</summary>
    public IAsyncEnumerable<Block> AllAsync(MemberId member, CancellationToken ct) =>
        containers.Blocks.ReadPartitionAsync<Block>(Blocked, member.Value, ct);

    /// <summary>How many members a member blocks. One request, whose cost grows with the number.</summary>
    public Task<int> CountAsync(MemberId member, CancellationToken ct) =>
        containers.Blocks.CountAsync(new QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE IS_DEFINED(c.blockedAt)"), member.Value, ct);

    /// <summary>Whether a member's list says that they block another member. One request.</summary>
    public async Task<bool> IsBlockedAsync(MemberId blocker, MemberId blocked, CancellationToken ct) =>
        await containers.Blocks.FindAsync<Block>(blocked.Value, blocker.Value, ct) is { Value.BlockedAt: not null };

    /// <summary>
    /// Brings both members' lists up to a connection. Two requests for each block that was made or lifted since the last dispatch; none
    /// otherwise. Safe to repeat, at the same time and in any order.
    /// </summary>
    public Task FollowAsync(Connection connection, CancellationToken ct) =>
        Task.WhenAll(connection.Blocks.Keys.Select(blocker => FollowAsync(connection, blocker, ct)));

    /// <summary>Brings one member's list up to a connection.</summary>
    public Task FollowAsync(Connection connection, MemberId blocker, CancellationToken ct) =>
        connection.Blocks.TryGetValue(blocker, out var mark) && mark.Version > connection.Followed
            ? WriteAsync(Block.Of(blocker, connection.Other(blocker), mark), ct)
            : Task.CompletedTask;

    private async Task WriteAsync(Block block, CancellationToken ct) => await containers.Blocks.ChangeAsync<Block, bool>(
        block.Id.Value,
        block.MemberId.Value,
        current => current?.Version >= block.Version ? (false, null) : (true, block),
        time,
        ct);
}
