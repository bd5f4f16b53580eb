using Connections.Email.Preferences;
using Connections.Members;
using Connections.Notices;
using Connections.Settings;

namespace Connections.Tests.Email.Preferences;

public sealed class UnsubscribeTokenTests
{
    private static readonly Member Maya = new() { Id = new MemberId("maya"), UnsubscribeKey = LinkKey.New() };

    public static TheoryData<NoticeKind> Kinds { get; } = [.. NoticeKinds.All];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_token_names_its_member_and_kind_and_proves_it(NoticeKind kind)
    {
        var token = UnsubscribeToken.Parse(UnsubscribeToken.For(Maya, kind));
        Assert.Equal((Maya.Id, kind), (token!.Member, token.Kind));
        Assert.True(token.IsProvenBy(Maya));
    }

    [Fact]
    public void A_token_stays_the_same_for_as_long_as_the_key_does() =>
        Assert.Equal(UnsubscribeToken.For(Maya, NoticeKind.InviteReceived), UnsubscribeToken.For(
            Maya with { DisplayName = "Other" }, NoticeKind.InviteReceived));

    [Fact]
    public void A_token_with_any_one_character_changed_proves_nothing()
    {
        var text = UnsubscribeToken.For(Maya, NoticeKind.InviteReceived);
        for (var i = 0; i < text.Length; i++)
        {
            var changed = text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..];
            Assert.False(UnsubscribeToken.Parse(changed)?.IsProvenBy(Maya) ?? false, $"Changed at {i}.");
        }
    }

    [Theory]
    [InlineData("?x=1")]
    [InlineData("%3Fx=1")]
    [InlineData("&amp;x=1")]
    [InlineData("=")]
    [InlineData("=\r\n")]
    [InlineData(".")]
    [InlineData(").")]
    [InlineData(">")]
    [InlineData("\"")]
    public void What_a_mail_program_puts_behind_a_token_is_no_part_of_it(string junk) =>
        Assert.True(UnsubscribeToken.Parse(UnsubscribeToken.For(Maya, NoticeKind.InviteReceived) + junk)!.IsProvenBy(Maya));

    [Fact]
    public void A_token_proves_nothing_to_another_member_or_under_another_key()
    {
        var token = UnsubscribeToken.Parse(UnsubscribeToken.For(Maya, NoticeKind.InviteReceived))!;
        Assert.False(token.IsProvenBy(Maya with { UnsubscribeKey = LinkKey.New() }));
        Assert.False(token.IsProvenBy(Maya with { Id = new MemberId("nora") }));
        Assert.False(token.IsProvenBy(Maya with { UnsubscribeKey = "" }));
        Assert.False(token.IsProvenBy(null));
    }

    [Fact]
    public void The_key_is_not_in_the_token()
    {
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(UnsubscribeToken.For(Maya, NoticeKind.InviteReceived));
        Assert.DoesNotContain(Maya.UnsubscribeKey, System.Text.Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        Assert.True(bytes.AsSpan().IndexOf(System.Buffers.Text.Base64Url.DecodeFromChars(Maya.UnsubscribeKey)) < 0);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_longest_id_makes_a_token_within_the_limit_that_needs_no_escaping(NoticeKind kind)
    {
        var longest = Maya with { Id = new MemberId(new string('~', MemberId.MaxLength)) };
        var text = UnsubscribeToken.For(longest, kind);
        Assert.InRange(text.Length, 1, UnsubscribeToken.MaxLength);
        Assert.Matches("^[A-Za-z0-9_-]+$", text);
        Assert.True(UnsubscribeToken.Parse(text)!.IsProvenBy(longest));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("not a token")]
    [InlineData("AQ")]
    [InlineData("../../api/health")]
    public void What_is_no_token_is_read_as_none(string? text) => Assert.Null(UnsubscribeToken.Parse(text));

    [Fact]
    public void Random_and_overlong_texts_are_read_without_harm()
    {
        var random = new Random(20261122);
        for (var i = 0; i < 2_000; i++)
        {
            var bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            bytes.AsSpan(0, Math.Min(1, bytes.Length)).Fill(1);
            Assert.False(UnsubscribeToken.Parse(System.Buffers.Text.Base64Url.EncodeToString(bytes))?.IsProvenBy(Maya) ?? false);
        }

        Assert.Null(
            UnsubscribeToken.Parse(UnsubscribeToken.For(Maya, NoticeKind.InviteReceived) + new string('A', UnsubscribeToken.MaxLength)));
    }

    [Fact]
    public void Somebody_without_a_key_has_no_token() =>
        Assert.Throws<InvalidOperationException>(() => UnsubscribeToken.For(Maya with { UnsubscribeKey = "" }, NoticeKind.InviteReceived));

    [Fact]
    public void Mail_programs_are_offered_one_click_at_the_same_address_as_the_page()
    {
        var links = new UnsubscribeLinks(
            new LinkSettings(new Uri("https://connections.example/"), new Uri("https://connections.example/")));
        var headers = links.ListUnsubscribeHeaders(Maya, NoticeKind.InviteAccepted);
        Assert.Equal(
            $"<https://connections.example/api/unsubscribe/{UnsubscribeLinks.TokenFor(Maya, NoticeKind.InviteAccepted)}>",
            headers["List-Unsubscribe"]);
        Assert.Equal("List-Unsubscribe=One-Click", headers["List-Unsubscribe-Post"]);
        Assert.Equal($"<{links.UrlFor(Maya, NoticeKind.InviteAccepted)}>", headers["List-Unsubscribe"]);
    }
}
