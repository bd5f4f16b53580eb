using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Connections.Email.Rendering;
using Connections.Notices;

namespace Connections.Tests.Email.Rendering;

/// <summary>What an email says about the member behind it: initials, organisation, website and a link to the profile.</summary>
public sealed partial class SenderTests
{
    public static TheoryData<NoticeKind> Kinds { get; } = [.. NoticeKinds.All];

    [Theory]
    [InlineData("https://nimbus.example/", "nimbus|.|example")]
    [InlineData("http://www.nimbus.example:8080/shop/", "www|.|nimbus|.|example|:|8080/shop")]
    [InlineData("https://例え。jp", "例え|。|jp")]
    [InlineData("nimbus.example", "nimbus|.|example")]
    public void An_invite_says_who_asks(string website, string shown)
    {
        var notice = SampleNotices.Renderer.Render(
            SampleNotices.Invite with { Sender = SampleNotices.Invite.Sender with { Website = website } });
        Assert.Equal("NL", InitialsOf(notice));
        Assert.Contains("<a class=\"link\" href=\"https://connections.example/creators/nora\"", notice.Html, StringComparison.Ordinal);
        foreach (var part in new[] { notice.Html, notice.Text.Replace("\n> ", "\n>", StringComparison.Ordinal) })
        {
            Assert.Contains(">Nimbus Sportswear", part, StringComparison.Ordinal);
            Assert.Contains(">" + shown.Replace('|', '\u200B'), part, StringComparison.Ordinal);
            Assert.Contains("See the profile", part, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_mail_program_finds_an_address_in_who_the_sender_is(NoticeKind kind)
    {
        const string Lure = "https://evil.example/ www.evil.example me@evil.example";
        var person = new Person(Lure, "1" + Lure, "2" + Lure, Lure);
        var notice = SampleNotices.Renderer.Render(SampleNotices.Of(kind) with
        {
            Recipient = person,
            Sender = person,
            Note = Lure,
            Unread = kind == NoticeKind.UnreadMessages ? new UnreadView(2, [Lure, "See " + Lure]) : null,
        });

        // The head of the document is not shown.
        var html = notice.Html[notice.Html.IndexOf("<table", StringComparison.Ordinal)..];
        Assert.Contains("evil\u200B.\u200Bexample", html, StringComparison.Ordinal);
        Assert.Contains("evil\u200B.\u200Bexample", notice.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch("www\\.|evil\\.|@evil|https:[^\\u200B]*evil", html + notice.Text);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_confirmed_domain_is_said_in_our_words_and_not_in_the_members(NoticeKind kind)
    {
        var sample = SampleNotices.Of(kind);
        var sender = sample.Sender with { Headline = "Confirmed address at nike.example", ConfirmedDomain = "nimbus.example" };
        var notice = SampleNotices.Renderer.Render(sample with { Sender = sender });
        const string Said = "Confirmed address at nimbus\u200B.\u200Bexample";
        Assert.Contains("class=\"confirmed\"", notice.Html, StringComparison.Ordinal);
        Assert.Contains($"&#10003;&nbsp;{Said}</span>", notice.Html, StringComparison.Ordinal);
        // In the text part, what members wrote is quoted.
        Assert.Contains($"\n{Said}\n", notice.Text, StringComparison.Ordinal);
        Assert.Contains("\n> Confirmed address at nike", notice.Text, StringComparison.Ordinal);

        var without = SampleNotices.Renderer.Render(sample with { Sender = sender with { ConfirmedDomain = null } });
        Assert.DoesNotContain("class=\"confirmed\"", without.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("\nConfirmed", without.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_footer_says_whom_a_reply_reaches(NoticeKind kind)
    {
        var notice = SampleNotices.Renderer.Render(SampleNotices.Of(kind));
        const string Said = "A reply to this email reaches our support team, and no other member.";
        Assert.Contains(Said, notice.Html, StringComparison.Ordinal);
        Assert.Contains(Said, notice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Initials_are_those_of_the_client()
    {
        var file = File.ReadAllText(Path.Combine(Repository.Root, "web/src/testing/initials.json"));
        var cases = JsonSerializer.Deserialize<string[][]>(file)!;
        Assert.NotEmpty(cases);
        Assert.All(cases, pair => Assert.Equal(pair[1], InitialsOf(SampleNotices.Renderer.Render(SampleNotices.From(pair[0])))));
    }

    [Fact]
    public void Initials_are_those_of_the_whole_name_even_where_it_is_cut()
    {
        var name = "Anna " + string.Concat(Enumerable.Repeat("Beata ", 20)) + "Zoë";
        Assert.Equal("AZ", InitialsOf(SampleNotices.Renderer.Render(SampleNotices.From(name))));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_email_is_small_enough_that_no_mail_program_cuts_it(NoticeKind kind) =>
        Assert.InRange(Encoding.UTF8.GetByteCount(SampleNotices.Renderer.Render(SampleNotices.Of(kind)).Html), 1, 100_000);

    private static string InitialsOf(RenderedEmail email) =>
        WebUtility.HtmlDecode(Initials().Match(email.Html).Groups["initials"].Value);

    [GeneratedRegex("class=\"initials\"[^>]*>(?<initials>[^<]*)<", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Initials();
}
