using System.Net;
using Connections.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Connections.Invites.Contacts;

/// <content>The conversation's side of a row: the last message, the read marks, and what is unread.</content>
public sealed partial class ContactStore
{
    // More messages than a sender can send and delete within 15 minutes at 30 a minute. The bound keeps the row small.
    private const int MaxDeletedUnread = 500;

    /// <summary>
    /// Shows a message as the last of a row's conversation, unless the row already shows a later message or revision, or the message is
    /// sealed. One request; two for a change of a message that the row does not show as the last one, and three where it lacks the message.
    /// One more for the viewer's own message where the row lacks a received one before it.
    /// </summary>
    /// <returns>False when the row does not exist yet; the connection's follow-up creates it.</returns>
    public async Task<bool> ShowMessageAsync(MemberId viewer, string connectionId, ChatView chat, CancellationToken ct) =>
        (await PatchChatAsync(viewer, connectionId, chat, answersRow: false, ct)).Status != HttpStatusCode.NotFound;

    /// <summary>
    /// Shows a message as <see cref="ShowMessageAsync"/> does, and returns the row. One request more where nothing was changed.
    /// </summary>
    /// <returns>Null when the row does not exist yet.</returns>
    /// <exception cref="StaleReadException">The row was read as it was before the message.</exception>
    public async Task<ContactRow?> ShowMessageAndReadAsync(MemberId viewer, string connectionId, ChatView chat, CancellationToken ct)
    {
        var (status, row) = await PatchChatAsync(viewer, connectionId, chat, answersRow: true, ct);
        if (status == HttpStatusCode.PreconditionFailed)
        {
            row = await FindAsync(viewer, connectionId, ct);
            StaleReadException.ThrowIf(row?.Chat?.IsAtLeast(chat) != true, "A contact row");
        }

        return row;
    }

    /// <summary>
    /// Shows a message that the row most likely shows already. The row is read first, because a read costs a twelfth of the patch. One
    /// request then.
    /// </summary>
    /// <returns>The row, and whether it was behind.</returns>
    /// <exception cref="StaleReadException">The row does not exist yet; the connection's follow-up creates it.</exception>
    public async Task<(ContactRow Row, bool WasBehind)> EnsureShownAsync(
        MemberId viewer, string connectionId, ChatView chat, CancellationToken ct)
    {
        if (await FindAsync(viewer, connectionId, ct) is { } row
            && (row.Shows(chat) || row.Pair.SealedSeq >= chat.Last.Seq))
        {
            return (row, false);
        }

        return (await ShowMessageAndReadAsync(viewer, connectionId, chat, ct) ?? throw new StaleReadException("A contact row"), true);
    }

    /// <summary>
    /// Moves a member's read mark forward in their own row, if the two are still connected and the conversation still ends where the row
    /// says. One request.
    /// </summary>
    /// <param name="row">The row as it was read.</param>
    /// <returns>The row with the mark; null when the row has changed since.</returns>
    public async Task<ContactRow?> TryMarkReadAsync(ContactRow row, ReadMark mark, CancellationToken ct)
    {
        var (_, marked) = await PatchAsync(
            row.MemberId,
            row.Id,
            [
                PatchOperation.Set("/read", mark),
                PatchOperation.Set("/hasUnread", row.UnreadAfter(mark) > 0),
                PatchOperation.Set("/markedUnread", false),
            ],
            $"c.pair.state = 'connected' AND {EndsAs(row)} AND (NOT IS_DEFINED(c.read) OR c.read.seq < {mark.Seq})",
            answersRow: true,
            ct);
        return marked;
    }

    /// <summary>Shows in a member's row how far the other member has read, unless the row knows of more. One request.</summary>
    /// <returns>False when the row does not exist yet.</returns>
    public async Task<bool> ShowReadAsync(MemberId viewer, string connectionId, long seq, CancellationToken ct)
    {
        var (status, _) = await PatchAsync(
            viewer,
            connectionId,
            [PatchOperation.Set("/otherRead", seq)],
            $"NOT IS_DEFINED(c.otherRead) OR c.otherRead < {seq}",
            answersRow: false,
            ct);
        return status != HttpStatusCode.NotFound;
    }

