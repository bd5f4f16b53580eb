using Connections.Cosmos;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Telemetry;

namespace Connections.Chat;

/// <summary>Shows a new or changed message in both sides' contact rows, takes a deleted one out of what its reader has unread, queues the email for whoever does not read it, and notes that it did.</summary>
/// <remarks>Safe to run again and in any order: a row never goes back to an earlier message, nor to an earlier text of the same one.</remarks>
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
    /// Shows a message in its sender's own row at once, so that they read their own write, and tells whether the two are connected still. One
    /// request; another where the row shows it already, and three where the row is not made yet, because the call that should have made it died.
    /// </summary>
    /// <remarks>
    /// A block or a removal writes both rows before it is answered. So when it was answered before this, this answers false, and the message,
    /// which was stored in the same instant, must not be told of.
    /// </remarks>
    /// <param name="connection">Where it was sent.</param>
    /// <param name="message">As it is stored.</param>
    /// <param name="isRepeated">Whether an earlier call stored it, so that the row most likely shows it: then the row is only looked at.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<bool> ShowOwnAsync(Connection connection, MessageDocument message, bool isRepeated, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(message);
        var (sender, shown) = (message.From, message.ViewFor(message.From));
        if (isRepeated && await contacts.FindAsync(sender, connection.Id, ct) is { } seen && (message.OwedSince is null || seen.Chat?.IsAtLeast(shown) == true))
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

    /// <summary>A row that is behind the connection as it was read, where the two were connected, tells of no end since.</summary>
    private static bool IsStillConnected(Connection connection, ContactRow row) => row.Pair.IsConnected || row.Pair.Version <= connection.Version;

    /// <summary>Pays what one message owes; does nothing where nothing is owed.</summary>
    public Task RunAsync(MessageDocument message, CancellationToken ct) => RunAsync([message], ct);

    /// <summary>Pays what several messages of one conversation owe: the rows need only the last of them.</summary>
    /// <exception cref="InvalidOperationException">A row does not exist yet; the connection's own follow-up makes it. Try again.</exception>
    public async Task RunAsync(IReadOnlyCollection<MessageDocument> ofOneConversation, CancellationToken ct)
    {
        var owing = ofOneConversation.Where(message => message.OwedSince is not null).ToList();
        if (owing.Count == 0)
        {
            return;
        }

        var last = owing.MaxBy(message => (message.Seq, message.Revision))!;
        using var span = Signals.Following(last.Trace);
        // The sender's call has shown it in their row, unless it died.
        var own = contacts.EnsureShownAsync(last.From, last.ConnectionId, last.ViewFor(last.From), ct);
        var received = contacts.ShowMessageAndReadAsync(last.To, last.ConnectionId, last.ViewFor(last.To), ct);
        await Task.WhenAll(own, received);
        if (!await own || await received is not { } row)
        {
            throw new InvalidOperationException($"A contact row of connection {last.ConnectionId} is not there yet.");
        }

        foreach (var deleted in owing.Where(message => message.Deleted == true).GroupBy(message => message.To))
        {
            await TakeFromUnreadAsync(deleted.Key, last.ConnectionId, [.. deleted.Select(message => message.FromCount)], ct);
        }

        // After the rows: an erasure that began meanwhile finds the message, or is found here. And the row says how new the connection is at least: an older one
        // may have an older read mark, or not be connected yet.
        var connection = (await connections.FindAsync(last.ConnectionId, ct))?.Value;
        StaleReadException.ThrowIf(connection is null || connection.Version < row.Pair.Version, "The connection of a message");
        await seal.SealLateAsync(connection!, owing, ct);
        await digests.OnMessagesAsync(connection!, owing, ct);
        await Task.WhenAll(owing.Select(message => messages.SettleAsync(message, ct)));
    }

    // The event of a deleted message does not tell its reader's clients whether they had it among the unread ones; the contact does.
    private async Task TakeFromUnreadAsync(MemberId reader, string connectionId, IReadOnlyCollection<long> numbers, CancellationToken ct)
    {
        if (await contacts.NoteDeletedAsync(reader, connectionId, numbers, ct) is { Pair.State: ConnectionState.Connected } row)
        {
            await live.ConnectionChangedAsync(reader, Contact.Of(row, time.Now()), ct);
        }
    }
}
