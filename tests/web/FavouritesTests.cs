using System.Text.RegularExpressions;
using Connections.Creators.Favourites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>Marking creators as favourites.</summary>
[Collection(WebClientFixture.Members)]
public sealed class FavouritesTests(WebClientFixture web)
{
    [BrowserFact]
    public async Task A_heart_adds_a_favourite_and_can_be_emptied_and_filled_on_the_favourites_page()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var heart = $"Favourite: {pair.CreatorName}";
        var brand = await web.NewPersonAsync(pair.BrandId);
        await brand.Page.GotoAsync("/favourites");
        await Expect(brand.Page.Heading("No favourites yet")).ToBeVisibleAsync();

        await brand.Page.GotoAsync($"/?q={Uri.EscapeDataString(pair.CreatorName)}");
        await brand.Page.Button(heart).ClickAsync();
        await Expect(Pressed(brand.Page, heart)).ToBeVisibleAsync();
        await brand.Page.NavLink("Favourites").ClickAsync();
        await Expect(brand.Page.Cards("Favourites")).ToHaveCountAsync(1);

        // The card stays until the page is left, so that a slip can be undone.
        await brand.Page.Button(heart).ClickAsync();
        await Expect(Pressed(brand.Page, heart)).ToBeHiddenAsync();
        await brand.Page.Button(heart).ClickAsync();
        await Expect(Pressed(brand.Page, heart)).ToBeVisibleAsync();
        await brand.Page.Button(heart).ClickAsync();
        await brand.Page.NavLink("Explore").ClickAsync();
        await brand.Page.NavLink("Favourites").ClickAsync();
        await Expect(brand.Page.Heading("No favourites yet")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_creator_who_is_put_away_leaves_the_search_and_is_taken_back_at_once_or_on_the_favourites_page()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var search = $"/?q={Uri.EscapeDataString(pair.CreatorName)}";
        var brand = await web.NewPersonAsync(pair.BrandId, width: 360, height: 740);
        await brand.Page.GotoAsync(search);

        await brand.Page.Button($"Put away {pair.CreatorName}").ClickAsync();
        await Expect(brand.Page.Heading("Nobody matches all of this")).ToBeVisibleAsync();
        await Expect(brand.Page.GetByText($"{pair.CreatorName} is put away")).ToBeVisibleAsync();
        await brand.Page.AssertForEverybodyAsync();
        await brand.Page.Button("Undo").ClickAsync();
        await Expect(brand.Page.Cards()).ToHaveCountAsync(1);

        await brand.Page.GotoAsync($"/creators/{pair.CreatorId}");
        await brand.Page.Button($"More about {pair.CreatorName}").ClickAsync();
        await brand.Page.Button("Put away").ClickAsync();
        await Expect(brand.Page.GetByText("Put away", new() { Exact = true }).Last).ToBeVisibleAsync();
        await brand.Page.GotoAsync("/favourites");
        await Expect(brand.Page.Heading("Put away")).ToBeVisibleAsync();
        await brand.Page.AssertForEverybodyAsync();
        await brand.Page.Button($"Take back {pair.CreatorName}").ClickAsync();
        await Expect(brand.Page.Heading("Put away")).ToBeHiddenAsync();
        await brand.Page.NavLink("Explore").ClickAsync();
        await brand.Page.Search().FillAsync(pair.CreatorName);
        await Expect(brand.Page.Cards()).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task A_creator_whom_no_search_shows_any_more_is_not_offered_to_be_put_away()
    {
        var pair = await Pair.MakeAsync(web.Host);
        await pair.ConnectAsync();
        await pair.Creator.PutAsync("/api/me", new { kind = "creator", displayName = pair.CreatorName, listed = false });
        var brand = await web.NewPersonAsync(pair.BrandId);
        await brand.Page.GotoAsync($"/creators/{pair.CreatorId}");
        await brand.Page.Button($"More about {pair.CreatorName}").ClickAsync();

        await Expect(brand.Page.Button("Put away")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task A_favourite_has_a_note_and_lists_and_what_is_shown_is_downloaded()
    {
        var pair = await Pair.MakeAsync(web.Host);
        await pair.Brand.CallAsync(HttpMethod.Put, $"/api/favourites/{pair.CreatorId}");
        var brand = await web.NewPersonAsync(pair.BrandId);
        var heart = $"Favourite: {pair.CreatorName}";
        await brand.Page.GotoAsync("/favourites");
        await brand.Page.Button($"Note and lists: {pair.CreatorName}").ClickAsync();
        await brand.Page.TextBox("Note").FillAsync("Ask again in spring.");
        await brand.Page.TextBox("New list (optional)").FillAsync("Outdoors");
        await brand.Page.AssertForEverybodyAsync();
        await brand.Page.Button("Save").ClickAsync();
        await Expect(brand.Page.Cards("Favourites").First).ToContainTextAsync("Ask again in spring.");
        await brand.Page.AssertForEverybodyAsync();
        // On the creator's page too, where the member decides whether to invite.
        await brand.Page.Cards("Favourites").First.Link(pair.CreatorName).ClickAsync();
        await Expect(brand.Page.GetByText("Ask again in spring.")).ToBeVisibleAsync();
        await brand.Page.AssertForEverybodyAsync();
        await brand.Page.NavLink("Favourites").ClickAsync();

        await brand.Page.Button("Outdoors (1)").ClickAsync();
        await Expect(brand.Page).ToHaveURLAsync(new Regex(@"\?list=Outdoors$"));
        await Expect(brand.Page.Cards("Favourites")).ToHaveCountAsync(1);
        var file = await brand.Page.RunAndWaitForDownloadAsync(() => brand.Page.Button("Download").ClickAsync());
        Assert.Equal("connections-favourites.csv", file.SuggestedFilename);
        Assert.Contains("Ask again in spring.", await File.ReadAllTextAsync(await file.PathAsync()), StringComparison.Ordinal);

        // A heart that is emptied by mistake and filled again brings the note back.
        await brand.Page.Button(heart).ClickAsync();
        await Expect(Pressed(brand.Page, heart)).ToBeHiddenAsync();
        await brand.Page.Button(heart).ClickAsync();
        await Expect(Pressed(brand.Page, heart)).ToBeVisibleAsync();
        await brand.Page.GotoAsync("/favourites");
        await Expect(brand.Page.Cards("Favourites").First).ToContainTextAsync("Ask again in spring.");
    }

    [BrowserFact]
    public async Task A_heart_that_the_server_refuses_is_emptied_with_the_reason()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var brand = await web.NewPersonAsync(pair.BrandId);
        await brand.Page.GotoAsync($"/?q={Uri.EscapeDataString(pair.CreatorName)}");
        var heart = brand.Page.Button($"Favourite: {pair.CreatorName}");
        await Expect(heart).ToBeVisibleAsync();

        // The creator is delisted meanwhile.
        await pair.Creator.CallAsync(HttpMethod.Delete, "/api/me");
        brand.MayLog("status of 404");
        await heart.ClickAsync();

        await Expect(brand.Page.GetByRole(AriaRole.Group).Filter(new() { HasText = pair.CreatorName })).ToBeVisibleAsync();
        await Expect(Pressed(brand.Page, $"Favourite: {pair.CreatorName}")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task A_heart_is_in_step_in_every_window()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var heart = $"Favourite: {pair.CreatorName}";
        var brand = await web.NewPersonAsync(pair.BrandId);
        var second = await brand.Context.NewPageAsync();
        foreach (var page in (IPage[])[brand.Page, second])
        {
            await page.GotoAsync($"/?q={Uri.EscapeDataString(pair.CreatorName)}");
            await Expect(page.Button(heart)).ToBeVisibleAsync();
        }

        await brand.Page.Button(heart).ClickAsync();

        await Expect(Pressed(second, heart)).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_creator_who_is_put_away_leaves_the_search_in_every_window_until_taken_back_in_any()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var brand = await web.NewPersonAsync(pair.BrandId);
        var second = await brand.Context.NewPageAsync();
        foreach (var page in (IPage[])[brand.Page, second])
        {
            await page.GotoAsync($"/?q={Uri.EscapeDataString(pair.CreatorName)}");
            await Expect(page.Cards()).ToHaveCountAsync(1);
        }

        await brand.Page.Button($"Put away {pair.CreatorName}").ClickAsync();
        await Expect(second.Heading("Nobody matches all of this")).ToBeVisibleAsync();
        await brand.Page.Button("Undo").ClickAsync();
        await Expect(second.Cards()).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task A_note_that_another_window_saved_meanwhile_is_shown_before_it_is_overwritten()
    {
        var pair = await Pair.MakeAsync(web.Host);
        await pair.Brand.PutAsync($"/api/favourites/{pair.CreatorId}", new { note = "Old" });
        var brand = await web.NewPersonAsync(pair.BrandId);
        var second = await brand.Context.NewPageAsync();
        foreach (var (page, note) in ((IPage, string)[])[(brand.Page, "From the first window"), (second, "From the second window")])
        {
            await page.GotoAsync("/favourites");
            await page.Button($"Note and lists: {pair.CreatorName}").ClickAsync();
            await page.TextBox("Note").FillAsync(note);
        }

        await brand.Page.Button("Save").ClickAsync();
        await Expect(brand.Page.Cards("Favourites").First).ToContainTextAsync("From the first window");
        var elsewhere = second.GetByRole(AriaRole.Alert);
        await Expect(elsewhere).ToContainTextAsync("From the first window");
        await Expect(second.Button("Save")).ToBeHiddenAsync();
        await second.AssertForEverybodyAsync();
        await second.Button("Go on with what is typed here").ClickAsync();
        await second.Button("Save").ClickAsync();

        await Expect(second.Cards("Favourites").First).ToContainTextAsync("From the second window");
        await Expect(brand.Page.Cards("Favourites").First).ToContainTextAsync("From the second window");
    }

    private static ILocator Pressed(IPage page, string name) =>
        page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true, Pressed = true });
}
