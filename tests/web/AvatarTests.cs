using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>The picture of a profile.</summary>
[Collection(WebClientFixture.Members)]
public sealed class AvatarTests(WebClientFixture web)
{
    [BrowserTheory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task A_member_cuts_a_square_out_of_a_photo_shows_it_and_removes_it(int width)
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        var brand = await web.NewPersonAsync(pair.BrandId, width);
        await brand.Page.GotoAsync("/profile");
        var field = brand.Page.GetByRole(AriaRole.Group, new() { Name = "Picture", Exact = true });
        await Expect(field.Locator("img")).ToHaveCountAsync(0);
        await field.Locator("input[type=file]").SetInputFilesAsync(await TestFiles.PhotoAsync(brand.Page, 900, 600));

        var dialog = brand.Page.OpenDialog("Your picture");
        var square = dialog.GetByRole(AriaRole.Application);
        await Expect(square).ToBeFocusedAsync();
        await square.PressAsync("ArrowDown");
        await square.PressAsync("+");
        await Expect(dialog.GetByRole(AriaRole.Slider, new() { Name = "Zoom" })).Not.ToHaveValueAsync("1");
        await brand.Page.AssertForEverybodyAsync();
        await dialog.Button("Use this picture").ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(field.Locator("img")).ToBeVisibleAsync();
        await brand.Page.Button("Save").ClickAsync();
        await Expect(brand.Page.GetByText("Your profile is saved", new() { Exact = false })).ToBeVisibleAsync();

        var url = (await pair.Brand.ReadAsync("/api/me")).Body!["avatarUrl"]!.ToString();
        var shown = await brand.Page.APIRequest.GetAsync(url);
        Assert.Equal("image/jpeg", shown.Headers["content-type"]);
        Assert.DoesNotContain("Exif", System.Text.Encoding.Latin1.GetString(await shown.BodyAsync()), StringComparison.Ordinal);
        var creator = await web.NewPersonAsync(pair.CreatorId, width);
        await creator.Page.GotoAsync($"/messages/{id}");
        await Expect(creator.Page.Locator("header img").Last).ToBeVisibleAsync();

        await field.Button("Remove picture").ClickAsync();
        await brand.Page.Button("Save").ClickAsync();
        await Expect(field.Locator("img")).ToHaveCountAsync(0);
        await Calls.EventuallyAsync(async () => (await brand.Page.APIRequest.GetAsync(url)).Status, status => status == 404);
    }
}
