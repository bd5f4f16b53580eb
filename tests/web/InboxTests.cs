using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>A member orders their conversations, and keeps texts that they write often.</summary>
[Collection(WebClientFixture.Sessions)]
public sealed class InboxTests(WebClientFixture web)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("INBOX_SCREENSHOTS");

    [BrowserTheory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task A_conversation_is_pinned_muted_left_for_later_and_archived_in_all_windows_of_its_member(int width)
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        await Pair.SendMessageAsync(pair.Creator, id, "Hello there");
        var here = (await web.NewPersonAsync(pair.BrandId, width)).Page;
        var elsewhere = await web.NewPersonAsync(pair.BrandId);
        await here.GotoAsync("/messages");
        await elsewhere.Page.GotoAsync("/messages");
        await elsewhere.LiveAsync();
        ILocator Row(IPage page) => page.Locator($"a[data-connection='{id}']");
        await Expect(Row(here)).ToContainTextAsync("Hello there");
        await Expect(elsewhere.Page.NavLink("Messages , 1 unread")).ToBeVisibleAsync();

        await ChooseAsync("Pin to the top");
        await Expect(Row(here)).ToContainTextAsync("pinned");
        await Expect(Row(elsewhere.Page)).ToContainTextAsync("pinned");
        await ChooseAsync("Mute");
        await Expect(Row(elsewhere.Page)).ToContainTextAsync("muted");
        // A muted conversation does not ask for attention.
        await Expect(elsewhere.Page.NavLink("Messages")).ToBeVisibleAsync();
        await TakeAsync("list");
        await here.AssertForEverybodyAsync();

        await ChooseAsync("Unmute");
        await ChooseAsync("Mark as read");
        await Expect(elsewhere.Page.NavLink("Messages")).ToBeVisibleAsync();
        await ChooseAsync("Mark as unread");
        await Expect(Row(here)).ToContainTextAsync("marked as unread");
        await Expect(elsewhere.Page.NavLink("Messages , 1 unread")).ToBeVisibleAsync();
        await here.Button("Unread").ClickAsync();
        await Expect(Row(here)).ToBeVisibleAsync();
        await here.Button("Inbox").ClickAsync();
        // Opened, it is left for later no more.
        await Row(here).ClickAsync();
        await Expect(elsewhere.Page.NavLink("Messages")).ToBeVisibleAsync();
        await Expect(here.Message("Hello there")).ToBeVisibleAsync();
        await here.GotoAsync("/messages");

        await ChooseAsync("Archive");
        await Expect(here.Heading("Your inbox is empty")).ToBeVisibleAsync();
        await Expect(Row(elsewhere.Page)).ToBeHiddenAsync();
        await TakeAsync("empty");
        await here.Button("Show archived").ClickAsync();
        await Expect(Row(here)).ToBeVisibleAsync();
        await here.AssertForEverybodyAsync();
        await here.Button("Inbox").ClickAsync();
        await Pair.SendMessageAsync(pair.Creator, id, "One more thing");
        await Expect(Row(here)).ToContainTextAsync("One more thing");
        await Expect(Row(elsewhere.Page)).ToContainTextAsync("One more thing");

        await ChooseAsync("Archive");
        // The first archiving may still be offered to undo.
        await here.Button("Undo").Last.ClickAsync();
        await Expect(Row(here)).ToBeVisibleAsync();

        async Task ChooseAsync(string item)
        {
            var name = $"Conversation with {pair.CreatorName}: more";
            await here.Button(name).FocusAsync();
            await here.Keyboard.PressAsync("Enter");
            await TakeAsync($"menu-{item.Split(' ')[0]}");
            await here.Locator("[popover]:popover-open").Button(item).ClickAsync();
        }

        async Task TakeAsync(string name)
        {
            foreach (var scheme in Folder is null ? (ColorScheme[])[] : [ColorScheme.Dark, ColorScheme.Light])
            {
                await here.EmulateMediaAsync(new() { ColorScheme = scheme });
                await here.ScreenshotAsync(new() { Path = Path.Combine(Folder!, $"{name}-{width}-{scheme}.png") });
            }
        }
    }

    [BrowserFact]
    public async Task A_muted_conversation_brings_no_email()
    {
        var host = await web.NewHostAsync(
            o => o with { Settings = new Dictionary<string, string?> { ["Chat:DigestAfter"] = "00:00:02" } });
        var (quiet, loud) = (await Pair.MakeAsync(host), await Pair.MakeAsync(host));
        var (muted, heard) = (await quiet.ConnectAsync(), await loud.ConnectAsync());
        var brand = await web.NewPersonAsync(quiet.BrandId, host: host);
        await brand.Page.GotoAsync("/messages");
        await brand.Page.Button($"Conversation with {quiet.CreatorName}: more").ClickAsync();
        await brand.Page.Locator("[popover]:popover-open").Button("Mute").ClickAsync();
        await Expect(brand.Page.Locator($"a[data-connection='{muted}']")).ToContainTextAsync("muted");
        // An email is for members who are away.
        await brand.Page.CloseAsync();

        await Pair.SendMessageAsync(quiet.Creator, muted, "Are you there?");
        await Pair.SendMessageAsync(loud.Creator, heard, "Are you there?");
        await host.DrainAsync();
        await host.MailAsync($"{loud.BrandId}@example.com", mail => mail.Subject.Contains("wrote to you", StringComparison.Ordinal));
        Assert.DoesNotContain(
            await host.OutboxAsync($"{quiet.BrandId}@example.com"),
            mail => mail.Subject.Contains("wrote to you", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task A_fourth_pin_is_refused_in_words_and_undone()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var first = await pair.ConnectAsync();
        for (var i = 0; i < 3; i++)
        {
            var other = await Pair.MakeAsync(web.Host);
            Assert.Null((await pair.Brand.SendAsync("/api/invites", new { creatorId = other.CreatorId })).Problem);
            var invites = (await other.Creator.ReadAsync("/api/invites?direction=received"))["value"];
            Assert.Null((await other.Creator.SendAsync($"/api/invites/{invites[0]!["id"]}/accept")).Problem);
            Assert.Null((await pair.Brand.PutAsync($"/api/connections/{invites[0]!["id"]}/inbox", new { pinned = true })).Problem);
        }

        var brand = await web.NewPersonAsync(pair.BrandId);
        brand.MayLog("status of 429");
        await brand.Page.GotoAsync("/messages");
        await brand.Page.Button($"Conversation with {pair.CreatorName}: more").ClickAsync();
        await brand.Page.Locator("[popover]:popover-open").Button("Pin to the top").ClickAsync();
        await Expect(brand.Page.GetByText("You can pin 3 conversations. Unpin one, then pin this one.")).ToBeVisibleAsync();
        await Expect(brand.Page.Locator($"a[data-connection='{first}']")).Not.ToContainTextAsync("pinned");
    }

    [BrowserTheory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task A_saved_text_is_inserted_at_the_cursor_of_a_message_and_of_a_note(int width)
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        var person = await web.NewPersonAsync(pair.CreatorId, width);
        var page = person.Page;
        await page.GotoAsync($"/messages/{id}");
        var field = page.TextBox($"Message to {pair.BrandName}");
        await field.FillAsync("My rates begin at 400 euros.");
        await page.Button("Saved texts").ClickAsync();
        await page.Button("Save what is typed…").ClickAsync();
        var dialog = page.OpenDialog("Add a text");
        await dialog.GetByLabel("Name (optional)").FillAsync("Rates");
        await TakeAsync("add");
        await page.AssertForEverybodyAsync();
        await dialog.Button("Save").ClickAsync();
        await Expect(dialog).ToBeHiddenAsync();
        // The message is not sent by the form of the text.
        await Expect(field).ToHaveValueAsync("My rates begin at 400 euros.");

        await field.FillAsync("Hello! Bye!");
        await field.EvaluateAsync("field => field.setSelectionRange(6, 6)");
        await page.Button("Saved texts").ClickAsync();
        await TakeAsync("menu");
        await page.Button("Rates").ClickAsync();
        await Expect(field).ToHaveValueAsync("Hello! My rates begin at 400 euros. Bye!");
        await Expect(field).ToBeFocusedAsync();
        await field.PressAsync("Control+z");
        await Expect(field).ToHaveValueAsync("Hello! Bye!");

        await page.Button("Saved texts").ClickAsync();
        await page.Button("Manage saved texts…").ClickAsync();
        await TakeAsync("manage");
        await page.AssertForEverybodyAsync();
        await page.Button("Change Rates").ClickAsync();
        await page.OpenDialog("Change a text").GetByLabel("Text", new() { Exact = true }).FillAsync("From 500 euros.");
        await page.Button("Save").ClickAsync();
        await page.Button("Delete Rates").ClickAsync();
        await Expect(page.GetByText("Deleted: Rates")).ToBeVisibleAsync();
        await page.Button("Undo").ClickAsync();
        await Expect(page.OpenDialog("Saved texts")).ToContainTextAsync("From 500 euros.");
        await page.Keyboard.PressAsync("Escape");

        Assert.Null((await pair.Brand.PutAsync(
            "/api/me/saved-texts", new { value = new[] { new { text = "We make rain jackets." } } })).Problem);
        var other = await Pair.MakeAsync(web.Host);
        var brand = (await web.NewPersonAsync(pair.BrandId, width)).Page;
        await brand.GotoAsync($"/creators/{other.CreatorId}");
        await brand.Button("Invite to connect").ClickAsync();
        await brand.Button("Saved texts").ClickAsync();
        await brand.Button("We make rain jackets.").ClickAsync();
        await Expect(brand.GetByLabel(new Regex("note", RegexOptions.IgnoreCase))).ToHaveValueAsync("We make rain jackets.");
        if (Folder is not null)
        {
            await brand.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"note-{width}.png") });
        }

        async Task TakeAsync(string name)
        {
            foreach (var scheme in Folder is null ? (ColorScheme[])[] : [ColorScheme.Dark, ColorScheme.Light])
            {
                await page.EmulateMediaAsync(new() { ColorScheme = scheme });
                await page.ScreenshotAsync(new() { Path = Path.Combine(Folder!, $"texts-{name}-{width}-{scheme}.png") });
            }
        }
    }
}
