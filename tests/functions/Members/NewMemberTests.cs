using Connections.Http;
using Connections.Members;

namespace Connections.Tests.Functions.Members;

public sealed class NewMemberTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_new_member_has_what_the_token_says_and_has_not_said_which_kind_they_are()
    {
        var member = From("Zoë Quinn", "zoe@mail.test");

        Assert.Equal(("Zoë Quinn", "zoe@mail.test", Now), (member.DisplayName, member.Email, member.CreatedAt));
        Assert.Null(member.Kind);
        Assert.False(member.Listed);
        Assert.Equal(["zoe", "quinn"], member.Terms);
    }

    [Fact]
    public void Each_new_member_has_a_secret_key_of_their_own()
    {
        Assert.True(From("a", null).UnsubscribeKey.Length >= 43);
        Assert.NotEqual(From("a", null).UnsubscribeKey, From("a", null).UnsubscribeKey);
    }

    [Theory]
    [InlineData("  Ann\r\n\tMarie  ", "Ann Marie")]
    [InlineData("Ann\u0000\u0007Marie", "Ann Marie")]
    [InlineData("Ann\u202EMarie\u202D", "AnnMarie")]
    [InlineData("Ann\uD83D", "Ann")]
    [InlineData("\u0001\n", NewMember.DefaultName)]
    [InlineData("", NewMember.DefaultName)]
    [InlineData(null, NewMember.DefaultName)]
    public void A_name_is_cleaned(string? claim, string name) => Assert.Equal(name, From(claim, null).DisplayName);

    [Fact]
    public void A_name_that_is_too_long_is_cut_between_characters()
    {
        var claim = string.Concat(Enumerable.Repeat("🎉", ProfileLimits.DisplayName + 1));

        Assert.Equal(claim[..^2], From(claim, null).DisplayName);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(81)]
    [InlineData(500)]
    public void Whatever_the_name_claim_is_the_profile_would_be_taken_again(int length)
    {
        var member = From(string.Concat(Enumerable.Repeat("ab \u0003\uD83D", length)), null);

        Assert.Null(ProfileRules.Apply(member, new ProfileChange { DisplayName = member.DisplayName }, Now).Problem);
    }

    [Theory]
    [InlineData("a@b.test")]
    [InlineData("first.last+tag@mail.sub.example-site.test")]
    [InlineData("o'brien_{x}~@mail.test")]
    [InlineData("a@xn--bcher-kva.example")]
    public void An_address_that_mail_can_reach_is_kept(string email) => Assert.Equal(email, From("a", email).Email);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("@b.test")]
    [InlineData("a@")]
    [InlineData("a@b")]
    [InlineData("a@@b.test")]
    [InlineData("a@b@c.test")]
    [InlineData("a b@c.test")]
    [InlineData("a@b.test\r\nBcc: c@d.test")]
    [InlineData("Ann <a@b.test>")]
    [InlineData("\"a b\"@c.test")]
    [InlineData(".a@b.test")]
    [InlineData("a..b@c.test")]
    [InlineData("a@.test")]
    [InlineData("a@b.test.")]
    [InlineData("a@-b.test")]
    [InlineData("a@b_c.test")]
    [InlineData("é@b.test")]
    public void Any_other_address_is_left_out(string? email) => Assert.Null(From("a", email).Email);

    [Fact]
    public void An_address_is_left_out_past_its_limits()
    {
        var local = new string('a', 64);
        var domain = string.Join('.', new string('b', 63), new string('c', 63), new string('d', 61));
        Assert.Equal(254, $"{local}@{domain}".Length);

        Assert.NotNull(From("a", $"{local}@{domain}").Email);
        Assert.Null(From("a", $"{local}@{domain}d").Email);
        Assert.Null(From("a", $"{local}a@b.test").Email);
        Assert.Null(From("a", $"a@{new string('b', 64)}.test").Email);
    }

    private static Member From(string? name, string? email) => NewMember.From(new Caller(new MemberId("m"), email, name, []), Now);
}
