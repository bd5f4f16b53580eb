using Connections.Chat;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members;
using Connections.Notices;
using Connections.Safety;
using Connections.Telemetry;

namespace Connections.FollowUp;

/// <summary>
/// Dispatches a changed connection: queues the notices in its outbox, updates both contact rows and block lists, sends the live events,
/// notes the inviter's conduct and how soon the invitee answered, stores the reports made with links, and marks the change dispatched.
/// </summary>
/// <remarks>
/// A change owes other documents, events and emails. It carries what it owes in the same write, so nothing can be forgotten: the emails in
/// <see cref="Connection.Outbox"/>, everything in <see cref="Connection.OwedSince"/>. The change feed pays, that is, it dispatches; a sweep
/// does when the change feed has lost a change; and marking the change dispatched settles the account. The code says outbox, dispatch and
/// dispatched.
/// <para>
/// Dispatching can be repeated, at the same time and in any order: rows are guarded by the version, events are only hints, and a notice
/// that is queued twice is emailed once. If the connection has changed since, it is not marked, and the later change is dispatched for
/// both.
/// </para>
/// </remarks>
public sealed class ConnectionFollowUp(
    ConnectionStore connections,
    ContactStore contacts,
    BlockStore blocks,
    PairProfiles profiles,
    UnreadDigests digests,
    ReportService reports,
    InviteConduct conduct,
    AnswerNotes answers,
    LiveEvents live,
    INoticeQueue queue,
    TimeProvider time)
{
    /// <summary>Dispatches one connection; does nothing if it is dispatched already.</summary>
    public async Task RunAsync(Connection connection, CancellationToken ct)
    {
        if (connection.OwedSince is null)
        {
            return;
        }

        using var span = Signals.Following(connection.Trace);

        // The queue first: people wait for emails, and an email needs no row.
        foreach (var notice in connection.Outbox)
        {
            await queue.EnqueueAsync(notice, notice.WaitAt(time.Now()), ct);
        }

        var rows = Task.WhenAll(FollowAsync(connection, connection.Inviter, ct), FollowAsync(connection, connection.Invitee, ct));
        await Task.WhenAll(rows, blocks.FollowAsync(connection, ct));
        if (connection.StateVersion > connection.Followed)
        {
            await profiles.FollowAsync(connection, await rows, ct);
            await conduct.FollowAsync(connection, ct);
            await NoteAnswerAsync(connection, ct);
        }

        foreach (var report in connection.OwedReports)
        {
            await reports.StoreAsync(connection, report, ct);
        }

        await connections.MarkDispatchedAsync(connection, ct);
    }

    private Task NoteAnswerAsync(Connection connection, CancellationToken ct) =>
        connection is { WasInvited: true, State: ConnectionState.Connected or ConnectionState.Declined, AnsweredAt: { } at }
            ? answers.NoteAsync(connection.Invitee, $"{connection.Id}_{connection.InviteNumber}", connection.InvitedAt, at, ct)
            : Task.CompletedTask;

    private async Task<ContactRow> FollowAsync(Connection connection, MemberId viewer, CancellationToken ct)
    {
        var row = IsWrittenByCall(connection, viewer)
            ? await contacts.EnsureFollowedAsync(connection, viewer, ct)
            : (await contacts.FollowAsync(connection, viewer, ct)).Row;

        // At once, while the row is current. A connection that the member was never shown needs no event: a block before the first invite,
        // or a pair of a profile that they erased. Any other block looks like a removal.
        if (connection.StateVersion > connection.Followed && connection.WasInvited && !connection.HasLeft(viewer))
        {
            await live.ConnectionChangedAsync(viewer, Contact.Of(row, time.Now()), ct);
        }

        await digests.OnConnectedAsync(connection, row, ct);
        return row;
    }

    /// <summary>Whether the call that made such a change has written the member's row, so that the row needs no patch.</summary>
    private static bool IsWrittenByCall(Connection connection, MemberId viewer) => connection.State switch
    {
        ConnectionState.Pending => viewer == connection.Inviter || connection.InviteNumber == 1,
        ConnectionState.Revoked => viewer == connection.Inviter,
        ConnectionState.Connected or ConnectionState.Declined => viewer == connection.Invitee,
        ConnectionState.Removed or ConnectionState.Blocked => true,
        _ => false,
    };
}
