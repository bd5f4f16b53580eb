using Connections.Chat;
using Connections.Cosmos;
using Connections.Email.Rendering;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members;
using Connections.Members.Standing;
using Connections.Notices;

namespace Connections.Email;

/// <summary>The email about unread messages: at most one until the member reads. <see cref="UnreadDigests"/> queues its notices.</summary>
public sealed class UnreadNoticeHandler(
    ConnectionStore connections,
    MemberStore members,
    Suspensions suspensions,
    NoticeWriter writer,
    MessageStore messages,
    ContactStore contacts,
    ILiveDelivery live,
    ChatSettings settings,
    TimeProvider time) : ConnectionNoticeHandler(connections, members, suspensions, writer)
{
    private const int MaxRead = 100;
    private const int MaxShown = 3;

    // Far longer than a call takes to write its mark; shorter than a stale notice is put back for.
    private static readonly TimeSpan MarkedAfter = TimeSpan.FromSeconds(30);

    private static NoticeDecision NothingUnread { get; } = new NoticeDecision.Drop("nothing is unread");

    // Lifting the mute queues the notice again.
    private static NoticeDecision Muted { get; } = new NoticeDecision.Drop("the member has muted the conversation");

    /// <inheritdoc/>
    public override IReadOnlyList<NoticeKind> Kinds => [NoticeKind.UnreadMessages];

    /// <inheritdoc/>
    protected override bool IsStale(Notice notice, Connection connection) => connection.State == ConnectionState.Pending;

    /// <inheritdoc/>
    protected override bool IsOwed(Notice notice, Connection connection) => connection.State == ConnectionState.Connected;

    /// <summary>Waits until the oldest unread message is old enough and the member is offline.</summary>
    /// <remarks>The member's row, and one request for messages; three when at least <see cref="MaxRead"/> are unread.</remarks>
    /// <exception cref="StaleReadException">The row or the messages were read as they were before the notice was made.</exception>
    protected override async Task<NoticeDecision> ComposeAsync(ConnectionNotice owed, CancellationToken ct)
    {
        var (connection, member, now) = (owed.Connection, owed.Notice.To, time.Now());
        var row = await contacts.FindAsync(member, connection.Id, ct) ?? throw new StaleReadException("A contact row");
        var read = row.ReadMark;
        if (read.Seq != owed.Notice.ReadSeq || connection.DigestOf(member, read) is { Sent: true })
        {
            // A mark is written after its notice is queued. If it is not there after a while, its call has failed.
            StaleReadException.ThrowIf(
                read.Seq < owed.Notice.ReadSeq && now - (owed.Notice.DueAt ?? owed.Notice.OwedSince) < MarkedAfter, "A contact row");
            return NotOwed;
        }

        if (row.Muted is true)
        {
            return Muted;
        }

        var (other, after) = (connection.Other(member), connection.UnreadAfter(member, read));
        var oldest = await messages.FromAfterAsync(connection.Id, other, after.Seq, MaxRead, newestFirst: false, ct);
        var unread = oldest.Where(IsPresent).ToList();
        if (unread.Count == 0)
        {
            var last = oldest is [.., var found] ? found : null;
            StaleReadException.ThrowIf(
                oldest.Count < MaxRead && (last?.FromCount ?? after.Received) < owed.Notice.Received, "A conversation");
            return last is null ? NothingUnread : await PassOverAsync(connection, member, read, last, ct);
        }

        // While the two were not connected, the member could not read.
        var since = connection.AnsweredAt > unread[0].SentAt ? connection.AnsweredAt.Value : unread[0].SentAt;
        if (since + settings.DigestAfter > now)
        {
            return new NoticeDecision.Wait(since + settings.DigestAfter);
        }

        if (await live.IsOnlineAsync(member, ct))
        {
            return new NoticeDecision.Wait(now + settings.DigestAfter);
        }

        long count = unread.Count;
        if (oldest.Count == MaxRead)
        {
            var newest = await messages.FromAfterAsync(connection.Id, other, after.Seq, MaxRead, newestFirst: true, ct);
            count = await messages.CountFromAfterAsync(connection.Id, other, after.Seq, ct);
            unread = [.. unread.UnionBy(newest.Where(IsPresent).Reverse(), message => message.Seq)];
        }

        return await SendAsync(
            owed,
            view => view with { Note = null, Unread = ViewOf(count, unread) },
            ct,
            () => MarkAsync(
                connection, member, new DigestMark(read.Seq, after, Sent: true, NoticeHandover.OperationId(owed.Notice.Id)), ct));
    }

    private static bool IsPresent(MessageDocument message) => message.Deleted is not true;

    /// <summary>The view of <paramref name="count"/> unread messages, of which these were read from the database.</summary>
    private static UnreadView ViewOf(long count, List<MessageDocument> unread)
    {
        var shown = unread.Where(message => MemberText.IsVisible(message.Text) || message.Files is not null).ToList();
        return shown.Count == 0
            ? new UnreadView(count, Array.Empty<UnreadMessage>())
            : new UnreadView(count - (unread.Count - shown.Count), [.. shown.TakeLast(MaxShown).Select(ViewOf)]);
    }

    private static UnreadMessage ViewOf(MessageDocument message) => new(message.Text, message.LastFiles);

    /// <summary>All unread messages were deleted: marks them, so that the next message counts as the oldest unread one.</summary>
    private async Task<NoticeDecision> PassOverAsync(
        Connection connection, MemberId member, ReadMark read, MessageDocument last, CancellationToken ct)
    {
        await MarkAsync(connection, member, new DigestMark(read.Seq, new ReadMark(last.Seq, last.FromCount), Sent: false), ct);

        // The follow-up of a message that was stored just before the mark did not see the mark, so it queued no notice.
        var next = await messages.FromAfterAsync(connection.Id, last.From, last.Seq, 1, newestFirst: false, ct);
        return next is [var first] ? new NoticeDecision.Wait(first.SentAt + settings.DigestAfter) : NothingUnread;
    }

    private Task MarkAsync(Connection connection, MemberId member, DigestMark mark, CancellationToken ct) =>
        Store.MarkDigestAsync(connection, member, mark, ct);
}
