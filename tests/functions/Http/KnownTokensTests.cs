using Connections.Http;
using Connections.Tests.Local.Worker;

namespace Connections.Tests.Functions.Http;

public sealed class KnownTokensTests : IDisposable
{
    private const string Token = "header.payload.signature";
    private static readonly Caller Alice = new(new MemberId("alice"), null, null, []);
    private static readonly object Keys = new();

    private readonly ManualTime _time = new();
    private readonly KnownTokens _known;

    public KnownTokensTests() => _known = new KnownTokens(_time);

    private DateTime Now => _time.GetUtcNow().UtcDateTime;

    [Fact]
    public void A_token_that_was_checked_is_known()
    {
        _known.Add(Token, Keys, (Now, Now.AddHours(1)), Alice);

        Assert.Equal(Alice, _known.Find(Token, Keys));
    }

    [Theory]
    [InlineData("header.payload.signaturf")]
    [InlineData("header.payloae.signature")]
    [InlineData("header.payload.signature ")]
    [InlineData("")]
    public void No_other_token_is(string other)
    {
        _known.Add(Token, Keys, (Now, Now.AddHours(1)), Alice);

        Assert.Null(_known.Find(other, Keys));
    }

    [Fact]
    public void Once_the_keys_are_fetched_again_it_is_checked_again()
    {
        _known.Add(Token, Keys, (Now, Now.AddHours(1)), Alice);

        Assert.Null(_known.Find(Token, new object()));
    }

    [Fact]
    public void It_is_known_as_long_as_it_holds()
    {
        _known.Add(Token, Keys, (Now, Now.AddMinutes(1)), Alice);

        _time.Advance(TimeSpan.FromMinutes(1) + TokenValidator.ClockSkew - TimeSpan.FromSeconds(1));
        Assert.Equal(Alice, _known.Find(Token, Keys));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(_known.Find(Token, Keys));
    }

    [Fact]
    public void It_is_not_known_before_it_holds()
    {
        _known.Add(Token, Keys, (Now.AddHours(1), Now.AddHours(2)), Alice);

        Assert.Null(_known.Find(Token, Keys));
    }

    public void Dispose() => _known.Dispose();
}
