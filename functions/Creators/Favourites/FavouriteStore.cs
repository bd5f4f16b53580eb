using System.Collections.Immutable;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.Creators.Favourites;

/// <summary>Reads and writes favourites. A member's are one partition.</summary>
public sealed class FavouriteStore(Containers containers)
{
    /// <summary>The most recently marked first.</summary>
    public static ListOrder<Favourite> Order { get; } =
        new("c.markedAt", SortKind.Time, favourite => favourite.MarkedAt, favourite => favourite.Id.Value, MemberId.IsSegment);

    /// <summary>Marks a creator. One marked already keeps the time it was first marked at. One request.</summary>
    /// <returns>False when the creator was marked already.</returns>
    public Task<bool> MarkAsync(Favourite favourite, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(favourite);
        return containers.Favourites.TryCreateAsync(favourite, favourite.MemberId.Value, ct);
    }

    /// <summary>Whether the member has marked a creator. One request.</summary>
    public async Task<bool> IsMarkedAsync(MemberId member, MemberId creator, CancellationToken ct) =>
        await containers.Favourites.FindAsync<Marked>(creator.Value, member.Value, ct) is not null;

    /// <summary>How many creators the member has marked. One request, whose cost grows with them.</summary>
    public Task<int> CountAsync(MemberId member, CancellationToken ct) =>
        containers.Favourites.CountAsync(new QueryDefinition("SELECT VALUE COUNT(1) FROM c"), member.Value, ct);

    /// <summary>Takes a mark away, if there is one. One request.</summary>
    /// <returns>False when there was none.</returns>
    public Task<bool> UnmarkAsync(MemberId member, MemberId creator, CancellationToken ct) =>
        containers.Favourites.TryDeleteAsync(creator.Value, member.Value, ct);

    /// <summary>Which of these creators the member has marked. One request, none when there are no creators.</summary>
    public async Task<IReadOnlySet<MemberId>> MarkedAmongAsync(MemberId member, IReadOnlyList<MemberId> creators, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(creators);
        if (creators.Count == 0)
        {
            return ImmutableHashSet<MemberId>.Empty;
        }

        if (creators is [var one])
        {
            // A point read costs a third of a query.
            return await IsMarkedAsync(member, one, ct) ? [one] : ImmutableHashSet<MemberId>.Empty;
        }

        var query = CosmosCalls.ByIds("c.id", [.. creators.Select(creator => creator.Value)]);
        return (await containers.Favourites.ReadFewAsync<Marked>(query, member.Value, creators.Count, ct)).Select(found => found.Id).ToHashSet();
    }

    /// <summary>So many of the member's favourites from behind a position on; fewer only where they end. One request.</summary>
    public Task<IReadOnlyList<Favourite>> ReadAsync(MemberId member, ListPosition? after, int count, CancellationToken ct) =>
        containers.Favourites.ReadListAsync(
            new QueryDefinition("SELECT c.id, c.memberId, c.markedAt FROM c WHERE IS_DEFINED(c.markedAt)"), Order, after, count, member.Value, ct);

    /// <summary>All of the member's favourites, in no order. One request a page.</summary>
    public IAsyncEnumerable<Favourite> AllAsync(MemberId member, CancellationToken ct) =>
        containers.Favourites.ReadPartitionAsync<Favourite>("SELECT c.id, c.memberId, c.markedAt FROM c", member.Value, ct);

    private sealed record Marked(MemberId Id);
}
