using Connections.Cosmos;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Telemetry;

namespace Connections.Chat;

/// <summary>
/// Dispatches a new or changed message: shows it in both contact rows, takes a deleted message out of its recipient's unread count, queues
/// the email about unread messages, and marks the message dispatched.
/// </summary>
/// <remarks>Safe to repeat, in any order: a row never goes back to an earlier message or an earlier revision of the same message.</remarks>
public sealed class MessageFollowUp(
    MessageStore messages,
    ConnectionStore connections,
    ContactStore contacts,
    ConversationSeal seal,
    UnreadDigests digests,
    LiveEvents live,
    TimeProvider time)
{
    /// <summary>
    /// Shows a message in its sender's row at once, so that the sender reads their own write, and returns whether the two are still
    /// connected. One request; two when the row shows it already, and four when the row does not exist, because the call that should have
    /// created it died.
    /// </summary>
    /// <remarks>
    /// A block or a removal writes both rows before it is answered. So if it was answered before this runs, this returns false, and no
    /// event may announce the message, although it was stored in the same instant.
    /// </remarks>
    /// <param name="connection">The connection that it was sent in.</param>
    /// <param name="isRepeated">Whether an earlier call stored it, so that the row most likely shows it and is only read.</param>
    public async Task<bool> ShowOwnAsync(Connection connection, MessageDocument message, bool isRepeated, CancellationToken ct)
    {
        var (sender, shown) = (message.From, message.ViewFor(message.From));
        if (isRepeated
            && await contacts.FindAsync(sender, connection.Id, ct) is { } seen
            && (message.OwedSince is null || seen.Chat?.IsAtLeast(shown) == true))
        {
            return IsStillConnected(connection, seen);
        }

        if (await contacts.ShowMessageAndReadAsync(sender, connection.Id, shown, ct) is { } row)
        {
            return IsStillConnected(connection, row);
        }

        var (made, _) = await contacts.FollowAsync(connection, sender, ct);
        return IsStillConnected(connection, await contacts.ShowMessageAndReadAsync(sender, connection.Id, shown, ct) ?? made);
    }

    /// <summary>The connection was read as connected, so a row that is no newer than the read says nothing of an end since.</summary>
    private static bool IsStillConnected(Connection connection, ContactRow row) =>
        row.Pair.IsConnected || row.Pair.Version <= connection.Version;

    /// <summary>Dispatches a message; does nothing if it is dispatched already.</summary>
    public Task RunAsync(MessageDocument message, CancellationToken ct) => RunAsync([message], ct);

    /// <summary>Dispatches several messages of one conversation: the rows need only the last of them.</summary>
    /// <exception cref="InvalidOperationException">A row does not exist yet; the connection's follow-up creates it. Try again.</exception>
    public async Task RunAsync(IReadOnlyCollection<MessageDocument> ofOneConversation, CancellationToken ct)
    {
        var undispatched = ofOneConversation.Where(message => message.OwedSince is not null).ToList();
        if (undispatched.Count == 0)
        {
            return;
        }

        var last = undispatched.MaxBy(message => (message.Seq, message.Revision))!;
        using var span = Signals.Following(last.Trace);
        // Before the rows show them, so that nobody reads a row that shows them and does not say so.
        if (undispatched.Min(message => message.OwedSince) is { } owed && time.Now() - owed > ContactStore.LateAfter)
        {
            await Task.WhenAll(new[] { last.From, last.To }.Select(member => contacts.NoteLateAsync(member, last.ConnectionId, owed, ct)));
        }

        // The sender's call has already shown it in their row, unless it died.
        var own = contacts.EnsureShownAsync(last.From, last.ConnectionId, last.ViewFor(last.From), ct);
        var received = contacts.ShowMessageAndReadAsync(last.To, last.ConnectionId, last.ViewFor(last.To), ct);
        await Task.WhenAll(own, received);
        if (!await own || await received is not { } row)
        {
            throw new InvalidOperationException($"A contact row of connection {last.ConnectionId} is not there yet.");
        }

        // The rows show the last message. That an earlier one has changed is noted beside it.
        if (undispatched.Where(message => message.Seq < last.Seq).MaxBy(message => message.ChangedAt) is { ChangedAt: not null } changed)
        {
            await Task.WhenAll(new[] { last.From, last.To }
                .Select(member => contacts.EnsureShownAsync(member, last.ConnectionId, changed.ViewFor(member), ct)));
        }

        foreach (var deleted in undispatched.Where(message => message.Deleted == true).GroupBy(message => message.To))
        {
            await TakeFromUnreadAsync(deleted.Key, last.ConnectionId, [.. deleted.Select(message => message.FromCount)], ct);
        }

        // After the rows, so that an erasure that began meanwhile finds the message or is found here. The connection must be as new as the
        // row: an older one may have an older read mark, or not be connected yet.
        var connection = (await connections.FindAsync(last.ConnectionId, ct))?.Value;
        StaleReadException.ThrowIf(connection is null || connection.Version < row.Pair.Version, "The connection of a message");
        await seal.SealLateAsync(connection!, undispatched, ct);
        await digests.OnMessagesAsync(connection!, undispatched, ct);
        await Task.WhenAll(undispatched.Select(message => messages.MarkDispatchedAsync(message, ct)));
    }

    // The event of a deleted message does not say whether the recipient had read it; the contact, with its unread count, does.
    private async Task TakeFromUnreadAsync(MemberId reader, string connectionId, IReadOnlyCollection<long> numbers, CancellationToken ct)
    {
        if (await contacts.NoteDeletedAsync(reader, connectionId, numbers, ct) is { Pair.State: ConnectionState.Connected } row)
        {
            await live.ConnectionChangedAsync(reader, Contact.Of(row, time.Now()), ct);
        }
    }
}
