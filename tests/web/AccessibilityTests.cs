using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>axe-core on every page except the messenger: empty, filled, with open dialogs, and after errors.</summary>
[Collection(WebClientFixture.Looks)]
public sealed class AccessibilityTests(WebClientFixture web)
{
    private const int Phone = 360;
    private const int Laptop = 1280;

    [BrowserTheory]
    [InlineData(Phone)]
    [InlineData(Laptop)]
    public async Task Explore_is_accessible(int width)
    {
        var company = await PopulatedBrand.MakeAsync(web.Host);
        var (page, name) = (await OpenAsync(company.Pair.BrandId, width), company.Pair.CreatorName);
        await page.GotoAsync($"/?q={company.Search}&category=travel&category=food&minFollowers=1000&minEngagement=0.01");
        await Expect(page.Link($"Chat with {name}")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        await page.Button("Invite Ana Open to connect").ClickAsync();
        await page.TextBox("A note (optional)").FillAsync(new string('n', 310));
        await page.AssertForEverybodyAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.Button($"{PopulatedBrand.LongName} is invited: take the invite back").ClickAsync();
        await page.AssertForEverybodyAsync();
        await page.Keyboard.PressAsync("Escape");

        // Isolated, so that the words around the name keep their order.
        var isolated = $"\u2068{PopulatedBrand.RightToLeftName}\u2069";
        await page.GetByRole(AriaRole.Button, new() { Name = $"You cannot invite {isolated} until" }).ClickAsync();
        await page.AssertForEverybodyAsync();
        await page.Keyboard.PressAsync("Escape");

        if (width == Phone)
        {
            await page.Button("Filters (4)").ClickAsync();
        }
        else
        {
            await page.Button("Country").ClickAsync();
        }

        await Expect(page.GetByRole(AriaRole.Checkbox).First).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        await page.GotoAsync($"/?q={company.Search}&country=FI");
        await Expect(page.Heading("Nobody matches all of this")).ToBeVisibleAsync();
        await Expect(page.Button("Country: Finland")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();
    }

    [BrowserTheory]
    [InlineData(Phone)]
    [InlineData(Laptop)]
    public async Task Profiles_and_favourites_are_accessible(int width)
    {
        var company = await PopulatedBrand.MakeAsync(web.Host);
        var (page, name) = (await OpenAsync(company.Pair.BrandId, width), company.Pair.CreatorName);
        await page.GotoAsync($"/creators/{company.Pair.CreatorId}");
        await Expect(page.Heading("About")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        await page.Button($"More about {name}").ClickAsync();
        await Expect(page.Button("Report…")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        await page.Button("Report…").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.Button($"More about {name}").ClickAsync();
        await page.Button("Block…").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        await page.GotoAsync("/creators/nobody");
        await Expect(page.Heading("This profile is not here")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        await page.GotoAsync("/favourites");
        await Expect(page.Cards("Favourites")).ToHaveCountAsync(2);
        await page.AssertForEverybodyAsync();
    }

    [BrowserTheory]
    [InlineData(Phone)]
    [InlineData(Laptop)]
    public async Task Pending_and_connections_are_accessible(int width)
    {
        var company = await PopulatedBrand.MakeAsync(web.Host);
        var page = await OpenAsync(company.Pair.BrandId, width);
        await page.GotoAsync("/pending");
        await Expect(page.Heading("Answered or ended recently")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        await page.GotoAsync("/connections");
        await Expect(page.Link(company.Pair.CreatorName)).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        await page.Button($"More about {company.Pair.CreatorName}").ClickAsync();
        await page.Button("End connection…").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        var creator = await OpenAsync(company.Pair.CreatorId, width);
        await creator.GotoAsync("/pending");
        await creator.Button("Decline the invite of Ida Inviting").ClickAsync();
        await Expect(creator.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await creator.AssertForEverybodyAsync();
        await creator.Keyboard.PressAsync("Escape");

        await creator.Button("Accept the invite of Ida Inviting").ClickAsync();
        await Expect(creator.GetByText("You and Ida Inviting are connected")).ToBeVisibleAsync();
        await creator.AssertForEverybodyAsync();
    }

    [BrowserTheory]
    [InlineData(Phone)]
    [InlineData(Laptop)]
    public async Task The_members_own_pages_are_accessible(int width)
    {
        var company = await PopulatedBrand.MakeAsync(web.Host);
        var page = await OpenAsync(company.Pair.BrandId, width);
        await page.GotoAsync("/email-preferences");
        await Expect(page.GetByRole(AriaRole.Switch).First).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        await page.GotoAsync("/blocked");
        await page.Button("Lift block of Bea Blocked").ClickAsync();
        await page.AssertForEverybodyAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.AssertForEverybodyAsync();

        await page.GotoAsync("/your-data");
        await page.Button("Erase yourself…").ClickAsync();
        await page.Button("Erase me").ClickAsync();
        await Expect(page.GetByText("Type the word erase.")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.Button($"Your account, {company.Pair.BrandName}").ClickAsync();
        await Expect(page.Button("Sign out")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();
    }

    [BrowserTheory]
    [InlineData(Phone)]
    [InlineData(Laptop)]
    public async Task The_moderators_desk_and_what_a_suspended_member_sees_are_accessible(int width)
    {
        var company = await PopulatedBrand.MakeAsync(web.Host);
        var (pair, page) = (company.Pair, await OpenAsync("demo-moderator", width));
        var report = (await pair.Creator.SendAsync(
            "/api/reports", new { memberId = pair.BrandId, reason = "spam", details = "Again." }))["id"].ToString();
        await page.GotoAsync($"/moderation?member={pair.BrandId}");
        await Expect(page.Locator("a[data-report]")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        await page.Locator("a[data-report]").ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "4 Suspend" }).CheckAsync();
        await page.GetByLabel("Until", new() { Exact = true }).SelectOptionAsync("day");
        await page.Button("Decide").ClickAsync();
        await Expect(page.GetByText("Choose a day to come.")).ToBeVisibleAsync();
        await Expect(page.GetByText("All closed cases of this reason", new() { Exact = false })).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        await page.GetByLabel("Until", new() { Exact = true }).SelectOptionAsync("30");
        await page.TextBox("Statement of reasons").FillAsync("You wrote the same to everybody.");
        await page.Button("Decide").ClickAsync();
        await Expect(page.GetByText($"Suspended: {pair.BrandName}")).ToBeVisibleAsync();
        await page.GotoAsync($"/moderation?state=closed&report={report}");
        await Expect(page.GetByText("It ends on", new() { Exact = false })).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        await page.GotoAsync($"/moderation/members/{pair.BrandId}");
        await Expect(page.GetByText("Report decided: Suspend")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();
        foreach (var (opens, confirms) in new[] { ("Lift the suspension…", "Lift it"), ("Change the suspension…", "Suspend") })
        {
            await page.Button(opens).ClickAsync();
            await page.Button(confirms).ClickAsync();
            await page.AssertForEverybodyAsync();
            await page.Keyboard.PressAsync("Escape");
        }

        var suspended = await OpenAsync(pair.BrandId, width, mayLog: "status of 403");
        await suspended.GotoAsync("/");
        await Expect(suspended.Heading("Your account is suspended")).ToBeVisibleAsync();
        await suspended.AssertForEverybodyAsync();
    }

    [BrowserTheory]
    [InlineData(Phone)]
    [InlineData(Laptop)]
    public async Task Empty_pages_are_accessible(int width)
    {
        var pair = await Pair.MakeAsync(web.Host);
        var page = await OpenAsync(pair.BrandId, width);
        foreach (var (path, heading) in ((string, string)[])
            [
                ("/favourites", "No favourites yet"), ("/pending?direction=sent", "You have not invited anybody recently"),
                ("/pending?direction=received", "Invites go to creators"),
                ("/connections", "You have no connections yet"), ("/blocked", "You block nobody"),
                ("/nowhere", "There is nothing at this address"),
            ])
        {
            await page.GotoAsync(path);
            await Expect(page.Heading(heading)).ToBeVisibleAsync();
            await page.AssertForEverybodyAsync();
        }
    }

    [BrowserTheory]
    [InlineData(Phone)]
    [InlineData(Laptop)]
    public async Task Pages_that_fail_to_load_are_accessible(int width)
    {
        var pair = await Pair.MakeAsync(web.Host);
        foreach (var (id, paths) in ((string, string[])[])
        [
            (pair.BrandId, ["/", "/favourites", "/pending", "/connections", "/email-preferences", "/blocked"]),
            ("demo-moderator", ["/moderation", "/moderation/members/nobody"]),
        ])
        {
            await FailAsync(await OpenAsync(id, width, mayLog: "status of 404"), paths);
        }
    }

    private static async Task FailAsync(IPage page, string[] paths)
    {
        await page.RouteAsync(
            url => url.Contains("/api/", StringComparison.Ordinal) && !url.EndsWith("/api/me", StringComparison.Ordinal)
                && !url.Contains("realtime", StringComparison.Ordinal),
            route => route.FulfillAsync(new()
            {
                Status = 404,
                ContentType = "application/problem+json",
                Body = """{ "type": "/problems/gone", "title": "It is not here", "detail": "Look elsewhere.", "status": 404 }""",
            }));
        foreach (var path in paths)
        {
            await page.GotoAsync(path);
            await Expect(page.Button("Try again")).ToBeVisibleAsync();
            await page.AssertForEverybodyAsync();
        }
    }

    private async Task<IPage> OpenAsync(string id, int width, string mayLog = "status of 404")
    {
        var person = await web.NewPersonAsync(id, width);
        person.MayLog(mayLog);
        return person.Page;
    }
}
