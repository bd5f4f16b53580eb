using System.Text.RegularExpressions;
using Connections.Email.Rendering;
using Connections.Notices;
using Connections.Safety;
using Connections.Tests.Email.Rendering;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>axe-core on the emails, on the pages behind their links in every state, and on the local host's own pages.</summary>
[Collection(WebClientFixture.Looks)]
public sealed partial class EmailAccessibilityTests(WebClientFixture web)
{
    private const int Phone = 360;
    private const int Laptop = 1280;

    [BrowserTheory]
    [InlineData(Phone)]
    [InlineData(Laptop)]
    public async Task The_pages_behind_links_are_accessible(int width)
    {
        var pair = await Pair.MakeAsync(web.Host);
        await pair.InviteAsync(new string('n', 300));
        var email = await web.Host.MailAsync($"{pair.CreatorId}@example.com");
        var page = await OpenAsync(width);

        await page.GotoAsync(Decline().Match(email.Text).Value);
        await Expect(page.Heading($"{pair.BrandName} invites you to connect")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();
        await AssertButtonsCanBeHitAsync(page);

        await page.Button("Decline").ClickAsync();
        await Expect(page.Heading("You declined the invite")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        await page.GotoAsync(Regex.Replace(Decline().Match(email.Text).Value, "invite-links/.*", "invite-links/unknown"));
        await Expect(page.Heading("This link no longer works")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        await page.GotoAsync(Stop().Match(email.Text).Value);
        await Expect(page.Heading("Which emails should stop?")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();
        await AssertButtonsCanBeHitAsync(page);

        await page.Button("Stop all emails from Connections").ClickAsync();
        await Expect(page.Heading("Done")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();
    }

    [BrowserTheory]
    [InlineData(Phone)]
    [InlineData(Laptop)]
    public async Task Emails_are_accessible(int width)
    {
        var page = await OpenAsync(width);
        foreach (var html in NoticeKinds.All.Select(kind => SampleNotices.Renderer.Render(SampleNotices.Of(kind)).Html).Append(Report()))
        {
            await page.SetContentAsync(html);
            await page.AssertForEverybodyAsync(isEmail: true);
        }
    }

    [BrowserTheory]
    [InlineData(Phone)]
    [InlineData(Laptop)]
    public async Task The_local_hosts_own_pages_are_accessible(int width)
    {
        var pair = await Pair.MakeAsync(web.Host);
        await pair.InviteAsync();
        await web.Host.MailAsync($"{pair.CreatorId}@example.com");
        var page = await OpenAsync(width);
        foreach (var path in (string[])["/dev", "/dev/mail?part=text"])
        {
            await page.GotoAsync(new Uri(web.Host.Url, path).AbsoluteUri);
            await Expect(page.GetByRole(AriaRole.Main)).ToBeVisibleAsync();
            await page.AssertForEverybodyAsync();
        }
    }

    private static async Task AssertButtonsCanBeHitAsync(IPage page)
    {
        foreach (var button in await page.GetByRole(AriaRole.Button).AllAsync())
        {
            Assert.InRange((await button.BoundingBoxAsync())!.Height, 44, 100);
        }
    }

    private static string Report() => new ReportRenderer(new Templates()).Render(new Report
    {
        Id = "report",
        MemberId = new MemberId("reporter"),
        MemberName = "Maya Okafor",
        ReportedId = new MemberId("reported"),
        Reason = ReportReason.Spam,
        Details = "The same words to everybody I know",
        ReportedAt = DateTimeOffset.UnixEpoch,
    }).Html;

    private async Task<IPage> OpenAsync(int width)
    {
        var person = await web.NewPersonAsync("nobody", width, signedIn: false);
        person.MayLog("status of 404");
        return person.Page;
    }

    [GeneratedRegex(@"http\S+/invite-links/\S+answer=decline")]
    private static partial Regex Decline();

    [GeneratedRegex(@"http\S+/unsubscribe/\S+")]
    private static partial Regex Stop();
}
