using Connections.Invites;
using Connections.Notices;

namespace Connections.Tests.Functions.Invites;

public sealed class ConnectionLifeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly InviteSettings Settings = new(
        50, 500, TimeSpan.FromDays(30), TimeSpan.FromDays(21), 300, TimeSpan.FromDays(30), TimeSpan.FromDays(7));
    private static readonly MemberId Brand = new("brand");
    private static readonly MemberId Creator = new("creator");
    private static readonly MemberId Stranger = new("stranger");
    private static readonly InviteAction.Invite Invite = new("Hello");
    private static readonly InviteAction.Accept Accept = new();
    private static readonly InviteAction.Decline Decline = new();
    private static readonly InviteAction.Revoke Revoke = new();

    private static Connection Pending => ConnectionLife.Begin(Brand, Creator, Invite, Now, Settings) with { LinkHashes = ["hash"] };

    private static Transition Apply(Connection connection, InviteAction action, MemberId actor, DateTimeOffset? at = null) =>
        ConnectionLife.Apply(connection, action, actor, at ?? Now, Settings);

    private static Connection Moved(Transition transition) => Assert.IsType<Transition.Moved>(transition).After;

    [Fact]
    public void A_first_invite_is_pending_and_owes_the_invitee_an_email_now_and_a_reminder_after_7_days()
    {
        var connection = Pending;
        Assert.Equal(
            (ConnectionState.Pending, Brand, Creator, 1),
            (connection.State, connection.Inviter, connection.Invitee, connection.InviteNumber));
        Assert.Equal(Now + TimeSpan.FromDays(30), connection.ExpiresAt);
        Assert.Equal(Now, connection.OwedSince);
        Assert.Equal(
            [(NoticeKind.InviteReceived, Creator, null), (NoticeKind.Reminder, Creator, Now + TimeSpan.FromDays(7))],
            connection.Outbox.Select(notice => (notice.Kind, notice.To, notice.DueAt)));
    }

    [Fact]
    public void Accepting_connects_and_owes_the_inviter_one_email()
    {
        var connection = Moved(Apply(Pending, Accept, Creator));
        Assert.Equal(ConnectionState.Connected, connection.State);
        Assert.Contains(connection.Outbox, notice => notice.Kind == NoticeKind.InviteAccepted && notice.To == Brand);
        Assert.Empty(connection.LinkHashes);
    }

    [Fact]
    public void Declining_owes_no_email_and_locks_the_inviter_for_21_days()
    {
        var before = Pending;
        var connection = Moved(Apply(before, Decline, Creator));
        Assert.Equal(before.Outbox, connection.Outbox);
        Assert.Equal(Now + TimeSpan.FromDays(21), connection.LockOf(Brand, Now));
        Assert.Null(connection.LockOf(Creator, Now));
    }

    [Fact]
    public void Revoking_owes_no_email_and_ends_the_links()
    {
        var before = Pending;
        var connection = Moved(Apply(before, Revoke, Brand));
        Assert.Equal(before.Outbox, connection.Outbox);
        Assert.Equal(ConnectionState.Revoked, connection.State);
        Assert.Empty(connection.LinkHashes);
    }

    [Fact]
    public void Inviting_somebody_whose_invite_is_pending_accepts_it() =>
        Assert.Equal(ConnectionState.Connected, Moved(Apply(Pending, new InviteAction.Invite(null), Creator)).State);

    [Fact]
    public void Repeating_a_pending_invite_changes_nothing() =>
        Assert.IsType<Transition.Same>(Apply(Pending, new InviteAction.Invite("Again"), Brand));

    [Fact]
    public void Inviting_a_connection_changes_nothing() =>
        Assert.IsType<Transition.Same>(Apply(Moved(Apply(Pending, Accept, Creator)), new InviteAction.Invite("Again"), Brand));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void After_a_decline_or_a_revoke_the_inviter_waits_21_days_and_then_may_invite_again(bool declined)
    {
        var ended = Moved(declined ? Apply(Pending, Decline, Creator) : Apply(Pending, Revoke, Brand));
        var refused = Assert.IsType<Transition.Refused>(
            Apply(ended, Invite, Brand, Now + TimeSpan.FromDays(21) - TimeSpan.FromMilliseconds(1)));
        Assert.Equal((Refusal.Locked, Now + TimeSpan.FromDays(21)), (refused.Why, refused.Until));

        var again = Moved(Apply(ended, new InviteAction.Invite(null), Brand, Now + TimeSpan.FromDays(21)));
        Assert.Equal((ConnectionState.Pending, 2), (again.State, again.InviteNumber));
    }

    [Fact]
    public void The_one_who_declined_is_not_locked()
    {
        var declined = Moved(Apply(Pending, Decline, Creator));
        var back = Moved(Apply(declined, new InviteAction.Invite(null), Creator));
        Assert.Equal((ConnectionState.Pending, Creator, Brand), (back.State, back.Inviter, back.Invitee));
    }

    [Fact]
    public void An_invite_past_its_time_is_expired_whether_or_not_that_was_written()
    {
        var late = Now + TimeSpan.FromDays(30);
        var refused = Assert.IsType<Transition.Refused>(Apply(Pending, Accept, Creator, late));
        Assert.Equal((Refusal.WrongState, ConnectionState.Expired), (refused.Why, refused.State));
        Assert.Equal(2, Moved(Apply(Pending, Invite, Brand, late)).InviteNumber);
    }

    [Fact]
    public void Each_answer_repeated_is_the_same_answer()
    {
        Assert.IsType<Transition.Same>(Apply(Moved(Apply(Pending, Accept, Creator)), Accept, Creator));
        Assert.IsType<Transition.Same>(Apply(Moved(Apply(Pending, Decline, Creator)), Decline, Creator));
        Assert.IsType<Transition.Same>(Apply(Moved(Apply(Pending, Revoke, Brand)), Revoke, Brand));
    }

    [Fact]
    public void An_answer_that_comes_too_late_is_told_what_won()
    {
        var revoked = Moved(Apply(Pending, Revoke, Brand));
        Assert.Equal(ConnectionState.Revoked, Assert.IsType<Transition.Refused>(Apply(revoked, Accept, Creator)).State);
        var connected = Moved(Apply(Pending, Accept, Creator));
        Assert.Equal(ConnectionState.Connected, Assert.IsType<Transition.Refused>(Apply(connected, Revoke, Brand)).State);
    }

    [Fact]
    public void Nobody_does_what_is_the_others_to_do()
    {
        foreach (var (action, actor) in new (InviteAction, MemberId)[]
        {
            (Accept, Brand), (Decline, Brand), (Revoke, Creator), (Accept, Stranger), (Revoke, Stranger), (Invite, Stranger),
        })
        {
            Assert.Equal(Refusal.NotTheirs, Assert.IsType<Transition.Refused>(Apply(Pending, action, actor)).Why);
        }
    }

    [Fact]
    public void Nothing_can_be_done_with_a_blocked_pair()
    {
        var blocked = Pending with { State = ConnectionState.Blocked };
        foreach (var actor in new[] { Brand, Creator })
        {
            Assert.Equal(Refusal.NotTheirs, Assert.IsType<Transition.Refused>(Apply(blocked, Invite, actor)).Why);
        }
    }

    [Fact]
    public void The_clock_expires_a_pending_invite_once_its_time_is_over_and_nothing_else()
    {
        var late = Now + TimeSpan.FromDays(30);
        var expired = Moved(Apply(Pending, new InviteAction.Expire(), default, late.AddHours(3)));
        Assert.Equal((ConnectionState.Expired, late), (expired.State, expired.AnsweredAt));
        Assert.Null(expired.LockOf(Brand, late));
        Assert.IsType<Transition.Refused>(Apply(Pending, new InviteAction.Expire(), default, late.AddMilliseconds(-1)));
        Assert.IsType<Transition.Refused>(Apply(Moved(Apply(Pending, Accept, Creator)), new InviteAction.Expire(), default, late));
    }

    [Fact]
    public void Either_removes_a_connection_and_either_may_be_invited_again()
    {
        foreach (var actor in new[] { Brand, Creator })
        {
            var removed = Moved(Apply(Moved(Apply(Pending, Accept, Creator)), new InviteAction.Remove(), actor));
            Assert.Equal(ConnectionState.Removed, removed.State);
            Assert.Equal(ConnectionState.Pending, Moved(Apply(removed, new InviteAction.Invite(null), Brand)).State);
        }

        Assert.IsType<Transition.Refused>(Apply(Pending, new InviteAction.Remove(), Brand));
    }

    [Fact]
    public void A_block_stands_until_everybody_who_blocked_has_lifted_it()
    {
        var blocked = Moved(Apply(Moved(Apply(Pending, new InviteAction.Block(), Creator)), new InviteAction.Block(), Brand));
        Assert.Equal(ConnectionState.Blocked, blocked.State);
        Assert.IsType<Transition.Same>(Apply(blocked, new InviteAction.Block(), Brand));

        var half = Moved(Apply(blocked, new InviteAction.Unblock(), Creator));
        Assert.Equal(ConnectionState.Blocked, half.State);
        Assert.IsType<Transition.Same>(Apply(half, new InviteAction.Unblock(), Creator));
        Assert.Equal(ConnectionState.Removed, Moved(Apply(half, new InviteAction.Unblock(), Brand)).State);
    }

    [Fact]
    public void After_a_block_before_any_invite_only_an_invite_makes_a_connection()
    {
        var lifted = Moved(Apply(ConnectionLife.BeginBlocked(Brand, Creator, Now), new InviteAction.Unblock(), Brand));
        foreach (var action in new InviteAction[] { Accept, Decline, Revoke, new InviteAction.Remove() })
        {
            Assert.Equal(Refusal.NotTheirs, Assert.IsType<Transition.Refused>(Apply(lifted, action, Brand)).Why);
            Assert.Equal(Refusal.NotTheirs, Assert.IsType<Transition.Refused>(Apply(lifted, action, Creator)).Why);
        }

        Assert.Equal(1, Moved(Apply(lifted, Invite, Creator)).InviteNumber);
    }

    [Fact]
    public void A_thousand_random_walks_with_blocks_are_blocked_exactly_while_somebody_blocks()
    {
        var chance = new Random(7);
        for (var walk = 0; walk < 1000; walk++)
        {
            var (connection, now, blockers) = (Pending, Now, new HashSet<MemberId>());
            for (var step = 0; step < 50; step++)
            {
                now += TimeSpan.FromHours(chance.Next(0, 24 * 12));
                var actor = chance.Next(2) == 0 ? Brand : Creator;
                InviteAction action = chance.Next(6) switch
                {
                    0 => new InviteAction.Invite(null),
                    1 => Accept,
                    2 => new InviteAction.Remove(),
                    3 => new InviteAction.Block(),
                    _ => new InviteAction.Unblock(),
                };
                if (Apply(connection, action, actor, now) is not Transition.Moved { After: var after })
                {
                    continue;
                }

                _ = action switch { InviteAction.Block => blockers.Add(actor), InviteAction.Unblock => blockers.Remove(actor), _ => false };
                Assert.Equal(connection.Version + 1, after.Version);
                Assert.Equal(blockers.Count > 0, after.State == ConnectionState.Blocked);
                Assert.Equal(blockers, after.Blocks.Where(mark => mark.Value.Since is not null).Select(mark => mark.Key).ToHashSet());
                Assert.True(connection.State != ConnectionState.Blocked || action is InviteAction.Block or InviteAction.Unblock);
                Assert.Empty(after.LinkHashes);
                connection = after with { LinkHashes = ["hash"] };
            }
        }
    }

    [Fact]
    public void A_thousand_random_walks_keep_what_always_holds()
    {
        var chance = new Random(20261122);
        for (var walk = 0; walk < 1000; walk++)
        {
            var (connection, now) = (Pending, Now);
            for (var step = 0; step < 50; step++)
            {
                now += TimeSpan.FromHours(chance.Next(0, 24 * 12));
                var actor = chance.Next(2) == 0 ? Brand : Creator;
                InviteAction action = chance.Next(4) switch { 0 => new InviteAction.Invite(null), 1 => Accept, 2 => Decline, _ => Revoke };
                if (Apply(connection, action, actor, now) is not Transition.Moved { After: var after })
                {
                    continue;
                }

                Assert.Equal(connection.Version + 1, after.Version);
                Assert.Equal(after.Version, after.StateVersion);
                Assert.NotEqual(connection.StateAt(now), after.State);
                Assert.Empty(after.LinkHashes);
                Assert.True(after.InviteNumber == connection.InviteNumber + (after.State == ConnectionState.Pending ? 1 : 0));
                Assert.Equal(after.Outbox.Count, after.Outbox.Select(notice => notice.Id).Distinct().Count());
                Assert.NotNull(after.OwedSince);
                connection = after with { LinkHashes = ["hash"] };
            }
        }
    }
}
