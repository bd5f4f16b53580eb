using Connections.Cosmos;
using Connections.Members;
using Microsoft.Azure.Cosmos;

namespace Connections.Creators;

/// <summary>A creator in search results.</summary>
/// <param name="Card">The card, without the parts that depend on the viewer.</param>
/// <param name="ListedAt">When the creator was first listed.</param>
/// <param name="By">The platform whose numbers the creator was found by; null for the largest.</param>
public sealed record FoundCreator(Card Card, DateTimeOffset? ListedAt, string? By = null)
{
    /// <summary>The numbers that the creator was found by.</summary>
    public PlatformReach Numbers =>
        By is null ? new PlatformReach(Card.Followers, Card.Engagement) : MemberIndex.ReachOf(Card.Platforms)[By];

    /// <summary>
    /// The card with the numbers of the platform that a filter finds the creator by; null where this is another find of the same creator,
    /// by a platform that comes later in the order.
    /// </summary>
    public Card? Shown(CreatorFilter filter)
    {
        var reach = MemberIndex.ReachOf(Card.Platforms);
        return filter.PlatformOf(reach) is not { } platform ? Card
            : By is not null && By != platform ? null
            : Card with { Platform = platform, Followers = reach[platform].Followers, Engagement = reach[platform].Engagement };
    }
}

/// <summary>Finds listed creators.</summary>
public sealed class CreatorSearch(Containers containers)
{
    /// <summary>The filter values of up to <paramref name="most"/> matching creators. One request.</summary>
    /// <inheritdoc cref="CreatorQuery.OfValues"/>
    public async Task<IReadOnlyList<FilterValues>> FindValuesAsync(
        CreatorFilter filter, int most, bool mayFailOne, CancellationToken ct) =>
        await containers.Members.ReadAllAsync<FilterValues>(
            CreatorQuery.OfValues(filter, most, mayFailOne), ct, new QueryRequestOptions { MaxItemCount = most }).ToListAsync(ct);

    /// <summary>The filter values of the listed creators among some members. One request for each hundred; none for nobody.</summary>
    public async Task<IReadOnlyList<FilterValues>> FindListedAmongAsync(IReadOnlyCollection<MemberId> members, CancellationToken ct)
    {
        var listed = new List<FilterValues>();
        foreach (var some in members.Chunk(PageRequest.MaxLimit))
        {
            var query = CosmosCalls.ByIds($"c.listed, {CreatorQuery.Values}", [.. some.Select(id => id.Value)]);
            listed.AddRange(await containers.Members.ReadAllAsync<ListedValues>(query, ct).Where(found => found.Listed)
                .Select(found => new FilterValues(
                    found.Id,
                    found.Categories ?? [],
                    found.PlatformNames ?? [],
                    found.Country,
                    found.LanguageRanges ?? [],
                    found.OpenTo,
                    found.Formats))
                .ToListAsync(ct));
        }

        return listed;
    }

    /// <summary>Up to <paramref name="count"/> finds after a position, in order; fewer only at the end of the list.</summary>
    /// <remarks>
    /// One request, or with platforms in an order by their numbers one for each, in parallel: each is a walk along that platform's index,
    /// and the walks are merged. A creator who is on several of the platforms is found by each, first by the one that
    /// <see cref="FoundCreator.Shown"/> shows.
    /// </remarks>
    public async Task<IReadOnlyList<FoundCreator>> FindAsync(CreatorFilter filter, ListPosition? after, int count, CancellationToken ct)
    {
        if (filter.Platforms.Count == 0 || filter.Sort == CreatorSort.Newest)
        {
            return await ByAsync(null);
        }

        var finds = await Task.WhenAll(filter.Platforms.Order(StringComparer.Ordinal).Select(ByAsync));
        var order = CreatorQuery.Order(filter.Sort);
        return
        [
            .. finds.SelectMany(found => found).OrderByDescending(order.ValueOf).ThenBy(order.IdOf, StringComparer.Ordinal).Take(count),
        ];

        async Task<IReadOnlyList<FoundCreator>> ByAsync(string? platform)
        {
            var found = await containers.Members.ReadListAsync(
                CreatorQuery.Of(filter, platform), CreatorQuery.Order(filter.Sort, platform), after, count, partitionKey: null, ct);
            return platform is null ? found : [.. found.Select(creator => creator with { By = platform })];
        }
    }

    private sealed record ListedValues(
        MemberId Id,
        bool Listed,
        IReadOnlyList<string>? Categories,
        IReadOnlyList<string>? PlatformNames,
        string? Country,
        IReadOnlyList<string>? LanguageRanges,
        IReadOnlyList<string>? OpenTo,
        IReadOnlyList<string>? Formats);
}
