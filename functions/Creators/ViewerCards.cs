using Connections.Members;
using Connections.Members.Standing;

namespace Connections.Creators;

/// <summary>Reads members as a caller may see them.</summary>
public sealed class ViewerCards(MemberStore members, IRelations relations, ViewerStateReader viewer, Suspensions suspensions)
{
    /// <summary>
    /// The cards of a page of members, in the same order; null for a member whom the caller may not see: unlisted without a shared invite
    /// or connection, or hidden by a block. Three requests in parallel; none without members.
    /// </summary>
    public async Task<IReadOnlyList<Card?>> FindAsync(MemberId caller, IReadOnlyList<MemberId> ids, CancellationToken ct)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var reading = members.FindManyAsync(ids, ct);
        var viewing = viewer.FindAsync(caller, ids, ct);
        await Task.WhenAll(reading, viewing);
        var (found, seen) = (await reading, await viewing);
        return
        [
            .. from id in ids
               select found.TryGetValue(id, out var member) && seen.MaySee(caller, member) ? seen.On(Card.Of(member)) : null,
        ];
    }

    /// <summary>Whether there is such a listed creator, and neither a block nor a suspension hides them. Two requests at once.</summary>
    public async Task<bool> IsListedAsync(MemberId caller, MemberId creator, CancellationToken ct)
    {
        var reading = members.FindAsync(creator, ct);
        var relating = relations.FindAsync(caller, [creator], ct);
        await Task.WhenAll(reading, relating);
        return await reading is { Value.Listed: true }
            && (await relating).GetValueOrDefault(creator)?.State != RelationState.Blocked
            && !await suspensions.HasAsync(creator, ct);
    }
}
