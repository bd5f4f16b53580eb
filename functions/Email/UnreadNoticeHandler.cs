using Connections.Chat;
using Connections.Cosmos;
using Connections.Email.Rendering;
using Connections.Invites;
using Connections.Members;
using Connections.Notices;

namespace Connections.Email;

/// <summary>The email about unread messages: at most one until the member reads. <see cref="UnreadDigests"/> queues its notices.</summary>
public sealed class UnreadNoticeHandler(
    ConnectionStore connections,
    MemberStore members,
    NoticeWriter writer,
    MessageStore messages,
    ILiveDelivery live,
    ChatSettings settings,
    TimeProvider time) : ConnectionNoticeHandler(connections, members, writer)
{
    private const int MaxRead = 100;
    private const int MaxShown = 3;

    private static NoticeDecision NothingUnread { get; } = new NoticeDecision.Drop("nothing is unread");

    /// <inheritdoc/>
    public override IReadOnlyList<NoticeKind> Kinds => [NoticeKind.UnreadMessages];

    /// <inheritdoc/>
    protected override bool IsStale(Notice notice, Connection connection) =>
        connection.State == ConnectionState.Pending || notice.ReadSeq > connection.ReadOf(notice.To).Seq;

    /// <inheritdoc/>
    protected override bool IsOwed(Notice notice, Connection connection) =>
        connection.State == ConnectionState.Connected
        && notice.ReadSeq == connection.ReadOf(notice.To).Seq
        && connection.DigestOf(notice.To) is not { Sent: true };

    /// <summary>Waits until the oldest unread message is old enough and the member is offline.</summary>
    /// <remarks>One request for messages; three when at least <see cref="MaxRead"/> are unread.</remarks>
    /// <exception cref="StaleReadException">The messages were read as they were before the notice was made.</exception>
    protected override async Task<NoticeDecision> ComposeAsync(ConnectionNotice owed, CancellationToken ct)
    {
        var (connection, member) = (owed.Connection, owed.Notice.To);
        var (other, after) = (connection.Other(member), connection.UnreadAfter(member));
        var oldest = await messages.FromAfterAsync(connection.Id, other, after.Seq, MaxRead, newestFirst: false, ct);
        var unread = oldest.Where(IsPresent).ToList();
        if (unread.Count == 0)
        {
            var last = oldest is [.., var found] ? found : null;
            StaleReadException.ThrowIf(
                oldest.Count < MaxRead && (last?.FromCount ?? after.Received) < owed.Notice.Received, "A conversation");
            return last is null ? NothingUnread : await PassOverAsync(connection, member, last, ct);
        }

        // While the two were not connected, the member could not read.
        var since = connection.AnsweredAt > unread[0].SentAt ? connection.AnsweredAt.Value : unread[0].SentAt;
        var now = time.Now();
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

        return await SendAsync(owed, view => view with { Note = null, Unread = ViewOf(count, unread) }, ct);
    }

    /// <inheritdoc/>
    protected override Task MarkSentAsync(Notice notice, Connection connection, CancellationToken ct) =>
        MarkAsync(connection, notice.To, connection.UnreadAfter(notice.To), NoticeHandover.OperationId(notice.Id), ct);

    private static bool IsPresent(MessageDocument message) => message.Deleted is not true;

    /// <summary>The view of <paramref name="count"/> unread messages, of which these were read from the database.</summary>
    private static UnreadView ViewOf(long count, List<MessageDocument> unread)
    {
        var shown = unread.Where(message => MemberText.IsVisible(message.Text)).ToList();
        return shown.Count == 0
            ? new UnreadView(count, [])
            : new UnreadView(count - (unread.Count - shown.Count), [.. shown.TakeLast(MaxShown).Select(message => message.Text)]);
    }

    /// <summary>All unread messages were deleted: marks them, so that the next message counts as the oldest unread one.</summary>
    private async Task<NoticeDecision> PassOverAsync(Connection connection, MemberId member, MessageDocument last, CancellationToken ct)
    {
        await MarkAsync(connection, member, new ReadMark(last.Seq, last.FromCount), mail: null, ct);

        // The follow-up of a message that was stored just before the mark did not see the mark, so it queued no notice.
        var next = await messages.FromAfterAsync(connection.Id, last.From, last.Seq, 1, newestFirst: false, ct);
        return next is [var first] ? new NoticeDecision.Wait(first.SentAt + settings.DigestAfter) : NothingUnread;
    }

    private Task MarkAsync(Connection connection, MemberId member, ReadMark passedOver, Guid? mail, CancellationToken ct) =>
        Store.MarkDigestAsync(
            connection, member, new DigestMark(connection.ReadOf(member).Seq, passedOver, Sent: mail is not null, mail), ct);
}
