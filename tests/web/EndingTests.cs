using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>How invites and connections end: revoked, declined, removed or blocked. Each side sees it without a reload.</summary>
[Collection(WebClientFixture.Members)]
public sealed class EndingTests(WebClientFixture web)
{
    [BrowserFact]
    public async Task Revoking_an_invite_asks_first_locks_the_card_and_removes_the_invite_from_the_creators_page()
    {
        var pair = await Pair.MakeAsync(web.Host);
        await pair.InviteAsync("Walk with us?");
        var (brand, creator) = await MeetAsync(pair);
        await brand.Page.Clock.InstallAsync();
        var clock = brand.Page.Button($"{pair.CreatorName} is invited: take the invite back");
        var question = brand.Page.OpenDialog($"Take back your invite to {pair.CreatorName}?");
        await Expect(creator.Page.Button($"Accept the invite of {pair.BrandName}")).ToBeVisibleAsync();

        await clock.ClickAsync();
        await question.Button("Keep it").ClickAsync();
        await Expect(clock).ToBeFocusedAsync();
        await clock.ClickAsync();
        await question.Button("Take it back").ClickAsync();
        await Expect(brand.Page.Button("Undo")).ToBeVisibleAsync();
        await brand.Page.Clock.FastForwardAsync(PendingTests.UndoFor);

        var locked = brand.Page.GetByRole(AriaRole.Button, new() { Name = $"You cannot invite {pair.CreatorName} until" });
        await Expect(locked).ToBeVisibleAsync();
        await Expect(creator.Page.Button($"Accept the invite of {pair.BrandName}")).ToBeHiddenAsync();
        await Expect(creator.Page.GetByText("Walk with us?")).ToBeHiddenAsync();
        await Expect(creator.Page.NavLink("Pending")).ToBeVisibleAsync();
        await locked.ClickAsync();
        await Expect(brand.Page.OpenDialog($"You cannot invite {pair.CreatorName} for now")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_decline_is_shown_to_the_inviter_with_the_time_of_the_next_invite()
    {
        var pair = await Pair.MakeAsync(web.Host);
        await pair.InviteAsync();
        var (brand, creator) = await MeetAsync(pair, "/pending?direction=sent");
        var sent = brand.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = pair.CreatorName });
        await Expect(sent.GetByText("Waiting", new() { Exact = true })).ToBeVisibleAsync();

        await creator.Page.Button($"Decline the invite of {pair.BrandName}").ClickAsync();
        await creator.Page.OpenDialog($"Decline the invite of {pair.BrandName}?").Button("Decline").ClickAsync();

        await Expect(creator.Page.GetByText("You declined", new() { Exact = false })).ToBeVisibleAsync();
        await Expect(sent.GetByText("Declined", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(sent.GetByText("You can invite again from", new() { Exact = false })).ToBeVisibleAsync();
        // A decline sends no email.
        Assert.Empty(await web.Host.OutboxAsync($"{pair.BrandId}@example.com"));
    }

    [BrowserFact]
    public async Task Ending_a_connection_removes_it_for_both()
    {
        var pair = await Pair.MakeAsync(web.Host);
        await pair.ConnectAsync();
        var (brand, creator) = await MeetAsync(pair, "/connections", "/connections");
        await Expect(creator.Page.Link(pair.BrandName)).ToBeVisibleAsync();

        await brand.Page.Button($"More about {pair.CreatorName}").ClickAsync();
        await brand.Page.Button("End connection…").ClickAsync();
        await brand.Page.OpenDialog($"End your connection with {pair.CreatorName}?").Button("End connection").ClickAsync();

        await Expect(brand.Page.Heading("You have no connections yet")).ToBeVisibleAsync();
        await Expect(creator.Page.Heading("You have no connections yet")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task An_ended_conversation_stays_in_the_list_with_its_date_can_be_read_and_offers_another_invite()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        await Pair.SendMessageAsync(pair.Creator, id, "It was a pleasure");
        var (brand, _) = await MeetAsync(pair, "/messages");
        await Expect(brand.Page.GetByRole(AriaRole.Link, new() { Name = pair.CreatorName })).ToBeVisibleAsync();

        await pair.Creator.CallAsync(HttpMethod.Delete, $"/api/connections/{id}");

        var ended = brand.Page.GetByRole(AriaRole.List, new() { Name = "Ended" }).GetByRole(AriaRole.Link);
        await Expect(ended).ToContainTextAsync(pair.CreatorName);
        await brand.Page.ReloadAsync();
        await Expect(ended).ToContainTextAsync("Ended");
        await Expect(ended).ToContainTextAsync("It was a pleasure");
        await ended.ClickAsync();

        await Expect(brand.Page.Message("It was a pleasure")).ToBeVisibleAsync();
        await Expect(brand.Page.GetByText($"Your connection with {pair.CreatorName} ended on", new() { Exact = false }))
            .ToBeVisibleAsync();
        await Expect(brand.Page.TextBox($"Message to {pair.CreatorName}")).ToBeHiddenAsync();

        await brand.Page.Button("Invite to connect").ClickAsync();
        await brand.Page.GetByRole(AriaRole.Dialog).Button("Invite to connect").ClickAsync();
        await Expect(brand.Page.GetByText("has not answered your invite yet", new() { Exact = false }).First).ToBeVisibleAsync();
        await Expect(brand.Page.Message("It was a pleasure")).ToBeVisibleAsync();

        await pair.Creator.SendAsync($"/api/invites/{id}/accept");
        await Expect(brand.Page.TextBox($"Message to {pair.CreatorName}")).ToBeVisibleAsync();
        await Expect(ended).ToHaveCountAsync(0);
    }

    [BrowserFact]
    public async Task The_blocker_reads_what_was_said_from_the_blocked_page_and_the_blocked_finds_nothing()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        await Pair.SendMessageAsync(pair.Brand, id, "Answer me!");
        await web.Host.DrainAsync();
        await pair.Creator.PutAsync($"/api/blocks/{pair.BrandId}", new { });
        var (brand, creator) = await MeetAsync(pair, "/messages", "/blocked");

        await creator.Page.Link($"Read messages with {pair.BrandName}").ClickAsync();

        await Expect(creator.Page.Message("Answer me!")).ToBeVisibleAsync();
        await Expect(creator.Page.GetByText($"You block {pair.BrandName}", new() { Exact = false })).ToBeVisibleAsync();
        await Expect(brand.Page.Heading("No conversations yet")).ToBeVisibleAsync();
        brand.MayLog("status of 404");
        await brand.Page.GotoAsync($"/messages/{id}");
        await Expect(brand.Page.Heading("This conversation is not here")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_block_hides_each_from_the_other_until_it_is_lifted_on_the_blocked_page()
    {
        var pair = await Pair.MakeAsync(web.Host);
        await pair.ConnectAsync();
        var (brand, creator) = await MeetAsync(pair, $"/?q={Uri.EscapeDataString(pair.CreatorName)}", "/connections");
        await Expect(brand.Page.Link($"Chat with {pair.CreatorName}")).ToBeVisibleAsync();

        await creator.Page.Button($"More about {pair.BrandName}").ClickAsync();
        await creator.Page.Button("Block…").ClickAsync();
        await creator.Page.OpenDialog($"Block {pair.BrandName}?").Button("Block").ClickAsync();

        await Expect(creator.Page.Heading("You have no connections yet")).ToBeVisibleAsync();
        // The brand is not told about the block. The creator seems not to exist.
        await Expect(brand.Page.Link($"Chat with {pair.CreatorName}")).ToBeHiddenAsync();
        await brand.Page.ReloadAsync();
        await Expect(brand.Page.Heading("Nobody matches all of this")).ToBeVisibleAsync();
        brand.MayLog("status of 404");
        await brand.Page.GotoAsync($"/creators/{pair.CreatorId}");
        await Expect(brand.Page.Heading("This profile is not here")).ToBeVisibleAsync();

        await creator.Page.Button("Show whom you block").ClickAsync();
        await creator.Page.Button($"Lift block of {pair.BrandName}").ClickAsync();
        await creator.Page.OpenDialog($"Lift the block of {pair.BrandName}?").Button("Lift block").ClickAsync();

        await Expect(creator.Page.Heading("You block nobody")).ToBeVisibleAsync();
        await brand.Page.ReloadAsync();
        await Expect(brand.Page.Button("Invite to connect")).ToBeVisibleAsync();
    }

    private async Task<(Person Brand, Person Creator)> MeetAsync(Pair pair, string? brandAt = null, string creatorAt = "/pending")
    {
        var brand = await web.NewPersonAsync(pair.BrandId);
        var creator = await web.NewPersonAsync(pair.CreatorId);
        await brand.Page.GotoAsync(brandAt ?? $"/?q={Uri.EscapeDataString(pair.CreatorName)}");
        await creator.Page.GotoAsync(creatorAt);
        return (brand, creator);
    }
}
