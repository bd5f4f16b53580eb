using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Limits;
using Connections.Members;

namespace Connections.Safety;

/// <summary>What came of blocking a member.</summary>
public enum BlockOutcome
{
    /// <summary>There is no such member.</summary>
    NoSuchMember,

    /// <summary>The blocker blocks as many members as one may.</summary>
    NoRoom,

    /// <summary>The member is blocked, now or since before.</summary>
    Blocked,
}

/// <summary>Where blocks are made and lifted: one guarded write of the pair's connection, from which everything else follows.</summary>
/// <remarks>
/// Both contact rows and the blocker's list are written in the call too, so that from its answer on no call shows the one to the other.
/// If the call dies before, the change feed writes them.
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
    /// <summary>Blocks a member, whatever there is between the two.</summary>
    public async Task<BlockOutcome> BlockAsync(MemberId blocker, MemberId blocked, CancellationToken ct)
    {
        var both = await members.FindManyAsync([blocker, blocked], ct);
        if (!both.ContainsKey(blocked))
        {
            return BlockOutcome.NoSuchMember;
        }

        if (!await caps.TakeAsync(safety.Blocking, blocker, inner => blocks.CountAsync(blocker, inner), ct))
        {
            return await blocks.IsBlockedAsync(blocker, blocked, ct) ? BlockOutcome.Blocked : BlockOutcome.NoRoom;
        }

        Task<Card> CardOf(MemberId member) => Task.FromResult(Card.OfOrFormer(both.GetValueOrDefault(member), member));
        var (connection, isNew) = await BlockedAsync(blocker, blocked, ct);
        await ShowAsync(connection, CardOf, ct);
        if (!isNew)
        {
            await caps.GiveBackAsync(safety.Blocking, blocker, time.Now(), ct);
        }

        return BlockOutcome.Blocked;
    }

    /// <summary>Lifts a member's own block, if there is one; the other's stays.</summary>
    public async Task UnblockAsync(MemberId blocker, MemberId blocked, CancellationToken ct)
    {
        var began = time.Now();
        if (await ChangeAsync(blocker, blocked, new InviteAction.Unblock(), ct) is { } changed)
        {
            await ShowAsync(changed.Connection, async member => Card.OfOrFormer((await members.FindAsync(member, ct))?.Value, member), ct);
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

    private Task ShowAsync(Connection connection, Func<MemberId, Task<Card>> cardOf, CancellationToken ct) => Task.WhenAll(
        contacts.FollowAsync(connection, connection.Inviter, _ => cardOf(connection.Invitee), ct),
        contacts.FollowAsync(connection, connection.Invitee, _ => cardOf(connection.Inviter), ct),
        blocks.FollowAsync(connection, ct));
}
