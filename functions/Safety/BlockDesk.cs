using Connections.Invites;
using Connections.Invites.Contacts;
using Connections.Members;

namespace Connections.Safety;

/// <summary>Where blocks are made and lifted: one guarded write of the pair's connection, from which everything else follows.</summary>
/// <remarks>
/// Both contact rows and the blocker's list are written in the call too, so that from its answer on no call shows the one to the other.
/// If the call dies before, the change feed writes them.
/// </remarks>
public sealed class BlockDesk(
    ConnectionStore connections, ContactStore contacts, BlockStore blocks, MemberStore members, InviteSettings settings, TimeProvider time)
{
    /// <summary>Blocks a member, whatever there is between the two. False when there is no such member.</summary>
    public async Task<bool> BlockAsync(MemberId blocker, MemberId blocked, CancellationToken ct)
    {
        var both = await members.FindManyAsync([blocker, blocked], ct);
        if (!both.ContainsKey(blocked))
        {
            return false;
        }

        Task<Card> CardOf(MemberId member) => Task.FromResult(Card.OfOrFormer(both.GetValueOrDefault(member), member));
        await ShowAsync(await BlockedAsync(blocker, blocked, ct), CardOf, ct);
        return true;
    }

    /// <summary>Lifts a member's own block, if there is one; the other's stays.</summary>
    public async Task UnblockAsync(MemberId blocker, MemberId blocked, CancellationToken ct)
    {
        if (await ChangeAsync(blocker, blocked, new InviteAction.Unblock(), ct) is { } connection)
        {
            await ShowAsync(connection, async member => Card.OfOrFormer((await members.FindAsync(member, ct))?.Value, member), ct);
        }
    }

    private async Task<Connection> BlockedAsync(MemberId blocker, MemberId blocked, CancellationToken ct)
    {
        if (await ChangeAsync(blocker, blocked, new InviteAction.Block(), ct) is { } changed)
        {
            return changed;
        }

        var first = ConnectionLife.BeginBlocked(blocker, blocked, time.Now());
        // When it cannot be made another call has made it in between; records are never deleted.
        return await connections.TryCreateAsync(first, ct)
            ? first
            : await ChangeAsync(blocker, blocked, new InviteAction.Block(), ct) ?? throw new InvalidOperationException($"Connection {first.Id} is neither there nor absent.");
    }

    /// <summary>The connection as it is after the action; null when the pair has none.</summary>
    private async Task<Connection?> ChangeAsync(MemberId actor, MemberId other, InviteAction action, CancellationToken ct) =>
        await connections.ChangeAsync(
            ConnectionId.Of(actor, other), current => ConnectionLife.Apply(current, action, actor, time.Now(), settings), ct) switch
        {
            null => null,
            Transition.Moved moved => moved.After,
            Transition.Same same => same.Current,
            _ => throw new InvalidOperationException("Either of a pair may block and unblock at any time."),
        };

    private Task ShowAsync(Connection connection, Func<MemberId, Task<Card>> cardOf, CancellationToken ct) => Task.WhenAll(
        contacts.FollowAsync(connection, connection.Inviter, _ => cardOf(connection.Invitee), ct),
        contacts.FollowAsync(connection, connection.Invitee, _ => cardOf(connection.Inviter), ct),
        blocks.FollowAsync(connection, ct));
}
