using Connections.Invites;
using Connections.Notices;

namespace Connections.Tests.Functions.Invites;

/// <summary>An invite that ends without acceptance locks its inviter: one side alone cannot send
/// the other a second email at once.</summary>
public sealed class InviteLocksTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lock = TimeSpan.FromDays(21);
    private static readonly MemberId Brand = new("brand");
    private static readonly MemberId Creator = new("creator");

    private static Connection Pending => ConnectionLife.Begin(Brand, Creator, new InviteAction.Invite(null), Now, Settings(30));

    [Theory]
    [InlineData("brand")]
    [InlineData("creator")]
    public void A_block_that_ends_a_pending_invite_locks_its_inviter_whoever_of_the_two_blocks(string blocker)
    {
        var actor = new MemberId(blocker);
        var blocked = Moved(Pending, new InviteAction.Block(), actor, Now.AddHours(1));
        var lifted = Moved(blocked, new InviteAction.Unblock(), actor, Now.AddHours(2));

        var until = Now.AddHours(1) + Lock;
        var refused = Assert.IsType<Transition.Refused>(Apply(lifted, new InviteAction.Invite(null), Brand, until.AddMilliseconds(-1)));
        Assert.Equal((Refusal.Locked, until), (refused.Why, refused.Until));
        Assert.Equal(2, Moved(lifted, new InviteAction.Invite(null), Brand, until).InviteNumber);
        Assert.Null(lifted.LockOf(Creator, Now));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(200)]
    public void Declined_for_now_with_a_day_the_inviter_waits_until_that_day(int days)
    {
        var day = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(days);
        var declined = Moved(Pending, new InviteAction.Decline(Because: new(DeclineReason.NotNow, day)), Creator, Now);

        var until = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        Assert.Equal(new DeclineReason(DeclineReason.NotNow, day), declined.Declined);
        Assert.Equal(until, Assert.IsType<Transition.Refused>(
            Apply(declined, new InviteAction.Invite(null), Brand, until.AddMilliseconds(-1))).Until);
        var again = Moved(declined, new InviteAction.Invite(null), Brand, until);
        Assert.Null(again.Declined);
    }

    [Fact]
    public void Declined_for_another_reason_or_without_a_day_the_lock_is_as_long_as_ever()
    {
        foreach (var reason in DeclineReason.Reasons)
        {
            var declined = Moved(Pending, new InviteAction.Decline(Because: new(reason)), Creator, Now);
            Assert.Equal((Now + Lock, reason), (declined.LockOf(Brand, Now), declined.Declined!.Reason));
        }
    }

    [Fact]
    public void A_block_of_a_connection_or_of_nothing_locks_nobody()
    {
        foreach (var before in new[]
        {
            Moved(Pending, new InviteAction.Accept(), Creator, Now), Moved(Pending, new InviteAction.Expire(), default, Now.AddDays(30)),
        })
        {
            Assert.Empty(Moved(before, new InviteAction.Block(), Brand, Now.AddDays(30)).Locks);
        }

        Assert.Empty(ConnectionLife.BeginBlocked(Brand, Creator, Now).Locks);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Where_invites_live_for_less_than_a_lock_the_inviter_waits_after_they_expire_too(bool isWritten)
    {
        var settings = Settings(expireDays: 2);
        var pending = ConnectionLife.Begin(Brand, Creator, new InviteAction.Invite(null), Now, settings);
        var late = Now.AddDays(3);
        var expired = isWritten
            ? ((Transition.Moved)ConnectionLife.Apply(pending, new InviteAction.Expire(), default, late, settings)).After
            : pending;
        var again = new InviteAction.Invite(null);
        Assert.Equal(Now + Lock, Assert.IsType<Transition.Refused>(ConnectionLife.Apply(expired, again, Brand, late, settings)).Until);
        Assert.IsType<Transition.Moved>(ConnectionLife.Apply(expired, again, Creator, late, settings));
        Assert.IsType<Transition.Moved>(ConnectionLife.Apply(expired, again, Brand, Now + Lock, settings));
    }

    [Theory]
    [InlineData(30, 1)]
    [InlineData(30, 2)]
    [InlineData(2, 3)]
    [InlineData(8, 4)]
    public void On_no_walk_does_one_side_alone_bring_the_other_two_invite_emails_within_the_lock_and_no_lock_is_made_shorter(
        int expireDays, int seed)
    {
        var settings = Settings(expireDays);
        var chance = new Random(seed);
        for (var walk = 0; walk < 2000; walk++)
        {
            Connection? connection = null;
            var now = Now;
            var told = new Dictionary<MemberId, DateTimeOffset>();

            // One side acts most of the time, so that most walks are long sequences of one side.
            var busy = chance.Next(2) == 0 ? Brand : Creator;
            for (var step = 0; step < 60; step++)
            {
                now += chance.Next(3) == 0 ? TimeSpan.FromHours(chance.Next(24 * 12)) : TimeSpan.FromMinutes(chance.Next(3));
                var actor = chance.Next(10) == 0 ? Other(busy) : busy;
                // Now and then the member erases their profile and comes back.
                var after = chance.Next(20) == 0 && connection is not null
                    ? (ConnectionLife.Erase(connection, actor, now, settings) as Transition.Moved)?.After
                    : Step(connection, Action(chance), actor, now, settings);
                if (after is null)
                {
                    continue;
                }

                foreach (var (member, until) in connection?.Locks ?? new Dictionary<MemberId, DateTimeOffset>())
                {
                    Assert.True(until <= now || after.Locks[member] >= until, $"the lock of {member} became shorter");
                }

                // An action of the other side is an answer, and permits a further email.
                told.Remove(actor);
                foreach (var notice in after.Outbox.Skip(connection?.Outbox.Count ?? 0)
                    .Where(notice => notice.Kind == NoticeKind.InviteReceived))
                {
                    Assert.True(
                        !told.TryGetValue(notice.To, out var before) || now - before >= Lock,
                        $"walk {walk}: {notice.To} was told at {told.GetValueOrDefault(notice.To)} and {now}");
                    told[notice.To] = now;
                }

                connection = after;
            }
        }
    }

    private static Connection? Step(
        Connection? connection, InviteAction action, MemberId actor, DateTimeOffset now, InviteSettings settings) =>
        (connection, action) switch
        {
            (null, InviteAction.Invite invite) => ConnectionLife.Begin(actor, Other(actor), invite, now, settings),
            (null, InviteAction.Block) => ConnectionLife.BeginBlocked(actor, Other(actor), now),
            (null, _) => null,
            _ => (ConnectionLife.Apply(connection, action, actor, now, settings) as Transition.Moved)?.After,
        };

    private static InviteAction Action(Random chance) => chance.Next(10) switch
    {
        0 or 1 or 2 => new InviteAction.Invite(null),
        3 => new InviteAction.Revoke(),
        4 => new InviteAction.Decline(),
        5 => new InviteAction.Accept(),
        6 => new InviteAction.Remove(),
        7 => new InviteAction.Block(),
        8 => new InviteAction.Unblock(),
        _ => new InviteAction.Expire(),
    };

    private static MemberId Other(MemberId member) => member == Brand ? Creator : Brand;

    private static Transition Apply(Connection connection, InviteAction action, MemberId actor, DateTimeOffset at) =>
        ConnectionLife.Apply(connection, action, actor, at, Settings(30));

    private static Connection Moved(Connection connection, InviteAction action, MemberId actor, DateTimeOffset at) =>
        Assert.IsType<Transition.Moved>(Apply(connection, action, actor, at)).After;

    private static InviteSettings Settings(int expireDays) =>
        new(50, 500, TimeSpan.FromDays(expireDays), Lock, 300, TimeSpan.FromDays(30), TimeSpan.FromDays(1));
}
