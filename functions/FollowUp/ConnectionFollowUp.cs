using Connections.Chat;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Notices;
using Connections.Safety;
using Connections.Telemetry;

namespace Connections.FollowUp;

/// <summary>Pays what a changed connection owes: both contact rows and block lists, live events, and its outbox into the notice queue; then marks it paid.</summary>
/// <remarks>
/// Safe to run again, at the same time and in any order: rows are guarded by the version, events are only hints, and a notice that
/// is queued twice is mailed once. Marking fails if the connection has changed since, and then the later change pays for both.
/// </remarks>
public sealed class ConnectionFollowUp(
    ConnectionStore connections,
    ContactStore contacts,
    BlockStore blocks,
    PairProfiles profiles,
    UnreadDigests digests,
    LiveEvents live,
    INoticeQueue queue,
    TimeProvider time)
{
    /// <summary>Pays for one connection; does nothing where nothing is owed.</summary>
    public async Task RunAsync(Connection connection, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (connection.OwedSince is null)
        {
            return;
        }

        using var span = Signals.Following(connection.Trace);

        // The queue first: emails are what others wait for, and no row is needed to send one.
        foreach (var notice in connection.Outbox)
        {
            await queue.EnqueueAsync(notice, notice.WaitAt(time.Now()), ct);
        }

        var rows = Task.WhenAll(FollowAsync(connection, connection.Inviter, ct), FollowAsync(connection, connection.Invitee, ct));
        await Task.WhenAll(rows, blocks.FollowAsync(connection, ct));
        if (connection.StateVersion > connection.Followed)
        {
            await profiles.FollowAsync(connection, await rows, ct);
        }

        await connections.TrySettleAsync(connection, ct);
    }

    private async Task<ContactRow> FollowAsync(Connection connection, MemberId viewer, CancellationToken ct)
    {
        var (row, _) = await contacts.FollowAsync(connection, viewer, ct);

        // At once: what the row said a while ago may be over. Read marks have an event of their own, sent by the call that made them. What was never shown cannot go: nobody is told of a
        // block before the first invite, nor of a pair of a profile that they erased. Any other block reaches both as a removal, by the row.
        if (connection.StateVersion > connection.Followed && connection.WasInvited && !connection.HasLeft(viewer))
        {
            await live.ConnectionChangedAsync(viewer, Contact.Of(row, time.Now()), ct);
        }

        await digests.OnConnectionAsync(connection, viewer, row.Chat?.Received ?? 0, ct);
        return row;
    }
}
