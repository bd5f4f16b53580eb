using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Limits;
using Connections.Members;

namespace Connections.Safety;

/// <summary>Where blocks are made and lifted: one guarded write of the pair's connection, from which everything else follows.</summary>
/// <remarks>
/// Both contact rows and the blocker's list are written in the call too, so that from its answer on no call shows the one to the other.
/// If the call dies before, the change feed writes them. The blocker's own row keeps the other's card as it was then; the list shows that.
/// A block does the same work whoever it is of, and answers the same, so that it tells neither who exists nor who blocks the caller.
/// </remarks>
public sealed class BlockDesk(
    ConnectionStore connections,
    ContactStore contacts,
    BlockStore blocks,
    MemberStore members,
    CapStore caps,
    InviteSettings settings,
    SafetySettings safety,
    TimeProvider time)
{
    /// <summary>Blocks a member, whatever there is between the two, and whether or not there is such a member yet.</summary>
    /// <returns>False when the blocker blocks as many members as one may, and not this one.</returns>
    public async Task<bool> BlockAsync(MemberId blocker, MemberId blocked, CancellationToken ct)
    {
        if (!await caps.TakeAsync(safety.Blocking, blocker, inner => blocks.CountAsync(blocker, inner), ct))
        {
            return await blocks.IsBlockedAsync(blocker, blocked, ct);
        }

        var reading = members.FindAsync(blocked, ct);
        var blocking = BlockedAsync(blocker, blocked, ct);
        await Task.WhenAll(reading, blocking);
        var (connection, isNew) = await blocking;
        await ShowAsync(connection, blocker, (await reading)?.Value, ct);
        if (!isNew)
        {
            await caps.GiveBackAsync(safety.Blocking, blocker, time.Now(), ct);
        }

        return true;
    }

    /// <summary>Lifts a member's own block, if there is one; the other's stays.</summary>
    public async Task UnblockAsync(MemberId blocker, MemberId blocked, CancellationToken ct)
    {
        var began = time.Now();
        if (await ChangeAsync(blocker, blocked, new InviteAction.Unblock(), ct) is not { } changed)
        {
            return;
        }

        if (!changed.Connection.Blocks.ContainsKey(blocker))
        {
            // They have never blocked. That the other blocks them, or did before any invite, must not be told by more work.
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
                await caps.GiveBackAsync(safety.Blocking, blocker, began, ct);
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
        // When it cannot be made another call has made it in between; records are never deleted.
        return await connections.TryCreateAsync(first, ct)
            ? (first, true)
            : await ChangeAsync(blocker, blocked, new InviteAction.Block(), ct) ?? throw new InvalidOperationException($"Connection {first.Id} is neither there nor absent.");
    }

    /// <summary>The connection as it is after the action, and whether the action changed it; null when the pair has none.</summary>
    private async Task<(Connection Connection, bool Moved)?> ChangeAsync(MemberId actor, MemberId other, InviteAction action, CancellationToken ct) =>
        await connections.ChangeAsync(
            ConnectionId.Of(actor, other), current => ConnectionLife.Apply(current, action, actor, time.Now(), settings), ct) switch
        {
            null => null,
            Transition.Moved moved => (moved.After, true),
            Transition.Same same => (same.Current, false),
            _ => throw new InvalidOperationException("Either of a pair may block and unblock at any time."),
        };

    private Task ShowAsync(Connection connection, MemberId blocker, Member? blocked, CancellationToken ct)
    {
        var other = connection.Other(blocker);
        return Task.WhenAll(
            ShowToBlockerAsync(connection, blocker, blocked, ct),
            contacts.FollowUnseenAsync(connection, other, Card.Unseen(blocker), ct),
            blocks.FollowAsync(connection, blocker, ct));
    }

    /// <summary>The row keeps the card that the blocker saw last: as it is now, where anybody may see it.</summary>
    private async Task ShowToBlockerAsync(Connection connection, MemberId blocker, Member? blocked, CancellationToken ct)
    {
        var row = await contacts.FollowUnseenAsync(connection, blocker, ContactStore.CardOf(connection, blocker, blocked), ct);
        if (blocked is { Listed: true } && !connection.IsBlockedBy(blocked.Id) && row.OtherVersion < blocked.CardVersion)
        {
            await contacts.ShowCardAsync(blocker, connection.Id, Card.Of(blocked), ct);
        }
    }
}
