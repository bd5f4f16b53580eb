using System.Collections.Immutable;
using Connections.Cosmos;
using Connections.Creators.Dismissed;
using Connections.Limits;
using Connections.Settings;
using Microsoft.Azure.Cosmos;

namespace Connections.Creators.Favourites;

/// <summary>A document in <c>favourites</c>: a creator whom a member has marked. Only that member can see it.</summary>
/// <param name="Id">The creator's id.</param>
/// <param name="MemberId">The member who marked the creator; the partition key.</param>
/// <param name="MarkedAt">When; the order of the list.</param>
public sealed record Favourite(MemberId Id, MemberId MemberId, DateTimeOffset MarkedAt);

/// <summary>Reads and writes favourites. Each member's are in one partition.</summary>
/// <remarks>The creators that the member has put away are in it too (<see cref="DismissedStore"/>); they have no time of a mark.</remarks>
public sealed class FavouriteStore(Containers containers)
{
    private const string All = "SELECT c.id, c.memberId, c.markedAt FROM c WHERE IS_DEFINED(c.markedAt)";

    /// <summary>The most recently marked first.</summary>
    public static ListOrder<Favourite> Order { get; } =
        new("c.markedAt", SortKind.Time, favourite => favourite.MarkedAt, favourite => favourite.Id.Value, MemberId.IsSegment);

    /// <summary>Marks a creator; a repeated mark keeps the first time. One request.</summary>
    /// <returns>False when the creator was marked already.</returns>
    public Task<bool> MarkAsync(Favourite favourite, CancellationToken ct) =>
        containers.Favourites.TryCreateAsync(favourite, favourite.MemberId.Value, ct);

    /// <summary>Whether the member has marked a creator. One request.</summary>
    public async Task<bool> IsMarkedAsync(MemberId member, MemberId creator, CancellationToken ct) =>
        await containers.Favourites.FindAsync<Marked>(creator.Value, member.Value, ct) is not null;

    /// <summary>The number of creators whom the member has marked. One request, whose cost grows with the number.</summary>
    public Task<int> CountAsync(MemberId member, CancellationToken ct) =>
        containers.Favourites.CountAsync(
            new QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE IS_DEFINED(c.markedAt)"), member.Value, ct);

    /// <summary>Removes a mark. One request.</summary>
    /// <returns>False when there was none.</returns>
    public Task<bool> UnmarkAsync(MemberId member, MemberId creator, CancellationToken ct) =>
        containers.Favourites.TryDeleteAsync(creator.Value, member.Value, ct);

    /// <summary>The creators among these whom the member has marked or put away. One request; none without creators.</summary>
    public async Task<(IReadOnlySet<MemberId> Marked, IReadOnlySet<MemberId> Dismissed)> AmongAsync(
        MemberId member, IReadOnlyList<MemberId> creators, CancellationToken ct)
    {
        if (creators.Count == 0)
        {
            return (ImmutableHashSet<MemberId>.Empty, ImmutableHashSet<MemberId>.Empty);
        }

        var ids = creators.SelectMany(creator => new[] { creator.Value, DismissedCreator.IdOf(creator) });
        var query = CosmosCalls.ByIds("c.id, c.creatorId", [.. ids]);
        var found = await containers.Favourites.ReadFewAsync<MarkedOrDismissed>(query, member.Value, 2 * creators.Count, ct);
        return (
            found.Where(one => one.CreatorId is null).Select(one => new MemberId(one.Id)).ToHashSet(),
            found.Select(one => one.CreatorId).OfType<MemberId>().ToHashSet());
    }

    /// <summary>Up to <paramref name="count"/> of the member's favourites after a position; fewer only at the end. One request.</summary>
    public Task<IReadOnlyList<Favourite>> ReadAsync(MemberId member, ListPosition? after, int count, CancellationToken ct) =>
        containers.Favourites.ReadListAsync(new QueryDefinition(All), Order, after, count, member.Value, ct);

    /// <summary>All of the member's favourites, in no particular order. One request per page.</summary>
    public IAsyncEnumerable<Favourite> AllAsync(MemberId member, CancellationToken ct) =>
        containers.Favourites.ReadPartitionAsync<Favourite>(All, member.Value, ct);

    private sealed record Marked(MemberId Id);

    private sealed record MarkedOrDismissed(string Id, MemberId? CreatorId);
}

/// <summary>The limits on favourites, and on creators put away.</summary>
/// <param name="AtMost">The most favourites of one member. <c>Favourites__AtMost</c>, 1,000.</param>
/// <param name="DismissedAtMost">
/// The most creators that one member can put away: a page of search passes no more. <c>Favourites__DismissedAtMost</c>, 1,000.
/// </param>
public sealed record FavouriteSettings(int AtMost, int DismissedAtMost)
{
    /// <summary>The highest <see cref="DismissedAtMost"/>.</summary>
    public const int MostDismissed = 1000;

    /// <summary>The cap on favourites.</summary>
    public Cap Marked => new("favourites", AtMost);

    /// <summary>The cap on creators put away.</summary>
    public Cap Dismissed => new("dismissed", DismissedAtMost);

    /// <exception cref="SettingException">A setting is malformed.</exception>
    public static FavouriteSettings Read(IConfiguration configuration) => new(
        configuration.Number("Favourites:AtMost", 1000, 1, 100_000),
        configuration.Number("Favourites:DismissedAtMost", 1000, 1, MostDismissed));
}
