using System.Net;
using Connections.Cosmos;
using Connections.Invites.Contacts;
using Connections.Members;
using Microsoft.Azure.Cosmos;

namespace Connections.Invites;

/// <summary>An invite that stands.</summary>
/// <param name="Contact">The connection as the inviter sees it.</param>
/// <param name="IsNew">Whether this call made the invite.</param>
public sealed record Invited(Contact Contact, bool IsNew);

/// <summary>Where invites are made, answered and taken back.</summary>
public sealed class InviteDesk(
    ConnectionStore connections, ContactStore contacts, MemberStore members, InviteAllowance allowance, InviteSettings settings, TimeProvider time)
{
    // Each round that loses found the record made or changed by another call in between.
    private const int MaxRaces = 50;

    /// <summary>Invites a creator, once per pair. Six requests the first time: both profiles and the pair's record at once, the day's place, the record, the own row.</summary>
    /// <remarks>
    /// The record is looked for before anything is decided, although most pairs have none: so an invite to a member who blocks the caller
    /// does the same work as one to nobody, and one that makes no invite takes no place.
    /// </remarks>
    public async Task<Result<Invited>> InviteAsync(MemberId inviter, MemberId invitee, string? note, CancellationToken ct)
    {
        if (inviter == invitee)
        {
            return new InvalidInput("creatorId", "You cannot invite yourself.");
        }

        var reading = members.FindManyAsync([inviter, invitee], ct);
        var finding = connections.FindAsync(ConnectionId.Of(inviter, invitee), ct);
        await Task.WhenAll(reading, finding);
        var both = await reading;
        if (both.GetValueOrDefault(inviter) is not { Kind: not null, DisplayName.Length: > 0 })
        {
            // Of whomever they invite, so that it tells nothing about them.
            return new ProfileIncomplete();
        }

        return both.TryGetValue(invitee, out var other)
            ? await InviteAsync(inviter, other, new InviteAction.Invite(note), await finding, ct)
            : new NotFound("creator");
    }

    /// <summary>
    /// Answers or takes back an invite, or ends a connection. Three requests: read, write, own row; both rows for an end; a few more for an
    /// actor who is told that the invite has expired. An actor who is told what won reads the same afterwards: their own row is brought up to it.
    /// </summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="connectionId">On which connection.</param>
    /// <param name="action">What they do.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="only">What must hold of the connection at the moment of the write; otherwise it is not found.</param>
    /// <returns>The connection as the actor sees it, or the error.</returns>
    public async Task<Result<Contact>> ActAsync(
        MemberId actor, string connectionId, InviteAction action, CancellationToken ct, Func<Connection, bool>? only = null)
    {
        if (!ConnectionId.IsOne(connectionId))
        {
            return InviteErrors.NoConnection;
        }

        Connection? last = null;
        Transition Decide(Connection current)
        {
            last = current;
            return only?.Invoke(current) == false
                ? new Transition.Refused(Refusal.NotTheirs, current.State)
                : ConnectionLife.Apply(current, action, actor, time.Now(), settings);
        }

        var transition = await connections.ChangeAsync(connectionId, Decide, ct);
        if (transition is Transition.Refused { Why: Refusal.WrongState, State: ConnectionState.Expired })
        {
            // Somebody who answered in time may be writing it just now. So that the invite is nobody's before anyone is told, this is
            // written too, if it is not: then whoever comes second is told who was first.
            await connections.ChangeAsync(
                connectionId, current => ConnectionLife.Apply(current, new InviteAction.Expire(), actor, time.Now(), settings), ct);
            transition = await connections.ChangeAsync(connectionId, Decide, ct);
        }

        if (transition is Transition.Refused { Why: not Refusal.NotTheirs })
        {
            await contacts.CatchUpAsync(last!, actor, ct);
        }

        if (action is InviteAction.Remove && transition is Transition.Moved { After: var removed })
        {
            // A message that the other side is sending meanwhile is told of only if their row still says that the two are connected.
            await contacts.FollowAsync(removed, removed.Other(actor), ct);
        }

        return transition switch
        {
            Transition.Moved moved => await ShowAsync(moved.After, actor, ct),
            Transition.Same same => await ShowAsync(same.Current, actor, ct),
            Transition.Refused { Why: Refusal.WrongState } when action is InviteAction.Remove => new NotConnected(),
            Transition.Refused refused => InviteErrors.From(refused),
            _ => InviteErrors.NoConnection,
        };
    }

    /// <param name="inviter">Who invites.</param>
    /// <param name="other">Whom.</param>
    /// <param name="invite">With which note.</param>
    /// <param name="read">The pair's record as it was found; null where there was none.</param>
    /// <param name="ct">Gives up.</param>
    private async Task<Result<Invited>> InviteAsync(
        MemberId inviter, Member other, InviteAction.Invite invite, Document<Connection>? read, CancellationToken ct)
    {
        var id = ConnectionId.Of(inviter, other.Id);
        int? held = null;
        var isTaken = false;
        for (var race = 0; race < MaxRaces; race++)
        {
            var transition = read is null
                ? new Transition.Moved(ConnectionLife.Begin(inviter, other.Id, invite, time.Now(), settings))
                : ConnectionLife.Apply(read.Value, invite, inviter, time.Now(), settings);
            var after = (transition as Transition.Moved)?.After;
            var isInvite = after?.State == ConnectionState.Pending;
            if (held is { } number && !(isInvite && after!.InviteNumber == number))
            {
                // The pair has moved on. Its place is used all the same where another call of this inviter's has made that invite.
                if (isTaken && !(read!.Value.InviteNumber == number && read.Value.Inviter == inviter))
                {
                    await allowance.GiveBackAsync(inviter, id, number, ct);
                }

                held = null;
            }

            if (after is null || (isInvite && !other.Listed))
            {
                return transition switch
                {
                    Transition.Same same => await AnswerAsync(same.Current, inviter, Card.Of(other), isFirst: false, isNew: false, ct),
                    Transition.Refused { Why: Refusal.Locked } locked => await LockedAsync(read!.Value, inviter, locked, ct),
                    _ => new NotFound("creator"),
                };
            }

            if (isInvite && held is null)
            {
                var place = await allowance.TakeAsync(inviter, id, after.InviteNumber, ct);
                if (place is InvitePlace.UsedUp usedUp)
                {
                    return InviteErrors.From(usedUp, settings);
                }

                (held, isTaken) = (after.InviteNumber, place is InvitePlace.Taken);
            }

            if (read is null ? await connections.TryCreateAsync(after, ct) : await connections.TryReplaceAsync(after, read.ETag, ct))
            {
                return await AnswerAsync(after, inviter, Card.Of(other), isFirst: read is null, isInvite, ct);
            }

            read = await connections.FindAsync(id, ct) ?? throw new InvalidOperationException($"Connection {id} is neither there nor absent.");
        }

        throw new CosmosException("One pair was changed from too many places at once.", HttpStatusCode.ServiceUnavailable, 0, "", 0);
    }

    private async Task<Result<Invited>> LockedAsync(Connection connection, MemberId inviter, Transition.Refused locked, CancellationToken ct)
    {
        await contacts.CatchUpAsync(connection, inviter, ct);
        return InviteErrors.From(locked);
    }

    private async Task<Result<Invited>> AnswerAsync(Connection connection, MemberId inviter, Card other, bool isFirst, bool isNew, CancellationToken ct)
    {
        var row = isFirst
            ? await contacts.BeginAsync(connection, inviter, other, ct)
            : (await contacts.FollowAsync(connection, inviter, _ => Task.FromResult(other), ct)).Row;
        if (row.OtherVersion < other.Version)
        {
            // The row is from before, and has not followed the other's profile since.
            row = await contacts.ShowCardWhileTiedAsync(inviter, connection.Id, other, ct) ?? row;
        }

        return new Invited(Contact.Of(row, time.Now()), isNew);
    }

    private async Task<Contact> ShowAsync(Connection connection, MemberId viewer, CancellationToken ct) =>
        Contact.Of((await contacts.FollowAsync(connection, viewer, ct)).Row, time.Now());
}
