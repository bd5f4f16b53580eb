using Connections.Cosmos;
using Connections.Members;
using Microsoft.Azure.Cosmos;

namespace Connections.Invites.Contacts;

/// <content>Reads several of a member's rows.</content>
public sealed partial class ContactStore
{
    /// <summary>Conversations, the one with the latest message first.</summary>
    public static ListOrder<ContactRow> TalkOrder { get; } =
        new("c.talkedAt", SortKind.Time, row => row.TalkedAt, row => row.Id, ConnectionId.IsValid)
        {
            Within = "c.pair.state",
            MayBeAbsent = true,
        };

    /// <summary>Invites, the newest first.</summary>
    public static ListOrder<ContactRow> InviteOrder { get; } =
        new("c.pair.invitedAt", SortKind.Time, row => row.Pair.InvitedAt, row => row.Id, ConnectionId.IsValid)
        {
            Within = "c.pair.direction",
        };

    /// <summary>All of a member's rows, in any state and in no order. One request a page.</summary>
    public IAsyncEnumerable<ContactRow> RowsAsync(MemberId member, CancellationToken ct) =>
        // The member's counters are in the same partition.
        containers.Contacts.ReadPartitionAsync<ContactRow>("SELECT * FROM c WHERE IS_DEFINED(c.pair.state)", member.Value, ct);

    /// <summary>A member's next conversations after a position; fewer than asked for only where they end. One request.</summary>
    public Task<IReadOnlyList<ContactRow>> ConversationsAsync(MemberId member, ListPosition? after, int count, CancellationToken ct) =>
        containers.Contacts.ReadListAsync(
            new QueryDefinition("SELECT * FROM c WHERE c.pair.state = 'connected'"), TalkOrder, after, count, member.Value, ct);

    /// <summary>A member's next invites after a position, in one state, or pending and ended lately. One request.</summary>
    public Task<IReadOnlyList<ContactRow>> InvitesAsync(
        MemberId member, Direction direction, ConnectionState? state, ListPosition? after, int count, CancellationToken ct)
    {
        var now = time.Now();
        const string Pending = "(c.pair.state = 'pending' AND c.pair.expiresAt > @now)";
        const string Answered = "(c.pair.state IN ('connected', 'declined', 'expired') AND c.pair.answeredAt > @since)";
        const string Expired = "(c.pair.state = 'pending' AND c.pair.expiresAt <= @now AND c.pair.expiresAt > @since)";
        var which = state switch
        {
            ConnectionState.Pending => Pending,
            ConnectionState.Expired => $"({Expired} OR ({Answered} AND c.pair.state = 'expired'))",
            { } one => $"({Answered} AND c.pair.state = '{one.ToString().ToLowerInvariant()}')",
            null => $"({Pending} OR {Answered} OR {Expired})",
        };
        var query = new QueryDefinition($"SELECT * FROM c WHERE c.pair.direction = @direction AND {which}")
            .WithParameter("@direction", direction.ToString().ToLowerInvariant())
            .WithParameter("@now", UtcTimeConverter.Text(now))
            .WithParameter("@since", UtcTimeConverter.Text(now - settings.ShowAnsweredFor));
        return containers.Contacts.ReadListAsync(query, InviteOrder, after, count, member.Value, ct);
    }

    /// <summary>
    /// How many invites that a member sent are pending now. One request, whose cost grows with the number; asked only near the limit.
    /// </summary>
    public Task<int> CountPendingSentAsync(MemberId member, CancellationToken ct)
    {
        var query = new QueryDefinition(
            "SELECT VALUE COUNT(1) FROM c WHERE c.pair.direction = 'sent' AND c.pair.state = 'pending' AND c.pair.expiresAt > @now")
            .WithParameter("@now", UtcTimeConverter.Text(time.Now()));
        return containers.Contacts.CountAsync(query, member.Value, ct);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<MemberId, Relation>> FindAsync(
        MemberId caller, IReadOnlyList<MemberId> others, CancellationToken ct)
    {
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

    /// <summary>
    /// The cards of at most a page of members as a member's rows show them; members without a row are left out. One request, none for an
    /// empty list.
    /// </summary>
    public async Task<IReadOnlyDictionary<MemberId, Card>> CardsAsync(
        MemberId member, IReadOnlyList<MemberId> others, CancellationToken ct) => others.Count == 0
            ? new Dictionary<MemberId, Card>()
            : (await AmongAsync<CardRow>("c.otherId, c.other", member, others, ct)).ToDictionary(row => row.OtherId, row => row.Other);

    private Task<IReadOnlyList<T>> AmongAsync<T>(string fields, MemberId member, IReadOnlyList<MemberId> others, CancellationToken ct)
    {
        var query = CosmosCalls.ByIds(fields, [.. others.Select(other => ConnectionId.Of(member, other))]);
        return containers.Contacts.ReadFewAsync<T>(query, member.Value, others.Count, ct);
    }

    private sealed record RelationRow(string Id, MemberId OtherId, PairView Pair);

    private sealed record CardRow(MemberId OtherId, Card Other);
}
