using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>Phones, tablets, the keyboard, two tabs at once, and the reader's own colours.</summary>
[Collection(WebClientFixture.Sessions)]
public sealed class DevicesAndKeysTests(WebClientFixture web)
{
    [BrowserFact]
    public async Task On_a_phone_a_long_press_opens_the_actions_of_a_message_and_no_hint_names_a_key()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        await Pair.SendMessageAsync(pair.Creator, id, "Press me");
        var brand = await web.NewPersonAsync(pair.BrandId, width: 360, height: 740);
        await brand.Page.GotoAsync($"/messages/{id}");
        var text = brand.Page.Message("Press me").GetByText("Press me", new() { Exact = true });
        var touch = await brand.Context.NewCDPSessionAsync(brand.Page);
        // A press on a message that still moves while the page loads is none: then it is made again.
        await Calls.EventuallyAsync(
            async () =>
            {
                await text.TapAsync(new() { Trial = true });
                var box = (await text.BoundingBoxAsync())!;
                await touch.SendAsync("Input.dispatchTouchEvent", Touch("touchStart", box.X + (box.Width / 2), box.Y + (box.Height / 2)));
                await brand.Page.WaitForTimeoutAsync(700);
                await touch.SendAsync("Input.dispatchTouchEvent", Touch("touchEnd"));
                await brand.Page.WaitForTimeoutAsync(300);
                return await brand.Page.Button("Copy text").IsVisibleAsync();
            },
            isOpen => isOpen);
        await Expect(brand.Page.Button("Copy text")).ToBeVisibleAsync();
        await Expect(brand.Page.Button("Report…").Last).ToBeVisibleAsync();
        await brand.Page.GotoAsync("/");
        await brand.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Invite .* to connect$") }).First.ClickAsync();
        await Expect(brand.Page.GetByText("Why you would like to talk.", new() { Exact = true })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task On_a_tablet_the_list_is_beside_the_conversation_and_own_colours_mark_the_open_one()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        var brand = await web.NewPersonAsync(pair.BrandId, width: 820, height: 1180);
        await brand.Page.GotoAsync($"/messages/{id}");

        await Expect(brand.Page.TextBox($"Message to {pair.CreatorName}")).ToBeVisibleAsync();
        var row = brand.Page.Locator("[data-connection][aria-current]");
        await Expect(row).ToBeVisibleAsync();
        await brand.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await Expect(row).ToHaveCSSAsync("outline-style", "solid");
    }

    [BrowserFact]
    public async Task Keys_lead_to_the_search_and_between_conversations_and_are_listed()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        await Pair.SendMessageAsync(pair.Creator, id, "Words to hear");
        var brand = await web.NewPersonAsync(pair.BrandId);
        var other = await Pair.MakeAsync(web.Host);
        var invite = await pair.Brand.SendAsync("/api/invites", new { creatorId = other.CreatorId });
        await other.Creator.SendAsync($"/api/invites/{invite["id"]}/accept");
        await brand.Page.GotoAsync("/messages");
        var rows = brand.Page.Locator("[data-connection]");
        await Expect(rows).ToHaveCountAsync(2);

        await rows.First.FocusAsync();
        await brand.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(rows.Last).ToBeFocusedAsync();
        await brand.Page.Keyboard.PressAsync("/");
        await Expect(brand.Page.GetByRole(AriaRole.Searchbox)).ToBeFocusedAsync();

        await brand.Page.GotoAsync("/");
        await brand.Page.Link("Favourites").FocusAsync();
        await brand.Page.Keyboard.PressAsync("Shift+?");
        await Expect(brand.Page.OpenDialog("Keys")).ToBeVisibleAsync();
        await brand.Page.AssertAccessibleAsync();
        await brand.Page.Keyboard.PressAsync("Escape");
        await brand.Page.NavLink("Favourites").ClickAsync();
        await Expect(brand.Page.Heading("No favourites yet")).ToBeVisibleAsync();
        await brand.Page.Keyboard.PressAsync("Control+k");
        await Expect(brand.Page.Search()).ToBeFocusedAsync();

        await brand.Page.GotoAsync("/messages");
        await rows.Filter(new() { HasText = pair.CreatorName }).ClickAsync();
        await Expect(brand.Page.GetByRole(AriaRole.Article, new() { NameRegex = new($"^{pair.CreatorName}: Words to hear, ") }))
            .ToBeVisibleAsync();
        var box = brand.Page.TextBox($"Message to {pair.CreatorName}");
        await Expect(box).ToBeFocusedAsync();
        await box.PressAsync("Enter");
        await Expect(brand.Page.GetByText("Write something first.").First).ToBeVisibleAsync();
        await box.PressAsync("Escape");
        await Expect(box).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task A_draft_that_is_sent_in_one_tab_goes_in_the_other()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        var brand = await web.NewPersonAsync(pair.BrandId);
        var first = brand.Page.TextBox($"Message to {pair.CreatorName}");
        await brand.Page.GotoAsync($"/messages/{id}");
        await first.FillAsync("Only once");
        var second = await brand.Context.NewPageAsync();
        await second.GotoAsync($"/messages/{id}");
        await Expect(second.TextBox($"Message to {pair.CreatorName}")).ToHaveValueAsync("Only once");

        await first.PressAsync("Enter");

        await Expect(second.TextBox($"Message to {pair.CreatorName}")).ToHaveValueAsync("");
    }

    [BrowserFact]
    public async Task After_blocking_from_a_profile_the_page_says_so()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var brand = await web.NewPersonAsync(pair.BrandId);
        brand.MayLog("status of 404");
        await brand.Page.GotoAsync($"/creators/{pair.CreatorId}");
        await brand.Page.Button($"More about {pair.CreatorName}").ClickAsync();
        await brand.Page.Button("Block…").ClickAsync();
        await brand.Page.OpenDialog($"Block {pair.CreatorName}?").Button("Block").ClickAsync();

        await Expect(brand.Page.GetByText($"You block {pair.CreatorName}")).ToBeVisibleAsync();
        await brand.Page.ReloadAsync();
        await Expect(brand.Page.GetByText($"You block {pair.CreatorName}")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_form_tells_all_that_is_missing_at_once()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var brand = await web.NewPersonAsync($"{pair.BrandId}-new");
        await brand.Page.GotoAsync("/");
        await brand.Page.TextBox("Your name").FillAsync("");
        await brand.Page.Button("Start").ClickAsync();

        await Expect(brand.Page.GetByText("Write your name.")).ToBeVisibleAsync();
        await Expect(brand.Page.GetByText("Choose one of the two.")).ToBeVisibleAsync();
        await Expect(brand.Page.TextBox("Your name")).ToBeFocusedAsync();
    }

    private static Dictionary<string, object> Touch(string type, params float[] at) => new()
    {
        ["type"] = type,
        ["touchPoints"] = at.Length == 0 ? [] : new object[] { new { x = at[0], y = at[1] } },
    };
}
