using Connections.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.Invites.Contacts;

/// <content>Lists of a member's rows.</content>
public sealed partial class ContactStore
{
    /// <summary>Conversations: the most recent talk first.</summary>
    public static ListOrder<ContactRow> TalkOrder { get; } =
        new("c.talkedAt", SortKind.Time, row => row.TalkedAt, row => row.Id, ConnectionId.IsOne) { Within = "c.pair.state", MayBeAbsent = true };

    /// <summary>Invites: the newest first.</summary>
    public static ListOrder<ContactRow> InviteOrder { get; } =
        new("c.pair.invitedAt", SortKind.Time, row => row.Pair.InvitedAt, row => row.Id, ConnectionId.IsOne) { Within = "c.pair.direction" };

    /// <summary>All of a member's rows, whatever they say, in no order. One request a page.</summary>
    public IAsyncEnumerable<ContactRow> RowsAsync(MemberId member, CancellationToken ct) => containers.Contacts.ReadAllAsync<ContactRow>(
        // The member's counters stand in the same partition.
        new QueryDefinition("SELECT * FROM c WHERE IS_DEFINED(c.pair.state)"),
        ct,
        new() { PartitionKey = new PartitionKey(member.Value), MaxItemCount = PageRequest.MaxLimit });

    /// <summary>So many of a member's conversations from behind a position on; fewer only where they end. One request.</summary>
    public Task<IReadOnlyList<ContactRow>> ConversationsAsync(MemberId member, ListPosition? after, int count, CancellationToken ct) =>
        containers.Contacts.ReadListAsync(new QueryDefinition("SELECT * FROM c WHERE c.pair.state = 'connected'"), TalkOrder, after, count, member.Value, ct);

    /// <summary>So many of a member's invites from behind a position on: the pending ones only, or also those that ended lately. One request.</summary>
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

    /// <summary>How many of a member's own invites are pending now. One request, whose cost grows with them; asked only near the limit.</summary>
    public Task<int> CountPendingSentAsync(MemberId member, CancellationToken ct)
    {
        var query = new QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE c.pair.direction = 'sent' AND c.pair.state = 'pending' AND c.pair.expiresAt > @now")
            .WithParameter("@now", UtcTimeConverter.Text(time.Now()));
        return containers.Contacts.CountAsync(query, member.Value, ct);
    }
}
