using System.Net;
using Connections.Chat;
using Connections.Http;
using Connections.Invites.Contacts;
using Connections.Members;
using Microsoft.Azure.Cosmos;

namespace Connections.Invites;

/// <summary>What comes of an invite call.</summary>
public abstract record InviteOutcome
{
    private InviteOutcome()
    {
    }

    /// <summary>The connection as the inviter sees it; new when this call made the invite.</summary>
    public sealed record Invited(Contact Contact, bool IsNew) : InviteOutcome;

    /// <summary>There is no invite, and this is why.</summary>
    public sealed record Refused(Problem Problem) : InviteOutcome;
}

/// <summary>Where invites are made, answered and taken back.</summary>
public sealed class InviteDesk(
    ConnectionStore connections, ContactStore contacts, MemberStore members, InviteAllowance allowance, InviteSettings settings, TimeProvider time)
{
    // Each round that loses found the record made or changed by another call in between.
    private const int MaxRaces = 50;

    /// <summary>Invites a creator, once per pair. Five requests the first time: both profiles at once, the day's place, the connection, the own row.</summary>
    public async Task<InviteOutcome> InviteAsync(MemberId inviter, MemberId invitee, string? note, CancellationToken ct)
    {
        if (inviter == invitee)
        {
            return new InviteOutcome.Refused(InviteProblems.Oneself());
        }

        var both = await members.FindManyAsync([inviter, invitee], ct);
        if (!both.TryGetValue(invitee, out var other))
        {
            return new InviteOutcome.Refused(Problems.NotFound("creator"));
        }

        if (both.GetValueOrDefault(inviter) is not { Kind: not null, DisplayName.Length: > 0 })
        {
            return new InviteOutcome.Refused(InviteProblems.ProfileFirst());
        }

        var invite = new InviteAction.Invite(note);
        var card = Card.Of(other);
        if (other.Listed)
        {
            // Most invites are a pair's first: take the day's place and create, without looking first.
            if (await allowance.TakeAsync(inviter, ConnectionId.Of(inviter, invitee), ct) is not { } usedUp)
            {
                var first = ConnectionLife.Begin(inviter, invitee, invite, time.Now(), settings);
                if (await connections.TryCreateAsync(first, ct))
                {
                    return await AnswerAsync(first, inviter, card, isNew: true, ct);
                }
            }
            else if (await connections.FindAsync(ConnectionId.Of(inviter, invitee), ct) is null)
            {
                return new InviteOutcome.Refused(InviteProblems.UsedUp(usedUp, settings, time.Now()));
            }
        }

        return await InviteAgainAsync(inviter, other, invite, ct);
    }

    /// <summary>
    /// Answers or takes back an invite, or ends a connection. Three requests: read, write, own row; a few more for one who is told that
    /// the invite has expired.
    /// </summary>
    /// <param name="actor">Who acts.</param>
    /// <param name="connectionId">On which connection.</param>
    /// <param name="action">What they do.</param>
    /// <param name="ct">Gives up.</param>
    /// <param name="only">What must hold of the connection at the moment of the write; otherwise it is not found.</param>
    /// <returns>The connection as the actor sees it, or the problem.</returns>
    public async Task<(Contact? Contact, Problem? Problem)> ActAsync(
        MemberId actor, string connectionId, InviteAction action, CancellationToken ct, Func<Connection, bool>? only = null)
    {
        if (!ConnectionId.IsOne(connectionId))
        {
            return (null, InviteProblems.NoConnection());
        }

        Transition Decide(Connection current) => only?.Invoke(current) == false
            ? new Transition.Refused(Refusal.NotTheirs, current.State)
            : ConnectionLife.Apply(current, action, actor, time.Now(), settings);

        var transition = await connections.ChangeAsync(connectionId, Decide, ct);
        if (transition is Transition.Refused { Why: Refusal.WrongState, State: ConnectionState.Expired })
        {
            // Somebody who answered in time may be writing it just now. So that the invite is nobody's before anyone is told, this is
            // written too, if it is not: then whoever comes second is told who was first.
            await connections.ChangeAsync(
                connectionId, current => ConnectionLife.Apply(current, new InviteAction.Expire(), actor, time.Now(), settings), ct);
            transition = await connections.ChangeAsync(connectionId, Decide, ct);
        }

        return transition switch
        {
            Transition.Moved moved => (await ShowAsync(moved.After, actor, ct), null),
            Transition.Same same => (await ShowAsync(same.Current, actor, ct), null),
            Transition.Refused { Why: Refusal.WrongState } when action is InviteAction.Remove => (null, ChatProblems.NotConnected()),
            Transition.Refused refused => (null, InviteProblems.From(refused)),
            _ => (null, InviteProblems.NoConnection()),
        };
    }

    /// <summary>An invite to somebody with whom there is a record already.</summary>
    private async Task<InviteOutcome> InviteAgainAsync(MemberId inviter, Member other, InviteAction.Invite invite, CancellationToken ct)
    {
        var id = ConnectionId.Of(inviter, other.Id);
        for (var race = 0; race < MaxRaces; race++)
        {
            if (await connections.FindAsync(id, ct) is not { } read)
            {
                // Only a listed creator can be invited, and one who is has a record by now.
                return new InviteOutcome.Refused(Problems.NotFound("creator"));
            }

            var transition = ConnectionLife.Apply(read.Value, invite, inviter, time.Now(), settings);
            if (transition is Transition.Refused refused)
            {
                if (other.Listed && !allowance.IsUsed(read.Value, inviter))
                {
                    await allowance.GiveBackAsync(inviter, id, ct);
                }

                return new InviteOutcome.Refused(refused.Why == Refusal.NotTheirs ? Problems.NotFound("creator") : InviteProblems.From(refused));
            }

            if (transition is Transition.Same same)
            {
                return await AnswerAsync(same.Current, inviter, Card.Of(other), isNew: false, ct);
            }

            var after = ((Transition.Moved)transition).After;
            var isInvite = after.State == ConnectionState.Pending;
            if (isInvite)
            {
                if (!other.Listed)
                {
                    return new InviteOutcome.Refused(Problems.NotFound("creator"));
                }

                if (await allowance.TakeAsync(inviter, id, ct) is { } usedUp)
                {
                    return new InviteOutcome.Refused(InviteProblems.UsedUp(usedUp, settings, time.Now()));
                }
            }

            if (await connections.TryReplaceAsync(after, read.ETag, ct))
            {
                return await AnswerAsync(after, inviter, Card.Of(other), isInvite, ct);
            }
        }

        throw new CosmosException("One pair was changed from too many places at once.", HttpStatusCode.ServiceUnavailable, 0, "", 0);
    }

    private async Task<InviteOutcome> AnswerAsync(Connection connection, MemberId inviter, Card other, bool isNew, CancellationToken ct)
    {
        var row = await contacts.BeginAsync(connection, inviter, other, ct);
        return new InviteOutcome.Invited(Contact.Of(row, time.Now()), isNew);
    }

    private async Task<Contact> ShowAsync(Connection connection, MemberId viewer, CancellationToken ct)
    {
        var (row, _) = await contacts.FollowAsync(connection, viewer, async inner => await OtherCardAsync(connection, viewer, inner), ct);
        return Contact.Of(row, time.Now());
    }

    private async Task<Card> OtherCardAsync(Connection connection, MemberId viewer, CancellationToken ct) =>
        Card.OfOrFormer((await members.FindAsync(connection.Other(viewer), ct))?.Value, connection.Other(viewer));
}
