using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>What creators and brands say to expect of them, on cards and profiles and as filters.</summary>
[Collection(WebClientFixture.Members)]
public sealed class TermsTests(WebClientFixture web)
{
    [BrowserTheory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task A_card_says_what_to_expect_at_a_glance_and_the_profile_says_all_of_it(int width)
    {
        var pair = await WithTermsAsync();
        var brand = await web.NewPersonAsync(pair.BrandId, width);
        await brand.Page.GotoAsync($"/?q={Uri.EscapeDataString(pair.CreatorName)}&platform=tiktok");
        var card = brand.Page.Cards().First;
        await Expect(card.Locator("dl > div")).ToHaveTextAsync(
            ["MakesShort videosPhoto setsArticles+1", "Open toPaid from €350Events", "AvailableFrom 1 Mar 2098"]);
        // The number of the platform that was asked for, and whose it is.
        await Expect(card).ToContainTextAsync(new Regex("TikTok: 8K followers.*as stated"));
        await brand.Page.AssertForEverybodyAsync();

        await card.Link(pair.CreatorName).ClickAsync();
        await Expect(brand.Page.Heading("What to expect")).ToBeVisibleAsync();
        var expect = brand.Page.GetByRole(AriaRole.Region, new() { Name = "What to expect" });
        await Expect(expect.Locator("dl > div")).ToHaveTextAsync(
            [
                "RatesFrom €350", "Lead time14 daysFrom agreement to publication", "AvailableFrom 1 Mar 2098", "Open toEventsPaid",
                "MakesShort videosPhoto setsArticlesLive streams",
            ]);
        await Expect(expect).ToContainTextAsync("One round of changes.");
        await Expect(brand.Page.GetByRole(AriaRole.Region, new() { Name = "Platforms" })).ToContainTextAsync("Numbers as stated");
        await brand.Page.AssertForEverybodyAsync();

        await pair.InviteAsync();
        var creator = await web.NewPersonAsync(pair.CreatorId, width);
        await creator.Page.GotoAsync($"/creators/{pair.BrandId}");
        var offers = creator.Page.GetByRole(AriaRole.Region, new() { Name = "What to expect" });
        await Expect(offers.Locator("dl > div")).ToHaveTextAsync(["OffersGiftedEvents"]);
        await Expect(offers).ToContainTextAsync("We pay within two weeks.");
        await creator.Page.AssertForEverybodyAsync();
    }

    [BrowserFact]
    public async Task Creators_are_found_by_what_they_make_and_for_what_and_when()
    {
        var pair = await WithTermsAsync();
        var brand = await web.NewPersonAsync(pair.BrandId);
        await brand.Page.GotoAsync($"/?q={Uri.EscapeDataString(pair.CreatorName)}");
        await Expect(brand.Page.Cards()).ToHaveCountAsync(1);

        await brand.Page.Button("Open to").ClickAsync();
        await Option("Paid").CheckAsync();
        await brand.Page.Keyboard.PressAsync("Escape");
        await brand.Page.Button("Makes").ClickAsync();
        await Option("Live streams").CheckAsync();
        await Expect(brand.Page).ToHaveURLAsync(new Regex("&openTo=paid&format=live$"));
        await brand.Page.Keyboard.PressAsync("Escape");
        await Expect(brand.Page.Cards()).ToHaveCountAsync(1);

        await brand.Page.Button("Available").ClickAsync();
        await brand.Page.Button("Now").ClickAsync();
        await Expect(brand.Page.Heading("Nobody matches all of this")).ToBeVisibleAsync();
        await brand.Page.GetByLabel("Or on a day").FillAsync("2020-01-01");
        await Expect(brand.Page.GetByText("Choose today or a day to come.")).ToBeVisibleAsync();
        await brand.Page.GetByLabel("Or on a day").FillAsync("2098-03-01");
        await Expect(brand.Page).ToHaveURLAsync(new Regex("&available=2098-03-01$"));
        await brand.Page.AssertForEverybodyAsync();
        await brand.Page.Keyboard.PressAsync("Escape");
        await Expect(brand.Page.Cards()).ToHaveCountAsync(1);
        await Expect(brand.Page.Button("Remove filter Available on 1 Mar 2098")).ToBeVisibleAsync();

        ILocator Option(string name) => brand.Page.GetByRole(AriaRole.Checkbox, new() { Name = $"{name} 1 creator", Exact = true });
    }

    [BrowserFact]
    public async Task Creators_who_are_known_already_can_be_left_out_on_a_phone_too()
    {
        var pair = await Pair.MakeAsync(web.Host);
        await pair.InviteAsync();
        var brand = await web.NewPersonAsync(pair.BrandId);
        await brand.Page.GotoAsync($"/?q={Uri.EscapeDataString(pair.CreatorName)}");
        await Expect(brand.Page.Cards()).ToHaveCountAsync(1);

        await Known(brand.Page).CheckAsync();
        await Expect(brand.Page).ToHaveURLAsync(new Regex("&relation=none$"));
        await Expect(brand.Page.Heading("Nobody matches all of this")).ToBeVisibleAsync();
        await brand.Page.Button("Remove filter Not invited or connected yet").ClickAsync();
        await Expect(Known(brand.Page)).Not.ToBeCheckedAsync();
        await Expect(brand.Page.Cards()).ToHaveCountAsync(1);

        var phone = await web.NewPersonAsync(pair.BrandId, width: 360, height: 740);
        await phone.Page.GotoAsync("/");
        await phone.Page.Button("Filters").ClickAsync();
        await Known(phone.Page).CheckAsync();
        await phone.Page.AssertForEverybodyAsync();
        await phone.Page.Keyboard.PressAsync("Escape");
        await Expect(phone.Page.Button("Filters (1)")).ToBeVisibleAsync();
        await Expect(phone.Page.Cards().First).ToBeVisibleAsync();
        await Expect(phone.Page).ToHaveURLAsync(new Regex(@"\?relation=none$"));

        static ILocator Known(IPage page) =>
            page.GetByRole(AriaRole.Checkbox, new() { Name = "Hide who I have invited or am connected with" });
    }

    private async Task<Pair> WithTermsAsync()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var creator = await pair.Creator.PutAsync(
            "/api/me",
            new
            {
                kind = "creator",
                displayName = pair.CreatorName,
                handle = pair.CreatorId,
                headline = "Slow travel and long trails",
                categories = new[] { "travel" },
                platforms = new[]
                {
                    new { name = "instagram", handle = "mira", followers = 52_000, engagement = 0.034 },
                    new { name = "tiktok", handle = "mira", followers = 8_000, engagement = 0.05 },
                },
                openTo = new[] { "event", "paid" },
                formats = new[] { "short-video", "photo-set", "written", "live" },
                rateFrom = new { amount = 350, currency = "EUR" },
                leadTime = 14,
                availableFrom = "2098-03-01",
                expects = "One round of changes.",
                listed = true,
            });
        var brand = await pair.Brand.PutAsync(
            "/api/me",
            new { kind = "brand", displayName = pair.BrandName, offers = new[] { "gifted", "event" }, about = "We pay within two weeks." });
        Assert.All((Answer[])[creator, brand], answer => Assert.True(answer.Status is HttpStatusCode.OK, answer.Body?.ToJsonString()));
        return pair;
    }
}
