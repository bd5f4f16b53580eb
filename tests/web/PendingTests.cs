using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>The pending page, and taking an invite back.</summary>
[Collection(WebClientFixture.Members)]
public sealed class PendingTests(WebClientFixture web)
{
    /// <summary>The milliseconds for which a revoke can be undone, before it is sent.</summary>
    internal const int UndoFor = 10_000;

    [BrowserFact]
    public async Task A_creator_lands_on_received_and_the_toast_of_an_invite_that_is_gone_goes_too()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var creator = await web.NewPersonAsync(pair.CreatorId);
        await creator.Page.GotoAsync("/pending");
        await Expect(creator.Page.Link("Received")).ToHaveAttributeAsync("aria-current", "page");
        await creator.LiveAsync();

        var id = await pair.InviteAsync();
        var toast = creator.Page.GetByRole(AriaRole.Group, new() { Name = $"{pair.BrandName} invites you to connect" });
        await Expect(toast).ToBeVisibleAsync();
        // A toast stays as long as the pointer is on it.
        await toast.HoverAsync();
        await creator.Page.GetByText("Ends in 30 days", new() { Exact = false }).WaitForAsync();
        await pair.Brand.CallAsync(HttpMethod.Delete, $"/api/invites/{id}");

        await Expect(toast).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task A_revoke_can_be_undone_and_is_sent_when_the_page_is_closed()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.InviteAsync();
        var brand = await web.NewPersonAsync(pair.BrandId);
        await brand.Page.GotoAsync("/pending?direction=sent");

