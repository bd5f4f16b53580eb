using Connections.Invites;

namespace Connections.Tests.Functions.Invites;

public sealed class ConnectionIdTests
{
    [Fact]
    public void A_pair_has_one_id_in_either_order() =>
        Assert.Equal(ConnectionId.Of(new MemberId("a"), new MemberId("b")), ConnectionId.Of(new MemberId("b"), new MemberId("a")));

    [Fact]
    public void Ids_that_run_together_make_different_pairs() =>
        Assert.NotEqual(ConnectionId.Of(new MemberId("ab"), new MemberId("c")), ConnectionId.Of(new MemberId("a"), new MemberId("bc")));

    [Fact]
    public void Only_what_looks_like_an_id_is_looked_up()
    {
        var id = ConnectionId.Of(new MemberId("a"), new MemberId("b"));
        Assert.True(ConnectionId.IsValid(id));
        foreach (var other in new[] { null, "", "c", id + "0", id[..^1] + "G", "d" + id[1..], id.ToUpperInvariant() })
        {
            Assert.False(ConnectionId.IsValid(other), other);
        }
    }
}
