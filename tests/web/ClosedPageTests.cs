using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>What the client shows as done gets done, even if the page is closed before the service has answered.</summary>
[Collection(WebClientFixture.Sessions)]
public sealed class ClosedPageTests(WebClientFixture web)
{
    [BrowserFact]
    public async Task A_heart_an_invite_a_mute_a_reaction_and_a_choice_outlive_the_page()
    {
        var database = new FaultyDatabase();
        var host = await web.NewHostAsync(o => o with { Services = database.Watch });
        var (friends, strangers) = (await Pair.MakeAsync(host), await Pair.MakeAsync(host));
        var id = await friends.ConnectAsync();
        await Pair.SendMessageAsync(friends.Creator, id, "Shall we walk?");
        var member = await web.NewPersonAsync(friends.BrandId, host: host);
        var search = $"/?q={Uri.EscapeDataString(strangers.CreatorName)}";

        await DoAndCloseAsync(search, async page =>
        {
            await page.Button($"Favourite: {strangers.CreatorName}").ClickAsync();
            await Expect(page.Button($"Favourite: {strangers.CreatorName}")).ToHaveAttributeAsync("aria-pressed", "true");
        });
        await DoAndCloseAsync(search, async page =>
        {
            await page.Button($"Invite {strangers.CreatorName} to connect").ClickAsync();
            await page.OpenDialog($"Invite {strangers.CreatorName}").Button("Invite to connect").ClickAsync();
            await Expect(page.Button($"Inviting {strangers.CreatorName}")).ToBeVisibleAsync();
        });
        await DoAndCloseAsync("/messages", async page =>
        {
            await page.Button($"Conversation with {friends.CreatorName}: more").ClickAsync();
            await page.Locator("[popover]:popover-open").Button("Mute").ClickAsync();
            await Expect(page.Locator($"a[data-connection='{id}']")).ToContainTextAsync("muted");
        });
        await DoAndCloseAsync($"/messages/{id}", async page =>
        {
            var message = page.Message("Shall we walk?").First;
            await message.HoverAsync();
            await message.Button("More about this message").ClickAsync();
            await page.Button("Heart").ClickAsync();
            await Expect(message.Button("Heart: You")).ToBeVisibleAsync();
        });
        await DoAndCloseAsync("/privacy", async page =>
        {
            var reads = page.GetByRole(AriaRole.Switch, new() { Name = "What you have read" });
            await reads.ClickAsync();
            await Expect(reads).Not.ToBeCheckedAsync();
        });

        await EventuallyAsync("/api/favourites", favourites => favourites["value"].AsArray().Count == 1);
        await EventuallyAsync("/api/invites?direction=sent", invites => invites["value"].AsArray().Count == 2);
        await EventuallyAsync($"/api/connections?id={id}", contacts => contacts["value"][0]!["muted"]?.GetValue<bool>() is true);
        await EventuallyAsync($"/api/connections/{id}/messages", messages => messages["value"][0]!["reactions"] is not null);
        await EventuallyAsync("/api/me/privacy", privacy => !privacy["readMarks"].GetValue<bool>());

        async Task DoAndCloseAsync(string address, Func<IPage, Task> act)
        {
            var page = await member.Context.NewPageAsync();
            await page.GotoAsync(address);
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            // The page is closed before the service has written anything.
            database.Before = (_, _) => Task.Delay(TimeSpan.FromSeconds(2));
            await act(page);
            await page.CloseAsync();
            database.Before = (_, _) => Task.CompletedTask;
        }

        async Task EventuallyAsync(string path, Func<Answer, bool> isDone) =>
            Assert.True(isDone(await Calls.EventuallyAsync(() => friends.Brand.ReadAsync(path), isDone)));
    }
}
