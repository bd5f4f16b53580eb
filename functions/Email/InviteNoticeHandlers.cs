using Connections.Invites;
using Connections.Members;
using Connections.Members.Standing;
using Connections.Notices;
using Connections.Settings;

namespace Connections.Email;

/// <summary>The email about an invite and its reminder, to the invitee, with links that answer the invite without signing in.</summary>
public sealed class InviteNoticeHandler(
    ConnectionStore connections,
    MemberStore members,
    Suspensions suspensions,
    NoticeWriter writer,
    LinkSettings links,
    TimeProvider time)
    : ConnectionNoticeHandler(connections, members, suspensions, writer)
{
    /// <inheritdoc/>
    public override IReadOnlyList<NoticeKind> Kinds => [NoticeKind.InviteReceived, NoticeKind.Reminder];

    /// <inheritdoc/>
    protected override bool IsStale(Notice notice, Connection connection) => false;

    /// <inheritdoc/>
    protected override bool IsOwed(Notice notice, Connection connection) => connection.StateAt(time.Now()) == ConnectionState.Pending;

    /// <inheritdoc/>
    protected override async Task<NoticeDecision> ComposeAsync(ConnectionNotice owed, CancellationToken ct)
    {
        var connection = owed.Connection;
        // Each attempt has a key of its own, because only hashes are stored. The hash is stored before the email can arrive.
        var key = LinkKey.New();
        if (!await Store.TryAddLinkAsync(connection, owed.Notice.Kind, LinkKey.HashOf(key), ct))
        {
            return NotOwed;
        }

        var path = InviteLinkToken.PathOf(connection.Id, key);
        return await SendAsync(
            owed,
            view => view with
            {
                AcceptUrl = links.ToApi(path + "?answer=accept"),
                DeclineUrl = links.ToApi(path + "?answer=decline"),
                ReportUrl = links.ToApi(path + "?answer=report"),
                OpenUrl = links.To("pending"),
                ProfileUrl = links.ToProfile(connection.Inviter),
                ExpiresAt = connection.ExpiresAt,
                TimeLeft = connection.ExpiresAt - time.Now(),
            },
            ct);
    }
}

/// <summary>The email about an accepted invite, to the inviter.</summary>
public sealed class AcceptedNoticeHandler(
    ConnectionStore connections, MemberStore members, Suspensions suspensions, NoticeWriter writer)
    : ConnectionNoticeHandler(connections, members, suspensions, writer)
{
    /// <inheritdoc/>
    public override IReadOnlyList<NoticeKind> Kinds => [NoticeKind.InviteAccepted];

    /// <inheritdoc/>
    protected override bool IsStale(Notice notice, Connection connection) => connection.State == ConnectionState.Pending;

    /// <inheritdoc/>
    protected override bool IsOwed(Notice notice, Connection connection) => connection.State == ConnectionState.Connected;

    /// <inheritdoc/>
    protected override Task<NoticeDecision> ComposeAsync(ConnectionNotice owed, CancellationToken ct) => SendAsync(owed, view => view, ct);
}
