using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Connections.Tests.Functions.Moderation;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>The moderators' desk, and what a suspended member sees.</summary>
[Collection(WebClientFixture.Members)]
public sealed partial class ModerationTests(WebClientFixture web)
{
    private const string Moderator = "demo-moderator";
    private const string Suspended = "Your account is suspended";
    private const string Reasons = "You sent the same offer to everybody.";

    [BrowserFact]
    public async Task An_invite_is_reported_from_its_email_its_sender_is_suspended_in_two_windows_and_comes_back_with_their_other_invites()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var other = await Pair.MakeAsync(web.Host);
        await pair.InviteAsync("Buy followers now");
        Assert.Null((await pair.Brand.SendAsync("/api/invites", new { creatorId = other.CreatorId })).Problem);
        var brand = await web.NewPersonAsync(pair.BrandId);
        brand.MayLog("status of 403");
        await brand.Page.GotoAsync("/");
        await brand.LiveAsync();
        var second = await brand.Context.NewPageAsync();
        await second.GotoAsync("/pending?direction=sent");
        await Expect(second.Link(other.CreatorName)).ToBeVisibleAsync();
        var creator = await web.NewPersonAsync(other.CreatorId);
        creator.MayLog("status of 404");
        await creator.Page.GotoAsync("/pending");
        var accept = creator.Page.Button($"Accept the invite of {pair.BrandName}");
        await Expect(accept).ToBeVisibleAsync();
        var link = InviteLink().Match((await web.Host.MailAsync($"{other.CreatorId}@example.com")).Text).Value;

        await ReportFromEmailAsync(pair);
        var refused = new ConcurrentQueue<string>();
        brand.Context.Response += (_, response) =>
        {
            if (response.Status == 403)
            {
                refused.Enqueue(response.Url);
            }
        };
        var desk = (await web.NewPersonAsync(Moderator)).Page;
        await DecideAsync(desk, pair, "4", Reasons);

        foreach (var window in new[] { brand.Page, second })
        {
            await Expect(window.Heading(Suspended)).ToBeVisibleAsync();
            await Expect(window.GetByText(Reasons)).ToBeVisibleAsync();
            await Expect(window.GetByText("for this reason: Spam", new() { Exact = false })).ToBeVisibleAsync();
            await Expect(window.Link("Write to us")).ToHaveAttributeAsync("href", new Regex("^mailto:"));
            await Expect(window.Button("Download your data")).ToBeVisibleAsync();
            await Expect(window.Button("Erase yourself…")).ToBeVisibleAsync();
        }

        var mail = await web.Host.MailAsync($"{pair.BrandId}@example.com", sent => sent.Subject == Suspended);
        Assert.Contains($"> {Reasons}", mail.Text, StringComparison.Ordinal);
        Assert.Contains("write to support@", mail.Text, StringComparison.Ordinal);
        var asked = refused.Count(IsForSocket);
        await creator.Page.GotoAsync("/pending");
        await Expect(creator.Page.Heading("Nobody has invited you recently")).ToBeVisibleAsync();
        await creator.Page.GotoAsync(link);
        await Expect(creator.Page.Heading("This link no longer works")).ToBeVisibleAsync();

        await desk.Keyboard.PressAsync("m");
        await Expect(desk.Heading(pair.BrandName)).ToBeVisibleAsync();
        // A suspended member's page does not ask for a socket again and again.
        Assert.Equal(asked, refused.Count(IsForSocket));
        await LiftAsync(desk, pair, "It was a mistake.");