    /// <summary>
    /// Notes that received messages were deleted, so that they no longer count as unread. One request where all of them were read, or noted
    /// before; two otherwise.
    /// </summary>
    /// <param name="viewer">The member who received them.</param>
    /// <param name="numbers">Their numbers among the messages that the viewer has received.</param>
    /// <returns>The row as it is now; null when nothing was changed.</returns>
    /// <exception cref="ContentionException">The row kept changing.</exception>
    public Task<ContactRow?> NoteDeletedAsync(
        MemberId viewer, string connectionId, IReadOnlyCollection<long> numbers, CancellationToken ct) =>
        OptimisticWrite.RunAsync<ContactRow?>(
            time,
            async _ =>
            {
                var read = await containers.Contacts.FindAsync<ContactRow>(connectionId, viewer.Value, ct);
                var received = read?.Value.ReadMark.Received;
                if (read is null || numbers.All(number => number <= received || read.Value.DeletedUnread.Contains(number)))
                {
                    return (ContactRow?)null;
                }

                var noted = read.Value.DeletedUnread.Union(numbers)
                    .Where(number => number > received).Order().TakeLast(MaxDeletedUnread).ToList();
                PatchOperation[] operations = [PatchOperation.Set("/deletedUnread", noted)];
                var (status, changed) = await containers.Contacts.TryPatchAsync<ContactRow>(
                    connectionId, viewer.Value, operations, condition: null, ct, answers: true, read.ETag);
                return status == HttpStatusCode.OK ? changed : new Superseded();
            },
            ct);

    /// <summary>The condition that a row's conversation still ends where it did when the row was read.</summary>
    private static string EndsAs(ContactRow row) =>
        row.Chat is { } chat ? $"c.chat.last.seq = {chat.Last.Seq}" : "NOT IS_DEFINED(c.chat)";

    /// <summary>Shows a message, or notes the change of one that is not the last.</summary>
    private async Task<(HttpStatusCode Status, ContactRow? Row)> PatchChatAsync(
        MemberId viewer, string connectionId, ChatView chat, bool answersRow, CancellationToken ct)
    {
        var (seq, isOwn) = (chat.Last.Seq, chat.Last.From == viewer);
        if (chat.Revision > 0)
        {
            // Most rows show the message as it was before the change. One that lacks it, because its call died, gets a new one.
            var changed = await TryPatchChatAsync($"c.chat.last.seq = {seq} AND c.chat.revision < {chat.Revision}", isNews: false);
            if (changed.Status != HttpStatusCode.PreconditionFailed)
            {
                return changed;
            }

            if (chat.ChangedAt is not null && await NoteChangeAsync(viewer, connectionId, chat, ct) is { } row)
            {
                return (HttpStatusCode.OK, row);
            }
        }

        var isLater = $"(NOT IS_DEFINED(c.chat) OR c.chat.last.seq < {seq})";
        if (isOwn)
        {
            // A message that its member sent before the row showed one that they had received says so too: nothing else will.
            var known = await TryPatchChatAsync($"{isLater} AND {HasReceived(chat.Received)}", isNews: false);
            if (known.Status != HttpStatusCode.PreconditionFailed)
            {
                return known;
            }
        }

        return await TryPatchChatAsync(isLater, isNews: true);

        Task<(HttpStatusCode Status, ContactRow? Row)> TryPatchChatAsync(string condition, bool isNews)
        {
            List<PatchOperation> operations = [PatchOperation.Set("/chat", chat), PatchOperation.Set("/talkedAt", chat.Last.SentAt)];
            if (isNews)
            {
                // Only a message is news: a change makes nothing unread, and brings no conversation back.
                operations.Add(PatchOperation.Set("/hasUnread", true));
            }

            if (isNews && (isOwn || chat.Last.Deleted is not true))
            {
                operations.Add(PatchOperation.Set("/archived", false));
            }

            if (chat.ChangedAt is { } at)
            {
                operations.Add(PatchOperation.Set("/changedAt", at));
            }

            return PatchAsync(
                viewer,
                connectionId,
                operations,
                $"{condition} AND (NOT IS_DEFINED(c.pair.sealedSeq) OR c.pair.sealedSeq < {seq})",
                answersRow,
                ct);
        }
    }

    /// <summary>The condition that a row shows as many received messages.</summary>
    private static string HasReceived(long count) =>
        count == 0 ? "(NOT IS_DEFINED(c.chat) OR c.chat.received = 0)" : $"c.chat.received = {count}";
}
