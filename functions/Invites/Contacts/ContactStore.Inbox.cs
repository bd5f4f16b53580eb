using Connections.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.Invites.Contacts;

/// <summary>A part of a member's conversations.</summary>
public enum InboxPart
{
    /// <summary>Those that are not archived.</summary>
    Inbox,

    /// <summary>Those of the inbox with something unread.</summary>
    Unread,

    /// <summary>The pinned ones.</summary>
    Pinned,

    /// <summary>Those that were put away.</summary>
    Archived,
}

/// <summary>A change of how a conversation stands in its member's inbox; null leaves a flag as it is.</summary>
public sealed record InboxChange(bool? Archived = null, bool? Pinned = null, bool? Muted = null, bool? MarkedUnread = null)
{
    /// <summary>Whether it changes nothing.</summary>
    public bool IsEmpty => this is { Archived: null, Pinned: null, Muted: null, MarkedUnread: null };

    /// <summary>
    /// What it changes of a row. An archived conversation holds no pin, because nobody would see what takes the room; a pinned one is in
    /// the inbox.
    /// </summary>
    public InboxChange On(ContactRow row) => new(
        Difference(row.Archived, Pinned is true ? false : Archived),
        Difference(row.Pinned, Archived is true ? false : Pinned),
        Difference(row.Muted, Muted),
        Difference(row.MarkedUnread, MarkedUnread));

    private static bool? Difference(bool? now, bool? wanted) => wanted == (now ?? false) ? null : wanted;
}

/// <content>How conversations stand in their member's inbox: archived, pinned, muted, marked as unread.</content>
public sealed partial class ContactStore
{
    private const string Talking = "SELECT * FROM c WHERE c.pair.state = 'connected'";
    private const string NotArchived = "(NOT IS_DEFINED(c.archived) OR c.archived = false)";
    private const string NotPinned = "(NOT IS_DEFINED(c.pinned) OR c.pinned = false)";
    private const string PinOfEnded = "c.pinned = true AND c.pair.state != 'connected'";

    /// <summary>The order of a part of the conversations: the one with the latest message first.</summary>
    /// <remarks>Each has an index that begins with what the part is filtered by; the few pinned ones need none of their own.</remarks>
    public static ListOrder<ContactRow> OrderOf(InboxPart part) => part switch
    {
        InboxPart.Archived => TalkOrder with { Within = "c.archived" },
        InboxPart.Unread => TalkOrder with { Within = "c.hasUnread" },
        _ => TalkOrder,
    };

    // What every flag of a row is that nobody has set.
    private static readonly PatchOperation[] NoFlags =
    [
        PatchOperation.Set("/archived", false),
        PatchOperation.Set("/pinned", false),
        PatchOperation.Set("/muted", false),
        PatchOperation.Set("/markedUnread", false),
    ];

    /// <summary>
    /// A member's next conversations of a part after a position; fewer than asked for only where they end. The unread ones may have some
    /// among them that are read. One request.
    /// </summary>
    public Task<IReadOnlyList<ContactRow>> InboxAsync(
        MemberId member, InboxPart part, ListPosition? after, int count, CancellationToken ct) => containers.Contacts.ReadListAsync(
        new QueryDefinition(part switch
        {
            InboxPart.Archived => $"{Talking} AND c.archived = true",
            InboxPart.Unread => $"{Talking} AND c.hasUnread = true AND {NotArchived}",
            InboxPart.Pinned => $"{Talking} AND c.pinned = true",
            _ => $"{Talking} AND {NotArchived}",
        }),
        OrderOf(part),
        after,
        count,
        member.Value,
        ct);

    /// <summary>
    /// Changes how a conversation stands in its member's inbox, if the two are still connected. What takes it out of sight, or says that it
    /// is read, holds only if no message has come since the row was read; a pin holds only if it was not archived since, and the other way
    /// round. One request.
    /// </summary>
    /// <param name="row">The row as it was read.</param>
    /// <param name="change">What differs from the row.</param>
    /// <returns>The row as it is now; null when it has changed since.</returns>
    public async Task<ContactRow?> TryChangeInboxAsync(ContactRow row, InboxChange change, CancellationToken ct)
    {
        var (operations, conditions) = (new List<PatchOperation>(), new List<string> { "c.pair.state = 'connected'" });
        if (change.Archived is { } archived)
        {
            operations.Add(PatchOperation.Set("/archived", archived));
            if (archived && change.Pinned is null)
            {
                conditions.Add(NotPinned);
            }
        }

        if (change.Pinned is { } pinned)
        {
            operations.Add(PatchOperation.Set("/pinned", pinned));
            conditions.Add(pinned ? NotPinned : "c.pinned = true");
            if (pinned && change.Archived is null)
            {
                conditions.Add(NotArchived);
            }
        }

        if (change.Muted is { } muted)
        {
            operations.Add(PatchOperation.Set("/muted", muted));
        }

        if (change.MarkedUnread is { } marked)
        {
            operations.Add(PatchOperation.Set("/markedUnread", marked));
            operations.Add(PatchOperation.Set("/hasUnread", marked || row.Unread > 0));
        }

        if (change.Archived is true || change.MarkedUnread is false)
        {
            conditions.Add(EndsAs(row));
            conditions.Add(row.Read is { } read ? $"c.read.seq = {read.Seq}" : "NOT IS_DEFINED(c.read)");
        }

        var (_, changed) = await PatchAsync(
            row.MemberId, row.Id, operations, string.Join(" AND ", conditions), answersRow: true, ct);
        return changed;
    }

    /// <summary>How many conversations a member has pinned, with those that have ended since. One request.</summary>
    public Task<int> CountPinnedAsync(MemberId member, CancellationToken ct) => containers.Contacts.CountAsync(
        new QueryDefinition("SELECT VALUE COUNT(1) FROM c WHERE c.pinned = true"), member.Value, ct);

    /// <summary>
    /// Gives up a member's pins of connections that have ended, which they can neither see nor give up. One request, and one for each.
    /// </summary>
    /// <returns>How many there were.</returns>
    public async Task<int> GiveUpPinsAsync(MemberId member, CancellationToken ct)
    {
        var ended = await containers.Contacts.ReadFewAsync<string>(
            new QueryDefinition($"SELECT VALUE c.id FROM c WHERE {PinOfEnded}"), member.Value, PageRequest.MaxLimit, ct);
        var count = 0;
        foreach (var id in ended)
        {
            var (_, row) = await PatchAsync(
                member, id, [PatchOperation.Set("/pinned", false)], PinOfEnded, answersRow: true, ct);
            count += row is null ? 0 : 1;
        }

        return count;
    }
}
