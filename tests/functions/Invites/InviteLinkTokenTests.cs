using Connections.Email;
using Connections.Invites;
using Connections.Members;

namespace Connections.Tests.Functions.Invites;

public sealed class InviteLinkTokenTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly InviteSettings Settings = new(50, 500, TimeSpan.FromDays(30), TimeSpan.FromDays(21), 300, TimeSpan.FromDays(30), TimeSpan.FromDays(7));

    private static Connection Pending(string key) =>
        ConnectionLife.Begin(new MemberId("brand"), new MemberId("creator"), new InviteAction.Invite(null, key), Now, Settings);

    private static string TokenOf(Connection connection) => InviteLinkToken.PathOf(connection).Split('/')[^1];

    private static bool Opens(Connection connection, string token, DateTimeOffset at) =>
        InviteLinkToken.TryParse(token, out var id, out var key) && id == connection.Id && InviteLinkToken.Opens(connection, key, at);

    [Fact]
    public void A_link_opens_its_own_invite_until_that_ends()
    {
        var connection = Pending(LinkKey.New());
        Assert.True(Opens(connection, TokenOf(connection), Now));
        Assert.True(Opens(connection, TokenOf(connection), connection.ExpiresAt.AddMilliseconds(-1)));
        Assert.False(Opens(connection, TokenOf(connection), connection.ExpiresAt));
    }

    [Fact]
    public void A_link_of_an_earlier_invite_of_the_pair_opens_nothing() => Assert.False(Opens(Pending(LinkKey.New()), TokenOf(Pending(LinkKey.New())), Now));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("x.y")]
    [InlineData("a.b.c")]
    public void What_is_not_a_token_is_not_looked_up(string text) => Assert.False(InviteLinkToken.TryParse(text, out _, out _));
}
