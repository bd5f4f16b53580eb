using Connections.Invites;
using Connections.Notices;

namespace Connections.Tests.Functions.Invites;

public sealed class InviteLinkTokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly InviteSettings Settings = new(
        50, 500, TimeSpan.FromDays(30), TimeSpan.FromDays(21), 300, TimeSpan.FromDays(30), TimeSpan.FromDays(7));
    private static readonly string Key = LinkKey.New();
    private static readonly Connection Pending =
        ConnectionLife.Begin(new MemberId("brand"), new MemberId("creator"), new InviteAction.Invite(null), Now, Settings) with
        {
            LinkHashes = [LinkKey.HashOf(LinkKey.New()), LinkKey.HashOf(Key)],
        };

    private static string Token(string key) => InviteLinkToken.PathOf(Pending.Id, key).Split('/')[^1];

    private static bool Opens(Connection connection, string token, DateTimeOffset? at = null) =>
        InviteLinkToken.TryParse(token, out var id, out var key)
        && id == connection.Id && InviteLinkToken.Opens(connection, key, at ?? Now);

    private static Connection Moved(InviteAction action) =>
        Assert.IsType<Transition.Moved>(
            ConnectionLife.Apply(Pending, action, action is InviteAction.Revoke ? Pending.Inviter : Pending.Invitee, Now, Settings)).After;

    [Fact]
    public void A_link_opens_its_own_invite_until_that_ends()
    {
        Assert.True(Opens(Pending, Token(Key)));
        Assert.True(Opens(Pending, Token(Key), Pending.ExpiresAt.AddMilliseconds(-1)));
        Assert.False(Opens(Pending, Token(Key), Pending.ExpiresAt));
        Assert.False(Opens(Moved(new InviteAction.Accept()), Token(Key)));
    }

    [Fact]
    public void A_link_of_an_earlier_invite_of_the_pair_opens_nothing() => Assert.False(Opens(Pending, Token(LinkKey.New())));

    [Fact]
    public void The_hash_that_is_stored_is_no_key() => Assert.False(Opens(Pending, Token(LinkKey.HashOf(Key))));

    [Fact]
    public void A_link_from_before_keys_were_hashed_goes_on_working() =>
        Assert.True(Opens(Pending with { LinkHashes = [], LinkKey = Key }, Token(Key)));

    [Theory]
    [InlineData("?answer=accept")]
    [InlineData("&amp;answer=accept")]
    [InlineData("%3Fanswer=accept")]
    [InlineData("=3Fanswer=3Daccept")]
    [InlineData("=")]
    [InlineData("=\r\n")]
    [InlineData(".")]
    [InlineData(").")]
    [InlineData(">")]
    [InlineData("\"")]
    [InlineData("’")]
    [InlineData("...")]
    [InlineData(".html")]
    public void What_a_mail_program_puts_behind_a_token_is_no_part_of_it(string junk) => Assert.True(Opens(Pending, Token(Key) + junk));

    [Fact]
    public void A_key_with_any_one_character_changed_taken_out_or_put_in_opens_nothing()
    {
        var token = Token(Key);
        for (var i = 0; i < token.Length; i++)
        {
            var other = token[i] == 'A' ? 'B' : 'A';
            Assert.All([token[..i] + other + token[(i + 1)..], token[..i] + token[(i + 1)..], token[..i] + other + token[i..]], changed =>
                Assert.False(Opens(Pending, changed), changed));
        }

        Assert.False(Opens(Pending, token + "A"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("x.y")]
    [InlineData("a.b.c")]
    public void What_is_not_a_token_is_not_looked_up(string text) => Assert.False(InviteLinkToken.TryParse(text, out _, out _));

    [Fact]
    public void The_link_that_answered_shows_its_answer_for_ten_minutes()
    {
        var hash = LinkKey.HashOf(Key);
        foreach (var (action, answer) in new (InviteAction, InviteAnswer)[]
        {
            (new InviteAction.Accept(hash), InviteAnswer.Accept), (new InviteAction.Decline(hash), InviteAnswer.Decline),
        })
        {
            var answered = Moved(action);
            Assert.Equal(answer, InviteLinkToken.AnswerOf(answered, Key, Now.AddMinutes(10).AddMilliseconds(-1)));
            Assert.Null(InviteLinkToken.AnswerOf(answered, Key, Now.AddMinutes(10)));
            Assert.Null(InviteLinkToken.AnswerOf(answered, LinkKey.New(), Now));
        }
    }

    [Fact]
    public void No_link_shows_an_answer_that_it_did_not_give()
    {
        foreach (var action in new InviteAction[] { new InviteAction.Accept(), new InviteAction.Decline(), new InviteAction.Revoke() })
        {
            Assert.Null(InviteLinkToken.AnswerOf(Moved(action), Key, Now));
        }

        Assert.Null(InviteLinkToken.AnswerOf(Pending, Key, Now));
    }

    [Fact]
    public void An_answer_that_no_longer_stands_is_not_shown()
    {
        var connected = Moved(new InviteAction.Accept(LinkKey.HashOf(Key)));
        var removed = Assert.IsType<Transition.Moved>(
            ConnectionLife.Apply(connected, new InviteAction.Remove(), connected.Inviter, Now, Settings)).After;
        Assert.Null(InviteLinkToken.AnswerOf(removed, Key, Now));
        var again = Assert.IsType<Transition.Moved>(
            ConnectionLife.Apply(removed, new InviteAction.Invite(null), removed.Inviter, Now, Settings)).After;
        var accepted =
            Assert.IsType<Transition.Moved>(ConnectionLife.Apply(again, new InviteAction.Accept(), again.Invitee, Now, Settings)).After;
        Assert.Null(InviteLinkToken.AnswerOf(accepted, Key, Now));
    }
}
