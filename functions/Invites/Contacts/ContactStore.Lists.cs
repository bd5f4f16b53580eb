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

    /// <summary>Ended conversations, the one that ended last first.</summary>
    public static ListOrder<ContactRow> EndOrder { get; } =
        new("c.pair.endedAt", SortKind.Time, row => row.Pair.EndedAt, row => row.Id, ConnectionId.IsValid);

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

    /// <summary>A member's rows by their ids, at most a page, in no order. One request; none for an empty list.</summary>
    public async Task<IReadOnlyList<ContactRow>> FindAllAsync(MemberId member, IReadOnlyList<string> ids, CancellationToken ct) => ids is []
        ? []
        : await containers.Contacts.ReadFewAsync<ContactRow>(CosmosCalls.ByIds("*", ids), member.Value, ids.Count, ct);

    /// <summary>A member's next conversations after a position; fewer than asked for only where they end. One request.</summary>
    public Task<IReadOnlyList<ContactRow>> ConversationsAsync(MemberId member, ListPosition? after, int count, CancellationToken ct) =>
        containers.Contacts.ReadListAsync(
            new QueryDefinition(Talking), TalkOrder, after, count, member.Value, ct);

    /// <summary>
    /// A member's next ended conversations after a position, whatever the two have done since; fewer than asked for only where they end.
    /// Conversations with members whom this one blocks, or who block this one, are left out. One request.
    /// </summary>
    public Task<IReadOnlyList<ContactRow>> EndedAsync(MemberId member, ListPosition? after, int count, CancellationToken ct) =>
        containers.Contacts.ReadListAsync(
            new QueryDefinition("SELECT * FROM c WHERE IS_DEFINED(c.pair.endedAt) AND NOT IS_DEFINED(c.pair.blocked)"),
            EndOrder,
            after,
            count,
            member.Value,
            ct);

    /// <summary>
    /// A member's next invites after a position, in one state, or pending and ended lately. An invite that ended earlier is among them for
    /// its inviter while it locks them. One request; none for revoked invites to the member, because revoking is silent.
    /// </summary>
    public async Task<IReadOnlyList<ContactRow>> InvitesAsync(
        MemberId member, Direction direction, ConnectionState? state, ListPosition? after, int count, CancellationToken ct)
    {
        var isSent = direction == Direction.Sent;
        if (state == ConnectionState.Revoked && !isSent)
        {
            return [];
        }

        var now = time.Now();
        const string Pending = "(c.pair.state = 'pending' AND c.pair.expiresAt > @now)";
        const string Expired = "(c.pair.state = 'pending' AND c.pair.expiresAt <= @now AND c.pair.expiresAt > @since)";
        // A connection locks nobody: what its row has is of an earlier invite.
        const string Locked = "(c.pair.until > @now AND c.pair.state != 'connected')";
        var lately = isSent ? $"(c.pair.answeredAt > @since OR {Locked})" : "c.pair.answeredAt > @since";
        string Ended(string states) => $"(c.pair.state IN ({states}) AND {lately})";
        var which = state switch
        {
            ConnectionState.Pending => Pending,
            ConnectionState.Expired => $"({Expired} OR {Ended("'expired'")})",
            { } one => Ended($"'{one.ToString().ToLowerInvariant()}'"),
            null => $"({Pending} OR {Expired} OR {Ended($"'connected', 'declined', 'expired'{(isSent ? ", 'revoked'" : "")}")})",
        };
        var query = new QueryDefinition($"SELECT * FROM c WHERE c.pair.direction = @direction AND {which}")
            .WithParameter("@direction", direction.ToString().ToLowerInvariant())
            .WithParameter("@now", UtcTimeConverter.Text(now))
            .WithParameter("@since", UtcTimeConverter.Text(now - settings.ShowAnsweredFor));
        return await containers.Contacts.ReadListAsync(query, InviteOrder, after, count, member.Value, ct);
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

    /// <summary>
    /// What became of the invites that a member sent since a time, by the name of the state now. One request a page; of a pair only the
    /// last invite counts.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, int>> CountSentSinceAsync(MemberId member, DateTimeOffset since, CancellationToken ct)
    {
        var query = new QueryDefinition(
            "SELECT c.pair.state, c.pair.expiresAt FROM c WHERE c.pair.direction = 'sent' AND c.pair.invitedAt > @since")
            .WithParameter("@since", UtcTimeConverter.Text(since));
        var options = new QueryRequestOptions { PartitionKey = new PartitionKey(member.Value) };
        var (now, counts) = (time.Now(), new Dictionary<string, int>(StringComparer.Ordinal));
        await foreach (var sent in containers.Contacts.ReadAllAsync<SentInvite>(query, ct, options))
        {
            var state = sent.State == ConnectionState.Pending && now >= sent.ExpiresAt ? ConnectionState.Expired : sent.State;
            var name = state.ToString().ToLowerInvariant();
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }

        return counts;
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
    /// What a member's rows keep of at most a page of members whom they block; members without a row are left out. One request, none for an
    /// empty list.
    /// </summary>
    public async Task<IReadOnlyDictionary<MemberId, BlockedRow>> BlockedAsync(
        MemberId member, IReadOnlyList<MemberId> others, CancellationToken ct) => others.Count == 0
        ? new Dictionary<MemberId, BlockedRow>()
        : (await AmongAsync<BlockedRow>("c.id, c.otherId, c.other, c.pair, c.chat.last.seq AS lastSeq", member, others, ct))
            .ToDictionary(row => row.OtherId);

    /// <inheritdoc/>
    public IAsyncEnumerable<MemberId> HiddenFromAsync(MemberId caller, bool related, CancellationToken ct) => related
        ? containers.Contacts
            .ReadPartitionAsync<RelationRow>("SELECT c.id, c.otherId, c.pair FROM c WHERE IS_DEFINED(c.pair.state)", caller.Value, ct)
            .Where(row => Contact.RelationOf(row.Id, row.Pair, time.Now()).State != RelationState.None)
            .Select(row => row.OtherId)
        : containers.Contacts.ReadPartitionAsync<MemberId>("SELECT VALUE c.otherId FROM c WHERE c.pair.blocked = true", caller.Value, ct);

    private Task<IReadOnlyList<T>> AmongAsync<T>(string fields, MemberId member, IReadOnlyList<MemberId> others, CancellationToken ct)
    {
        var query = CosmosCalls.ByIds(fields, [.. others.Select(other => ConnectionId.Of(member, other))]);
        return containers.Contacts.ReadFewAsync<T>(query, member.Value, others.Count, ct);
    }

    private sealed record SentInvite(ConnectionState State, DateTimeOffset ExpiresAt);

    private sealed record RelationRow(string Id, MemberId OtherId, PairView Pair);
}

/// <summary>What a member's row keeps of a member whom they block.</summary>
/// <param name="Id">The connection.</param>
/// <param name="OtherId">The blocked member.</param>
/// <param name="Other">Their card as it was last seen.</param>
/// <param name="Pair">The connection's side of the row.</param>
/// <param name="LastSeq">The last message; absent for none.</param>
public sealed record BlockedRow(string Id, MemberId OtherId, Card Other, PairView Pair, long? LastSeq)
{
    /// <summary>The connection, if it has messages that the blocker may read.</summary>
    public string? ReadableId => Pair.IsBlocker && LastSeq > (Pair.SealedSeq ?? 0) ? Id : null;
}
