using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>Conversations.</summary>
[Collection(WebClientFixture.Sessions)]
public sealed class MessengerTests(WebClientFixture web)
{
    // The maximum number of messages that are rendered at once.
    private const int MostOnPage = 100;

    [BrowserFact]
    public async Task An_edit_and_a_deletion_are_shown_to_the_other_side()
    {
        var (pair, id) = await ConnectAsync();
        await Pair.SendMessageAsync(pair.Brand, id, "Tuesday?");
        await Pair.SendMessageAsync(pair.Brand, id, "Not for you");
        var brand = await OpenAsync(pair.BrandId, id);
        var creator = await OpenAsync(pair.CreatorId, id);
        await Expect(creator.Page.Message("Tuesday?")).ToBeVisibleAsync();

        await brand.Page.Message("Tuesday?").HoverAsync();
        await brand.Page.Message("Tuesday?").Button("More about your message").ClickAsync();
        await brand.Page.Button("Edit").ClickAsync();
        await brand.Page.TextBox("Edit your message").FillAsync("Wednesday?");
        await brand.Page.Button("Save").ClickAsync();
        await brand.Page.Message("Not for you").HoverAsync();
        await brand.Page.Message("Not for you").Button("More about your message").ClickAsync();
        await brand.Page.Button("Delete…").ClickAsync();
        await brand.Page.OpenDialog("Delete this message?").Button("Delete message").ClickAsync();

        await Expect(creator.Page.Message("Wednesday?")).ToContainTextAsync("edited");
        await Expect(creator.Page.Message("This message was deleted")).ToBeVisibleAsync();
        await Expect(brand.Page.Message("You deleted this message")).ToBeVisibleAsync();
        await Expect(creator.Page.GetByText("Not for you")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task A_creator_looks_over_what_they_expect_and_sends_it()
    {
        var (pair, id) = await ConnectAsync();
        var creator = await OpenAsync(pair.CreatorId, id);
        await creator.Page.Button($"More about {pair.BrandName}").ClickAsync();
        await Expect(creator.Page.Link("View profile")).ToBeVisibleAsync();
        await Expect(creator.Page.Button("Send what I expect…")).ToBeHiddenAsync();

        var profile = (await pair.Creator.ReadAsync("/api/me")).Body!.AsObject();
        profile["openTo"] = new JsonArray("paid", "event");
        profile["rateFrom"] = new JsonObject { ["amount"] = 1200, ["currency"] = "EUR" };
        profile["expects"] = "A clear brief.";
        Assert.Null((await pair.Creator.PutAsync("/api/me", profile)).Problem);
        await creator.Page.ReloadAsync();
        var box = creator.Page.TextBox($"Message to {pair.BrandName}");
        await box.FillAsync("Thank you for asking!");
        await creator.Page.Button($"More about {pair.BrandName}").ClickAsync();
        await creator.Page.Button("Send what I expect…").ClickAsync();

        // After what was typed, and not sent by itself.
        const string Expected =
            "Thank you for asking!\n\nWhat to expect when we work together:\n• Open to: Paid, Events\n• From €1,200\n\nA clear brief.";
        await Expect(box).ToHaveValueAsync(Expected);
        await Expect(box).ToBeFocusedAsync();
        Assert.Empty(await pair.MessageTextsAsync(id));
        await creator.Page.AssertForEverybodyAsync();
        await box.PressAsync("Enter");
        await Expect(creator.Page.Log()).ToContainTextAsync("Sent");
        Assert.Equal([Expected], await pair.MessageTextsAsync(id));

        var brand = await OpenAsync(pair.BrandId, id);
        await brand.Page.Button($"More about {pair.CreatorName}").ClickAsync();
        await Expect(brand.Page.Button("Send what I expect…")).ToBeHiddenAsync();
    }

    [BrowserFact]
    public async Task A_draft_survives_a_reload_until_it_is_sent()
    {
        var (pair, id) = await ConnectAsync();
        var brand = await OpenAsync(pair.BrandId, id);
        var box = brand.Page.TextBox($"Message to {pair.CreatorName}");

        await box.FillAsync("First line\nsecond");
        await brand.Page.ReloadAsync();
        await Expect(box).ToHaveValueAsync("First line\nsecond");
        await box.PressAsync("Enter");
        await Expect(box).ToHaveValueAsync("");
        await Expect(brand.Page.Log()).ToContainTextAsync("Sent");
        await brand.Page.ReloadAsync();

        await Expect(brand.Page.Log()).ToContainTextAsync("First line");
        await Expect(box).ToHaveValueAsync("");
        Assert.Equal(["First line\nsecond"], await pair.MessageTextsAsync(id));
    }

    [BrowserFact]
    public async Task When_the_connection_ends_both_see_why_they_cannot_write_and_what_was_typed_stays()
    {
        var (pair, id) = await ConnectAsync();
        var brand = await OpenAsync(pair.BrandId, id);
        // Once live, the page asks for missed messages before it knows that the connection has ended.
        brand.MayLog("status of 409");
        await brand.Page.TextBox($"Message to {pair.CreatorName}").FillAsync("What I still wanted to say");

        await pair.Creator.CallAsync(HttpMethod.Delete, $"/api/connections/{id}");

        await Expect(brand.Page.GetByText($"Your connection with {pair.CreatorName} ended on", new() { Exact = false }))
            .ToBeVisibleAsync();
        await Expect(brand.Page.TextBox($"Message to {pair.CreatorName}")).ToBeHiddenAsync();
        await Expect(brand.Page.GetByText("What I still wanted to say")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Of_a_thousand_messages_few_are_rendered_and_the_first_and_the_last_can_be_reached()
    {
        var (pair, id) = await ConnectAsync("How it all began");
        await pair.AddMessagesAsync(id, 1000);
        var brand = await OpenAsync(pair.BrandId, id);
        await Expect(brand.Page.Message("Message 1000")).ToBeInViewportAsync();

        var up = await ScrollAsync(brand.Page, "How it all began", -700);
        await Expect(brand.Page.Message("Message 1")).ToBeInViewportAsync();
        await brand.Page.Button("Newest messages").ClickAsync();
        await Expect(brand.Page.Message("Message 1000")).ToBeInViewportAsync();
        await brand.Page.Log().FocusAsync();
        await brand.Page.Keyboard.PressAsync("Home");
        await Expect(brand.Page.Message("Message 1")).ToBeInViewportAsync();
        var down = await ScrollAsync(brand.Page, "Message 1000", 700);

        foreach (var way in (Way[])[up, down])
        {
            Assert.InRange(way.Most, 5, MostOnPage);
            Assert.True(way.Blank == 0, $"{way.Blank} of {way.Steps} times nothing was in the middle of what one sees.");
        }
    }

    private static async Task<Way> ScrollAsync(IPage page, string until, int by)
    {
        await page.Log().HoverAsync();
        return await Way.ScrollAsync(
            page,
            by,
            $$"""
            () => {
              const log = document.querySelector('[role=log]');
              const { left, top, bottom, width, height } = log.getBoundingClientRect();
              const text = [...log.querySelectorAll('p, span')]
                .find((one) => one.textContent === {{JsonSerializer.Serialize(until)}})?.getBoundingClientRect();
              const middle = document.elementsFromPoint(left + width / 2, top + height / 2);
              return {
                rows: log.querySelectorAll('[data-message]').length,
                furthest: `${log.innerText.slice(0, 200)} at ${log.scrollTop}`,
                isBlank: !middle.some((element) => element.closest('[data-index]')),
                isEnd: text !== undefined && text.top >= top && text.bottom <= bottom,
              };
            }
            """);
    }

    private async Task<(Pair Pair, string Id)> ConnectAsync(string? note = null)
    {
        var pair = await Pair.MakeAsync(web.Host);
        return (pair, await pair.ConnectAsync(note));
    }

    private async Task<Person> OpenAsync(string memberId, string connectionId)
    {
        var person = await web.NewPersonAsync(memberId);
        await person.Page.GotoAsync($"/messages/{connectionId}");
        return person;
    }
}
