using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Connections.Email.Pages;
using Connections.Email.Rendering;
using Connections.Invites;
using Connections.Notices;
using Connections.Safety;
using Connections.Tests.Email.Rendering;
using Microsoft.AspNetCore.Http;

namespace Connections.Tests.Email.Pages;

public sealed partial class PagesTests
{
    private static readonly Templates Templates = new();
    private static readonly InvitePage Invites = new(Templates);
    private static readonly UnsubscribePage Unsubscribes = new(Templates);
    private static readonly Uri Home = new("https://connections.example/");
    private static readonly Person Nora = SampleNotices.Invite.Sender;
    private static readonly InvitePageView.Open Invite = new(
        Nora,
        SampleNotices.Invite.ProfileUrl!,
        "One line\nand another",
        SampleNotices.Invite.ExpiresAt!.Value,
        InviteAnswer.Accept,
        new DateTimeOffset(2026, 11, 22, 9, 30, 0, TimeSpan.Zero),
        SampleNotices.Invite.ReportUrl!,
        "en");

    private static readonly Dictionary<string, IResult> All = new()
    {
        ["invite"] = Invites.Render(Invite),
        ["invite to decline"] = Invites.Render(Invite with { Suggested = InviteAnswer.Decline, Note = null }),
        ["accepted"] = Invites.Render(new InvitePageView.Answered(InviteAnswer.Accept, Nora, Home, "en")),
        ["declined"] = Invites.Render(new InvitePageView.Answered(InviteAnswer.Decline, Nora, Home, "en")),
        ["report"] = Invites.Render(new InvitePageView.Report(Nora, 1000, Home, "en")),
        ["reported"] = Invites.Render(new InvitePageView.Answered(InviteAnswer.Report, Nora, Home, "en")),
        ["gone"] = Invites.Render(new InvitePageView.Gone(Home, "en")),
        ["unsubscribe"] = Unsubscribes.Render(new UnsubscribePageView.Ask(NoticeKind.InviteReceived, "en")),
        ["unsubscribed"] = Unsubscribes.Render(new UnsubscribePageView.Stopped(NoticeKind.InviteReceived, Home, "en")),
        ["unsubscribed from all"] = Unsubscribes.Render(new UnsubscribePageView.Stopped(null, Home, "en")),
    };

