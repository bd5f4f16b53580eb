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
    [InlineData("\u2069\u202BAnn", "Ann")]
    [InlineData("\u2067Ann\u202E\u2069", "\u2067Ann\u2069")]
    [InlineData("\u200B\u2800 Ann", "Ann")]
    [InlineData("\u200B", NewMember.DefaultName)]
    [InlineData("\u3164 \u0301", NewMember.DefaultName)]
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
        foreach (var piece in new[] { "ab \u0003\uD83D", "\u2067a\u200B \u2069\u202B", "\u2800\u202E\u0301b" })
        {
            var member = From(string.Concat(Enumerable.Repeat(piece, length)), null);
            var (taken, problem) = ProfileRules.Apply(member, new ProfileChange { DisplayName = member.DisplayName }, Now);
            Assert.Null(problem);
            Assert.Equal(member.DisplayName, taken!.DisplayName);
        }
    }

    [Theory]
    [InlineData("a@b.test")]
    [InlineData("first.last+tag@mail.sub.example-site.test")]
    [InlineData("o'brien_{x}~@mail.test")]
    [InlineData("a@xn--bcher-kva.example")]
    public void An_address_that_mail_can_reach_is_kept(string email) => Assert.Equal(email, From("a", email).Email);

    [Theory]
    [InlineData(" anna@mail.test\t", "anna@mail.test")]
    [InlineData("\u00A0anna@mail.test\u200B", "anna@mail.test")]
    [InlineData("anna@münchen.de", "anna@xn--mnchen-3ya.de")]
    [InlineData("anna@MÜNCHEN.de", "anna@xn--mnchen-3ya.de")]
    [InlineData("anna@straße.de", "anna@xn--strae-oqa.de")]
    [InlineData("anna@例え。テスト", "anna@xn--r8jz45g.xn--zckzah")]
    [InlineData("anna@почта.рф", "anna@xn--80a1acny.xn--p1ai")]
    [InlineData("anna@उदाहरण.परीक्षा", "anna@xn--p1b6ci4b4b3a.xn--11b5bs3a9aj6g")]
    public void An_address_is_written_as_mail_is_sent_to_it(string email, string address) => Assert.Equal(address, From("a", email).Email);

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
    [InlineData("a@192.0.2.1")]
    [InlineData("a@\u0130stanbul.test")]
    [InlineData("é@b.test")]
    [InlineData("josé@example.com")]
    [InlineData("a..b@docomo.ne.jp")]
    [InlineData("a.@docomo.ne.jp")]
    [InlineData("\"a..b\"@docomo.ne.jp")]
    [InlineData("a@mu\u0308nchen.de")]
    [InlineData("a@bü\u200Bcher.de")]
    [InlineData("a@😀.de")]
    [InlineData("a@bücher")]
    [InlineData("a@bücher..de")]
    [InlineData("a@bü cher.de")]
    [InlineData("a@[192.0.2.1]")]
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

    [Theory]
    [InlineData(true, "anna@mail.test")]
    [InlineData(null, "anna@mail.test")]
    [InlineData(false, null)]
    public void An_address_that_the_issuer_calls_unconfirmed_is_not_taken(bool? isVerified, string? address) =>
        Assert.Equal(
            address, NewMember.From(new Caller(new MemberId("m"), "anna@mail.test", null, []) { EmailVerified = isVerified }, Now).Email);

    private static Member From(string? name, string? email) => NewMember.From(new Caller(new MemberId("m"), email, name, []), Now);
}
