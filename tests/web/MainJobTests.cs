using Connections.Creators.Favourites;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>The purpose of the product, by two people in two browsers.</summary>
[Collection(WebClientFixture.Members)]
public sealed class MainJobTests(WebClientFixture web)
{
    [BrowserFact]
    public async Task A_brand_finds_and_invites_a_creator_who_accepts_and_they_talk_all_without_a_reload()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var brand = await web.NewPersonAsync(pair.BrandId);
        var creator = await web.NewPersonAsync(pair.CreatorId);
        await brand.Page.GotoAsync("/");
        await creator.Page.GotoAsync("/pending?direction=received");
        await Expect(creator.Page.Heading("Nobody has invited you recently")).ToBeVisibleAsync();
        var loads = await LoadsAsync(brand, creator);

        // The + turns into a clock.
        await brand.Page.Search().FillAsync(pair.CreatorName);
        await brand.Page.Button($"Favourite: {pair.CreatorName}").ClickAsync();
        await brand.Page.Button($"Invite {pair.CreatorName} to connect").ClickAsync();
        await brand.Page.TextBox("A note (optional)").FillAsync("We make rain jackets. Walk with us?");
        await brand.Page.OpenDialog($"Invite {pair.CreatorName}").Button("Invite to connect").ClickAsync();
        await Expect(brand.Page.Button($"{pair.CreatorName} is invited: take the invite back")).ToBeVisibleAsync();

        // The creator sees the invite arrive and accepts. The clock turns into a chat.
        await Expect(creator.Page.GetByText("We make rain jackets. Walk with us?")).ToBeVisibleAsync();
        await Expect(creator.Page.NavLink("Pending , 1 received")).ToBeVisibleAsync();
        await creator.Page.Button($"Accept the invite of {pair.BrandName}").ClickAsync();
        await Expect(creator.Page.NavLink("Pending")).ToBeVisibleAsync();
        await brand.Page.Link($"Chat with {pair.CreatorName}").ClickAsync();

        // The brand writes. The creator sees it in the title and the navigation, and reads it.
        await brand.Page.TextBox($"Message to {pair.CreatorName}").FillAsync("Hello Mira! Are you out this weekend?");
        await brand.Page.Keyboard.PressAsync("Enter");
        var said = brand.Page.Message("Hello Mira! Are you out this weekend?");
        await Expect(said).ToContainTextAsync("Sent");
        await Expect(creator.Page.NavLink("Messages , 1 unread")).ToBeVisibleAsync();
        await Expect(creator.Page).ToHaveTitleAsync("(1) Pending · Connections");
        await creator.Page.Link("Chat").ClickAsync();
        await Expect(creator.Page.Message("Hello Mira! Are you out this weekend?")).ToBeVisibleAsync();
        await Expect(said).ToContainTextAsync("Read");
        await Expect(creator.Page.NavLink("Messages")).ToBeVisibleAsync();
        await Expect(creator.Page).ToHaveTitleAsync($"{pair.BrandName} · Connections");

        // The creator types, and answers.
        await Expect(brand.Page.GetByText("Online", new() { Exact = true })).ToBeVisibleAsync();
        await creator.Page.TextBox($"Message to {pair.BrandName}").PressSequentiallyAsync("Saturday, whatever the weather");
        await Expect(brand.Page.GetByText($"{pair.CreatorName} is typing…")).ToBeVisibleAsync();
        await creator.Page.Keyboard.PressAsync("Enter");
        await Expect(brand.Page.Message("Saturday, whatever the weather")).ToBeVisibleAsync();
        await Expect(brand.Page.GetByText($"{pair.CreatorName} is typing…")).ToBeHiddenAsync();
        await Expect(creator.Page.Message("Saturday, whatever the weather")).ToContainTextAsync("Read");

        Assert.Equal(loads, await LoadsAsync(brand, creator));
        Assert.Equal(
            ["Hello Mira! Are you out this weekend?", "Saturday, whatever the weather"],
            await pair.MessageTextsAsync(new Uri(brand.Page.Url).Segments[^1]));
    }

    // One more after a reload.
    private static async Task<string[]> LoadsAsync(params Person[] people) =>
        await Task.WhenAll(people.Select(person => person.Page.EvaluateAsync<string>("String(performance.timeOrigin)")));
}