        await brand.Page.Button("See whether it has ended").ClickAsync();
        await Expect(brand.Page.Search()).ToBeVisibleAsync();
        // The other window comes back by itself, to the page where it was.
        await Expect(second.Link(other.CreatorName)).ToBeVisibleAsync();
        await creator.Page.GotoAsync(link);
        await Expect(creator.Page.Heading($"{pair.BrandName} invites you to connect")).ToBeVisibleAsync();
        await creator.Page.GotoAsync("/pending");
        await accept.ClickAsync();
        await Expect(creator.Page.GetByText($"You and {pair.BrandName} are connected")).ToBeVisibleAsync();
        await Expect(desk.GetByText("It was a mistake.")).ToBeVisibleAsync();
        Assert.Contains(
            "> It was a mistake.",
            (await web.Host.MailAsync($"{pair.BrandId}@example.com", sent => sent.Subject == "Your account is open again")).Text,
            StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task A_suspended_member_signs_out_and_comes_back_by_themselves_when_its_time_is_over()
    {
        var clock = new ShiftedTime();
        var host = await web.NewHostAsync(o => o with { Time = clock });
        var pair = await Pair.MakeAsync(host);
        var brand = await web.NewPersonAsync(pair.BrandId, host: host);
        brand.MayLog("status of 403");
        // A socket that is being opened when the suspension comes is refused.
        brand.MayLog("WebSocket connection to");
        var moderator = host.ModeratorOf();
        // Shorter than a token holds.
        var length = TimeSpan.FromMinutes(20);
        Assert.Null((await moderator.SuspendAsync(pair.BrandId, until: clock.GetUtcNow() + length)).Problem);
        await brand.Page.GotoAsync("/favourites");
        await Expect(brand.Page.Heading(Suspended)).ToBeVisibleAsync();
        await Expect(brand.Page.GetByText("You cannot use Connections until", new() { Exact = false })).ToBeVisibleAsync();

        clock.Ahead = length;

        await Expect(brand.Page.Heading("No favourites yet")).ToBeVisibleAsync();
        Assert.Null((await moderator.SuspendAsync(pair.BrandId)).Problem);
        await Expect(brand.Page.GetByText("until a moderator lifts the suspension", new() { Exact = false })).ToBeVisibleAsync();
        await brand.Page.Button("Sign out").ClickAsync();
        await Expect(brand.Page.TextBox("Id")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Who_loses_of_two_decisions_is_told_who_decided_what_and_the_next_report_is_a_key_away()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var (first, second) = (await ReportAsync(pair, "spam", "The first"), await ReportAsync(pair, "harassment", "The second"));
        var rival = web.Host.ModeratorOf($"rival-of-{pair.BrandId}");
        await rival.BecomeBrandAsync("Rosa Rival");
        var desk = await web.NewPersonAsync(Moderator);
        desk.MayLog("status of 409");
        await desk.Page.GotoAsync($"/moderation?member={pair.BrandId}");
        await Expect(Row(desk.Page, second)).ToBeVisibleAsync();
        await desk.Page.Keyboard.PressAsync("j");
        await Expect(desk.Page.GetByText("The second")).ToBeVisibleAsync();
        await desk.Page.Keyboard.PressAsync("2");
        await desk.Page.TextBox("Statement of reasons").FillAsync("Please stop.");
        Assert.Null((await rival.DecideAsync(second, "dismiss", "It is blunt and breaks no rule.")).Problem);

        await desk.Page.Keyboard.PressAsync("Control+Enter");

        await Expect(desk.Page.GetByRole(AriaRole.Alert)).ToHaveTextAsync(
            "Rosa Rival decided first: Dismiss. What you wrote was not sent.");
        await Expect(desk.Page.GetByText("It is blunt and breaks no rule.")).ToBeVisibleAsync();
        await Expect(desk.Page.Button("Decide")).ToHaveCountAsync(0);
        await Expect(Row(desk.Page, second)).ToHaveCountAsync(0);

        await desk.Page.Locator("body").PressAsync("j");
        await Expect(Row(desk.Page, first)).ToHaveAttributeAsync("aria-current", "true");
        await Expect(Row(desk.Page, first)).ToBeFocusedAsync();
        await desk.Page.Keyboard.PressAsync("Enter");
        await Expect(desk.Page.Heading($"Spam: {pair.BrandName}")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task What_was_decided_in_like_cases_is_in_sight_and_its_words_can_be_used()
    {
        var host = await web.NewHostAsync();
        var pair = await Pair.MakeAsync(host);
        var before = await Pair.MakeAsync(host);
        var decided = await ReportAsync(before, "impersonation", "Not them");
        Assert.Null((await host.ModeratorOf().DecideAsync(decided, "warn", "Do not use the name of another.")).Problem);
        var report = await ReportAsync(pair, "impersonation", "Not them either");
        var desk = (await web.NewPersonAsync(Moderator, host: host)).Page;
        await desk.GotoAsync($"/moderation?member={pair.BrandId}");
        await Expect(Row(desk, report)).ToBeVisibleAsync();
        await desk.Keyboard.PressAsync("j");

        var like = desk.GetByRole(AriaRole.Region, new() { Name = "Decided in like cases" });
        await Expect(like.GetByText("Warned").Locator("..")).ToContainTextAsync("1");
        await like.Button($"Use these words, about {before.BrandName}").ClickAsync();

        await Expect(desk.TextBox("Statement of reasons")).ToHaveValueAsync("Do not use the name of another.");
        await Expect(desk.TextBox("Statement of reasons")).ToBeFocusedAsync();
        await desk.Button("Decide").ClickAsync();
        await Expect(desk.GetByText("Choose what to do.")).ToBeVisibleAsync();
        // A brand is not in search.
        await Expect(desk.GetByRole(AriaRole.Radio)).ToHaveCountAsync(3);
        await desk.GetByRole(AriaRole.Radio, new() { Name = "2 Warn" }).CheckAsync();
        await desk.Button("Decide").ClickAsync();
        await Expect(desk.GetByText($"Warned: {pair.BrandName}")).ToBeVisibleAsync();
        await desk.Locator("body").PressAsync("c");
        await Expect(desk.Locator("a[data-report]")).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task The_desk_has_its_keys_on_a_list_and_is_not_there_for_anybody_else()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var brand = await web.NewPersonAsync(pair.BrandId);
        foreach (var path in new[] { "/moderation", $"/moderation/members/{pair.CreatorId}" })
        {
            await brand.Page.GotoAsync(path);
            await Expect(brand.Page.Heading("There is nothing at this address")).ToBeVisibleAsync();
            await Expect(brand.Page.NavLink("Moderation")).ToHaveCountAsync(0);
        }

        var desk = await web.NewPersonAsync(Moderator);
        await desk.Page.GotoAsync("/");
        await desk.Page.NavLink("Moderation").ClickAsync();
        await Expect(desk.Page.Locator("a[data-report]").First).ToBeVisibleAsync();
        await desk.Page.Keyboard.PressAsync("?");
        await Expect(desk.Page.OpenDialog("Keys").GetByText("Dismiss, warn, unlist, suspend")).ToBeVisibleAsync();
        await Expect(desk.Page.OpenDialog("Keys").GetByText("Go to the search")).ToBeVisibleAsync();
        await desk.Page.GetByRole(AriaRole.Switch, new() { Name = "Single keys" }).UncheckAsync();
        await desk.Page.Keyboard.PressAsync("Escape");

        await desk.Page.Keyboard.PressAsync("j");
        await desk.Page.Keyboard.PressAsync("Tab");

        await Expect(desk.Page.Locator("a[data-report][aria-current]")).ToHaveCountAsync(0);
        await Expect(desk.Page.GetByText("No report is open here")).ToBeVisibleAsync();
    }

    private async Task ReportFromEmailAsync(Pair pair)
    {
        var phone = (await web.NewPersonAsync(pair.CreatorId, width: 360, height: 740, signedIn: false)).Page;
        await phone.GotoAsync(InviteLink().Match((await web.Host.MailAsync($"{pair.CreatorId}@example.com")).Text).Value);
        await phone.Link("Report or block").ClickAsync();
        await phone.GetByRole(AriaRole.Radio, new() { Name = "Spam" }).CheckAsync();
        await phone.TextBox("Anything else that we should know? (optional)").FillAsync("Everybody got it.");
        await phone.Button("Report and block").ClickAsync();
        await Expect(phone.Heading($"You reported and blocked {pair.BrandName}")).ToBeVisibleAsync();
        await web.Host.MailAsync(
            "support@example.com", mail => mail.Text.Contains($"Reported member: {pair.BrandId}", StringComparison.Ordinal));
    }

    // By keys alone.
    private static async Task DecideAsync(IPage desk, Pair pair, string key, string statement)
    {
        await desk.GotoAsync($"/moderation?member={pair.BrandId}");
        await Expect(desk.Locator("a[data-report]")).ToHaveCountAsync(1);
        await desk.Keyboard.PressAsync("j");
        await Expect(desk.GetByText("Everybody got it.")).ToBeVisibleAsync();
        await desk.Keyboard.PressAsync(key);
        await Expect(desk.TextBox("Statement of reasons")).ToBeFocusedAsync();
        await desk.Keyboard.TypeAsync(statement);
        await desk.Keyboard.PressAsync("Control+Enter");
        await Expect(desk.GetByText($"Suspended: {pair.BrandName}")).ToBeVisibleAsync();
        await Expect(desk.Locator("a[data-report]")).ToHaveCountAsync(0);
        await desk.Locator("body").ClickAsync(new() { Position = new() { X = 1, Y = 1 } });
    }

    private static async Task LiftAsync(IPage desk, Pair pair, string why)
    {
        await desk.Button("Lift the suspension…").ClickAsync();
        await desk.Button("Lift it").ClickAsync();
        await Expect(desk.GetByText("Write why.")).ToBeVisibleAsync();
        await desk.TextBox("Why").FillAsync(why);
        await desk.Button("Lift it").ClickAsync();
        await Expect(desk.GetByText($"{pair.BrandName} can use Connections again")).ToBeVisibleAsync();
    }

    private static async Task<string> ReportAsync(Pair pair, string reason, string details) =>
        (await pair.Creator.SendAsync("/api/reports", new { memberId = pair.BrandId, reason, details }))["id"].ToString();

    private static bool IsForSocket(string url) => url.EndsWith("/api/realtime/access", StringComparison.Ordinal);

    private static ILocator Row(IPage desk, string report) => desk.Locator($"a[data-report='{report}']");

    [GeneratedRegex(@"http\S+/invite-links/\S+")]
    private static partial Regex InviteLink();
}
