using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>After an interruption, missed messages arrive once and in order, and unsent ones are sent once.</summary>
[Collection(WebClientFixture.Sessions)]
public sealed class ReconnectingTests(WebClientFixture web)
{
    private const int Missed = 5;

    [BrowserFact]
    public async Task After_being_offline_missed_and_written_messages_are_there_once()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        var creator = await OpenAsync(pair, id);
        creator.MayLog("ERR_INTERNET_DISCONNECTED");
        await creator.Context.SetOfflineAsync(true);
        await Expect(creator.Page.GetByText("You are offline.", new() { Exact = false })).ToBeVisibleAsync();

        await WriteAsync(creator, pair, "Written in a tunnel");
        await Expect(creator.Page.Message("Written in a tunnel")).ToContainTextAsync("It goes out when you are back online.");
        await SendMessageAsync(pair, id, "Missed");
        await creator.Context.SetOfflineAsync(false);

        await Expect(creator.Page.GetByText("You are offline.", new() { Exact = false })).ToBeHiddenAsync();
        await ExpectOnceInOrderAsync(creator, ["Before", .. Numbered("Missed"), "Written in a tunnel"]);
        await Expect(creator.Page.Message("Written in a tunnel")).ToContainTextAsync("Sent");
        await SendMessageAsync(pair, id, "Live again");
        await ExpectOnceInOrderAsync(creator, ["Before", .. Numbered("Missed"), "Written in a tunnel", .. Numbered("Live again")]);
        Assert.Equal(["Before", .. Numbered("Missed"), "Written in a tunnel", .. Numbered("Live again")], await pair.MessageTextsAsync(id));
    }

    [BrowserFact]
    public async Task A_phone_that_slept_learns_of_an_edit_a_deletion_and_of_a_connection_that_ended()
    {
        var host = await web.NewHostAsync();
        var (pair, other) = (await Pair.MakeAsync(host), await Pair.MakeAsync(host));
        var id = await pair.ConnectAsync();
        var second = (await other.Brand.SendAsync("/api/invites", new { creatorId = pair.CreatorId }))["id"].ToString();
        await pair.Creator.SendAsync($"/api/invites/{second}/accept");
        var creator = await OpenAsync(pair, id);
        creator.MayLog("WebSocket connection to");
        creator.MayLog("ERR_CONNECTION_REFUSED");
        creator.MayLog("status of 503");
        var live = creator.Page.GetByRole(AriaRole.Link, new() { Name = other.BrandName });
        var ended = creator.Page.GetByRole(AriaRole.List, new() { Name = "Ended" });
        await Expect(live).ToHaveCountAsync(1);
        await Expect(ended).ToHaveCountAsync(0);
        foreach (var text in new[] { "To be edited", "To be deleted" })
        {
            await Pair.SendMessageAsync(pair.Brand, id, text);
            await Expect(creator.Page.Message(text)).ToBeVisibleAsync();
        }

        // A page begins with a token, and reads what it shows once more after that.
        await creator.Page.WaitForFunctionAsync(
            """
            () => {
              const asked = performance.getEntriesByType('resource');
              const begun = asked.find(({ name }) => name.endsWith('/api/changes'));
              return begun && asked.some(({ name, startTime }) => name.includes('/messages') && startTime >= begun.responseEnd);
            }
            """);
        await creator.Page.EvaluateAsync("() => performance.clearResourceTimings()");

        // The host forgets the sockets, so the events of the calls that follow reach nobody.
        await host.RestartAsync();
        await pair.Brand.CallAsync(HttpMethod.Patch, $"/api/connections/{id}/messages/2", new { text = "Edited meanwhile" });
        await pair.Brand.CallAsync(HttpMethod.Delete, $"/api/connections/{id}/messages/3");
        await other.Brand.CallAsync(HttpMethod.Delete, $"/api/connections/{second}");

        await Expect(creator.Page.Message("Edited meanwhile")).ToBeVisibleAsync();
        await Expect(creator.Page.Log().GetByText("To be", new() { Exact = false })).ToHaveCountAsync(0);
        await Expect(ended).ToContainTextAsync(other.BrandName);
        var asked = await creator.Page.EvaluateAsync<string[]>("() => performance.getEntriesByType('resource').map(({ name }) => name)");
        Assert.Contains(asked, url => url.Contains("/api/changes?since=", StringComparison.Ordinal));
        // The conversation that is open was not read again: the changes had it.
        Assert.DoesNotContain(asked, url => url.Contains($"/api/connections/{id}/messages", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task An_unsent_message_survives_a_reload_and_is_sent_once_on_retry()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        var creator = await OpenAsync(pair, id);
        creator.MayLog("ERR_CONNECTION_REFUSED");
        var refused = 0;
        await creator.Page.RouteAsync("**/messages", async route =>
        {
            // Also after a while, when the page tries again by itself.
            if (route.Request.Method == "POST" && !await creator.Page.EvaluateAsync<bool>("window.triedAgain === true"))
            {
                refused++;
                await route.AbortAsync("connectionrefused");
            }
            else
            {
                await route.ContinueAsync();
            }
        });

        await WriteAsync(creator, pair, "Not lost");
        await Expect(creator.Page.Message("Not lost")).ToContainTextAsync("Not sent yet");
        await creator.Page.ReloadAsync();
        await Expect(creator.Page.Message("Not lost")).ToContainTextAsync("Not sent yet");
        Assert.True(refused > 0);
        await creator.Page.EvaluateAsync("document.addEventListener('click', () => { window.triedAgain = true }, { capture: true })");
        await creator.Page.Message("Not lost").Button("Try again").ClickAsync();

        await Expect(creator.Page.Message("Not lost")).ToContainTextAsync("Sent");
        await ExpectOnceInOrderAsync(creator, ["Before", "Not lost"]);
        Assert.Equal(["Before", "Not lost"], await pair.MessageTextsAsync(id));
    }

    [BrowserFact]
    public async Task When_the_service_is_back_the_page_reconnects_and_has_missed_nothing()
    {
        var host = await web.NewHostAsync();
        var pair = await Pair.MakeAsync(host);
        var id = await pair.ConnectAsync();
        var creator = await OpenAsync(pair, id);
        creator.MayLog("WebSocket connection to");
        creator.MayLog("ERR_CONNECTION_REFUSED");
        creator.MayLog("status of 503");

        // Without the host there are no calls. Afterwards the test's own call is faster than the page.
        await host.RestartAsync();
        await SendMessageAsync(pair, id, "Missed");

        await ExpectOnceInOrderAsync(creator, ["Before", .. Numbered("Missed")]);
        await WriteAsync(creator, pair, "Still here");
        await Expect(creator.Page.Message("Still here")).ToContainTextAsync("Sent");
        // The page is live again, for messages of the other side.
        await Pair.SendMessageAsync(pair.Brand, id, "Live again");
        await ExpectOnceInOrderAsync(creator, ["Before", .. Numbered("Missed"), "Still here", "Live again"]);
    }

    private async Task<Person> OpenAsync(Pair pair, string id)
    {
        var creator = await web.NewPersonAsync(pair.CreatorId, host: pair.Host);
        await creator.Page.GotoAsync($"/messages/{id}");
        await Expect(creator.Page.TextBox($"Message to {pair.BrandName}")).ToBeVisibleAsync();
        // Waits until the page is live, so that there is something to lose.
        await Pair.SendMessageAsync(pair.Brand, id, "Before");
        await Expect(creator.Page.Message("Before")).ToBeVisibleAsync();
        return creator;
    }

    private static async Task WriteAsync(Person creator, Pair pair, string text)
    {
        await creator.Page.TextBox($"Message to {pair.BrandName}").FillAsync(text);
        await creator.Page.Keyboard.PressAsync("Enter");
    }

    private static async Task SendMessageAsync(Pair pair, string id, string text)
    {
        foreach (var numbered in Numbered(text))
        {
            await Pair.SendMessageAsync(pair.Brand, id, numbered);
        }
    }

    private static IEnumerable<string> Numbered(string text) => Enumerable.Range(1, Missed).Select(number => $"{text} {number}");

    private static async Task ExpectOnceInOrderAsync(Person person, IReadOnlyList<string> texts) =>
        await Expect(person.Page.Log().GetByRole(AriaRole.Article)).ToContainTextAsync(texts);
}
