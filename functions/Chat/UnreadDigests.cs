using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Notices;

namespace Connections.Chat;

/// <summary>Queues the emails about unread messages: at most one until the member reads.</summary>
/// <remarks>
/// The notice's id is made from the member's read mark, so queueing it again for the same mark does not make a second email. Three events
/// can make a message the oldest unread one, and each queues the notice: the message itself, a new read mark, and the two connecting again.
/// A fourth is the end of a mute, while which a notice that is due is dropped.
/// The last message and the read mark are in one document, the member's row: a mark is written only on the row that it was decided on, and
/// its notice is queued before; a row that shows a message has every mark that was written before the message was shown.
/// </remarks>
public sealed class UnreadDigests(ConnectionStore connections, INoticeQueue queue, ChatSettings settings, TimeProvider time)
{
    // Far longer than a call takes to write that the mute is lifted.
    private static readonly TimeSpan UnmutedAfter = TimeSpan.FromSeconds(30);

    /// <summary>Queues the notice about messages to one member, if one of them is the oldest unread one. At most one request.</summary>
    /// <param name="row">The member's row, which shows the messages.</param>
    /// <param name="received">Messages to the member, or some of them.</param>
    public async Task OnMessagesAsync(ContactRow row, IEnumerable<MessageDocument> received, CancellationToken ct)
    {
        if (row.Pair.IsConnected && received.FirstOrDefault(message => IsOldestUnread(message, row)) is { } oldest)
        {
            await QueueAsync(row, row.ReadMark.Seq, oldest.FromCount, oldest.SentAt + settings.DigestAfter, ct);
        }
    }

    /// <summary>
    /// Queues the notice about the messages that a new read mark leaves unread, before the mark is written. No request where it leaves
    /// none.
    /// </summary>
    /// <param name="row">The reader's row as it is before the mark.</param>
    public Task OnReadAsync(ContactRow row, ReadMark mark, CancellationToken ct) =>
        // It is due when the oldest message has waited long enough. The handler of the notice looks that message up.
        row.UnreadAfter(mark) > 0 ? QueueAsync(row, mark.Seq, row.Chat!.Received, dueAt: null, ct) : Task.CompletedTask;

    /// <summary>Queues the notice about what is unread when the two have connected again.</summary>
    /// <param name="connection">The current record.</param>
    /// <param name="row">A side's row.</param>
    public Task OnConnectedAsync(Connection connection, ContactRow row, CancellationToken ct) =>
        connection.State == ConnectionState.Connected
        && connection.DigestOf(row.MemberId, row.ReadMark) is not { Sent: true }
        && row.Unread > 0
            ? QueueAsync(row, row.ReadMark.Seq, row.Chat!.Received, dueAt: null, ct)
            : Task.CompletedTask;

    /// <summary>
    /// Queues the notice about what is still unread when a member lifts the mute of a conversation, before that is written: the one that
    /// was due meanwhile was dropped. No request where nothing is unread.
    /// </summary>
    /// <param name="row">The member's row as it is before that.</param>
    public Task OnUnmutedAsync(ContactRow row, CancellationToken ct) => row is { Pair.IsConnected: true, Unread: > 0 }
        ? QueueAsync(row, row.ReadMark.Seq, row.Chat!.Received, time.Now() + UnmutedAfter, ct)
        : Task.CompletedTask;

    private static bool IsOldestUnread(MessageDocument message, ContactRow row) =>
        message.Deleted is not true
        && message.FromCount > row.ReadMark.Received
        && row.UnreadAfter(row.ReadMark, message.FromCount - 1) == 0;

    private async Task QueueAsync(ContactRow row, long readSeq, long received, DateTimeOffset? dueAt, CancellationToken ct)
    {
        var (now, to) = (time.Now(), row.MemberId);
        var side = to.CompareTo(row.OtherId) < 0 ? "first" : "second";
        // A row from before the number was kept there.
        var inviteNumber = row.Pair.InviteNumber ?? (await connections.FindAsync(row.Id, ct))!.Value.InviteNumber;
        // A sealed conversation goes on with another profile under the same read marks; the invite's number tells the two apart.
        var conversation = row.Pair.SealedSeq > 0 ? $"{row.Id}.{inviteNumber}" : row.Id;
        var notice = new Notice(
            $"{conversation}.{side}.{readSeq}.{NoticeKind.UnreadMessages}",
            NoticeKind.UnreadMessages,
            row.Id,
            inviteNumber,
            to,
            now,
            dueAt,
            readSeq,
            Received: received);
        await queue.EnqueueAsync(notice, notice.WaitAt(now), ct);
    }
}
