using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>What contacts see of a member, and the warnings beside their first messages.</summary>
[Collection(WebClientFixture.Sessions)]
public sealed class PrivacyTests(WebClientFixture web)
{
    [BrowserFact]
    public async Task A_member_who_hides_what_they_have_read_shows_it_to_nobody_and_sees_nobodys()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        await Pair.SendMessageAsync(pair.Brand, id, "Hello");
        await Pair.SendMessageAsync(pair.Creator, id, "Hi");
        await pair.Creator.PutAsync($"/api/connections/{id}/read", new { seq = 2 });
        var brand = (await web.NewPersonAsync(pair.BrandId)).Page;
        await brand.GotoAsync($"/messages/{id}");
        await Expect(brand.Log()).ToContainTextAsync("Read");

        var creator = (await web.NewPersonAsync(pair.CreatorId, width: 360)).Page;
        await creator.GotoAsync("/privacy");
        var reads = creator.GetByRole(AriaRole.Switch, new() { Name = "What you have read" });
        await Expect(reads).ToBeCheckedAsync();
        await creator.AssertForEverybodyAsync();
        await reads.ClickAsync();
        await Expect(reads).Not.ToBeCheckedAsync();

        // Live, and for good.
        await Expect(brand.Log()).Not.ToContainTextAsync("Read");
        await Expect(brand.Log()).ToContainTextAsync("Sent");
        await creator.ReloadAsync();
        await Expect(reads).Not.ToBeCheckedAsync();
    }

    [BrowserFact]
    public async Task The_reader_is_warned_of_what_scams_have_and_the_sender_is_not()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        await Pair.SendMessageAsync(pair.Brand, id, "Hello Mira!");
        await Pair.SendMessageAsync(pair.Brand, id, "There is a small processing fee.");
        await Pair.SendMessageAsync(pair.Brand, id, "Write to me on WhatsApp.");
        await Pair.SendMessageAsync(pair.Brand, id, "https://example.com/brief");
        await Pair.SendMessageAsync(pair.Brand, id, "Bye");
        await Pair.SendMessageAsync(pair.Brand, id, "https://example.com/later");
        var creator = (await web.NewPersonAsync(pair.CreatorId)).Page;
        await creator.GotoAsync($"/messages/{id}");
        await Expect(creator.Message("https://example.com/later")).ToBeVisibleAsync();
        var warnings = creator.Log().GetByRole(AriaRole.Note);
        await Expect(warnings).ToHaveCountAsync(3);
        await Expect(creator.Message("There is a small processing fee.")).ToContainTextAsync("never have to pay");
        await creator.AssertForEverybodyAsync();
        await creator.Message("Write to me on WhatsApp.").Button("Report this message").ClickAsync();
        await Expect(creator.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();

        var brand = (await web.NewPersonAsync(pair.BrandId)).Page;
        await brand.GotoAsync($"/messages/{id}");
        await Expect(brand.Message("https://example.com/later")).ToBeVisibleAsync();
        await Expect(brand.Log().GetByRole(AriaRole.Note)).ToHaveCountAsync(0);
    }
}
