using Connections.Cosmos;
using Connections.Email.Rendering;
using Connections.Invites;
using Connections.Notices;

namespace Connections.Chat;

/// <summary>What there is to tell a member of the messages that they have not read.</summary>
public abstract record DigestDecision
{
    private DigestDecision()
    {
    }

    /// <summary>Tell them this now.</summary>
    public sealed record Tell(UnreadView Unread) : DigestDecision;

    /// <summary>Ask again then: the oldest message has not waited long enough, or they are online.</summary>
    public sealed record Wait(DateTimeOffset Until) : DigestDecision;

    /// <summary>Nothing that is still there waits.</summary>
    public sealed record Nothing : DigestDecision;
}

/// <summary>The emails about unread messages: one for each time that a member leaves messages unread, at most one until they read.</summary>
/// <remarks>
/// An email belongs to a member's read mark: however often it is queued for one mark, its id is the same. It is queued by whatever
/// makes a message the oldest unread one: the message itself, or the read mark, or the two connecting again. Each of these stays owed
/// until it has been queued, so a crash loses none; and each puts the message into the contact row before it reads the mark, or the
/// mark into the record before it reads the row, so that of two at once at least one sees the other.
/// </remarks>
public sealed class UnreadDigests(
    MessageStore messages, ConnectionStore connections, INoticeQueue queue, ILiveDelivery live, ChatSettings settings, TimeProvider time)
{
    private const int MaxCounted = 100;
    private const int MaxShown = 3;

    /// <summary>Queues the email that new messages of one conversation may come to owe. One request to the queue for each side.</summary>
    public async Task OnMessagesAsync(Connection connection, IReadOnlyCollection<MessageDocument> ofOneConversation, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(ofOneConversation);
        if (connection.State != ConnectionState.Connected)
        {
            return;
        }

        foreach (var message in ofOneConversation.Where(message => connection.Has(message.To) && IsOldestUntold(message, connection)))
        {
            await QueueAsync(connection, message.To, message.FromCount, message.SentAt + settings.DigestAfter, ct);
        }
    }

    /// <summary>Queues the email that a changed connection may come to owe one side: their read mark moved, or the two have connected again.</summary>
    /// <param name="connection">As it is now.</param>
    /// <param name="member">Which side.</param>
    /// <param name="received">How many messages of the other side their contact row knows of.</param>
    /// <param name="ct">Gives up.</param>
    public async Task OnConnectionAsync(Connection connection, MemberId member, long received, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.State == ConnectionState.Connected && connection.DigestOf(member) is not { Sent: true } && received > PassedOver(connection, member).Received)
        {
            // When it is due depends on the oldest message, which is looked for when the notice comes up.
            await QueueAsync(connection, member, received, dueAt: null, ct);
        }
    }

    /// <summary>Whether a notice is about how things still stand: the two are connected, and the member has neither read on nor been told.</summary>
    public static bool IsOwed(Notice notice, Connection connection)
    {
        ArgumentNullException.ThrowIfNull(notice);
        ArgumentNullException.ThrowIfNull(connection);
        return connection.State == ConnectionState.Connected
            && notice.ReadSeq == connection.ReadOf(notice.To).Seq
            && connection.DigestOf(notice.To) is not { Sent: true };
    }

    /// <summary>What to tell a member now. One request to the database, or three where very many messages wait.</summary>
    /// <exception cref="StaleReadException">The messages were read as they were before the notice.</exception>
    public async Task<DigestDecision> DecideAsync(Connection connection, Notice notice, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(notice);
        var member = notice.To;
        var (other, after) = (connection.Other(member), PassedOver(connection, member));
        var oldest = await messages.FromAfterAsync(connection.Id, other, after.Seq, MaxCounted, newestFirst: false, ct);
        var unread = oldest.Where(IsThere).ToList();
        if (unread.Count == 0)
        {
            var last = oldest is [.., var found] ? found : null;
            StaleReadException.ThrowIf(oldest.Count < MaxCounted && (last?.FromCount ?? after.Received) < notice.Received, "A conversation");
            return last is not null ? await PassOverAsync(connection, member, last, ct) : new DigestDecision.Nothing();
        }

        // Nobody could read what was written before the two connected again.
        var since = connection.AnsweredAt > unread[0].SentAt ? connection.AnsweredAt.Value : unread[0].SentAt;
        var now = time.Now();
        if (since + settings.DigestAfter > now)
        {
            return new DigestDecision.Wait(since + settings.DigestAfter);
        }

        if (await live.IsOnlineAsync(member, ct))
        {
            return new DigestDecision.Wait(now + settings.DigestAfter);
        }

        if (oldest.Count < MaxCounted)
        {
            return Tell(unread.Count, unread);
        }

        var newest = await messages.FromAfterAsync(connection.Id, other, after.Seq, MaxCounted, newestFirst: true, ct);
        var all = await messages.CountFromAfterAsync(connection.Id, other, after.Seq, ct);
        return Tell(all, [.. unread.UnionBy(newest.Where(IsThere).Reverse(), message => message.Seq)]);
    }

    /// <summary>What is told of so many messages, of which these were looked at: those of which nothing can be shown count only where that is so of all.</summary>
    private static DigestDecision.Tell Tell(long count, List<MessageDocument> unread)
    {
        var shown = unread.Where(message => MemberText.IsVisible(message.Text)).ToList();
        return shown.Count == 0
            ? new DigestDecision.Tell(new UnreadView(count, []))
            : new DigestDecision.Tell(new UnreadView(count - (unread.Count - shown.Count), [.. shown.TakeLast(MaxShown).Select(message => message.Text)]));
    }

    /// <summary>Notes that a member was told. One request.</summary>
    public Task MarkSentAsync(Notice notice, Connection connection, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(notice);
        ArgumentNullException.ThrowIfNull(connection);
        return connections.MarkDigestAsync(connection, notice.To, new DigestMark(connection.ReadOf(notice.To).Seq, PassedOver(connection, notice.To), Sent: true), ct);
    }

    /// <summary>All that waited was deleted: the next message counts as the oldest unread one.</summary>
    private async Task<DigestDecision> PassOverAsync(Connection connection, MemberId member, MessageDocument last, CancellationToken ct)
    {
        await connections.MarkDigestAsync(connection, member, new DigestMark(connection.ReadOf(member).Seq, new ReadMark(last.Seq, last.FromCount), Sent: false), ct);

        // One that was stored just before the note has not seen it.
        var next = await messages.FromAfterAsync(connection.Id, last.From, last.Seq, 1, newestFirst: false, ct);
        return next is [var first] ? new DigestDecision.Wait(first.SentAt + settings.DigestAfter) : new DigestDecision.Nothing();
    }

    private static bool IsOldestUntold(MessageDocument message, Connection connection) =>
        connection.DigestOf(message.To) is not { Sent: true } && message.FromCount == PassedOver(connection, message.To).Received + 1;

    /// <summary>What a member has read, and what there is nothing to tell of.</summary>
    private static ReadMark PassedOver(Connection connection, MemberId member) => connection.DigestOf(member)?.PassedOver ?? connection.ReadOf(member);

    private static bool IsThere(MessageDocument message) => message.Deleted is not true;

    private Task QueueAsync(Connection connection, MemberId to, long received, DateTimeOffset? dueAt, CancellationToken ct)
    {
        var (now, seq) = (time.Now(), connection.ReadOf(to).Seq);
        var side = connection.IsFirst(to) ? "first" : "second";
        // Where a conversation was sealed, its read mark stands for both profiles.
        var talk = connection.SealedSeq > 0 ? $"{connection.Id}.{connection.InviteNumber}" : connection.Id;
        var notice = new Notice(
            $"{talk}.{side}.{seq}.{NoticeKind.UnreadMessages}", NoticeKind.UnreadMessages, connection.Id, connection.InviteNumber, to, now, dueAt, seq, Received: received);
        return queue.EnqueueAsync(notice, notice.WaitAt(now), ct);
    }
}
