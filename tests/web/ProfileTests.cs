using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>The member's own profile: from the first visit to the listing, and edited in two places at once.</summary>
[Collection(WebClientFixture.Members)]
public sealed class ProfileTests(WebClientFixture web)
{
    [BrowserFact]
    public async Task A_new_creator_completes_the_profile_and_is_found()
    {
        var name = $"Nia {Guid.NewGuid().ToString("N")[..8]}";
        var nia = await web.NewPersonAsync($"new-{Guid.NewGuid():N}");
        var page = nia.Page;
        await page.GotoAsync("/");
        await Expect(page.Heading("Welcome to Connections")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();
        await page.TextBox("Your name").FillAsync(name);
        await page.GetByRole(AriaRole.Radio, new() { Name = "A creator" }).CheckAsync();
        await page.Button("Start").ClickAsync();

        // Listed too early, the page says what is missing, and moves the focus there.
        await Expect(page.Heading("You are not listed")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Switch, new() { Name = "Listed" }).CheckAsync();
        await page.Button("Save").ClickAsync();
        await Expect(Refused(page)).ToBeVisibleAsync();
        await Expect(page.TextBox("Handle").First).ToBeFocusedAsync();

        await page.TextBox("Handle").First.FillAsync("nia.outside");
        await page.TextBox("Headline").FillAsync("Rain, and what to wear in it");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Outdoors" }).CheckAsync();
        await page.Button("Add a platform").ClickAsync();
        var platform = page.GetByRole(AriaRole.Group, new() { Name = "Platform 1" });
        await platform.GetByRole(AriaRole.Combobox, new() { Name = "Platform" }).SelectOptionAsync("instagram");
        platform = page.GetByRole(AriaRole.Group, new() { Name = "Instagram" });
        await platform.GetByRole(AriaRole.Textbox, new() { Name = "Handle" }).FillAsync("nia.outside");
        await platform.GetByRole(AriaRole.Textbox, new() { Name = "Followers" }).FillAsync("12500");
        await platform.GetByRole(AriaRole.Textbox, new() { Name = "Engagement in %" }).FillAsync("4.5");
        await page.Button("Save").ClickAsync();

        await Expect(page.Heading("You are listed")).ToBeVisibleAsync();
        var brand = await web.NewPersonAsync("demo-brand");
        await brand.Page.GotoAsync($"/?q={Uri.EscapeDataString(name)}");
        await Expect(brand.Page.Cards()).ToContainTextAsync("Rain, and what to wear in it");
        await Expect(brand.Page.Cards()).ToContainTextAsync("12.5K");
    }

    [BrowserFact]
    public async Task Edits_survive_a_reload_until_they_are_saved_or_discarded()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var page = await OpenAsync(pair.CreatorId);
        var headline = page.TextBox("Headline");

        await headline.FillAsync("Half a thought");
        await page.ReloadAsync();
        await Expect(headline).ToHaveValueAsync("Half a thought");
        await Expect(page.GetByText("Not saved yet.", new() { Exact = false })).ToBeVisibleAsync();
        await page.Button("Discard changes").ClickAsync();
        await page.OpenDialog("Discard your changes?").Button("Discard").ClickAsync();

        await Expect(headline).ToHaveValueAsync("Slow travel and long trails");
        await page.ReloadAsync();
        await Expect(headline).ToHaveValueAsync("Slow travel and long trails");
    }

