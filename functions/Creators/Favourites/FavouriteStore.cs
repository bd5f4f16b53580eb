using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Connections.Cosmos;
using Connections.Creators.Dismissed;
using Connections.Limits;
using Connections.Members;
using Connections.Settings;
using Microsoft.Azure.Cosmos;

namespace Connections.Creators.Favourites;

/// <summary>A document in <c>favourites</c>: a creator whom a member has marked. Only that member can see it.</summary>
/// <param name="Id">The creator's id.</param>
/// <param name="MemberId">The member who marked the creator; the partition key.</param>
/// <param name="MarkedAt">When; the order of the list.</param>
/// <param name="Note">The member's note.</param>
/// <param name="Lists">The names of the member's lists that the creator is in, in order; null for none.</param>
public sealed record Favourite(
    MemberId Id, MemberId MemberId, DateTimeOffset MarkedAt, string? Note = null, IReadOnlyList<string>? Lists = null)
{
    /// <summary>What the mark carries, as its member sees it.</summary>
    [JsonIgnore]
    public FavouriteMark Mark => new(MarkedAt, Note, Lists ?? []);

    /// <summary>The keys of the lists, by which queries find the favourites of a list.</summary>
    public IReadOnlyList<string>? ListKeys => Lists?.Select(ListNames.KeyOf).ToArray();
}

/// <summary>One of a member's lists of favourites. It is there as long as a favourite is in it.</summary>
/// <param name="Name">The member's name for it.</param>
/// <param name="Count">How many favourites are in it.</param>
public sealed record FavouriteList(string Name, int Count);

/// <summary>Reads and writes favourites. Each member's are in one partition.</summary>
/// <remarks>The creators that the member has put away are in it too (<see cref="DismissedStore"/>); they have no time of a mark.</remarks>
public sealed class FavouriteStore(Containers containers)
{
    private const string All = "SELECT c.id, c.memberId, c.markedAt, c.note, c.lists FROM c WHERE IS_DEFINED(c.markedAt)";
    private const string InLists = "SELECT c.id, c.memberId, c.markedAt, c.lists FROM c WHERE IS_DEFINED(c.lists)";

    /// <summary>The most recently marked first.</summary>
    public static ListOrder<Favourite> Order { get; } =
        new("c.markedAt", SortKind.Time, favourite => favourite.MarkedAt, favourite => favourite.Id.Value, MemberId.IsSegment);

    /// <summary>Marks a creator; a repeated mark keeps the first time. One request.</summary>
    /// <returns>False when the creator was marked already.</returns>
    public Task<bool> MarkAsync(Favourite favourite, CancellationToken ct) =>
        containers.Favourites.TryCreateAsync(favourite, favourite.MemberId.Value, ct);

    /// <summary>The member's mark of a creator; null for none. One request.</summary>
    public Task<Document<Favourite>?> FindAsync(MemberId member, MemberId creator, CancellationToken ct) =>
        containers.Favourites.FindAsync<Favourite>(creator.Value, member.Value, ct);

    /// <summary>Changes what a mark carries, unless it has changed since it was read. One request.</summary>
    /// <returns>False when it has.</returns>
    public async Task<bool> TryReplaceAsync(Favourite favourite, string etag, CancellationToken ct) =>
        await containers.Favourites.TryReplaceAsync(favourite, favourite.Id.Value, favourite.MemberId.Value, etag, ct) is not null;

