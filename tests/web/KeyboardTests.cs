using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>The main job by keyboard alone: the focus is always visible, and never lost.</summary>
[Collection(WebClientFixture.Looks)]
public sealed class KeyboardTests(WebClientFixture web)
{
    // More than the number of focus stops before any target.
    private const int MostSteps = 80;

    [BrowserFact]
    public async Task A_member_without_a_pointer_searches_invites_chats_and_ends_the_connection()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var brand = await web.NewPersonAsync(pair.BrandId);
        var page = brand.Page;
        await page.GotoAsync("/");
        await Expect(page.Cards().First).ToBeVisibleAsync();

        // Past the navigation to the search.
        await TabToAsync(page, page.Link("Skip to the content"));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.Search());
        await page.Keyboard.TypeAsync(pair.CreatorName);
        await Expect(page.Cards()).ToHaveCountAsync(1);
        await Expect(page.Search()).ToBeFocusedAsync();

        // Invites with a note. The focus is then on the clock, and on the chat when the creator has accepted.
        await TabToAsync(page, page.Button($"Invite {pair.CreatorName} to connect"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.TextBox("A note (optional)")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Walk with us?");
        await page.Keyboard.PressAsync("Control+Enter");
        var clock = page.Button($"{pair.CreatorName} is invited: take the invite back");
        await Expect(clock).ToBeFocusedAsync();
        await AssertFocusIsSeenAsync(page);

        // Opens the dialog to take the invite back, and cancels it.
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Button("Keep it")).ToBeFocusedAsync();
        await AssertFocusIsSeenAsync(page);
        await page.Keyboard.PressAsync("Escape");
        await Expect(clock).ToBeFocusedAsync();
        var id = await pair.InviteAsync();
        await pair.Creator.SendAsync($"/api/invites/{id}/accept");
        await Expect(page.Link($"Chat with {pair.CreatorName}")).ToBeFocusedAsync();
        await AssertFocusIsSeenAsync(page);

        // Sends a message and corrects it.
        await page.Keyboard.PressAsync("Enter");
        var box = page.TextBox($"Message to {pair.CreatorName}");
        await Expect(box).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Tuesday?");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Message("Tuesday?")).ToContainTextAsync("Sent");
        await Expect(box).ToBeFocusedAsync();
        await AssertFocusIsSeenAsync(page);
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.TextBox("Edit your message")).ToBeFocusedAsync();
        await AssertFocusIsSeenAsync(page);
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("Wednesday?");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Message("Wednesday?")).ToBeVisibleAsync();
        await Expect(box).ToBeFocusedAsync();

        // From message to message, and to the actions of one.
        await TabToAsync(page, page.Log(), back: true);
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(page.Message("Wednesday?")).ToBeFocusedAsync();
        await AssertFocusIsSeenAsync(page);
        await TabToAsync(page, page.Button("More about your message"));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.Button("Delete…"));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.Button("Delete message"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Message("You deleted this message")).ToBeFocusedAsync();
        await AssertFocusIsSeenAsync(page);

        // Ends the connection.
        await TabToAsync(page, page.Button($"More about {pair.CreatorName}"), back: true);
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.Button("End connection…"));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.Button("End connection"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText($"Your connection with {pair.CreatorName} has ended", new() { Exact = false }).First)
            .ToBeVisibleAsync();
        await AssertFocusIsSeenAsync(page);
    }

    [BrowserFact]
    public async Task Answering_invites_one_after_the_other_keeps_the_focus_in_the_list()
    {
        var pair = await Pair.MakeAsync(web.Host);
        foreach (var name in (string[])["Ada", "Ben", "Cleo"])
        {
            var brand = web.Host.ClientFor($"{pair.BrandId}-{name}");
            await brand.BecomeBrandAsync(name);
            await brand.SendAsync("/api/invites", new { creatorId = pair.CreatorId });
        }

        var creator = await web.NewPersonAsync(pair.CreatorId);
        var page = creator.Page;
        await page.GotoAsync("/pending");
        await Expect(page.Button("Accept the invite of Ada")).ToBeVisibleAsync();

        await TabToAsync(page, page.Button("Accept the invite of Cleo"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("You and Cleo are connected")).ToBeVisibleAsync();
        await AssertFocusIsSeenAsync(page);
        await TabToAsync(page, page.Button("Decline the invite of Ben"));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.OpenDialog("Decline the invite of Ben?").Button("Decline"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("You declined", new() { Exact = false })).ToBeVisibleAsync();
        await AssertFocusIsSeenAsync(page);
        await TabToAsync(page, page.Button("Accept the invite of Ada"));
    }

    [BrowserFact]
    public async Task Filters_and_the_account_menu_work_by_keyboard()
    {
        var brand = await web.NewPersonAsync("demo-brand");
        var page = brand.Page;
        await page.GotoAsync("/");
        await Expect(page.Cards().First).ToBeVisibleAsync();

        await TabToAsync(page, page.Button("Category"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Checkbox, new() { Name = "Food" })).ToBeVisibleAsync();
        await TabToAsync(page, page.GetByRole(AriaRole.Checkbox, new() { Name = "Food" }));
        await page.Keyboard.PressAsync("Space");
        await Expect(page).ToHaveURLAsync(new Regex("category=food"));
        await page.Keyboard.PressAsync("Escape");
        await AssertFocusIsSeenAsync(page);
        await TabToAsync(page, page.Button("Remove filter Food"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Button("Remove filter Food")).ToBeHiddenAsync();
        await AssertFocusIsSeenAsync(page);

        await TabToAsync(page, page.Button("Your account, Linnea Berg"), back: true);
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.Link("Blocked"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Heading("Blocked")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
    }

    private static async Task TabToAsync(IPage page, ILocator wanted, bool back = false)
    {
        for (var step = 0; step < MostSteps; step++)
        {
            await page.Keyboard.PressAsync(back ? "Shift+Tab" : "Tab");
            if (await wanted.CountAsync() == 1 && await wanted.EvaluateAsync<bool>("element => element === document.activeElement"))
            {
                await AssertFocusIsSeenAsync(page);
                return;
            }
        }

        Assert.Fail(
            $"{MostSteps} times {(back ? "Shift+Tab" : "Tab")} did not lead to {wanted}; the last place was {await FocusAsync(page)}.");
    }

    private static async Task AssertFocusIsSeenAsync(IPage page)
    {
        var focus = await Calls.EventuallyAsync(() => FocusAsync(page), focus => focus.StartsWith("seen", StringComparison.Ordinal));
        Assert.StartsWith("seen", focus, StringComparison.Ordinal);
    }

    // Visible by an outline, a shadow or the border of its container, and not covered.
    private static Task<string> FocusAsync(IPage page) => page.EvaluateAsync<string>(
        """
        () => {
          const element = document.activeElement;
          if (!element || element === document.body) {
            return 'lost';
          }

          const isMarked = (one) => {
            const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
            return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
          };
          const marked = [element, ...(element.labels ?? []), element.parentElement].some(isMarked);
          const { left, top, width, height } = element.getBoundingClientRect();
          const at = document.elementFromPoint(left + width / 2, top + Math.min(height / 2, 20));
          const inView = at !== null && (element.contains(at) || at.contains(element));
          return `${!marked ? 'unmarked' : !inView ? 'hidden' : 'seen'}: ${element.outerHTML.slice(0, 200)}`;
        }
        """);
}
