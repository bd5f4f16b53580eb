using Connections.Chat;

namespace Connections.Tests.Functions.Chat;

public sealed class ConversationEndTests
{
    private static readonly MemberId Ada = new("ada");
    private static readonly MemberId Bob = new("bob");

    private static readonly MessageDocument Last = new()
    {
        Id = MessageDocument.IdOf(7),
        ConnectionId = "c0",
        Seq = 7,
        ClientId = "x",
        From = Ada,
        To = Bob,
        Text = "Seven",
        SentAt = new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero),
        FromCount = 5,
        ToCount = 2,
    };

    [Fact]
    public void The_message_and_both_rows_tell_the_same_end()
    {
        ConversationEnd[] ends =
            [ConversationEnd.Of(Last), ConversationEnd.Of(Last.ViewFor(Ada), Ada), ConversationEnd.Of(Last.ViewFor(Bob), Bob)];

        Assert.All(ends, end =>
            Assert.Equal((7L, (DateTimeOffset?)Last.SentAt, 2L, 5L), (end.Seq, end.SentAt, end.ReceivedBy(Ada), end.ReceivedBy(Bob))));
    }

    [Fact]
    public void Where_nothing_was_said_nothing_was_received()
    {
        ConversationEnd[] ends = [ConversationEnd.Of(null), ConversationEnd.Of(null, Ada)];

        Assert.All(ends, end => Assert.Equal((0L, null, 0L, 0L), (end.Seq, end.SentAt, end.ReceivedBy(Ada), end.ReceivedBy(Bob))));
    }
}
