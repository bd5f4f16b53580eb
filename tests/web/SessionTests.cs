using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>A session belongs to the browser: all its windows share it, and it begins and ends in all of them.</summary>
[Collection(WebClientFixture.Sessions)]
public sealed class SessionTests(WebClientFixture web)
{
    [BrowserFact]
    public async Task A_new_window_is_signed_in_and_signing_out_in_one_signs_out_all()
    {
        var (maya, second) = await SignedInAtTheIssuerAsync();

        // No token is where a script could read it later, nor in a new window's storage.
        foreach (var page in (IPage[])[maya.Page, second])
        {
            var stored = await page.EvaluateAsync<string>("JSON.stringify({ ...localStorage, ...sessionStorage })");
            Assert.DoesNotContain("token", stored, StringComparison.OrdinalIgnoreCase);
        }

        await second.Button("Your account, Maya Okafor").ClickAsync();
        await second.Button("Sign out").ClickAsync();
        await Expect(maya.Page.GetByText("You signed out in another window.")).ToBeVisibleAsync();
        await Expect(maya.Page).ToHaveURLAsync(new Uri(maya.Client, "/connections").AbsoluteUri);
        await Expect(second.Button("Sign in")).ToBeVisibleAsync();

        // Signing in again in one window brings the other back to its page.
        await second.Button("Sign in").ClickAsync();
        await second.GetByRole(AriaRole.Button, new() { Name = "Maya Okafor" }).ClickAsync();
        await Expect(second.Button("Your account, Maya Okafor")).ToBeVisibleAsync();
        await Expect(maya.Page.Heading("Connections")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Windows_share_one_renewal_of_the_token()
    {
        var (maya, second) = await SignedInAtTheIssuerAsync();
        var refreshes = 0;
        await maya.Context.RouteAsync("**/dev/identity/token", async route =>
        {
            Interlocked.Increment(ref refreshes);
            await route.ContinueAsync();
        });
        maya.MayLog("status of 401");
        // Both windows are refused once with the token that they share.
        var refused = 0;
        await maya.Context.RouteAsync("**/api/invites?*", async route =>
        {
            if (Interlocked.Increment(ref refused) <= 2)
            {
                await route.FulfillAsync(new() { Status = 401, Body = "{}", ContentType = "application/problem+json" });
                return;
            }

            await route.ContinueAsync();
        });

        await Task.WhenAll(maya.Page.NavLink("Pending").ClickAsync(), second.NavLink("Pending").ClickAsync());
        await Expect(maya.Page.Heading("Pending")).ToBeVisibleAsync();
        await Expect(second.Heading("Pending")).ToBeVisibleAsync();
        await Expect(maya.Page.GetByText("Nothing to answer").Or(maya.Page.GetByRole(AriaRole.Listitem)).First).ToBeVisibleAsync();

        Assert.InRange(refreshes, 0, 1);
    }

    [BrowserFact]
    public async Task A_link_that_is_opened_after_all_windows_were_closed_shows_its_page()
    {
        var (maya, second) = await SignedInAtTheIssuerAsync();
        await second.CloseAsync();
        await maya.Page.CloseAsync();

        var fresh = await maya.Context.NewPageAsync();
        await fresh.GotoAsync("/favourites#from-an-email");

        await Expect(fresh.Heading("Favourites")).ToBeVisibleAsync();
        await Expect(fresh).ToHaveURLAsync(new Uri(maya.Client, "/favourites#from-an-email").AbsoluteUri);
    }

    [BrowserFact]
    public async Task A_session_that_the_issuer_ended_says_so_and_keeps_the_page()
    {
        var (maya, second) = await SignedInAtTheIssuerAsync();
        await second.CloseAsync();
        // As an issuer answers at which nobody is signed in any more.
        await maya.Page.EvaluateAsync("localStorage.setItem('connections.signed-in', JSON.stringify({ sub: 'demo-creator' }))");
        await maya.Page.ReloadAsync();

        await Expect(maya.Page.GetByText("You were signed out because your sign-in expired.")).ToBeVisibleAsync();
        await Expect(maya.Page).ToHaveURLAsync(new Uri(maya.Client, "/connections").AbsoluteUri);
        await maya.Page.Button("Sign in").ClickAsync();
        await maya.Page.GetByRole(AriaRole.Button, new() { Name = "Maya Okafor" }).ClickAsync();
        await Expect(maya.Page).ToHaveURLAsync(new Uri(maya.Client, "/connections").AbsoluteUri);
        await Expect(maya.Page.Button("Your account, Maya Okafor")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task On_the_local_host_a_window_can_be_another_member_than_the_browser()
    {
        var linnea = await web.NewPersonAsync("nobody", signedIn: false);
        await linnea.Page.GotoAsync("/");
        await linnea.Page.GetByRole(AriaRole.Button, new() { Name = "demo-brand" }).ClickAsync();
        await Expect(linnea.Page.Button("Your account, Linnea Berg")).ToBeVisibleAsync();

        var third = await linnea.Context.NewPageAsync();
        await third.GotoAsync("/pending");
        await Expect(third.Button("Your account, Linnea Berg")).ToBeVisibleAsync();

        var maya = await linnea.Context.RunAndWaitForPageAsync(async () =>
        {
            await linnea.Page.Button("Your account, Linnea Berg").ClickAsync();
            await linnea.Page.Link("A window for another member").ClickAsync();
        });
        await maya.GetByRole(AriaRole.Button, new() { Name = "demo-creator" }).ClickAsync();
        await Expect(maya.Button("Your account, Maya Okafor")).ToBeVisibleAsync();
        await maya.ReloadAsync();
        await Expect(maya.Button("Your account, Maya Okafor")).ToBeVisibleAsync();
        await Expect(linnea.Page.Button("Your account, Linnea Berg")).ToBeVisibleAsync();
        await maya.GotoAsync("/?as=creator-0003");
        await Expect(maya.GetByRole(AriaRole.Button, new() { Name = "Your account, " })).ToBeVisibleAsync();
        await Expect(maya.Button("Your account, Maya Okafor")).ToBeHiddenAsync();
        await Expect(maya).ToHaveURLAsync(linnea.Client.AbsoluteUri);

        // Signing out there leaves the browser's own member alone.
        await maya.GetByRole(AriaRole.Button, new() { Name = "Your account, " }).ClickAsync();
        await maya.Button("Sign out").ClickAsync();
        await Expect(maya.Heading("Sign in as a demo member")).ToBeVisibleAsync();
        await Expect(linnea.Page.Button("Your account, Linnea Berg")).ToBeVisibleAsync();

        await third.Button("Your account, Linnea Berg").ClickAsync();
        await third.Button("Sign out").ClickAsync();
        await Expect(linnea.Page.GetByText("You signed out in another window.")).ToBeVisibleAsync();
    }

    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_browser_that_blocks_storage_says_what_to_do_and_lets_a_member_sign_out(bool atTheIssuer)
    {
        var person = await web.NewPersonAsync("nobody", signedIn: false, host: atTheIssuer ? await web.HostWithIssuerAsync() : null);
        await person.Context.AddInitScriptAsync(
            """
            for (const name of ['localStorage', 'sessionStorage']) {
              Object.defineProperty(window, name, { get() { throw new DOMException('Access is denied.', 'SecurityError'); } });
            }
            """);
        await person.Page.GotoAsync("/");
        await Expect(person.Page.GetByText("This browser blocks storage for this site", new() { Exact = false })).ToBeVisibleAsync();
        await person.Page.AssertAccessibleAsync();
        if (atTheIssuer)
        {
            await person.Page.Button("Sign in").ClickAsync();
            await Expect(person.Page.GetByText("Nothing was sent.", new() { Exact = false })).ToBeVisibleAsync();
            return;
        }

        await person.Page.GetByRole(AriaRole.Button, new() { Name = "demo-brand" }).ClickAsync();
        await person.Page.Button("Your account, Linnea Berg").ClickAsync();
        await person.Page.Button("Sign out").ClickAsync();
        await Expect(person.Page.Heading("Sign in as a demo member")).ToBeVisibleAsync();
    }

    /// <summary>Maya, signed in at the issuer, with her connections in one window and Explore in a second one.</summary>
    private async Task<(Person Maya, IPage Second)> SignedInAtTheIssuerAsync()
    {
        var maya = await web.NewPersonAsync("demo-creator", signedIn: false, host: await web.HostWithIssuerAsync());
        await maya.Page.GotoAsync("/connections");
        await maya.Page.Button("Sign in").ClickAsync();
        await maya.Page.GetByRole(AriaRole.Button, new() { Name = "Maya Okafor" }).ClickAsync();
        await Expect(maya.Page.Button("Your account, Maya Okafor")).ToBeVisibleAsync();
        var second = await maya.Context.NewPageAsync();
        await second.GotoAsync("/");
        await Expect(second.Button("Your account, Maya Okafor")).ToBeVisibleAsync();
        return (maya, second);
    }
}
