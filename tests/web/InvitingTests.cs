using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>From the + to the clock, and back if the server refuses.</summary>
[Collection(WebClientFixture.Members)]
public sealed class InvitingTests(WebClientFixture web)
{
    [BrowserFact]
    public async Task The_plus_becomes_a_clock_before_the_server_responds()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var brand = await FindAsync(pair);
        var asked = new TaskCompletionSource<IRoute>();
        await brand.Page.RouteAsync("**/api/invites", asked.SetResult);

        await brand.Page.Button(Plus(pair)).ClickAsync();
        await brand.Page.OpenDialog($"Invite {pair.CreatorName}").Button("Invite to connect").ClickAsync();
        var call = await asked.Task.WaitAsync(LocalHostFixture.MaxWait);
        await Expect(brand.Page.Button($"Inviting {pair.CreatorName}")).ToBeVisibleAsync();
        await call.ContinueAsync();

        await Expect(brand.Page.Button(Clock(pair))).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Past_the_limit_the_page_says_so_and_restores_the_plus_and_the_note()
    {
        var host = await web.NewHostAsync(o => o with { Settings = new Dictionary<string, string?> { ["Invites:PerDay"] = "1" } });
        var pair = await Pair.MakeAsync(host);
        Assert.Equal(
            System.Net.HttpStatusCode.Created,
            (await pair.Brand.SendAsync("/api/invites", new { creatorId = "demo-creator" })).Status);
        var brand = await FindAsync(pair);
        brand.MayLog("status of 429");

        await InviteAsync(brand, pair, "Walk with us?");

        await Expect(brand.Page.GetByText("because you are new here. Go on tomorrow (UTC).")).ToBeVisibleAsync();
        await brand.Page.Button(Plus(pair)).ClickAsync();
        await Expect(brand.Page.TextBox("A note (optional)")).ToHaveValueAsync("Walk with us?");
        // The note also survives until the next day.
        await brand.Page.ReloadAsync();
        await brand.Page.Button(Plus(pair)).ClickAsync();
        await Expect(brand.Page.TextBox("A note (optional)")).ToHaveValueAsync("Walk with us?");
    }

    [BrowserFact]
    public async Task A_note_survives_a_reload_until_it_is_sent_and_signing_out_deletes_it()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var brand = await FindAsync(pair);
        var note = brand.Page.TextBox("A note (optional)");
        await brand.Page.Button(Plus(pair)).ClickAsync();
        await note.FillAsync("Rain jackets");
        await brand.Page.ReloadAsync();
        await brand.Page.Button(Plus(pair)).ClickAsync();
        await Expect(note).ToHaveValueAsync("Rain jackets");
        Assert.Equal(1, await DraftsAsync(brand));

        await brand.Page.Keyboard.PressAsync("Escape");
        await brand.Page.Button($"Your account, {pair.BrandName}").ClickAsync();
        await brand.Page.Button("Sign out").ClickAsync();

        await Expect(brand.Page.Heading("Sign in as a demo member")).ToBeVisibleAsync();
        Assert.Equal(0, await DraftsAsync(brand));
    }

    [BrowserFact]
    public async Task Without_a_network_an_invite_fails_and_is_not_sent_later()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var brand = await FindAsync(pair);
        brand.MayLog("ERR_INTERNET_DISCONNECTED");
        // The code of the dialogs loads soon after the page.
        const string IsLoaded = "performance.getEntriesByType('resource').some(({ name }) => name.includes('RelationDialog'))";
        await Calls.EventuallyAsync(() => brand.Page.EvaluateAsync<bool>(IsLoaded), loaded => loaded);
        await brand.Context.SetOfflineAsync(true);

        await InviteAsync(brand, pair, "Walk with us?");

        await Expect(brand.Page.GetByText($"{pair.CreatorName} was not invited")).ToBeVisibleAsync();
        await Expect(brand.Page.GetByText("You are offline.", new() { Exact = false })).ToBeVisibleAsync();
        await brand.Context.SetOfflineAsync(false);
        await Expect(brand.Page.GetByText("You are offline.", new() { Exact = false })).ToBeHiddenAsync();
        await Expect(brand.Page.Button(Plus(pair))).ToBeVisibleAsync();
        Assert.Empty((await pair.Brand.ReadAsync("/api/invites?direction=sent"))["value"].AsArray());
    }

    private static string Plus(Pair pair) => $"Invite {pair.CreatorName} to connect";

    private static string Clock(Pair pair) => $"{pair.CreatorName} is invited: take the invite back";

    private async Task<Person> FindAsync(Pair pair)
    {
        var brand = await web.NewPersonAsync(pair.BrandId, host: pair.Host);
        await brand.Page.GotoAsync($"/?q={Uri.EscapeDataString(pair.CreatorName)}");
        await Expect(brand.Page.Button(Plus(pair))).ToBeVisibleAsync();
        return brand;
    }

    private static async Task InviteAsync(Person brand, Pair pair, string note)
    {
        await brand.Page.Button(Plus(pair)).ClickAsync();
        await brand.Page.TextBox("A note (optional)").FillAsync(note);
        await brand.Page.OpenDialog($"Invite {pair.CreatorName}").Button("Invite to connect").ClickAsync();
    }

    private static Task<int> DraftsAsync(Person person) =>
        person.Page.EvaluateAsync<int>("Object.keys(localStorage).filter((key) => key.startsWith('connections.draft.')).length");
}
