using Connections.Http;
using Connections.Tests.Local.Worker;

namespace Connections.Tests.Functions.Http;

public sealed class KnownTokensTests : IDisposable
{
    private const string Token = "header.payload.signature";
    private static readonly Caller Alice = new(new MemberId("alice"), null, null, []);
    private static readonly object Keys = new();

    private readonly ManualTime time = new();
    private readonly KnownTokens known;

    public KnownTokensTests() => known = new KnownTokens(time);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    [Fact]
    public void A_token_that_was_checked_is_known()
    {
        known.Add(Token, Keys, (Now, Now.AddHours(1)), Alice);

        Assert.Equal(Alice, known.Find(Token, Keys));
    }

    [Theory]
    [InlineData("header.payload.signaturf")]
    [InlineData("header.payloae.signature")]
    [InlineData("header.payload.signature ")]
    [InlineData("")]
    public void No_other_token_is(string other)
    {
        known.Add(Token, Keys, (Now, Now.AddHours(1)), Alice);

        Assert.Null(known.Find(other, Keys));
    }

    [Fact]
    public void Once_the_keys_are_fetched_again_it_is_checked_again()
    {
        known.Add(Token, Keys, (Now, Now.AddHours(1)), Alice);

        Assert.Null(known.Find(Token, new object()));
    }

    [Fact]
    public void It_is_known_as_long_as_it_holds()
    {
        known.Add(Token, Keys, (Now, Now.AddMinutes(1)), Alice);

        time.Advance(TimeSpan.FromMinutes(1) + TokenValidator.ClockSkew - TimeSpan.FromSeconds(1));
        Assert.Equal(Alice, known.Find(Token, Keys));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(known.Find(Token, Keys));
    }

    [Fact]
    public void It_is_not_known_before_it_holds()
    {
        known.Add(Token, Keys, (Now.AddHours(1), Now.AddHours(2)), Alice);

        Assert.Null(known.Find(Token, Keys));
    }

    public void Dispose() => known.Dispose();
}
