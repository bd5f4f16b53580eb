using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>Text that others change or write: a page's translator, an input method, a member who stacks accents.</summary>
[Collection(WebClientFixture.Sessions)]
public sealed class TextOthersTouchTests(WebClientFixture web)
{
    // Wraps every text in elements, as the translators of Chrome and Edge do, and again whatever the page writes.
    private const string Translator =
        """
        addEventListener('DOMContentLoaded', () => {
          const translate = (root) => {
            const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
            const found = [];
            while (texts.nextNode()) {
              found.push(texts.currentNode);
            }

            for (const text of found) {
              if (text.data.trim() !== '' && text.parentElement && !text.parentElement.closest('font, script, style, textarea, title')) {
                const outer = document.createElement('font');
                outer.append(document.createElement('font'));
                outer.firstChild.append(text.data);
                text.replaceWith(outer);
              }
            }
          };
          new MutationObserver((changes) => changes.forEach((change) => translate(change.target)))
            .observe(document.body, { subtree: true, childList: true, characterData: true });
          translate(document.body);
        });
        """;

    [BrowserFact]
    public async Task A_translated_conversation_goes_on()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync("Hello");
        var brand = await TranslatedAsync(pair.BrandId, "/messages");
        await Expect(brand.Page.GetByText("You are connected. Say hello!")).ToBeVisibleAsync();

        await Pair.SendMessageAsync(pair.Creator, id, "First");
        await Expect(brand.Page.GetByText("First")).ToBeVisibleAsync();
        await Pair.SendMessageAsync(pair.Brand, id, "Mine");
        await Expect(brand.Page.GetByText("Mine")).ToBeVisibleAsync();
        await Expect(brand.Page.GetByText("You: ")).ToBeVisibleAsync();
        await Pair.SendMessageAsync(pair.Creator, id, "Yours");
        await Expect(brand.Page.GetByText("You: ")).ToBeHiddenAsync();

        await brand.Page.GetByText("Yours").ClickAsync();
        await Expect(brand.Page.Message("Yours")).ToBeVisibleAsync();
        await pair.Creator.SendAsync($"/api/connections/{id}/typing");
        await Expect(brand.Page.GetByText("is typing…")).ToBeVisibleAsync();
        await Pair.SendMessageAsync(pair.Creator, id, "Third");
        await Expect(brand.Page.GetByText("is typing…")).ToBeHiddenAsync();
        await Expect(brand.Page.Message("Third")).ToBeVisibleAsync();
        await pair.Creator.CallAsync(HttpMethod.Delete, $"/api/connections/{id}/messages/4");
        await Expect(brand.Page.Message("This message was deleted")).ToBeVisibleAsync();
        await pair.Creator.CallAsync(HttpMethod.Delete, $"/api/connections/{id}");
        brand.MayLog("status of 409");
        await Expect(brand.Page.GetByText("ended on", new() { Exact = false }).First).ToBeVisibleAsync();
        await pair.Brand.SendAsync("/api/invites", new { creatorId = pair.CreatorId });
        await Expect(brand.Page.GetByText("has not answered your invite yet", new() { Exact = false }).First).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_translated_search_and_invite_go_on()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var brand = await TranslatedAsync(pair.BrandId, "/");

        await brand.Page.Search().FillAsync(pair.CreatorName);
        await Expect(brand.Page.Cards().Filter(new() { HasText = pair.CreatorName })).ToBeVisibleAsync();
        await brand.Page.Search().FillAsync("nobody has this name");
        await Expect(brand.Page.Cards().Filter(new() { HasText = pair.CreatorName })).ToBeHiddenAsync();
        await brand.Page.Search().FillAsync(pair.CreatorName);
        await brand.Page.Button($"Invite {pair.CreatorName} to connect").ClickAsync();
        await brand.Page.OpenDialog($"Invite {pair.CreatorName}").Button("Invite to connect").ClickAsync();
        await brand.Page.NavLink("Pending").ClickAsync();
        await Expect(brand.Page.GetByText("Waiting", new() { Exact = true })).ToBeVisibleAsync();
        await pair.Creator.SendAsync($"/api/invites/{await pair.InviteAsync()}/accept");
        await Expect(brand.Page.GetByText("They accepted")).ToBeVisibleAsync();
        await brand.Page.NavLink("Connections").ClickAsync();
        await Expect(brand.Page.GetByText("No messages yet")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_hostile_message_neither_holds_the_page_nor_leaves_its_bubble()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        await Pair.SendMessageAsync(pair.Creator, id, $"Z{new string('\u0301', 60)}algo");
        await Pair.SendMessageAsync(pair.Creator, id, $"https://☃{new string('.', 2500)}a{new string(')', 1490)}");
        await Pair.SendMessageAsync(pair.Creator, id, "After");
        var brand = await web.NewPersonAsync(pair.BrandId);
        await brand.Page.GotoAsync($"/messages/{id}");

        await Expect(brand.Page.Message("After")).ToBeVisibleAsync();
        await Expect(brand.Page.Locator("[data-message] [title]").First).ToHaveCSSAsync("overflow", "clip");
    }

    private async Task<Person> TranslatedAsync(string memberId, string path)
    {
        var person = await web.NewPersonAsync(memberId);
        await person.Context.AddInitScriptAsync(Translator);
        await person.Page.GotoAsync(path);
        return person;
    }
}
