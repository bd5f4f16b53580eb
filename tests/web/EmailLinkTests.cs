using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>The links of emails, opened on a phone without a session.</summary>
[Collection(WebClientFixture.Members)]
public sealed partial class EmailLinkTests(WebClientFixture web)
{
    private const int Width = 360;
    private const int Height = 740;

    [BrowserFact]
    public async Task The_links_of_an_invites_email_answer_it_and_lead_to_the_conversation_after_signing_in()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var brand = await web.NewPersonAsync(pair.BrandId);
        await brand.Page.GotoAsync($"/?q={Uri.EscapeDataString(pair.CreatorName)}");
        var id = await pair.InviteAsync("Walk with us?");
        await Expect(brand.Page.Button($"{pair.CreatorName} is invited: take the invite back")).ToBeVisibleAsync();
        var creator = await ByPhoneAsync(pair.CreatorId);
        var email = await web.Host.MailAsync($"{pair.CreatorId}@example.com");
        var requests = new ConcurrentQueue<IRequest>();
        creator.Page.Request += (_, request) => requests.Enqueue(request);

        await creator.Page.GotoAsync(InviteLink().Match(email.Text).Value);
        await Expect(creator.Page.Heading($"{pair.BrandName} invites you to connect")).ToBeVisibleAsync();
        await Expect(creator.Page.GetByText("Walk with us?")).ToBeVisibleAsync();
        await creator.Page.AssertForEverybodyAsync();
        await creator.Page.Button("Accept").ClickAsync();

        await Expect(creator.Page.Heading($"You and {pair.BrandName} are connected")).ToBeVisibleAsync();
        await creator.Page.AssertForEverybodyAsync();
        await Expect(brand.Page.Link($"Chat with {pair.CreatorName}")).ToBeVisibleAsync();
        await creator.Page.Link("Open the conversation").ClickAsync();
        await SignInAsync(creator);
        await AssertUntoldAsync(requests, InviteLink().Match(email.Text).Value.Split('/')[^1]);
        await Expect(creator.Page).ToHaveURLAsync(new Regex($"/messages/{id}$"));
        await creator.Page.TextBox($"Message to {pair.BrandName}").FillAsync("With pleasure");
        await creator.Page.Button("Send").ClickAsync();
        await Expect(creator.Page.Message("With pleasure")).ToContainTextAsync("Sent");

        // The link works once, and then shows what it did.
        await creator.Page.GotoAsync(InviteLink().Match(email.Text).Value);
        await Expect(creator.Page.Heading($"You and {pair.BrandName} are connected")).ToBeVisibleAsync();
        await creator.Page.AssertForEverybodyAsync();
    }

    [BrowserFact]
    public async Task An_invite_is_reported_from_its_email_without_signing_in_and_its_sender_is_blocked()
    {
        var pair = await Pair.MakeAsync(web.Host);
        await pair.InviteAsync("Buy followers now");
        var creator = await ByPhoneAsync(pair.CreatorId);
        var email = await web.Host.MailAsync($"{pair.CreatorId}@example.com");
        await creator.Page.GotoAsync(InviteLink().Match(email.Text).Value);

        await creator.Page.Link("Report or block").ClickAsync();

        await Expect(creator.Page.Heading($"Report and block {pair.BrandName}")).ToBeVisibleAsync();
        await creator.Page.AssertForEverybodyAsync();
        // The browser itself asks for a reason.
        await creator.Page.Button("Report and block").ClickAsync();
        await Expect(creator.Page.Heading($"Report and block {pair.BrandName}")).ToBeVisibleAsync();
        await creator.Page.GetByRole(AriaRole.Radio, new() { Name = "Spam" }).CheckAsync();
        await creator.Page.TextBox("Anything else that we should know? (optional)").FillAsync("Everybody got it.");
        await creator.Page.Button("Report and block").ClickAsync();

        await Expect(creator.Page.Heading($"You reported and blocked {pair.BrandName}")).ToBeVisibleAsync();
        await creator.Page.AssertForEverybodyAsync();
        var report = await web.Host.MailAsync(
            "support@example.com", mail => mail.Text.Contains($"Reported member: {pair.BrandId}", StringComparison.Ordinal));
        Assert.Contains("> Everybody got it.", report.Text, StringComparison.Ordinal);
        await creator.Page.Link("Show whom you block").ClickAsync();
        await SignInAsync(creator);
        await Expect(creator.Page.GetByText(pair.BrandName).First).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task The_link_to_the_invites_leads_there_after_signing_in()
    {
        var pair = await Pair.MakeAsync(web.Host);
        await pair.InviteAsync();
        var creator = await ByPhoneAsync(pair.CreatorId);
        var email = await web.Host.MailAsync($"{pair.CreatorId}@example.com");
        var link = PageLinks().Matches(email.Text).Select(match => match.Value)
            .Single(url => new Uri(url).AbsolutePath == "/pending");

        await creator.Page.GotoAsync(link);
        await SignInAsync(creator);

        await Expect(creator.Page.Button($"Accept the invite of {pair.BrandName}")).ToBeVisibleAsync();
        await Expect(creator.Page).ToHaveURLAsync(link);
    }

    [BrowserFact]
    public async Task The_link_of_an_acceptance_leads_to_the_conversation_after_signing_in()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync();
        var brand = await ByPhoneAsync(pair.BrandId);
        var email = await web.Host.MailAsync($"{pair.BrandId}@example.com");
        var link = PageLinks().Matches(email.Text).Select(match => match.Value)
            .Single(url => new Uri(url).AbsolutePath == $"/messages/{id}");

        await brand.Page.GotoAsync(link);
        await SignInAsync(brand);

        await Expect(brand.Page.TextBox($"Message to {pair.CreatorName}")).ToBeVisibleAsync();
        // The conversation fills a phone's screen, but can be left.
        await brand.Page.Link("All messages").ClickAsync();
        await Expect(brand.Page).ToHaveURLAsync(new Regex("/messages$"));
        await Expect(brand.Page.Heading("Messages")).ToBeVisibleAsync();
    }

    private Task<Person> ByPhoneAsync(string id) => web.NewPersonAsync(id, Width, Height, signedIn: false);

    private static async Task SignInAsync(Person person)
    {
        await person.Page.TextBox("Id").FillAsync(person.Id);
        await person.Page.Button("Sign in").ClickAsync();
    }

    // The member left the page by a button and by a link. A link that is still valid must not be in the referrer.
    private static async Task AssertUntoldAsync(IReadOnlyCollection<IRequest> requests, string token)
    {
        Assert.Contains(requests, request => request.Url.Contains(token, StringComparison.Ordinal) && request.Method == "POST");
        Assert.Contains(requests, request => !request.Url.Contains(token, StringComparison.Ordinal));
        foreach (var request in requests)
        {
            Assert.DoesNotContain(token, (await request.AllHeadersAsync()).GetValueOrDefault("referer", ""), StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"http\S+/invite-links/\S+")]
    private static partial Regex InviteLink();

    [GeneratedRegex(@"http\S+")]
    private static partial Regex PageLinks();
}
