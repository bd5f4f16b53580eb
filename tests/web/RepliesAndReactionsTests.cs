using System.Net;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>Replies that quote a message, and reactions to messages.</summary>
[Collection(WebClientFixture.Sessions)]
public sealed class RepliesAndReactionsTests(WebClientFixture web)
{
    private const int Desktop = 1280;
    private const int Phone = 360;

    [BrowserTheory]
    [InlineData(Desktop)]
    [InlineData(Phone)]
    public async Task A_quote_and_a_reaction_are_live_in_both_windows(int width)
    {
        var (pair, id) = await ConnectAsync();
        await Pair.SendMessageAsync(pair.Brand, id, "Shall we walk?");
        await Pair.SendMessageAsync(pair.Creator, id, "Hello!");
        var brand = (await OpenAsync(pair.BrandId, id)).Page;
        var creator = (await OpenAsync(pair.CreatorId, id, width)).Page;
        var (asked, askedOfBrand) = (creator.Message("Shall we walk?").First, brand.Message("Shall we walk?").First);

        await asked.HoverAsync();
        await asked.Button("More about this message").ClickAsync();
        await creator.Button("Heart").ClickAsync();
        await Expect(asked.Button("Heart: You")).ToHaveAttributeAsync("aria-pressed", "true");
        await askedOfBrand.Button($"Heart: {pair.CreatorName}").ClickAsync();
        await Expect(asked.Button($"Heart: You, {pair.BrandName}")).ToHaveTextAsync("❤️2");
        await asked.Button($"Heart: You, {pair.BrandName}").ClickAsync();
        await Expect(askedOfBrand.Button("Heart: You")).ToBeVisibleAsync();
        await askedOfBrand.Button("Heart: You").ClickAsync();
        await Expect(asked.GetByRole(AriaRole.List, new() { Name = "Reactions" })).ToBeHiddenAsync();
        await ReactAsync(pair.Brand, id, 2, "celebrate");

        if (width == Phone)
        {
            await SwipeAsync(creator, "Shall we walk?");
        }
        else
        {
            await asked.HoverAsync();
            await asked.Button("Reply").ClickAsync();
        }

        var box = creator.TextBox($"Message to {pair.BrandName}");
        await Expect(box).ToBeFocusedAsync();
        await Expect(box).ToHaveAccessibleDescriptionAsync(new System.Text.RegularExpressions.Regex("^Reply to Aurora.*Shall we walk\\?"));
        await box.FillAsync("In May");
        await creator.Button("Send").ClickAsync();
        await Expect(creator.Button("Reply to nothing")).ToBeHiddenAsync();
        var (reply, replyOfBrand) = (creator.Message("In May"), brand.Message("In May"));
        await Expect(replyOfBrand.Button("In reply to You: Shall we walk?")).ToBeVisibleAsync();
        await Expect(reply.Button($"In reply to {pair.BrandName}: Shall we walk?")).ToBeVisibleAsync();
        await Expect(creator.Message("Hello!").Button($"Celebrating: {pair.BrandName}")).ToBeVisibleAsync();
        await creator.AssertForEverybodyAsync();

        await EditAsync(pair.Brand, id, 1, "Shall we hike?");
        await Expect(replyOfBrand.Button("In reply to You: Shall we hike?")).ToBeVisibleAsync();
        await Expect(reply.Button($"In reply to {pair.BrandName}: Shall we hike?")).ToBeVisibleAsync();
        await DoneAsync(pair.Brand.CallAsync(HttpMethod.Delete, $"/api/connections/{id}/messages/1"));
        await Expect(reply.Button($"In reply to {pair.BrandName}: This message was deleted")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_press_on_a_quote_goes_to_a_message_that_is_far_back_and_another_one_comes_back()
    {
        var (pair, id) = await ConnectAsync();
        await pair.AddMessagesAsync(id, 400);
        var reply = new { clientId = "r", text = "As you said", replyTo = 5 };
        await DoneAsync(pair.Creator.SendAsync($"/api/connections/{id}/messages", reply));
        var page = (await OpenAsync(pair.BrandId, id)).Page;

        await page.Message("As you said").Button("In reply to You: Message 5").ClickAsync();
        var quoted = page.Log().Locator("[data-seq='5']");
        await Expect(quoted).ToBeInViewportAsync();
        await Expect(quoted).ToBeFocusedAsync();
        await Expect(page.Message("As you said")).Not.ToBeInViewportAsync();

        await page.Button("Back to the reply").ClickAsync();
        await Expect(page.Message("As you said")).ToBeInViewportAsync();
        await Expect(page.Message("As you said")).ToBeFocusedAsync();
        await Expect(page.Button("Back to the reply")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task By_keyboard_one_replies_reacts_and_takes_it_back_and_the_quote_survives_a_reload()
    {
        var (pair, id) = await ConnectAsync();
        await Pair.SendMessageAsync(pair.Creator, id, "Shall we walk?");
        var page = (await OpenAsync(pair.BrandId, id)).Page;
        var box = page.TextBox($"Message to {pair.CreatorName}");
        await Expect(page.Message("Shall we walk?")).ToBeVisibleAsync();

        await page.Log().FocusAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.Message("Shall we walk?")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("r");
        await Expect(box).ToBeFocusedAsync();
        await page.ReloadAsync();
        await Expect(page.GetByText($"Reply to {pair.CreatorName}")).ToBeVisibleAsync();
        await box.PressAsync("Escape");
        await Expect(page.GetByText($"Reply to {pair.CreatorName}")).ToBeHiddenAsync();
        await Expect(box).ToBeFocusedAsync();

        await page.Log().FocusAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Message("Shall we walk?").Button("More about this message").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Button("Sad").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Message("Shall we walk?").Button("More about this message")).ToBeFocusedAsync();
        await page.Message("Shall we walk?").Button("Sad: You").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Message("Shall we walk?").Button("Sad: You")).ToBeHiddenAsync();
        await Expect(page.Message("Shall we walk?")).ToBeFocusedAsync();
    }

    [BrowserFact]
    public async Task A_reply_to_what_was_deleted_meanwhile_waits_for_a_press_and_goes_without_the_quote()
    {
        var (pair, id) = await ConnectAsync();
        await Pair.SendMessageAsync(pair.Creator, id, "Shall we walk?");
        var brand = await OpenAsync(pair.BrandId, id);
        var page = brand.Page;
        brand.MayLog("ERR_INTERNET_DISCONNECTED");
        brand.MayLog("status of 409");
        brand.MayLog("WebSocket");
        await page.Message("Shall we walk?").HoverAsync();
        await page.Message("Shall we walk?").Button("Reply").ClickAsync();
        await brand.Context.SetOfflineAsync(true);
        await page.TextBox($"Message to {pair.CreatorName}").FillAsync("In May");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Not sent yet. It goes out when you are back online.")).ToBeVisibleAsync();
        await DoneAsync(pair.Creator.CallAsync(HttpMethod.Delete, $"/api/connections/{id}/messages/1"));

        await brand.Context.SetOfflineAsync(false);
        await Expect(page.GetByText("Not sent: the message that you reply to was deleted.")).ToBeVisibleAsync();
        await page.Button("Send without the quote").ClickAsync();
        await Expect(page.Log()).ToContainTextAsync("Sent");
        Assert.Equal(["", "In May"], await pair.MessageTextsAsync(id));
    }

    [BrowserFact]
    public async Task When_the_conversation_has_ended_reactions_and_quotes_stay_to_be_read()
    {
        var (pair, id) = await ConnectAsync();
        await Pair.SendMessageAsync(pair.Creator, id, "Shall we walk?");
        await DoneAsync(pair.Brand.SendAsync($"/api/connections/{id}/messages", new { clientId = "r", text = "In May", replyTo = 1 }));
        await ReactAsync(pair.Brand, id, 1, "heart");
        await DoneAsync(pair.Creator.CallAsync(HttpMethod.Delete, $"/api/connections/{id}"));
        var page = (await OpenAsync(pair.BrandId, id)).Page;

        await Expect(page.GetByRole(AriaRole.Img, new() { Name = "Heart: You" })).ToBeVisibleAsync();
        await page.Message("In May").Button($"In reply to {pair.CreatorName}: Shall we walk?").ClickAsync();
        await page.Message("In May").Button("More about your message").ClickAsync();
        await Expect(page.Button("Copy text")).ToBeVisibleAsync();
        await Expect(page.Button("Reply")).ToBeHiddenAsync();
        await Expect(page.Button("Heart")).ToBeHiddenAsync();
        await page.AssertAccessibleAsync();
    }

    private static async Task SwipeAsync(IPage page, string text)
    {
        var touch = await page.Context.NewCDPSessionAsync(page);
        var box = (await page.Message(text).First.GetByText(text, new() { Exact = true }).BoundingBoxAsync())!;
        var (x, y) = (box.X + 10, box.Y + (box.Height / 2));
        await touch.SendAsync("Input.dispatchTouchEvent", Touch("touchStart", x, y));
        for (var step = 1; step <= 5; step++)
        {
            await touch.SendAsync("Input.dispatchTouchEvent", Touch("touchMove", x + (step * 20), y));
        }

        await touch.SendAsync("Input.dispatchTouchEvent", Touch("touchEnd"));
    }

    private static Dictionary<string, object> Touch(string type, params float[] at) => new()
    {
        ["type"] = type,
        ["touchPoints"] = at.Length == 0 ? [] : new object[] { new { x = at[0], y = at[1] } },
    };

    private static Task ReactAsync(HttpClient member, string connectionId, int seq, string kind) =>
        DoneAsync(member.PutAsync($"/api/connections/{connectionId}/messages/{seq}/reaction", new { kind }));

    private static Task EditAsync(HttpClient member, string connectionId, int seq, string text) =>
        DoneAsync(member.CallAsync(HttpMethod.Patch, $"/api/connections/{connectionId}/messages/{seq}", new { text }));

    private static async Task DoneAsync(Task<Answer> call)
    {
        var answer = await call;
        Assert.True(answer.Status is HttpStatusCode.OK or HttpStatusCode.Created, $"{(int)answer.Status} {answer.Body?.ToJsonString()}");
    }

    private async Task<(Pair Pair, string Id)> ConnectAsync()
    {
        var pair = await Pair.MakeAsync(web.Host);
        return (pair, await pair.ConnectAsync());
    }

    private async Task<Person> OpenAsync(string memberId, string connectionId, int width = Desktop)
    {
        var person = await web.NewPersonAsync(memberId, width, height: width == Phone ? 740 : 800);
        await person.Page.GotoAsync($"/messages/{connectionId}");
        return person;
    }
}