    [BrowserFact]
    public async Task A_creator_says_what_to_expect_and_errors_are_at_their_fields()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var page = await OpenAsync(pair.CreatorId);
        await page.GetByRole(AriaRole.Group, new() { Name = "Open to" }).GetByText("Paid").ClickAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "What you make" }).GetByText("Short videos").ClickAsync();
        await page.TextBox("From how much").FillAsync("1,200");
        await page.TextBox("Lead time in days").FillAsync("2 weeks");
        await page.Locator("input[type=date]").FillAsync("2027-03-01");
        await page.TextBox("What you expect of a brand").FillAsync("A clear brief.");
        await page.Button("Save").ClickAsync();

        var currency = page.GetByRole(AriaRole.Combobox, new() { Name = "Currency" });
        await Expect(currency).ToBeFocusedAsync();
        await Expect(page.TextBox("Lead time in days")).ToHaveAccessibleDescriptionAsync(
            "From agreement to publication. Write days as a whole number, such as 14.");
        await page.AssertForEverybodyAsync();
        await currency.SelectOptionAsync("Swedish Krona");
        await page.TextBox("Lead time in days").FillAsync("14");
        await page.ReloadAsync();
        await page.Button("Save").ClickAsync();
        await Expect(page.GetByText("All is saved.")).ToBeVisibleAsync();

        var profile = await pair.Creator.ReadAsync("/api/me");
        Assert.Equal("paid", Assert.Single(profile["openTo"].AsArray())!.ToString());
        Assert.Equal("short-video", Assert.Single(profile["formats"].AsArray())!.ToString());
        Assert.Equal(("1200", "SEK"), (profile["rateFrom"]["amount"]!.ToString(), profile["rateFrom"]["currency"]!.ToString()));
        Assert.Equal(
            ("14", "2027-03-01", "A clear brief."),
            (profile["leadTime"].ToString(), profile["availableFrom"].ToString(), profile["expects"].ToString()));
    }

    [BrowserFact]
    public async Task A_brand_says_what_it_offers()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var page = await OpenAsync(pair.BrandId, mayLog: "status of 400");
        var about = page.TextBox("What it is like to work with you");
        await page.GetByRole(AriaRole.Group, new() { Name = "What you offer" }).GetByText("Events").ClickAsync();
        await about.FillAsync(new string('a', 601));
        await Expect(page.GetByText("1 too many")).ToBeVisibleAsync();
        await page.Button("Save").ClickAsync();
        await Expect(about).ToBeFocusedAsync();
        await Expect(about).ToHaveAttributeAsync("aria-invalid", "true");

        await about.FillAsync("You choose the angle.");
        await page.Button("Save").ClickAsync();
        await Expect(page.GetByText("All is saved.")).ToBeVisibleAsync();
        var profile = await pair.Brand.ReadAsync("/api/me");
        Assert.Equal("event", Assert.Single(profile["offers"].AsArray())!.ToString());
        Assert.Equal("You choose the angle.", profile["about"].ToString());
    }

    [BrowserFact]
    public async Task A_profile_that_was_changed_elsewhere_loses_neither_edit()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var laptop = await OpenAsync(pair.CreatorId, mayLog: "status of 412");
        var phone = await OpenAsync(pair.CreatorId, width: 360);
        await laptop.TextBox("Headline").FillAsync("From the laptop");
        await laptop.TextBox("About you").FillAsync("Typed on the laptop");
        await phone.TextBox("Headline").FillAsync("From the phone");
        await phone.Button("Save").ClickAsync();
        await Expect(phone.GetByText("All is saved.")).ToBeVisibleAsync();

        await laptop.Button("Save").ClickAsync();

        await Expect(laptop.Heading("Your profile was changed elsewhere")).ToBeFocusedAsync();
        await laptop.AssertForEverybodyAsync();
        await laptop.Button("Take this: Headline").ClickAsync();
        await laptop.Button("Go on with what is typed here").ClickAsync();
        await laptop.Button("Save").ClickAsync();
        await Expect(laptop.GetByText("All is saved.")).ToBeVisibleAsync();
        var profile = await pair.Creator.ReadAsync("/api/me");
        Assert.Equal(("From the phone", "Typed on the laptop"), (profile["headline"].ToString(), profile["bio"].ToString()));
    }

    [BrowserTheory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task The_profile_page_is_accessible(int width)
    {
        var company = await PopulatedBrand.MakeAsync(web.Host);
        var page = await OpenAsync(company.Pair.CreatorId, width);
        await page.AssertForEverybodyAsync();

        // Invalid in every field that can be invalid.
        await page.TextBox("Your name").FillAsync("");
        await page.TextBox("Website").FillAsync("not an address");
        await page.TextBox("Headline").FillAsync(new string('h', 130));
        await page.Button("Save").ClickAsync();
        await Expect(Refused(page)).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        var brand = await OpenAsync(company.Pair.BrandId, width);
        await brand.AssertForEverybodyAsync();
    }

    private static ILocator Refused(IPage page) => page.GetByRole(AriaRole.Status).GetByText("Not saved:", new() { Exact = false });

    private async Task<IPage> OpenAsync(string id, int width = 1280, string? mayLog = null)
    {
        var person = await web.NewPersonAsync(id, width);
        if (mayLog is not null)
        {
            person.MayLog(mayLog);
        }

        await person.Page.GotoAsync("/profile");
        await Expect(person.Page.TextBox("Headline")).ToBeVisibleAsync();
        return person.Page;
    }
}
