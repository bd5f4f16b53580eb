using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>Search in a conversation.</summary>
[Collection(WebClientFixture.Sessions)]
public sealed class MessageSearchTests(WebClientFixture web)
{
    private const int Phone = 360;
    private const int Laptop = 1280;

    [BrowserTheory]
    [InlineData(Phone)]
    [InlineData(Laptop)]
    public async Task It_jumps_to_a_message_of_a_thousand_and_back(int width)
    {
        const string Sought = "The brief for Autumn";
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        await Pair.SendMessageAsync(pair.Brand, id, "Hello");
        await Pair.SendMessageAsync(pair.Creator, id, Sought);
        await pair.AddMessagesAsync(id, 1000);
        var page = (await web.NewPersonAsync(pair.BrandId, width: width)).Page;
        await page.GotoAsync($"/messages/{id}");
        await Expect(page.Message("Message 1000")).ToBeInViewportAsync();

        await page.Button("Search in this conversation").ClickAsync();
        var field = page.GetByRole(AriaRole.Searchbox, new() { Name = "Search in this conversation" });
        await Expect(field).ToBeFocusedAsync();
        await field.FillAsync("aut bri");
        var found = page.GetByRole(AriaRole.Search, new() { Name = "Search in this conversation" }).GetByRole(AriaRole.Listitem);
        await Expect(found).ToHaveCountAsync(1);
        await Expect(found.Locator("mark")).ToHaveTextAsync(["bri", "Aut"]);
        await page.AssertForEverybodyAsync();
        await found.GetByRole(AriaRole.Button).ClickAsync();

        await Expect(page.Message(Sought)).ToBeInViewportAsync();
        await Expect(page.Message(Sought)).ToHaveAttributeAsync("data-target", "true");
        await Expect(page.Button("1 of 1")).ToBeVisibleAsync();
        // The messages around it are there, too.
        await Expect(page.Message("Hello")).ToHaveCountAsync(1);
        await Expect(page.Message("Message 1")).ToHaveCountAsync(1);
        await page.AssertForEverybodyAsync();

        await page.Button("Newest messages").ClickAsync();
        await Expect(page.Message("Message 1000")).ToBeInViewportAsync();

        await field.FillAsync("message 99");
        await Expect(page.Button("11 messages found")).ToBeVisibleAsync();
        await field.PressAsync("Enter");
        await Expect(page.Message("Message 999")).ToBeInViewportAsync();
        await page.Button("Earlier message found").ClickAsync();
        await Expect(page.Message("Message 998")).ToHaveAttributeAsync("data-target", "true");
        await page.Button("Later message found").ClickAsync();
        await Expect(page.Button("1 of 11")).ToBeVisibleAsync();

        await field.FillAsync("nobody wrote this");
        await Expect(page.GetByText("No message has these words.")).ToBeVisibleAsync();
        await field.PressAsync("Escape");
        await Expect(field).ToBeHiddenAsync();
        await Expect(page.Button("Search in this conversation")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_key_opens_it()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        await Pair.SendMessageAsync(pair.Brand, id, "Hello");
        var page = (await web.NewPersonAsync(pair.BrandId)).Page;
        await page.GotoAsync($"/messages/{id}");
        await page.Message("Hello").FocusAsync();
        await page.Keyboard.PressAsync("f");
        await Expect(page.GetByRole(AriaRole.Searchbox, new() { Name = "Search in this conversation" })).ToBeFocusedAsync();
    }
}
