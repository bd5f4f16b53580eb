using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>Pages go by the server's time, because a device's clock can be wrong.</summary>
[Collection(WebClientFixture.Sessions)]
public sealed class ClockTests(WebClientFixture web)
{
    [BrowserTheory]
    [InlineData(20)]
    [InlineData(-20)]
    public async Task A_clock_that_is_wrong_by_20_minutes_takes_neither_edit_and_delete_nor_the_notice_of_an_acceptance(int minutes)
    {
        var pair = await Pair.MakeAsync(web.Host);
        var other = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        var brand = await web.NewPersonAsync(pair.BrandId);
        await brand.Context.AddInitScriptAsync(
            $$"""
            const device = Date;
            globalThis.Date = class extends device {
              constructor(...args) { super(...(args.length === 0 ? [device.now() + {{minutes}} * 60_000] : args)); }
              static now() { return device.now() + {{minutes}} * 60_000; }
            };
            """);
        await Pair.SendMessageAsync(pair.Brand, id, "Sent just now");
        await brand.Page.GotoAsync($"/messages/{id}");

        var message = brand.Page.Message("Sent just now");
        await message.HoverAsync();
        await message.Button("More about your message").ClickAsync();
        await Expect(message.Button("Edit")).ToBeVisibleAsync();
        await Expect(message.Button("Delete…")).ToBeVisibleAsync();
        await brand.Page.Keyboard.PressAsync("Escape");

        await brand.LiveAsync();
        var invite = await pair.Brand.SendAsync("/api/invites", new { creatorId = other.CreatorId });
        await other.Creator.SendAsync($"/api/invites/{invite["id"]}/accept");
        await Expect(brand.Page.GetByText($"{other.CreatorName} accepted your invite")).ToBeVisibleAsync();
    }
}
