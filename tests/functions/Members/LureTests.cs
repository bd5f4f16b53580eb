using Connections.Http;
using Connections.Members;

namespace Connections.Tests.Functions.Members;

/// <summary>No web address in what strangers read first: a display name, handle, organisation or headline.</summary>
public sealed class LureTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 9, 0, 0, TimeSpan.Zero);
    private static readonly MemberId Id = new("m");

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("Win at https://evil.com/win")]
    [InlineData("HTTPS:evil.com")]
    [InlineData("hxxp://evil.com")]
    [InlineData("hxxps evil com")]
    [InlineData("h**p://evil.com")]
    [InlineData("h t t p : / / evil.com")]
    [InlineData("ftp://evil.com")]
    [InlineData("app://open")]
    [InlineData("mailto:anna@evil.com")]
    [InlineData("javascript:alert(1)")]
    [InlineData("www.evil.com")]
    [InlineData("see WWW.evil.com")]
    [InlineData("www2.evil.com")]
    [InlineData("www . evil . com")]
    [InlineData("w w w . evil.com")]
    [InlineData("bit.ly/abc")]
    [InlineData("t.me/anna")]
    [InlineData("evil.com/")]
    [InlineData("evil.com/a")]
    [InlineData("sub.evil.co.uk/a")]
    [InlineData("evil.com:8080")]
    [InlineData("evil.com?id=1")]
    [InlineData("evil.com/?id=1")]
    [InlineData("evil.com#a")]
    [InlineData("evil.com./a")]
    [InlineData("evil .com/a")]
    [InlineData("evil . com/a")]
    [InlineData("evil. com/a")]
    [InlineData("evil.com /a")]
    [InlineData("evil.com/ a")]
    [InlineData("evil[.]com/a")]
    [InlineData("evil(dot)com/a")]
    [InlineData("evil [ dot ] com/a")]
    [InlineData("evil dot com/a")]
    [InlineData("192.0.2.7/a")]
    [InlineData("192.0.2.7:80")]
    [InlineData("xn--evl-6na.com")]
    // Encoded for a URL or a page.
    [InlineData("https%3A%2F%2Fevil.com")]
    [InlineData("evil%2Ecom%2fa")]
    [InlineData("evil&#46;com/a")]
    [InlineData("evil&period;com&sol;a")]
    // Letters of other scripts, and white letters on squares and flags.
    [InlineData("evil.c\u03BFm/a")]
    [InlineData("evil.\u0441\u043Em/a")]
    [InlineData("ww\u051D.evil.com")]
    [InlineData("\u0433\u043Eo\u0433le.\u0441om/a")]
    [InlineData("\U0001F174\U0001F185\U0001F178\U0001F17B.com/a")]
    [InlineData("evil.\U0001F1E8\U0001F1F4/a")]
    // Invisible characters: zero width space and joiners, soft hyphen, word joiner, variation selector, grapheme joiner, direction marks.
    [InlineData("h\u200Bttp\u200D://evil")]
    [InlineData("ww\u00ADw.evil")]
    [InlineData("evil\u2060.\u200Bcom\uFEFF/a")]
    [InlineData("evil.c\uFE0Fom\u034F/a")]
    [InlineData("evil.\u200Ecom/\u2066a\u2069")]
    // Full-width, East Asian and other dots, slashes and colons.
    [InlineData("evil．com／a")]
    [InlineData("evil。com/a")]
    [InlineData("evil｡com/a")]
    [InlineData("evil․com∕a")]
    [InlineData("evil·com⁄a")]
    [InlineData("ｈｔｔｐ：／／ｅｖｉｌ")]
    [InlineData("http꞉//evil")]
    [InlineData("ｗｗｗ．evil")]
    [InlineData("evil.com？id")]
    // Letters of other shapes, and domains in other scripts.
    [InlineData("𝐡𝐭𝐭𝐩𝐬://evil")]
    [InlineData("ⓦⓦⓦ.evil")]
    [InlineData("ēvil.cöm/a")]
    [InlineData("пример.рф/а")]
    [InlineData("例え.みんな/a")]
    [InlineData("bücher.de/a")]
    // Blank characters that are no white space.
    [InlineData("www\u3164.\u2800evil")]
    public void An_address_in_any_dress_is_found(string text)
    {
        Assert.True(Lure.IsIn(text), text);
        Assert.True(Lure.IsIn($"Anna | {text}"), text);
        Assert.True(Lure.IsIn($"{text} now"), text);
    }

    [Theory]
    [InlineData("Anna Lind")]
    [InlineData("Booking.com")]
    [InlineData("Nordlys.no / Oslo")]
    [InlineData("Dr. Oetker")]
    [InlineData("will.i.am")]
    [InlineData("maya.outside")]
    [InlineData("St.Gallen/Zürich")]
    [InlineData("Photo/video, food & travel")]
    [InlineData("Travel. Food/wine")]
    [InlineData("Ph.D./MBA")]
    [InlineData("U.S./UK based")]
    [InlineData("No.1/day")]
    [InlineData("1.5/2.0 kg")]
    [InlineData("3 p.m./4 p.m.")]
    [InlineData("24/7 | DE/AT/CH")]
    [InlineData("Wife, mother; runner: 10 km")]
    [InlineData("I explain HTTP and the web")]
    [InlineData("www")]
    [InlineData("A dot on the map")]
    [InlineData("polka dot/stripes")]
    [InlineData("How? Like this!")]
    [InlineData("C#/.NET")]
    [InlineData("Anna 🎒/🥾")]
    [InlineData("山田 太郎。東京")]
    [InlineData("ジャン・ポール/東京")]
    [InlineData("محمد علی‌پور")]
    [InlineData("")]
    [InlineData(null)]
    public void A_name_is_a_name(string? text) => Assert.False(Lure.IsIn(text), text);

    [Theory]
    [InlineData("displayName", "Anna www.evil.com")]
    [InlineData("handle", "www.evil.com")]
    [InlineData("organisation", "evil.com/a")]
    [InlineData("headline", "hxxp://evil")]
    public void A_profile_with_an_address_in_a_name_is_refused(string field, string text)
    {
        var change = new ProfileChange
        {
            DisplayName = field == "displayName" ? text : "Anna",
            Handle = field == "handle" ? text : null,
            Organisation = field == "organisation" ? text : null,
            Headline = field == "headline" ? text : null,
        };
        var fault = Assert.Single(ProfileRules.Apply(new Member { Id = Id }, change, Now).Error!.Faults!);
        Assert.Equal((field, FieldCode.HasAddress), (fault.Field, fault.Code));
    }

    [Fact]
    public void A_name_from_a_token_with_an_address_is_not_taken() => Assert.Equal(
        NewMember.DefaultName, NewMember.From(new Caller(Id, null, "Anna http://evil.com", []), Now).DisplayName);

    [Fact]
    public void Whatever_is_thrown_at_it_it_answers_at_once()
    {
        foreach (var unit in new[] { "a.", "w ", "h t", ". ", "com/", "1.", "[.]", " dot ", "://", "\u200B.", "。" })
        {
            Lure.IsIn(string.Concat(Enumerable.Repeat(unit, 60)));
        }

        var random = new Random(20261128);
        const string Alphabet = "htpxw:/.[]( )doc0m1\u200B。．";
        for (var i = 0; i < 20_000; i++)
        {
            Lure.IsIn(string.Concat(Enumerable.Range(0, 120).Select(_ => Alphabet[random.Next(Alphabet.Length)])));
        }
    }
}
