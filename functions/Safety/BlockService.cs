using Connections.Cosmos;
using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Limits;
using Connections.Members;

namespace Connections.Safety;

/// <summary>Makes and lifts blocks: one write of the pair's connection under its ETag, from which everything else follows.</summary>
/// <remarks>
/// The call also writes both contact rows and the blocker's list, so that once it has answered, no call shows one member to the other. If
/// the call dies before, the change feed writes them. The blocker's row keeps the other member's card as it is now, and the list shows that
/// card. A block does the same work and gives the same answer for every member id, so that it reveals neither whether a member exists nor
/// whether they block the caller.
/// </remarks>
public sealed class BlockService(
    ConnectionStore connections,
    ContactStore contacts,
    BlockStore blocks,
    MemberStore members,
    CapStore caps,
    InviteSettings settings,
    SafetySettings safety,
    TimeProvider time)
{
    /// <summary>Blocks a member in whatever state the pair is, and also where there is no such member.</summary>
    /// <returns>False when the blocker does not block this member and already blocks as many as allowed.</returns>
    public async Task<bool> BlockAsync(MemberId blocker, MemberId blocked, CancellationToken ct) => await caps.WriteAsync(
        safety.Blocking,
        blocker,
        inner => blocks.CountAsync(blocker, inner),
        async inner =>
        {
            var reading = members.FindAsync(blocked, inner);
            var blocking = BlockedAsync(blocker, blocked, inner);
            await Task.WhenAll(reading, blocking);
            var (connection, isNew) = await blocking;
            await ShowAsync(connection, blocker, (await reading)?.Value, inner);
            return isNew;
        },
        inner => blocks.IsBlockedAsync(blocker, blocked, inner),
        ct) is not CappedWrite.NoRoom;

    /// <summary>
    /// Blocks and reports the inviter of a pending invite with the link in its email. One write ends the invite, blocks, and owes the
    /// report; the follow-up stores the report.
    /// </summary>
    /// <remarks>
    /// It is not refused for the number of blocks: an invite leads to one at most, and nobody has to sign in to make room.
    /// </remarks>
    /// <param name="invite">The invite as it was read.</param>
    /// <param name="opens">Whether the link opens the invite as it is at the write.</param>
    /// <returns>False when it no longer does; nothing was changed.</returns>
    public async Task<bool> BlockByLinkAsync(
        Connection invite, InviteAction.Block block, Func<Connection, bool> opens, CancellationToken ct)
    {
        var (blocker, blocked) = (invite.Invitee, invite.Inviter);
        var any = safety.Blocking with { AtMost = int.MaxValue };
        await caps.AcquireAsync(any, blocker, inner => blocks.CountAsync(blocker, inner), ct);
        var transition = await connections.ChangeAsync(
            invite.Id,
            current => opens(current)
                ? ConnectionLife.Apply(current, block, blocker, time.Now(), settings)
                : new Transition.Refused(Refusal.NotTheirs, current.State),
            ct);
        if (transition is not Transition.Moved { After: var after })
        {
            await caps.ReleaseAsync(any, blocker, time.Now(), ct);
            return false;
        }

        await ShowAsync(after, blocker, (await members.FindAsync(blocked, ct))?.Value, ct);
        return true;
    }

    /// <summary>Lifts a member's own block, if there is one. The other member's block stays.</summary>
    public async Task UnblockAsync(MemberId blocker, MemberId blocked, CancellationToken ct)
    {
        var began = time.Now();
        if (await ChangeAsync(blocker, blocked, new InviteAction.Unblock(), ct) is not { } changed)
        {
            return;
        }

        if (!changed.Connection.Blocks.ContainsKey(blocker))
        {
            // They have never blocked the other. More work here would reveal that the other blocks them, or did before any invite.
            if (changed.Connection is { WasInvited: true, State: not ConnectionState.Blocked })
            {
                await contacts.CatchUpAsync(changed.Connection, blocker, ct);
            }
        }
        else
        {
            await Task.WhenAll(
                contacts.FollowAsync(changed.Connection, blocker, ct),
                contacts.FollowAsync(changed.Connection, blocked, ct),
                blocks.FollowAsync(changed.Connection, blocker, ct));
            if (changed.Moved)
            {
                await caps.ReleaseAsync(safety.Blocking, blocker, began, ct);
            }
        }
    }

    private async Task<(Connection Connection, bool Moved)> BlockedAsync(MemberId blocker, MemberId blocked, CancellationToken ct)
    {
        if (await ChangeAsync(blocker, blocked, new InviteAction.Block(), ct) is { } changed)
        {
            return changed;
        }

        var first = ConnectionLife.BeginBlocked(blocker, blocked, time.Now());
        // If it cannot be created, another call has created it in between; connections are never deleted.
        return await connections.TryCreateAsync(first, ct)
            ? (first, true)
            : await ChangeAsync(blocker, blocked, new InviteAction.Block(), ct) ?? throw new StaleReadException("A connection");
    }

    /// <summary>The connection after the action, and whether the action changed it; null when the pair has none.</summary>
    private async Task<(Connection Connection, bool Moved)?> ChangeAsync(
        MemberId actor, MemberId other, InviteAction action, CancellationToken ct) =>
        await connections.ChangeAsync(
            ConnectionId.Of(actor, other), current => ConnectionLife.Apply(current, action, actor, time.Now(), settings), ct) switch
        {
            null => null,
            Transition.Moved moved => (moved.After, true),
            Transition.Same same => (same.Current, false),
            _ => throw new InvalidOperationException("Both members of a pair may block and unblock at any time."),
        };

    private Task ShowAsync(Connection connection, MemberId blocker, Member? blocked, CancellationToken ct)
    {
        var other = connection.Other(blocker);
        return Task.WhenAll(
            ShowToBlockerAsync(connection, blocker, blocked, ct),
            contacts.FollowUnseenAsync(connection, other, Card.Unseen(blocker), ct),
            blocks.FollowAsync(connection, blocker, ct));
    }

    /// <summary>The row keeps the card that the blocker saw last: the current one, if the blocked member is listed.</summary>
    private async Task ShowToBlockerAsync(Connection connection, MemberId blocker, Member? blocked, CancellationToken ct)
    {
        var row = await contacts.FollowUnseenAsync(connection, blocker, ContactStore.CardOf(connection, blocker, blocked), ct);
        if (blocked is { Listed: true } && !connection.IsBlockedBy(blocked.Id) && row.OtherVersion < blocked.CardVersion)
        {
            await contacts.ShowCardAsync(blocker, connection.Id, Card.Of(blocked), ct);
        }
    }
}
