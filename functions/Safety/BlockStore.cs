using System.Net;
using Connections.Cosmos;
using Connections.Invites;
using Microsoft.Azure.Cosmos;

namespace Connections.Safety;

/// <summary>Reads and writes the lists of whom members block. A member's is one partition.</summary>
public sealed class BlockStore(Containers containers)
{
    // Each round that loses found another writer's, and only a handful ever write for one pair.
    private const int MaxRaces = 50;

    /// <summary>The latest block first.</summary>
    public static ListOrder<Block> Order { get; } =
        new("c.blockedAt", SortKind.Time, block => block.BlockedAt, block => block.Id.Value, MemberId.IsSegment);

    private static QueryDefinition Blocked => new("SELECT c.id, c.memberId, c.version, c.blockedAt FROM c WHERE IS_DEFINED(c.blockedAt)");

    /// <summary>So many of those whom a member blocks, from behind a position on; fewer only where they end. One request.</summary>
    public Task<IReadOnlyList<Block>> ReadAsync(MemberId member, ListPosition? after, int count, CancellationToken ct) =>
        containers.Blocks.ReadListAsync(Blocked, Order, after, count, member.Value, ct);

    /// <summary>All whom a member blocks, in no order. One request a page.</summary>
    public IAsyncEnumerable<Block> AllAsync(MemberId member, CancellationToken ct) =>
        containers.Blocks.ReadAllAsync<Block>(Blocked, ct, new() { PartitionKey = new PartitionKey(member.Value), MaxItemCount = PageRequest.MaxLimit });

    /// <summary>How many members a member blocks. One request, whose cost grows with them.</summary>
    public Task<int> CountAsync(MemberId member, CancellationToken ct) =>
        containers.Blocks.CountAsync(new QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE IS_DEFINED(c.blockedAt)"), member.Value, ct);

    /// <summary>Whether a member blocks another, as their list says. One request.</summary>
    public async Task<bool> IsBlockedAsync(MemberId blocker, MemberId blocked, CancellationToken ct) =>
        await containers.Blocks.FindAsync<Block>(blocked.Value, blocker.Value, ct) is { Value.BlockedAt: not null };

    /// <summary>
    /// Brings both members' lists up to what a connection says and they have not followed yet. Two requests for each block made or
    /// lifted since; none for any other change. Safe to run again, at the same time and in any order.
    /// </summary>
    public Task FollowAsync(Connection connection, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return Task.WhenAll(connection.Blocks.Keys.Select(blocker => FollowAsync(connection, blocker, ct)));
    }

    /// <summary>The same for the list of one of the two only. Two requests for their own block, if it was made or lifted since.</summary>
    public Task FollowAsync(Connection connection, MemberId blocker, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return connection.Blocks.TryGetValue(blocker, out var mark) && mark.Version > connection.Followed
            ? WriteAsync(Block.Of(blocker, connection.Other(blocker), mark), ct)
            : Task.CompletedTask;
    }

    private async Task WriteAsync(Block block, CancellationToken ct)
    {
        for (var race = 0; race < MaxRaces; race++)
        {
            var read = await containers.Blocks.FindAsync<Block>(block.Id.Value, block.MemberId.Value, ct);
            if (read?.Value.Version >= block.Version || await containers.Blocks.TryWriteAsync(block, block.Id.Value, block.MemberId.Value, read?.ETag, ct))
            {
                return;
            }
        }

        throw new CosmosException("One block was written from too many places at once.", HttpStatusCode.ServiceUnavailable, 0, "", 0);
    }
}