        await RevokeAsync(brand, pair);
        await Expect(brand.Page.GetByText("Taken back", new() { Exact = true })).ToBeVisibleAsync();
        await brand.Page.Button("Undo").ClickAsync();
        await Expect(brand.Page.GetByText("Waiting", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal("pending", await StateAsync(pair, id));

        await RevokeAsync(brand, pair);
        await Expect(brand.Page.GetByText("Taken back", new() { Exact = true })).ToBeVisibleAsync();
        await brand.Page.GotoAsync("about:blank");
        Assert.Equal("revoked", await Calls.EventuallyAsync(() => StateAsync(pair, id), state => state == "revoked"));
    }

    [BrowserFact]
    public async Task A_revoked_invite_is_shown_with_its_date_and_the_lock_says_that_it_was_taken_back()
    {
        var pair = await Pair.MakeAsync(web.Host);
        await pair.InviteAsync();
        var brand = await web.NewPersonAsync(pair.BrandId);
        await brand.Page.Clock.InstallAsync();
        await brand.Page.GotoAsync("/pending?direction=sent");

        await RevokeAsync(brand, pair);
        await Expect(brand.Page.Button("Undo")).ToBeVisibleAsync();
        await brand.Page.Clock.FastForwardAsync(UndoFor);

        await Expect(brand.Page.GetByText("You can invite again from", new() { Exact = false })).ToBeVisibleAsync();
        await Expect(brand.Page.GetByText("You took it back", new() { Exact = false })).ToBeVisibleAsync();

        // After a reload, and on another device.
        var phone = await web.NewPersonAsync(pair.BrandId, width: 360, height: 740);
        await phone.Page.GotoAsync("/pending?direction=sent");
        await brand.Page.ReloadAsync();
        foreach (var page in new[] { brand.Page, phone.Page })
        {
            await Expect(page.GetByText("Taken back", new() { Exact = true })).ToBeVisibleAsync();
            await Expect(page.GetByText("You took it back", new() { Exact = false })).ToBeVisibleAsync();
            await Expect(page.GetByText("You can invite again from", new() { Exact = false })).ToBeVisibleAsync();
        }

        await brand.Page.NavLink("Explore").ClickAsync();
        await brand.Page.Search().FillAsync(pair.CreatorName);
        await brand.Page.GetByRole(AriaRole.Button, new() { Name = $"You cannot invite {pair.CreatorName} until" }).ClickAsync();
        await Expect(brand.Page.OpenDialog($"You cannot invite {pair.CreatorName} for now")
            .GetByText("You took your last invite to them back on", new() { Exact = false })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task The_inviter_reads_at_once_why_they_were_declined_and_from_when_they_may_ask_again()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.InviteAsync();
        var brand = await web.NewPersonAsync(pair.BrandId);
        await brand.Page.GotoAsync("/pending?direction=sent");
        await brand.LiveAsync();
        var creator = await web.NewPersonAsync(pair.CreatorId, width: 360, height: 740);
        await creator.Page.GotoAsync("/pending");

        await creator.Page.Button($"Decline the invite of {pair.BrandName}").ClickAsync();
        var dialog = creator.Page.OpenDialog($"Decline the invite of {pair.BrandName}?");
        await dialog.GetByRole(AriaRole.Combobox, new() { Name = "Why? (optional)" }).SelectOptionAsync("Not now");
        var day = dialog.GetByLabel("They may ask again from (optional)");
        await day.FillAsync("2020-01-01");
        await dialog.Button("Decline").ClickAsync();
        await Expect(day).ToBeFocusedAsync();
        await Expect(day).ToHaveAccessibleDescriptionAsync(
            "They see the day. Without one, it is 21 days from now, as usual. Choose a day after today, within a year.");
        await creator.Page.AssertForEverybodyAsync();

        var from = DateTime.UtcNow.Date.AddDays(200);
        await day.FillAsync($"{from:yyyy-MM-dd}");
        await day.PressAsync("Enter");

        await Expect(creator.Page.GetByText("You said: “Now is not the right time.”")).ToBeVisibleAsync();
        await Expect(brand.Page.GetByText("They say: “Now is not the right time.”")).ToBeVisibleAsync();
        // A day, with no time.
        await Expect(brand.Page.GetByText(new Regex($"^You can invite again from {from.Day} [A-Za-z]+ {from.Year}$"))).ToBeVisibleAsync();
        await brand.Page.AssertForEverybodyAsync();
        await brand.Page.ReloadAsync();
        await Expect(brand.Page.GetByText("They say: “Now is not the right time.”")).ToBeVisibleAsync();
        Assert.Equal("not-now", (await pair.Brand.ReadAsync($"/api/connections/{id}"))["declined"]["reason"]!.ToString());

        await brand.Page.GotoAsync($"/creators/{pair.CreatorId}");
        await brand.Page.GetByRole(AriaRole.Button, new() { Name = "Invite again from", Exact = false }).ClickAsync();
        await Expect(brand.Page.OpenDialog($"You cannot invite {pair.CreatorName} for now"))
            .ToContainTextAsync("They say: “Now is not the right time.”");
    }

    [BrowserFact]
    public async Task Declining_needs_no_reason_and_says_none()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.InviteAsync();
        var creator = await web.NewPersonAsync(pair.CreatorId);
        await creator.Page.GotoAsync("/pending");
        await creator.Page.Button($"Decline the invite of {pair.BrandName}").ClickAsync();
        await creator.Page.OpenDialog($"Decline the invite of {pair.BrandName}?").Button("Decline").ClickAsync();
        await Expect(creator.Page.GetByText("Declined", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal("declined", await Calls.EventuallyAsync(() => StateAsync(pair, id), state => state == "declined"));
        Assert.Null((await pair.Brand.ReadAsync($"/api/connections/{id}")).Body!["declined"]);
    }

    private static async Task RevokeAsync(Person brand, Pair pair)
    {
        await brand.Page.Button($"Take back your invite to {pair.CreatorName}").ClickAsync();
        await brand.Page.OpenDialog($"Take back your invite to {pair.CreatorName}?").Button("Take it back").ClickAsync();
    }

    private static async Task<string> StateAsync(Pair pair, string id) =>
        (await pair.Brand.ReadAsync($"/api/connections/{id}"))["state"].ToString();
}
