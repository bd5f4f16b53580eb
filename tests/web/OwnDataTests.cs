using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>The member's own data: email preferences, the export, and the erasure.</summary>
[Collection(WebClientFixture.Members)]
public sealed class OwnDataTests(WebClientFixture web)
{
    [BrowserFact]
    public async Task An_email_that_is_switched_off_stays_off()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var creator = await web.NewPersonAsync(pair.CreatorId);
        await creator.Page.GotoAsync("/email-preferences");
        var choice = creator.Page.GetByRole(AriaRole.Switch, new() { Name = "Somebody invites you" });

        // Not Uncheck, which expects the change at once: the switch changes a moment later.
        await choice.ClickAsync();
        await Expect(choice).Not.ToBeCheckedAsync();
        await Expect(creator.Page.Button("Stop all emails")).ToBeVisibleAsync();
        var saved = await Calls.EventuallyAsync(() => pair.Creator.ReadAsync("/api/me/email-preferences"), answer => !Wanted(answer));
        Assert.False(Wanted(saved));
        await creator.Page.ReloadAsync();

        await Expect(choice).Not.ToBeCheckedAsync();
        await Expect(creator.Page.GetByRole(AriaRole.Switch, new() { Name = "A reminder of an invite" })).ToBeCheckedAsync();
    }

    [BrowserFact]
    public async Task The_members_data_is_downloaded_as_a_file()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync("Walk with us?");
        await Pair.SendMessageAsync(pair.Brand, id, "Hello Mira!");
        var creator = await web.NewPersonAsync(pair.CreatorId);
        await creator.Page.GotoAsync("/your-data");

        var download = await creator.Page.RunAndWaitForDownloadAsync(() => creator.Page.Button("Download your data").ClickAsync());
        await Expect(creator.Page.GetByText($"Saved as {download.SuggestedFilename}", new() { Exact = false })).ToBeVisibleAsync();

        Assert.EndsWith(".json", download.SuggestedFilename, StringComparison.Ordinal);
        await using var file = await download.CreateReadStreamAsync();
        var data = (await JsonNode.ParseAsync(file))!.ToJsonString();
        Assert.Contains(pair.CreatorName, data, StringComparison.Ordinal);
        Assert.Contains("Hello Mira!", data, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Erasing_a_profile_ends_on_the_goodbye_page_and_leaves_nothing_in_the_browser()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        var creator = await web.NewPersonAsync(pair.CreatorId);
        await creator.Page.GotoAsync($"/messages/{id}");
        await creator.Page.TextBox($"Message to {pair.BrandName}").FillAsync("Never sent");
        await creator.Page.GotoAsync("/your-data");
        await creator.Page.Button("Erase yourself…").ClickAsync();

        await creator.Page.TextBox("Type “erase” to go on").FillAsync("erase");
        await creator.Page.Button("Erase me").ClickAsync();

        await Expect(creator.Page.Heading("You are erased")).ToBeVisibleAsync();
        await creator.Page.AssertForEverybodyAsync();
        Assert.DoesNotContain(
            "Never sent", await creator.Page.EvaluateAsync<string>("JSON.stringify(localStorage)"), StringComparison.Ordinal);
        await creator.Page.Button("Back to the start").ClickAsync();
        await Expect(creator.Page.Heading("Sign in as a demo member")).ToBeVisibleAsync();
        var left = await Calls.EventuallyAsync(
            () => pair.Brand.ReadAsync($"/api/connections/{id}"), answer => answer["state"].ToString() != "connected");
        Assert.Equal("removed", left["state"].ToString());
        Assert.Equal("profile-erased", (await pair.Creator.ReadAsync("/api/me")).Problem);
    }

    [BrowserFact]
    public async Task Signing_out_deletes_drafts()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        var creator = await web.NewPersonAsync(pair.CreatorId);
        await creator.Page.GotoAsync($"/messages/{id}");
        await creator.Page.TextBox($"Message to {pair.BrandName}").FillAsync("A secret");
        Assert.Contains("A secret", await creator.Page.EvaluateAsync<string>("JSON.stringify(localStorage)"), StringComparison.Ordinal);

        await creator.Page.Button($"Your account, {pair.CreatorName}").ClickAsync();
        await creator.Page.Button("Sign out").ClickAsync();

        await Expect(creator.Page.Heading("Sign in as a demo member")).ToBeVisibleAsync();
        Assert.DoesNotContain(
            "A secret",
            await creator.Page.EvaluateAsync<string>("JSON.stringify({ ...localStorage, ...sessionStorage })"),
            StringComparison.Ordinal);
    }

    private static bool Wanted(Answer preferences) => preferences["notices"]["inviteReceived"]!.GetValue<bool>();
}
