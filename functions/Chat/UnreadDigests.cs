using Connections.Invites;
using Connections.Notices;

namespace Connections.Chat;

/// <summary>Queues the emails about unread messages: at most one until the member reads.</summary>
/// <remarks>
/// The notice's id is made from the member's read mark, so queueing it again for the same mark does not make a second email. Three events
/// can make a message the oldest unread one, and each queues the notice: the message itself, a new read mark, and the two connecting again.
/// Each event stays in its outbox until the notice is queued, so a crash loses no notice. A message is written to the contact row before
/// the read mark is read, and a read mark to the connection before the row is read: of two concurrent events at least one sees the other.
/// </remarks>
public sealed class UnreadDigests(INoticeQueue queue, ChatSettings settings, TimeProvider time)
{
    /// <summary>Queues the notice about new messages of one conversation. One request to the queue for each side.</summary>
    public async Task OnMessagesAsync(Connection connection, IReadOnlyCollection<MessageDocument> ofOneConversation, CancellationToken ct)
    {
        if (connection.State != ConnectionState.Connected)
        {
            return;
        }

        foreach (var message in ofOneConversation.Where(message => connection.Has(message.To) && IsOldestUnread(message, connection)))
        {
            await QueueAsync(connection, message.To, message.FromCount, message.SentAt + settings.DigestAfter, ct);
        }
    }

    /// <summary>Queues the notice for one side of a changed connection: their read mark moved, or the two have connected again.</summary>
    /// <param name="connection">The current record.</param>
    /// <param name="member">The side.</param>
    /// <param name="received">The number of messages from the other side that the member's contact row counts.</param>
    /// <param name="ct">Cancels the request to the queue.</param>
    public async Task OnConnectionAsync(Connection connection, MemberId member, long received, CancellationToken ct)
    {
        if (connection.State == ConnectionState.Connected
            && connection.DigestOf(member) is not { Sent: true }
            && received > connection.UnreadAfter(member).Received)
        {
            // It is due when the oldest message has waited long enough. The handler of the notice looks that message up.
            await QueueAsync(connection, member, received, dueAt: null, ct);
        }
    }

    private static bool IsOldestUnread(MessageDocument message, Connection connection) =>
        connection.DigestOf(message.To) is not { Sent: true } && message.FromCount == connection.UnreadAfter(message.To).Received + 1;

    private Task QueueAsync(Connection connection, MemberId to, long received, DateTimeOffset? dueAt, CancellationToken ct)
    {
        var (now, seq) = (time.Now(), connection.ReadOf(to).Seq);
        var side = connection.IsFirst(to) ? "first" : "second";
        // A sealed conversation goes on with another profile under the same read marks; the invite's number tells the two apart.
        var conversation = connection.SealedSeq > 0 ? $"{connection.Id}.{connection.InviteNumber}" : connection.Id;
        var notice = new Notice(
            $"{conversation}.{side}.{seq}.{NoticeKind.UnreadMessages}",
            NoticeKind.UnreadMessages,
            connection.Id,
            connection.InviteNumber,
            to,
            now,
            dueAt,
            seq,
            Received: received);
        return queue.EnqueueAsync(notice, notice.WaitAt(now), ct);
    }
}