    /// <summary>The number of creators whom the member has marked. One request, whose cost grows with the number.</summary>
    public Task<int> CountAsync(MemberId member, CancellationToken ct) =>
        containers.Favourites.CountAsync(
            new QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE IS_DEFINED(c.markedAt)"), member.Value, ct);

    /// <summary>Removes a mark. One request.</summary>
    /// <returns>False when there was none.</returns>
    public Task<bool> UnmarkAsync(MemberId member, MemberId creator, CancellationToken ct) =>
        containers.Favourites.TryDeleteAsync(creator.Value, member.Value, ct);

    /// <summary>The creators among these whom the member has marked or put away. One request; none without creators.</summary>
    public async Task<(IReadOnlyDictionary<MemberId, FavouriteMark> Marked, IReadOnlySet<MemberId> Dismissed)> AmongAsync(
        MemberId member, IReadOnlyList<MemberId> creators, CancellationToken ct)
    {
        if (creators.Count == 0)
        {
            return (ImmutableDictionary<MemberId, FavouriteMark>.Empty, ImmutableHashSet<MemberId>.Empty);
        }

        var ids = creators.SelectMany(creator => new[] { creator.Value, DismissedCreator.IdOf(creator) });
        var query = CosmosCalls.ByIds("c.id, c.creatorId, c.markedAt, c.note, c.lists", [.. ids]);
        var found = await containers.Favourites.ReadFewAsync<MarkedOrDismissed>(query, member.Value, 2 * creators.Count, ct);
        return (
            found.Where(one => one.MarkedAt is not null).ToDictionary(
                one => new MemberId(one.Id), one => new FavouriteMark(one.MarkedAt!.Value, one.Note, one.Lists ?? [])),
            found.Select(one => one.CreatorId).OfType<MemberId>().ToHashSet());
    }

    /// <summary>Up to <paramref name="count"/> of the member's favourites after a position; fewer only at the end. One request.</summary>
    /// <param name="list">Only those in this list of the member; null for all.</param>
    public Task<IReadOnlyList<Favourite>> ReadAsync(
        MemberId member, string? list, ListPosition? after, int count, CancellationToken ct)
    {
        var which = list is null
            ? new QueryDefinition(All)
            : new QueryDefinition(All + " AND ARRAY_CONTAINS(c.listKeys, @list)").WithParameter("@list", ListNames.KeyOf(list));
        return containers.Favourites.ReadListAsync(which, Order, after, count, member.Value, ct);
    }

    /// <summary>The member's lists by name, with how many favourites each has. One request for a thousand favourites in lists.</summary>
    public async Task<IReadOnlyList<FavouriteList>> ListsAsync(MemberId member, CancellationToken ct) =>
        ListsOf(await InListsAsync(member, ct));

    /// <summary>
    /// The favourite with the spellings of its lists that the member's other favourites have. One request; none where it is in no list that
    /// it was not in before.
    /// </summary>
    public async Task<Favourite> SpelledAsOthersAsync(Favourite favourite, IReadOnlyList<string>? before, CancellationToken ct)
    {
        if (favourite.Lists is not { } lists || lists.All((before ?? []).Contains))
        {
            return favourite;
        }

        var others = await InListsAsync(favourite.MemberId, ct);
        var spellings = ListsOf(others.Where(one => one.Id != favourite.Id))
            .ToDictionary(list => ListNames.KeyOf(list.Name), list => list.Name, StringComparer.Ordinal);
        return favourite with { Lists = [.. lists.Select(name => spellings.GetValueOrDefault(ListNames.KeyOf(name), name))] };
    }

    private Task<IReadOnlyList<Favourite>> InListsAsync(MemberId member, CancellationToken ct) =>
        containers.Favourites.ReadFewAsync<Favourite>(new QueryDefinition(InLists), member.Value, 1000, ct);

    private static IReadOnlyList<FavouriteList> ListsOf(IEnumerable<Favourite> favourites) =>
    [
        .. favourites.SelectMany(favourite => favourite.Lists!.Select(name => (favourite.MarkedAt, Name: name)))
            .GroupBy(one => ListNames.KeyOf(one.Name), StringComparer.Ordinal)
            .OrderBy(list => list.Key, StringComparer.Ordinal)
            // Two favourites that come into a new list at the same moment can have two spellings.
            .Select(list => new FavouriteList(
                list.OrderBy(one => one.MarkedAt).ThenBy(one => one.Name, StringComparer.Ordinal).First().Name, list.Count())),
    ];

    /// <summary>All of the member's favourites, in no particular order. One request per page.</summary>
    public IAsyncEnumerable<Favourite> AllAsync(MemberId member, CancellationToken ct) =>
        containers.Favourites.ReadPartitionAsync<Favourite>(All, member.Value, ct);

    private sealed record MarkedOrDismissed(
        string Id, MemberId? CreatorId, DateTimeOffset? MarkedAt, string? Note, IReadOnlyList<string>? Lists);
}

/// <summary>The limits on favourites, and on creators put away.</summary>
/// <param name="AtMost">The most favourites of one member. <c>Favourites__AtMost</c>, 1,000.</param>
/// <param name="DismissedAtMost">
/// The most creators that one member can put away: a page of search passes no more. <c>Favourites__DismissedAtMost</c>, 1,000.
/// </param>
public sealed record FavouriteSettings(int AtMost, int DismissedAtMost)
{
    /// <summary>The highest <see cref="DismissedAtMost"/>.</summary>
    public const int MaxDismissed = 1000;

    /// <summary>The cap on favourites.</summary>
    public Cap Marked => new("favourites", AtMost);

    /// <summary>The cap on creators put away.</summary>
    public Cap Dismissed => new("dismissed", DismissedAtMost);

    /// <exception cref="SettingException">A setting is malformed.</exception>
    public static FavouriteSettings Read(IConfiguration configuration) => new(
        configuration.Number("Favourites:AtMost", 1000, 1, 100_000),
        configuration.Number("Favourites:DismissedAtMost", 1000, 1, MaxDismissed));
}
