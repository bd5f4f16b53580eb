using Connections.Cosmos;
using Connections.Invites.Contacts;
using Connections.Limits;
using Connections.Members;
using Connections.Members.Standing;

namespace Connections.Invites;

/// <summary>An invite that was made, or that was there.</summary>
/// <param name="Contact">The connection as the inviter sees it.</param>
/// <param name="IsNew">Whether this call made the invite.</param>
public sealed record Invited(Contact Contact, bool IsNew);

/// <summary>Makes, answers and revokes invites, and ends connections.</summary>
public sealed class InviteService(
    ConnectionStore connections,
    ContactStore contacts,
    MemberStore members,
    AllowanceStore allowances,
    Suspensions suspensions,
    InviteSettings settings,
    TimeProvider time)
{
    /// <summary>
    /// Invites a creator, once per pair. Seven requests the first time: both profiles and the pair's record at once, the permit, the
    /// record, both rows at once.
    /// </summary>
    /// <remarks>
    /// The record is read before anything is decided, although most pairs have none. So an invite to a member who blocks the caller does
    /// the same work as one to an id without a member, and a call that makes no invite takes no permit.
    /// </remarks>
    /// <param name="isConfirmed">Whether the inviter's token says that their address is confirmed.</param>
    public async Task<Result<Invited>> InviteAsync(
        MemberId inviter, MemberId invitee, string? note, bool isConfirmed, CancellationToken ct)
    {
        if (inviter == invitee)
        {
            return new InvalidInput("creatorId", "You cannot invite yourself.", FieldCode.Yourself);
        }

        var reading = members.FindManyAsync([inviter, invitee], ct);
        var finding = connections.FindAsync(ConnectionId.Of(inviter, invitee), ct);
        await Task.WhenAll(reading, finding);
        var both = await reading;
        if (both.GetValueOrDefault(inviter) is not { Kind: not null, DisplayName.Length: > 0 } own)
        {
            // The same answer for every creator, so that it reveals nothing about them.
            return new ProfileIncomplete();
        }

        isConfirmed |= own.EmailConfirmed || !settings.RequireConfirmedEmail;
        return both.TryGetValue(invitee, out var other) && !await suspensions.HasAsync(invitee, ct)
            ? await InviteAsync(own, isConfirmed, other, new InviteAction.Invite(note), await finding, ct)
            : new NotFound("creator");
    }

    /// <summary>
    /// Answers or revokes an invite, or ends a connection. Three requests: the read, the write, the actor's row; one more to end a
    /// connection, and a few more when the invite has expired. An actor whose action is refused reads the same state afterwards, because
    /// their row is brought up to it.
    /// </summary>
    /// <param name="only">Must hold of the connection at the write; otherwise the connection is not found.</param>
    /// <returns>
    /// The connection as the actor sees it, or the error. A pending invite of a suspended member is not found: it cannot be answered.
    /// </returns>
    public async Task<Result<Contact>> ActAsync(
        MemberId actor, string connectionId, InviteAction action, CancellationToken ct, Func<Connection, bool>? only = null)
    {
        if (!ConnectionId.IsValid(connectionId))
        {
            return InviteErrors.NoConnection;
        }

        var suspended = await suspensions.CurrentAsync(ct);
        Connection? last = null;
        Transition Decide(Connection current)
        {
            last = current;
            var isAnswer = action is InviteAction.Accept or InviteAction.Decline;
            return only?.Invoke(current) == false
                || (isAnswer && current.State == ConnectionState.Pending && suspended.Has(current.Inviter, time.GetUtcNow()))
                ? new Transition.Refused(Refusal.NotTheirs, current.State)
                : ConnectionLife.Apply(current, action, actor, time.Now(), settings);
        }

        var transition = await connections.ChangeAsync(connectionId, Decide, ct);
        if (transition is Transition.Refused { Why: Refusal.WrongState, State: ConnectionState.Expired })
        {
            // A call that came in time may be writing its answer now. So the expiry is written before it is reported: of the two writes one
            // is first, and the other call is told of it.
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
            // A message that the other member is sending meanwhile is announced only while their row says that the two are connected.
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

    /// <param name="read">The pair's record as it was found; null when there was none.</param>
    private Task<Result<Invited>> InviteAsync(
        Member own, bool isConfirmed, Member other, InviteAction.Invite invite, Document<Connection>? read, CancellationToken ct)
    {
        var inviter = own.Id;
        var id = ConnectionId.Of(inviter, other.Id);
        (int InviteNumber, Permit Permit)? held = null;
        return OptimisticWrite.RunAsync<Result<Invited>>(time, TryInviteAsync, ct);

        async Task<Attempt<Result<Invited>>> TryInviteAsync(int number)
        {
            if (number > 0)
            {
                read = await connections.FindAsync(id, ct) ?? throw new StaleReadException("A connection");
            }

            var transition = read is null
                ? new Transition.Moved(ConnectionLife.Begin(inviter, other.Id, invite, time.Now(), settings))
                : ConnectionLife.Apply(read.Value, invite, inviter, time.Now(), settings);
            var after = (transition as Transition.Moved)?.After;
            var isInvite = after?.State == ConnectionState.Pending;
            if (held is var (heldFor, permit) && !(isInvite && after!.InviteNumber == heldFor))
            {
                // The pair has moved on. The permit stays used where another call of this inviter has made that invite.
                if (!(read!.Value.InviteNumber == heldFor && read.Value.Inviter == inviter))
                {
                    await allowances.ReleaseAsync(permit, ct);
                }

                held = null;
            }

            if (after is null || (isInvite && !other.Listed))
            {
                return transition switch
                {
                    Transition.Same same => await AnswerAsync(same.Current, inviter, Card.Of(other), isNew: false, ct),
                    Transition.Refused { Why: Refusal.Locked } locked => await LockedAsync(read!.Value, inviter, locked, ct),
                    _ => new NotFound("creator"),
                };
            }

            if (isInvite && !isConfirmed)
            {
                return (Result<Invited>)new EmailUnconfirmed();
            }

            if (isInvite && held is null)
            {
                // A use of its own for every invite that sends an email, also for the second one of a pair on one day.
                var caps = InviteCaps.Of(own, time.Now(), settings);
                var use = new KeyedUse(
                    $"{id}_{after.InviteNumber}",
                    settings.PendingAtMost,
                    inner => contacts.CountPendingSentAsync(inviter, inner),
                    caps.Limit);
                var asked = await allowances.AcquireAsync(settings.Inviting, inviter, ct, use);
                if (asked.State is PermitState.UsedUp or PermitState.TooManyOpen)
                {
                    return (Result<Invited>)InviteErrors.From(asked, caps, settings);
                }

                held = (after.InviteNumber, asked);
            }

            return (read is null ? await connections.TryCreateAsync(after, ct) : await connections.TryReplaceAsync(after, read.ETag, ct))
                ? await AnswerAsync(after, inviter, Card.Of(other), isNew: isInvite, ct, read is null ? Card.Of(own) : null)
                : new Superseded();
        }
    }

    private async Task<Result<Invited>> LockedAsync(
        Connection connection, MemberId inviter, Transition.Refused locked, CancellationToken ct)
    {
        await contacts.CatchUpAsync(connection, inviter, ct);
        return InviteErrors.From(locked);
    }

    /// <param name="own">The inviter's card where this is the first the pair has of each other, so that neither has a row.</param>
    private async Task<Result<Invited>> AnswerAsync(
        Connection connection, MemberId inviter, Card other, bool isNew, CancellationToken ct, Card? own = null)
    {
        if (own is not null)
        {
            // Both cards are at hand. The follow-up, which would have to read them, only looks whether the rows are there.
            var beginning = contacts.BeginAsync(connection, inviter, other, ct);
            await Task.WhenAll(beginning, contacts.BeginAsync(connection, connection.Other(inviter), own, ct));
            return new Invited(Contact.Of(await beginning, time.Now()), isNew);
        }

        var (row, _) = await contacts.FollowAsync(connection, inviter, _ => Task.FromResult(other), ct);
        if (row.OtherVersion < other.Version)
        {
            // The row is from an earlier invite and has not followed the other's profile since.
            row = await contacts.ShowCardWhileTiedAsync(inviter, connection.Id, other, ct) ?? row;
        }

        return new Invited(Contact.Of(row, time.Now()), isNew);
    }

    private async Task<Contact> ShowAsync(Connection connection, MemberId viewer, CancellationToken ct) =>
        Contact.Of((await contacts.FollowAsync(connection, viewer, ct)).Row, time.Now());
}
