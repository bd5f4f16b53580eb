using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>Takes the README's pictures, into the folder that the environment variable <c>SCREENSHOTS</c> names.</summary>
/// <remarks>
/// <code>SCREENSHOTS=docs/images dotnet test --filter ScreenshotTests</code>
/// Without the variable the pictures go to <c>tests/TestResults</c>, which proves that they can be taken.
/// </remarks>
[Collection(WebClientFixture.Looks)]
public sealed class ScreenshotTests(WebClientFixture web)
{
    // Large files slow down the README, and stay in the repository for ever.
    private const int MaxBytes = 200_000;

    // Two rows of cards.
    private const int Height = 845;

    private static readonly string Folder =
        Path.Combine(Repository.Root, Environment.GetEnvironmentVariable("SCREENSHOTS") ?? "tests/TestResults/screenshots");

    [BrowserFact]
    public async Task The_README_shows_the_web_client()
    {
        var clock = new ShiftedTime { Ahead = -DemoScenario.Length };
        var host = await web.NewHostAsync(o => o with { Time = clock, Creators = 200 });
        var story = new DemoScenario(host, clock);
        await story.PlayAsync();

        var linnea = (await web.NewPersonAsync("demo-brand", height: Height, host: host)).Page;
        await linnea.GotoAsync($"/?{DemoScenario.Search}");
        await Expect(linnea.Cards().Nth(8)).ToBeVisibleAsync();
        await TakeAsync(linnea, "explore");

        var maya = (await web.NewPersonAsync("demo-creator", height: Height, host: host)).Page;
        await maya.GotoAsync("/pending");
        await Expect(maya.Button("Accept the invite of Jun Park")).ToBeVisibleAsync();
        await TakeAsync(maya, "pending");

        await linnea.GotoAsync($"/messages/{story.Conversation}");
        await Expect(linnea.GetByText("Online", new() { Exact = true })).ToBeVisibleAsync();
        await TakeAsync(linnea, "messenger");

        var desk = (await web.NewPersonAsync("demo-moderator", height: Height, host: host)).Page;
        await desk.GotoAsync("/moderation");
        await Expect(desk.Locator("a[data-report]")).ToHaveCountAsync(2);
        await desk.Locator("a[data-report]").Last.ClickAsync();
        await Expect(desk.GetByText("Decided in like cases")).ToBeVisibleAsync();
        await TakeAsync(desk, "moderation");

        var phone = (await web.NewPersonAsync("demo-brand", width: 360, height: 720, host: host)).Page;
        await phone.GotoAsync("/");
        await Expect(phone.Cards().First).ToBeVisibleAsync();
        await TakeAsync(phone, "explore-phone");
        await phone.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await phone.GotoAsync($"/messages/{story.Conversation}");
        await Expect(phone.GetByText("Online", new() { Exact = true })).ToBeVisibleAsync();
        await TakeAsync(phone, "messenger-phone");
    }

    private static async Task TakeAsync(IPage page, string name)
    {
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        const string Loaded =
            "[...document.images].every((image) => image.complete || !image.checkVisibility() || image.getBoundingClientRect().top > "
                + "innerHeight)";
        Assert.True(await Calls.EventuallyAsync(() => page.EvaluateAsync<bool>(Loaded), loaded => loaded));
        Directory.CreateDirectory(Folder);
        var picture = await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, name + ".png"), Caret = ScreenshotCaret.Hide });
        Assert.InRange(picture.Length, 1, MaxBytes);
    }
}
