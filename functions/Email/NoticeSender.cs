using Connections.Chat;
using Connections.Cosmos;
using Connections.Email.Preferences;
using Connections.Email.Rendering;
using Connections.Invites;
using Connections.Members;
using Connections.Notices;
using Connections.Telemetry;
using Microsoft.Extensions.Logging;

namespace Connections.Email;

/// <summary>Decides whether a notice is still owed, writes the email and hands it over, once.</summary>
public sealed partial class NoticeSender(
    ConnectionStore connections,
    MemberStore members,
    UnreadDigests digests,
    NoticeRenderer renderer,
    UnsubscribeLinks unsubscribe,
    LinkSettings links,
    NoticeHandover handover,
    INoticeQueue queue,
    TimeProvider time,
    ILogger<NoticeSender> log)
{
    private const int MaxName = 60;

    /// <summary>Sends a notice, drops it if it is no longer owed, or puts it back if it is early or the service takes no more.</summary>
    /// <exception cref="StaleReadException">What the notice is about was read as it was before the notice.</exception>
    public async Task SendAsync(Notice notice, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(notice);
        if (notice.WaitAt(time.Now()) > TimeSpan.Zero)
        {
            await PutBackAsync(notice, ct);
            return;
        }

        var connection = await FindAsync(notice, ct);
        if (!IsOwed(notice, connection))
        {
            Drop(notice, "no longer owed");
            return;
        }

        var (finding, findingSender) = (members.FindAsync(notice.To, ct), members.FindAsync(connection.Other(notice.To), ct));
        await Task.WhenAll(finding, findingSender);
        var recipient = await finding ?? throw new StaleReadException("The recipient");
        var sender = await findingSender ?? throw new StaleReadException("The sender");
        if (sender.Value.HasErased(connection.InvitedAt) || recipient.Value.HasErased(connection.InvitedAt))
        {
            Drop(notice, "one of the two has erased their profile");
            return;
        }

        if (recipient.Value.Email is null || recipient.Value.MutedNotices.Contains(notice.Kind))
        {
            Drop(notice, "not wanted, or there is no address");
            return;
        }

        UnreadView? unread = null;
        if (notice.Kind == NoticeKind.UnreadMessages)
        {
            switch (await digests.DecideAsync(connection, notice, ct))
            {
                case DigestDecision.Tell tell:
                    unread = tell.Unread;
                    break;
                case DigestDecision.Wait wait:
                    await PutBackAsync(notice with { DueAt = wait.Until }, ct);
                    return;
                default:
                    Drop(notice, "nothing is unread");
                    return;
            }
        }

        recipient = await members.EnsureKeyAsync(recipient, ct);
        if (recipient is null)
        {
            return;
        }

        string? answerPath = null;
        if (connection.State == ConnectionState.Pending)
        {
            // New for each handing over, because the key is stored nowhere. Whichever of them arrives, the connection has its hash by then.
            var key = LinkKey.New();
            if (!await connections.TryAddLinkAsync(connection, notice.Kind, LinkKey.HashOf(key), ct))
            {
                Drop(notice, "no longer owed");
                return;
            }

            answerPath = InviteLinkToken.PathOf(connection.Id, key);
        }

        var mail = Write(notice, connection, answerPath, recipient.Value, sender.Value, unread);
        await handover.RunAsync(notice, mail, () => MarkSentAsync(notice, connection, ct), ct);
    }

    private async Task<Connection> FindAsync(Notice notice, CancellationToken ct)
    {
        // Members who connected, wrote or read under this invite have done so before the notice, and nothing goes back under one invite.
        var connection = (await connections.FindAsync(notice.ConnectionId, ct))?.Value;
        StaleReadException.ThrowIf(
            connection is null
                || connection.InviteNumber < notice.InviteNumber
                || (connection.InviteNumber == notice.InviteNumber
                    && ((notice.Kind is NoticeKind.InviteAccepted or NoticeKind.UnreadMessages && connection.State == ConnectionState.Pending)
                        || notice.ReadSeq > connection.ReadOf(notice.To).Seq)),
            "The connection");
        return connection!;
    }

    /// <summary>Whether the email is still true and not sent: a revoked invite's is dropped, and so is one for an earlier invite of the pair.</summary>
    private bool IsOwed(Notice notice, Connection connection) =>
        connection.InviteNumber == notice.InviteNumber
        && connection.Sent.GetValueOrDefault(notice.Kind) < notice.InviteNumber
        && notice.Kind switch
        {
            NoticeKind.InviteReceived or NoticeKind.Reminder => connection.StateAt(time.Now()) == ConnectionState.Pending,
            NoticeKind.InviteAccepted => connection.State == ConnectionState.Connected,
            NoticeKind.UnreadMessages => UnreadDigests.IsOwed(notice, connection),
            _ => false,
        };

    private Task PutBackAsync(Notice notice, CancellationToken ct) => queue.EnqueueAsync(notice, notice.WaitAt(time.Now()), ct);

    private Task MarkSentAsync(Notice notice, Connection connection, CancellationToken ct) =>
        notice.Kind == NoticeKind.UnreadMessages ? digests.MarkSentAsync(notice, connection, ct) : connections.MarkSentAsync(notice, ct);

    private Mail Write(Notice notice, Connection connection, string? answerPath, Member recipient, Member sender, UnreadView? unread)
    {
        var view = new NoticeView(
            notice.Kind,
            recipient.Language,
            PersonOf(recipient),
            PersonOf(sender),
            connection.Note,
            answerPath is null ? null : links.ToApi(answerPath + "?answer=accept"),
            answerPath is null ? null : links.ToApi(answerPath + "?answer=decline"),
            links.To(connection.State == ConnectionState.Connected ? $"messages/{connection.Id}" : "pending"),
            unsubscribe.UrlFor(recipient, notice.Kind),
            connection.State == ConnectionState.Pending ? connection.ExpiresAt : null,
            connection.ExpiresAt - time.Now(),
            unread);
        var rendered = renderer.Render(view);
        return new Mail(
            recipient.Email!, MemberText.Line(recipient.DisplayName, MaxName), rendered.Subject, rendered.Html, rendered.Text, unsubscribe.ListUnsubscribeHeaders(recipient, notice.Kind));
    }

    private static Person PersonOf(Member? member)
    {
        var card = Card.OfOrFormer(member, default);
        return new Person(card.DisplayName, card.Headline, card.Organisation);
    }

    private void Drop(Notice notice, string reason)
    {
        Signals.Notice(notice.Kind.JsonName(), "dropped");
        LogDropped(notice.Id, reason);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Notice {NoticeId} dropped: {Reason}")]
    private partial void LogDropped(string noticeId, string reason);
}
