using Connections.Cosmos;
using Connections.Creators.Favourites;
using Microsoft.Azure.Cosmos;

namespace Connections.Creators.Dismissed;

/// <summary>A document in <c>favourites</c>: a creator whom a member has put away from their searches. Only they can see it.</summary>
/// <remarks>It stands beside the member's favourites, so that one request reads both for a page of search.</remarks>
/// <param name="Id">No favourite can have it, because of the colon.</param>
/// <param name="MemberId">The member who put the creator away; the partition key.</param>
/// <param name="CreatorId">The creator.</param>
/// <param name="DismissedAt">When; the order of the list.</param>
public sealed record DismissedCreator(string Id, MemberId MemberId, MemberId CreatorId, DateTimeOffset DismissedAt)
{
    /// <summary>The document of a creator.</summary>
    public static DismissedCreator Of(MemberId member, MemberId creator, DateTimeOffset now) => new(IdOf(creator), member, creator, now);

    /// <summary>The document's id.</summary>
    public static string IdOf(MemberId creator) => $"dismissed:{creator}";
}

/// <summary>Reads and writes the creators that members have put away. Each member's are in one partition.</summary>
public sealed class DismissedStore(Containers containers)
{
    private const string All = "SELECT c.id, c.memberId, c.creatorId, c.dismissedAt FROM c WHERE IS_DEFINED(c.dismissedAt)";

    /// <summary>The one put away last comes first.</summary>
    public static ListOrder<DismissedCreator> Order { get; } =
        new("c.dismissedAt", SortKind.Time, dismissed => dismissed.DismissedAt, dismissed => dismissed.Id, IsId);

    /// <summary>Puts a creator away; a repeated call keeps the first time. One request.</summary>
    /// <returns>False when the creator was away already.</returns>
    public Task<bool> PutAwayAsync(DismissedCreator dismissed, CancellationToken ct) =>
        containers.Favourites.TryCreateAsync(dismissed, dismissed.MemberId.Value, ct);

    /// <summary>Takes a creator back. One request.</summary>
    /// <returns>False when the creator was not away.</returns>
    public Task<bool> TakeBackAsync(MemberId member, MemberId creator, CancellationToken ct) =>
        containers.Favourites.TryDeleteAsync(DismissedCreator.IdOf(creator), member.Value, ct);

    /// <summary>Whether the member has put a creator away. One request.</summary>
    public async Task<bool> IsAwayAsync(MemberId member, MemberId creator, CancellationToken ct) =>
        await containers.Favourites.FindAsync<DismissedCreator>(DismissedCreator.IdOf(creator), member.Value, ct) is not null;

    /// <summary>The number of creators that the member has put away. One request, whose cost grows with the number.</summary>
    public Task<int> CountAsync(MemberId member, CancellationToken ct) => containers.Favourites.CountAsync(
        new QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE IS_DEFINED(c.dismissedAt)"), member.Value, ct);

    /// <summary>Up to <paramref name="count"/> of them after a position; fewer only at the end. One request.</summary>
    public Task<IReadOnlyList<DismissedCreator>> ReadAsync(MemberId member, ListPosition? after, int count, CancellationToken ct) =>
        containers.Favourites.ReadListAsync(new QueryDefinition(All), Order, after, count, member.Value, ct);

    /// <summary>All of them, in no particular order. One request a page.</summary>
    public IAsyncEnumerable<DismissedCreator> AllAsync(MemberId member, CancellationToken ct) =>
        containers.Favourites.ReadPartitionAsync<DismissedCreator>(All, member.Value, ct);

    /// <summary>The ids of all of them, in no order. One request.</summary>
    public Task<IReadOnlyList<MemberId>> IdsAsync(MemberId member, CancellationToken ct) => containers.Favourites.ReadFewAsync<MemberId>(
        new QueryDefinition("SELECT VALUE c.creatorId FROM c WHERE IS_DEFINED(c.dismissedAt)"),
        member.Value,
        FavouriteSettings.MaxDismissed,
        ct);

    private static bool IsId(string text) =>
        text.Split(':') is ["dismissed", var creator] && MemberId.IsSegment(creator);
}