    public static TheoryData<string> Names { get; } = [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_is_guarded_by_its_headers(string name)
    {
        var (response, html) = await AnswerAsync(All[name]);
        var style = Style().Match(html).Groups["css"].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        Assert.Equal(
            $"default-src 'none'; style-src 'sha256-{hash}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            response.Headers.ContentSecurityPolicy);
        Assert.Equal("no-referrer", response.Headers["Referrer-Policy"]);
        Assert.Equal("nosniff", response.Headers.XContentTypeOptions);
        Assert.Equal("DENY", response.Headers.XFrameOptions);
        Assert.Equal("no-store", response.Headers.CacheControl);
        Assert.Equal("noindex, nofollow", response.Headers["X-Robots-Tag"]);
        Assert.Equal("text/html; charset=utf-8", response.ContentType);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_has_nothing_that_its_policy_forbids(string name)
    {
        var (_, html) = await AnswerAsync(All[name]);
        Assert.Single(Style().Matches(html));
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.All(LinkTag().Matches(html), link => Assert.Contains("href=\"data:", link.Value, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_page_tells_its_language_and_has_one_heading_that_is_its_title(string name)
    {
        var (_, html) = await AnswerAsync(All[name]);
        Assert.Contains("<html lang=\"en\" dir=\"ltr\">", html, StringComparison.Ordinal);
        Assert.Contains("name=\"viewport\"", html, StringComparison.Ordinal);
        var heading = Assert.Single(Heading().Matches(html)).Groups["text"].Value;
        Assert.Contains($"<title>{heading} – Connections</title>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(InviteAnswer.Accept, "accept", "decline")]
    [InlineData(InviteAnswer.Decline, "decline", "accept")]
    public async Task The_invite_has_both_answers_the_suggested_one_first_and_prominent(InviteAnswer suggested, string first, string second)
    {
        var (_, html) = await AnswerAsync(Invites.Render(Invite with { Suggested = suggested }));
        Assert.Matches("<form method=\"post\">", html);
        Assert.Equal(
            [
                $"<button class=\"button\" data-tone=\"main\" name=\"answer\" value=\"{first}\">",
                $"<button class=\"button\" name=\"answer\" value=\"{second}\">",
            ],
            Button().Matches(html).Select(button => button.Value));
    }

    [Fact]
    public async Task The_invite_leads_to_a_form_that_takes_every_reason_and_one_button_sends()
    {
        var (_, invite) = await AnswerAsync(All["invite"]);
        Assert.Contains(
            "<a href=\"https://connections.example/api/invite-links/abc-DEF_123?answer&#x3D;report\">Report or block</a>",
            invite,
            StringComparison.Ordinal);
        var (_, report) = await AnswerAsync(All["report"]);
        Assert.Contains("<form method=\"post\"", report, StringComparison.Ordinal);
        Assert.All(
            ReportRequest.ReasonNames,
            name => Assert.Contains($"name=\"reason\" value=\"{name}\" required>", report, StringComparison.Ordinal));
        Assert.Contains("maxlength=\"1000\"", report, StringComparison.Ordinal);
        Assert.Equal(
            ["<button class=\"button\" data-tone=\"danger\" name=\"answer\" value=\"report\">"],
            Button().Matches(report).Select(button => button.Value));
    }

    [Fact]
    public async Task The_invite_says_who_what_until_when_and_what_accepting_means()
    {
        var (response, html) = await AnswerAsync(All["invite"]);
        Assert.Equal(StatusCodes.Status200OK, response.StatusCode);
        Assert.Contains("Nora Lind invites you to connect", html, StringComparison.Ordinal);
        Assert.Contains("data-initials=\"NL\"", html, StringComparison.Ordinal);
        Assert.Contains("Head of creator partnerships", html, StringComparison.Ordinal);
        Assert.Contains("Nimbus Sportswear", html, StringComparison.Ordinal);
        Assert.Contains(">nimbus\u200B.\u200Bexample</p>", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://connections.example/creators/nora\">See the profile</a>", html, StringComparison.Ordinal);
        Assert.Contains(">One line<br>and another</blockquote>", html, StringComparison.Ordinal);
        Assert.Contains("open until 22\u00a0December\u00a02026", html, StringComparison.Ordinal);
        Assert.Contains("commits you to no campaign", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_by_a_member_is_escaped_on_the_page()
    {
        const string Hostile = "<script>alert(1)</script>\"><img src=x>{{style}}";
        var (_, html) = await AnswerAsync(Invites.Render(Invite with { Sender = new Person(Hostile, Hostile, Hostile), Note = Hostile }));
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains(
            "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;&lt;img src&#x3D;x&gt;{{style}}</blockquote>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_of_no_use_is_404_and_looks_the_same_whatever_it_was_for()
    {
        var (invite, inviteHtml) = await AnswerAsync(All["gone"]);
        var (unsubscribe, unsubscribeHtml) = await AnswerAsync(Unsubscribes.Render(new UnsubscribePageView.Gone(Home, "en")));
        Assert.Equal((StatusCodes.Status404NotFound, StatusCodes.Status404NotFound), (invite.StatusCode, unsubscribe.StatusCode));
        Assert.Equal(inviteHtml, unsubscribeHtml);
    }

    [Fact]
    public async Task The_unsubscribe_page_offers_this_kind_and_all()
    {
        var (_, html) = await AnswerAsync(All["unsubscribe"]);
        Assert.Contains(
            "<button class=\"button\" data-tone=\"main\" name=\"stop\" value=\"this\">Stop emails about new invites</button>",
            html,
            StringComparison.Ordinal);
        Assert.Contains(
            "<button class=\"button\" name=\"stop\" value=\"all\">Stop all emails from Connections</button>",
            html,
            StringComparison.Ordinal);
    }

    private static async Task<(HttpResponse Response, string Html)> AnswerAsync(IResult result)
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        await result.ExecuteAsync(context);
        return (context.Response, Encoding.UTF8.GetString(body.ToArray()));
    }

    [GeneratedRegex("<style>(?<css>[^<]*)</style>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Style();

    [GeneratedRegex("<link[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkTag();

    [GeneratedRegex("<h1>(?<text>[^<]*)</h1>", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();

    [GeneratedRegex("<button[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Button();
}
