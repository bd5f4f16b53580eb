using Connections.Cosmos;
using Connections.Email.Preferences;
using Connections.Email.Rendering;
using Connections.Invites;
using Connections.Members;
using Connections.Members.Standing;
using Connections.Notices;
using Connections.Settings;

namespace Connections.Email;

/// <summary>A notice and its records: the connection, the member who gets the email, and the other member as sender.</summary>
public sealed record ConnectionNotice(Notice Notice, Connection Connection, Document<Member> Recipient, Member Sender);

/// <summary>The part that all notices about a connection share. Each goes to one of the two members, who can mute its kind.</summary>
public abstract class ConnectionNoticeHandler(
    ConnectionStore connections, MemberStore members, Suspensions suspensions, NoticeWriter writer) : INoticeHandler
{
    /// <inheritdoc/>
    public abstract IReadOnlyList<NoticeKind> Kinds { get; }

    /// <summary>The decision for an email that nobody needs any more.</summary>
    protected static NoticeDecision NotOwed { get; } = new NoticeDecision.Drop("no longer owed");

    protected ConnectionStore Store => connections;

    /// <inheritdoc/>
    public async Task<NoticeDecision> DecideAsync(Notice notice, CancellationToken ct)
    {
        var connection = (await connections.FindAsync(notice.ConnectionId, ct))?.Value;
        StaleReadException.ThrowIf(
            connection is null
                || connection.InviteNumber < notice.InviteNumber
                || (connection.InviteNumber == notice.InviteNumber && IsStale(notice, connection)),
            "The connection");
        if (connection!.InviteNumber != notice.InviteNumber
            || connection.Sent.GetValueOrDefault(notice.Kind) >= notice.InviteNumber
            || !IsOwed(notice, connection))
        {
            return NotOwed;
        }

        // An email to or about a suspended member waits.
        if (await suspensions.WaitAsync([connection.Inviter, connection.Invitee], ct) is { } until)
        {
            return new NoticeDecision.Wait(until);
        }

        var (finding, findingSender) = (members.FindAsync(notice.To, ct), members.FindAsync(connection.Other(notice.To), ct));
        await Task.WhenAll(finding, findingSender);
        var recipient = await finding ?? throw new StaleReadException("The recipient");
        var sender = (await findingSender ?? throw new StaleReadException("The sender")).Value;
        if (sender.HasErased(connection.InvitedAt) || recipient.Value.HasErased(connection.InvitedAt))
        {
            return new NoticeDecision.Drop("one of the two members has erased their profile");
        }

        if (recipient.Value.Email is null || recipient.Value.MutedNotices.Contains(notice.Kind))
        {
            return new NoticeDecision.Drop("the recipient has muted this kind or has no address");
        }

        return await ComposeAsync(new ConnectionNotice(notice, connection, recipient, sender), ct);
    }

    /// <summary>Whether the connection was read as it was before the notice. States never go back under one invite.</summary>
    protected abstract bool IsStale(Notice notice, Connection connection);

    /// <summary>Whether what the email says is still true.</summary>
    protected abstract bool IsOwed(Notice notice, Connection connection);

    /// <summary>Composes an email that is owed and wanted; most handlers fill in the view and call <see cref="SendAsync"/>.</summary>
    protected abstract Task<NoticeDecision> ComposeAsync(ConnectionNotice owed, CancellationToken ct);

    /// <summary>The decision to send the email, written from a view that <paramref name="complete"/> adds to.</summary>
    /// <param name="markSent">Marks the email as sent; by default in the connection, as sent for its invite. One request.</param>
    protected async Task<NoticeDecision> SendAsync(
        ConnectionNotice owed, Func<NoticeView, NoticeView> complete, CancellationToken ct, Func<Task>? markSent = null)
    {
        // The unsubscribe link is signed with the recipient's key.
        return await members.EnsureKeyAsync(owed.Recipient, ct) is { Value: var recipient }
            ? new NoticeDecision.Send(
                writer.Write(owed, recipient, complete), markSent ?? (() => connections.MarkSentAsync(owed.Notice, ct)))
            : new NoticeDecision.Drop("the recipient is gone");
    }
}

/// <summary>Writes the email of a notice about a connection.</summary>
public sealed class NoticeWriter(NoticeRenderer renderer, UnsubscribeLinks unsubscribe, LinkSettings links)
{
    /// <summary>The email. <paramref name="complete"/> adds to a view of the two members, the note and the conversation's link.</summary>
    public Mail Write(ConnectionNotice owed, Member recipient, Func<NoticeView, NoticeView> complete)
    {
        var kind = owed.Notice.Kind;
        var rendered = renderer.Render(complete(new NoticeView(
            kind,
            recipient.Language,
            Person.Of(recipient, recipient.Id),
            Person.Of(owed.Sender, owed.Sender.Id),
            owed.Connection.Note,
            AcceptUrl: null,
            DeclineUrl: null,
            links.To($"messages/{owed.Connection.Id}"),
            unsubscribe.UrlFor(recipient, kind),
            ExpiresAt: null)));
        return rendered.To(recipient, unsubscribe.ListUnsubscribeHeaders(recipient, kind));
    }
}
