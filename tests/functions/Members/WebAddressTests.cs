using System.Text.Json;
using Connections.Members;

namespace Connections.Tests.Functions.Members;

/// <summary>Web addresses in a profile must show where they lead.</summary>
public sealed class WebAddressTests
{
    [Theory]
    [InlineData("bücher.example")]
    [InlineData("xn--bcher-kva.example")]
    [InlineData("my_shop.example.com")]
    [InlineData("россия.рф")]
    [InlineData("ελλάδα.gr")]
    [InlineData("例え.jp")]
    [InlineData("ソニーstore.jp")]
    [InlineData("東京タワーのblog.jp")]
    [InlineData("中文abc.cn")]
    [InlineData("한국kr.kr")]
    [InlineData("עברית.il")]
    [InlineData("مثال.إختبار")]
    [InlineData("उदाहरण.भारत")]
    [InlineData("ไทย.th")]
    [InlineData("paral·lel.cat")]
    [InlineData("bu\u0308cher.example")]
    [InlineData("việt.vn")]
    [InlineData("192.0.2.1")]
    [InlineData("1.example:8443")]
    public void A_host_that_shows_where_it_leads_is_taken_as_it_was_sent(string host)
    {
        var member =
            Apply($$"""{"website":"https://{{host}}/me","platforms":[{"name":"x","handle":"a","url":"https://{{host}}"}]}""").Value;
        Assert.Equal(($"https://{host}/me", $"https://{host}"), (member?.Website, member?.Platforms[0].Url));
    }

    [Theory]
    [InlineData("bank.example\u2044login.evil.example")]
    [InlineData("bank.example\u2215login.evil.example")]
    [InlineData("bank.example\uFF0Flogin.evil.example")]
    [InlineData("bank.example\u29F8login.evil.example")]
    [InlineData("bank.example\u2571login.evil.example")]
    [InlineData("bank.example\u0338login.evil.example")]
    [InlineData("bank.exampleノlogin.evil.example")]
    [InlineData("bank.example丿login.evil.example")]
    [InlineData("bank.example〳login.evil.example")]
    [InlineData("bank\u3002example.evil.example")]
    [InlineData("bank\uFF0Eexample.evil.example")]
    [InlineData("bank\uFF61example.evil.example")]
    [InlineData("bank\u2024example.evil.example")]
    [InlineData("bank\u30FBexample.evil.example")]
    [InlineData("bank·example.evil.example")]
    [InlineData("bankꓸexample.evil.example")]
    [InlineData("bank\u0660example.evil.example")]
    [InlineData("bank.example\uFE68login.evil.example")]
    [InlineData("bank.example\uA789443.evil.example")]
    [InlineData("bank.example\u02D0443.evil.example")]
    [InlineData("bank.example\uFF1A443.evil.example")]
    [InlineData("bank.example\u01C3.evil.example")]
    [InlineData("bank.example\uFF1F.evil.example")]
    [InlineData("ba\u200Bnk.example")]
    [InlineData("ba\u00ADnk.example")]
    [InlineData("ba\u200Dnk.example")]
    [InlineData("\u2067bank\u2069.example")]
    [InlineData("ban\u200Fk.example")]
    [InlineData("bаnk.example")]
    [InlineData("bοnk.example")]
    [InlineData("россiя.рф")]
    [InlineData("한국カ.kr")]
    [InlineData("bank%2Flogin.evil.example")]
    [InlineData("b%61nk.example")]
    [InlineData("ﬁn.example")]
    [InlineData("ⓑank.example")]
    [InlineData("😀.example")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("127.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("192.0.2.0x1")]
    [InlineData("localhost")]
    [InlineData("bank..example")]
    [InlineData("-bank.example")]
    [InlineData("bank.example:")]
    [InlineData("bank.example:443:443")]
    [InlineData("bank.example:99999")]
    public void A_host_that_hides_where_it_leads_is_refused(string host) => Assert.Equal(
        ["avatarUrl", "platforms[0].url", "website"],
        Apply($$"""{"website":"https://{{host}}/","avatarUrl":"https://{{host}}/a.png","platforms":[{"name":"x","handle":"a","url":"https://{{host}}"}]}""")
            .Error?.Fields!.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void An_address_of_a_platform_that_stands_already_may_stay()
    {
        var before = new Member { Id = new MemberId("m"), Platforms = [new Platform("x", "a", "https://bank/", 0, 0)] };
        Assert.Null(Apply("""{"platforms":[{"name":"x","handle":"a","url":"https://bank/"}]}""", before).Error);
    }

    private static Result<Member> Apply(string body, Member? member = null) => ProfileRules.Apply(
        member ?? new Member { Id = new MemberId("m") },
        JsonSerializer.Deserialize<ProfileChange>(body, Json.Options)! with { DisplayName = "Ann" },
        DateTimeOffset.UnixEpoch);
}
