using Connections.Cosmos;
using Connections.Members;
using Microsoft.Azure.Cosmos;

namespace Connections.Invites.Contacts;

/// <content>What a member's rows say of some others, asked by their ids.</content>
public sealed partial class ContactStore
{
    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<MemberId, Relation>> FindAsync(MemberId caller, IReadOnlyList<MemberId> others, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(others);
        var relations = new Dictionary<MemberId, Relation>();
        if (others.Count == 0)
        {
            return relations;
        }

        if (others is [var one])
        {
            // A point read costs a third of a query.
            return await FindAsync(caller, ConnectionId.Of(caller, one), ct) is { } found
                ? new Dictionary<MemberId, Relation> { [one] = Contact.RelationOf(found.Id, found.Pair, time.Now()) }
                : relations;
        }

        var now = time.Now();
        foreach (var row in await AmongAsync<RelationRow>("c.id, c.otherId, c.pair", caller, others, ct))
        {
            relations[row.OtherId] = Contact.RelationOf(row.Id, row.Pair, now);
        }

        return relations;
    }

    /// <summary>The cards of others as a member's rows show them, at most a page; whom they have no row of is left out. One request, none for nobody.</summary>
    public async Task<IReadOnlyDictionary<MemberId, Card>> CardsAsync(MemberId member, IReadOnlyList<MemberId> others, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(others);
        return others.Count == 0
            ? new Dictionary<MemberId, Card>()
            : (await AmongAsync<CardRow>("c.otherId, c.other", member, others, ct)).ToDictionary(row => row.OtherId, row => row.Other);
    }

    private Task<IReadOnlyList<T>> AmongAsync<T>(string fields, MemberId member, IReadOnlyList<MemberId> others, CancellationToken ct)
    {
        var query = CosmosCalls.ByIds(fields, [.. others.Select(other => ConnectionId.Of(member, other))]);
        return containers.Contacts.ReadFewAsync<T>(query, member.Value, others.Count, ct);
    }

    private sealed record RelationRow(string Id, MemberId OtherId, PairView Pair);

    private sealed record CardRow(MemberId OtherId, Card Other);
}
