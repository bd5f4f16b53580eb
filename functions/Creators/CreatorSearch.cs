using Connections.Cosmos;
using Connections.Members;

namespace Connections.Creators;

/// <summary>A creator that a search has found.</summary>
/// <param name="Card">The card, as nobody in particular sees it.</param>
/// <param name="ListedAt">Since when the creator is listed.</param>
public sealed record FoundCreator(Card Card, DateTimeOffset? ListedAt);

/// <summary>Finds listed creators.</summary>
public sealed class CreatorSearch(Containers containers)
{
    /// <summary>Up to <paramref name="count"/> of the creators that match, in order, after a position; fewer only at the end of the list.</summary>
    public Task<IReadOnlyList<FoundCreator>> FindAsync(CreatorFilter filter, ListPosition? after, int count, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return containers.Members.ReadListAsync(CreatorQuery.Of(filter), CreatorQuery.Order(filter.Sort), after, count, partitionKey: null, ct);
    }
}
