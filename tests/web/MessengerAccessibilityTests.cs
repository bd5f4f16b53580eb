using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>axe-core on the messenger: with sent and unsent messages of every kind, with open dialogs, ended, and empty.</summary>
[Collection(WebClientFixture.Looks)]
public sealed class MessengerAccessibilityTests(WebClientFixture web)
{
    private const int Phone = 360;
    private const int Laptop = 1280;

    [BrowserTheory]
    [InlineData(Phone)]
    [InlineData(Laptop)]
    public async Task A_conversation_is_accessible(int width)
    {
        var company = await PopulatedBrand.MakeAsync(web.Host);
        var (pair, page) = (company.Pair, await OpenAsync(company.Pair.BrandId, width));
        await page.GotoAsync("/messages");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = pair.CreatorName })).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        await page.GotoAsync($"/messages/{company.ConnectionId}");
        await Expect(page.Message("🏔️")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        await page.Message("🏔️").HoverAsync();
        await page.Message("🏔️").Button("More about this message").ClickAsync();
        await Expect(page.Button("Report…").Last).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.TextBox($"Message to {pair.CreatorName}").PressAsync("ArrowUp");
        await page.TextBox("Edit your message").FillAsync(new string('e', 4100));
        await page.AssertForEverybodyAsync();
        await page.Button("Cancel").ClickAsync();

        await page.Message("Wednesday?").HoverAsync();
        await page.Message("Wednesday?").Button("More about your message").ClickAsync();
        await page.Button("Delete…").ClickAsync();
        await page.AssertForEverybodyAsync();
    }

    [BrowserTheory]
    [InlineData(Phone)]
    [InlineData(Laptop)]
    public async Task Unsent_messages_and_ended_conversations_are_accessible(int width)
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        var page = await OpenAsync(pair.BrandId, width);
        await page.GotoAsync($"/messages/{id}");
        var box = page.TextBox($"Message to {pair.CreatorName}");
        await Expect(box).ToBeVisibleAsync();

        await page.RouteAsync(
            "**/messages", route => route.Request.Method == "POST" ? route.AbortAsync("connectionrefused") : route.ContinueAsync());
        await box.FillAsync("On its way");
        await page.Button("Send").ClickAsync();
        await Expect(page.Message("On its way")).ToContainTextAsync("Not sent yet");
        await box.FillAsync("Still typing");
        await page.AssertForEverybodyAsync();

        await page.Context.SetOfflineAsync(true);
        await Expect(page.GetByText("You are offline.", new() { Exact = false })).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();
        await page.Context.SetOfflineAsync(false);

        await pair.Creator.CallAsync(HttpMethod.Delete, $"/api/connections/{id}");
        await Expect(page.GetByText("You had typed:")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        await page.GotoAsync("/messages");
        await Expect(page.Heading("Ended")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();
    }

    [BrowserTheory]
    [InlineData(Phone)]
    [InlineData(Laptop)]
    public async Task An_empty_messenger_is_accessible(int width)
    {
        var pair = await Pair.MakeAsync(web.Host);
        var page = await OpenAsync(pair.BrandId, width);
        await page.GotoAsync("/messages");
        await Expect(page.Heading("No conversations yet")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();

        await page.GotoAsync("/messages/c0");
        await Expect(page.Heading("This conversation is not here")).ToBeVisibleAsync();
        await page.AssertForEverybodyAsync();
    }

    private async Task<IPage> OpenAsync(string id, int width)
    {
        var person = await web.NewPersonAsync(id, width);
        person.MayLog("status of 404");
        // Back online, the page asks for missed messages before it knows that the connection has ended.
        person.MayLog("status of 409");
        person.MayLog("ERR_CONNECTION_REFUSED");
        person.MayLog("ERR_INTERNET_DISCONNECTED");
        return person.Page;
    }
}
