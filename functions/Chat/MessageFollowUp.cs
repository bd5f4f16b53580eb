using Connections.Cosmos;
using Connections.Files;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members;
using Connections.Telemetry;

namespace Connections.Chat;

/// <summary>
/// Shows a new or changed message in both contact rows, takes a deleted message out of its recipient's unread count, and queues the email
/// about unread messages.
/// </summary>
/// <remarks>
/// The call that stores a message shows it. If the call dies on the way, <see cref="RunAsync"/> does, by the sweep, which sees every
/// message once; the email, which is due much later, is queued by the sweep alone. Safe to repeat, in any order: a row never goes back to
/// an earlier message or an earlier revision of the same message.
/// <para>
/// A call writes its own member's row before the other's. So the sweep reads one row for a message, the recipient's: if that shows it,
/// the sender's does too, or will when the later message that it shows instead is swept.
/// </para>
/// </remarks>
public sealed partial class MessageFollowUp(
    ConnectionStore connections,
    ContactStore contacts,
    MessageStore messages,
    Quotes quotes,
    ConversationSeal seal,
    AnswerNotes answers,
    UnreadDigests digests,
    MessageFiles files,
    LiveEvents live,
    TimeProvider time,
    ILogger<MessageFollowUp> log)
{
    /// <summary>
    /// Shows a message in both rows and announces it, unless the two are no longer connected. Two requests; for a repeated call two as
    /// well, most often reads.
    /// </summary>
    /// <remarks>
    /// A block or a removal writes both rows before it is answered. So if it was answered before this runs, no event announces the message,
    /// although it was stored in the same instant.
    /// </remarks>
    /// <param name="own">The caller's row as it was read before the message was stored or changed.</param>
    /// <param name="isRepeated">Whether an earlier call stored it, so that the rows most likely show it and are only read.</param>
    /// <param name="announce">Sends the live event.</param>
    public async Task ShowAsync(
        ContactRow own, MessageDocument message, bool isRepeated, Func<Task> announce, CancellationToken ct)
    {
        var shown = message.ViewFor(message.From);
        var row = isRepeated
            ? (await contacts.EnsureShownAsync(message.From, own.Id, shown, ct)).Row
            : await contacts.ShowMessageAndReadAsync(message.From, own.Id, shown, ct) ?? throw new StaleReadException("A contact row");

        // The row was read as connected, so a row that is no newer says nothing of an end since.
        if (row.Pair.IsConnected || row.Pair.Version <= own.Pair.Version)
        {
            await Task.WhenAll(announce(), TryShowReceivedAsync(message, isRepeated, ct));
        }
        else
        {
            await SealLateAsync(row, [message], ct);
        }
    }

    /// <summary>
    /// Shows what was decided about files that a message shows as being checked. No request for a message that shows none; see
    /// <see cref="MessageFiles.ShowDecidedAsync"/>.
    /// </summary>
    /// <returns>The message if it changed; null otherwise.</returns>
    public async Task<MessageDocument?> ShowDecidedFilesAsync(MessageDocument message, CancellationToken ct)
    {
        var isWaiting = message.Files?.Any(file => file.State == FileState.Checking) == true;
        var changed = isWaiting ? await files.ShowDecidedAsync(message, ct) : null;
        if (changed is not null)
        {
            await ShowFilesAsync(changed, ct);
        }

        return changed;
    }

    /// <summary>Shows a message whose files have changed in both rows, and announces it. Three requests.</summary>
    public async Task ShowFilesAsync(MessageDocument changed, CancellationToken ct)
    {
        if (await contacts.FindAsync(changed.From, changed.ConnectionId, ct) is { Pair.IsConnected: true } own)
        {
            var quote = await quotes.FindAsync(changed, ct);
            await ShowAsync(own, changed, isRepeated: false, () => live.MessageChangedAsync(changed, quote, isNew: true, ct), ct);
        }
    }

    /// <summary>Removes the files of a deleted message. If that fails, the sweep does it.</summary>
    public async Task TryRemoveFilesAsync(MessageDocument deleted, CancellationToken ct)
    {
        try
        {
            await files.RemoveAsync(deleted, ct);
        }
#pragma warning disable CA1031 // The message is deleted, and nobody gets a link to its files.
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotRemoved(e, deleted.ConnectionId);
        }
    }

    /// <summary>Finishes what the calls that stored some messages of one conversation may not have done. One request, most often.</summary>
    /// <exception cref="StaleReadException">A row does not exist yet, or was read as it was before. Try again.</exception>
    /// <exception cref="FilesStillReportedException">Files of a deleted message have to wait for a report. Try again.</exception>
    public async Task RunAsync(IReadOnlyCollection<MessageDocument> ofOneConversation, CancellationToken ct)
    {
        try
        {
            await FinishRowsAsync(ofOneConversation, ct);
        }
        finally
        {
            // Files that have to wait hold up no row, nor the other way round.
            await FinishFilesAsync(ofOneConversation, ct);
        }
    }

    private async Task FinishRowsAsync(IReadOnlyCollection<MessageDocument> ofOneConversation, CancellationToken ct)
    {
        var unsealed = ofOneConversation.Where(message => message.Sealed is not true).ToList();
        if (unsealed.MaxBy(message => (message.Seq, message.Revision)) is not { } last)
        {
            return;
        }

        using var span = Signals.Following(last.Trace);
        await NoteChangesAsync(last, unsealed, ct);
        // The deleted ones first, because they decide which message is the oldest unread one.
        foreach (var deleted in unsealed.Where(message => message.Deleted == true).GroupBy(message => message.To))
        {
            await TakeFromUnreadAsync(deleted.Key, last.ConnectionId, [.. deleted.Select(message => message.FromCount)], ct);
        }

        var wasBehind = false;
        ContactRow? mayBeLate = null;
        foreach (var received in unsealed.GroupBy(message => message.To))
        {
            var (row, behind) = await contacts.EnsureShownAsync(received.Key, last.ConnectionId, last.ViewFor(received.Key), ct);
            wasBehind |= behind;
            mayBeLate = row.Pair is { IsConnected: true, Left: null, SealedSeq: null } ? mayBeLate : row;
            await digests.OnMessagesAsync(row, received.OrderBy(message => message.Seq), ct);
        }

        if (wasBehind)
        {
            LogBehind(last.ConnectionId);
            await contacts.EnsureShownAsync(last.From, last.ConnectionId, last.ViewFor(last.From), ct);
            await NoteLateAsync(last, unsealed.Min(message => message.ChangedAt ?? message.SentAt), ct);
        }

        if (mayBeLate is not null)
        {
            await SealLateAsync(mayBeLate, unsealed, ct);
        }

        await NoteAnswersAsync(unsealed, ct);
    }

    /// <summary>Removes the files of deleted messages, and shows what was decided about those of others. No request for messages without
    /// files.</summary>
    private async Task FinishFilesAsync(IEnumerable<MessageDocument> written, CancellationToken ct)
    {
        foreach (var message in written.Where(message => message.Files is not null))
        {
            if (message.Deleted is true)
            {
                await files.RemoveAsync(message, ct);
            }
            else if (message.Sealed is not true && await files.ShowDecidedAsync(message, ct) is { } changed)
            {
                await ShowFilesAsync(changed, ct);
            }
        }
    }

    /// <summary>Notes how soon a member answered the first message of the other. Nothing for all but a member's first message.</summary>
    private async Task NoteAnswersAsync(IEnumerable<MessageDocument> written, CancellationToken ct)
    {
        foreach (var answer in written.Where(message => message is { FromCount: 1, ToCount: > 0 }))
        {
            var askedAt = answer.ToCount == 1 ? answer.PreviousAt : (await messages.FindAsync(answer.ConnectionId, 1, ct))?.SentAt;
            if (askedAt is { } at)
            {
                await answers.NoteAsync(answer.From, $"{answer.ConnectionId}_message", at, answer.SentAt, ct);
            }
        }
    }

    /// <summary>
    /// Notes in both rows that messages were edited, deleted or reacted to, where the calls that did so may not have: a row has the time of
    /// the last change only. Two requests, none without such messages.
    /// </summary>
    private async Task NoteChangesAsync(MessageDocument last, IEnumerable<MessageDocument> messages, CancellationToken ct)
    {
        var times = messages.Select(message => message.ChangedAt).OfType<DateTimeOffset>().ToList();
        foreach (var member in times.Count == 0 ? (MemberId[])[] : [last.From, last.To])
        {
            if (await contacts.FindAsync(member, last.ConnectionId, ct) is { } row
                && (times.Count > 1 || row.ChangedAt != times[0])
                && !row.Late.Any(mark => mark.From <= times.Min() && mark.At > times.Max()))
            {
                await contacts.NoteLateAsync(member, last.ConnectionId, times.Min(), ct);
            }
        }
    }

    private Task NoteLateAsync(MessageDocument of, DateTimeOffset from, CancellationToken ct) =>
        Task.WhenAll(new[] { of.From, of.To }.Select(member => contacts.NoteLateAsync(member, of.ConnectionId, from, ct)));

    /// <summary>Shows a message to its recipient. If that fails, the sweep does it: the message is stored, and the call succeeds.</summary>
    private async Task TryShowReceivedAsync(MessageDocument message, bool isRepeated, CancellationToken ct)
    {
        try
        {
            var (to, shown) = (message.To, message.ViewFor(message.To));
            if (isRepeated)
            {
                await contacts.EnsureShownAsync(to, message.ConnectionId, shown, ct);
            }
            else
            {
                await contacts.ShowMessageAsync(to, message.ConnectionId, shown, ct);
            }

            if (message.Deleted == true)
            {
                await TakeFromUnreadAsync(to, message.ConnectionId, [message.FromCount], ct);
            }
        }
#pragma warning disable CA1031 // The caller's message is stored, whatever becomes of the other's row.
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotShown(e, message.ConnectionId);
        }
    }

    // The event of a deleted message does not say whether the recipient had read it; the contact, with its unread count, does.
    private async Task TakeFromUnreadAsync(MemberId reader, string connectionId, IReadOnlyCollection<long> numbers, CancellationToken ct)
    {
        if (await contacts.NoteDeletedAsync(reader, connectionId, numbers, ct) is { Pair.State: ConnectionState.Connected } row)
        {
            await live.ConnectionChangedAsync(reader, Contact.Of(row, time.Now()), ct);
        }
    }

    /// <summary>Seals messages of a profile that one of the two has erased since.</summary>
    private async Task SealLateAsync(ContactRow row, IReadOnlyCollection<MessageDocument> messages, CancellationToken ct)
    {
        var connection = (await connections.FindAsync(row.Id, ct))?.Value;
        StaleReadException.ThrowIf(connection is null || connection.Version < row.Pair.Version, "The connection of a message");
        await seal.SealLateAsync(connection!, messages, ct);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A message of connection {ConnectionId} was not shown by its call; the sweep did")]
    private partial void LogBehind(string connectionId);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Files of a deleted message of connection {ConnectionId} are still there; the sweep will remove them")]
    private partial void LogNotRemoved(Exception exception, string connectionId);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "A message of connection {ConnectionId} could not be shown to its recipient; the sweep will")]
    private partial void LogNotShown(Exception exception, string connectionId);
}
