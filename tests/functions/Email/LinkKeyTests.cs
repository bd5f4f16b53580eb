using Connections.Notices;

namespace Connections.Tests.Email;

public sealed class LinkKeyTests
{
    [Fact]
    public void A_key_is_256_random_bits_that_need_no_escaping_in_a_URL()
    {
        var keys = Enumerable.Range(0, 1_000).Select(_ => LinkKey.New()).ToList();
        Assert.Equal(keys.Count, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.All(keys, key => Assert.Matches("^[A-Za-z0-9_-]{43}$", key));
    }

    [Fact]
    public void A_key_is_matched_by_itself_only()
    {
        var key = LinkKey.New();
        Assert.True(LinkKey.Matches(key, new string(key)));
        Assert.False(LinkKey.Matches(key, LinkKey.New()));
        Assert.False(LinkKey.Matches(key, key[..^1]));
        Assert.False(LinkKey.Matches(key, key + "A"));
        Assert.False(LinkKey.Matches(key, ""));
    }

    [Fact]
    public void Somebody_without_a_key_is_matched_by_nothing()
    {
        Assert.False(LinkKey.Matches("", ""));
        Assert.False(LinkKey.Matches("", LinkKey.New()));
    }
}
