using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>The web client as in Azure: on another origin than the API, with sign-in at an OpenID Connect issuer.</summary>
/// <remarks>
/// There a browser hides response headers from the page unless the API exposes them. With
/// <c>WEB_ORIGIN=other</c> all other tests run like this.
/// </remarks>
[Collection(WebClientFixture.Sessions)]
public sealed partial class CrossOriginTests(WebClientFixture web)
{
    // A burst of ten, which is more than a page needs. After it, one more every three seconds.
    private const int ReadsPerMinute = 20;

    [BrowserFact]
    public async Task A_brand_finds_and_invites_a_creator_who_accepts_and_they_talk()
    {
        var pair = await Pair.MakeAsync(await web.HostAsInAzureAsync());
        var (brand, creator) = (await SignedInAsync(pair, pair.BrandId), await SignedInAsync(pair, pair.CreatorId));
        Assert.NotEqual(pair.Host.Url, brand.Client);

        await brand.Page.Search().FillAsync(pair.CreatorName);
        await brand.Page.Button($"Invite {pair.CreatorName} to connect").ClickAsync();
        await brand.Page.OpenDialog($"Invite {pair.CreatorName}").Button("Invite to connect").ClickAsync();
        await creator.Page.NavLink("Pending , 1 received").ClickAsync();
        await creator.Page.Button($"Accept the invite of {pair.BrandName}").ClickAsync();
        await brand.Page.Link($"Chat with {pair.CreatorName}").ClickAsync();
        await brand.Page.TextBox($"Message to {pair.CreatorName}").FillAsync("Hello Mira!");
        await brand.Page.Keyboard.PressAsync("Enter");

        await creator.Page.NavLink("Messages , 1 unread").ClickAsync();
        await creator.Page.Locator("[data-connection]").Filter(new() { HasText = pair.BrandName }).ClickAsync();
        await Expect(creator.Page.Message("Hello Mira!")).ToBeVisibleAsync();
        await Expect(brand.Page.Message("Hello Mira!")).ToContainTextAsync("Read");
    }

    [BrowserFact]
    public async Task The_links_of_an_invites_email_lead_to_the_API_and_from_there_to_the_client()
    {
        var pair = await Pair.MakeAsync(await web.HostAsInAzureAsync());
        var id = await pair.InviteAsync("Walk with us?");
        var email = await pair.Host.MailAsync($"{pair.CreatorId}@example.com");
        var creator = await web.NewPersonAsync(pair.CreatorId, signedIn: false, host: pair.Host);

        await creator.Page.GotoAsync(InviteLink().Match(email.Text).Value);
        await creator.Page.Button("Accept").ClickAsync();
        await creator.Page.Link("Open the conversation").ClickAsync();
        await SignInAsync(creator);

        await Expect(creator.Page).ToHaveURLAsync(new Uri(creator.Client, $"/messages/{id}").AbsoluteUri);
        await Expect(creator.Page.TextBox($"Message to {pair.BrandName}")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task A_profile_that_is_open_in_two_windows_is_not_overwritten_by_the_older_one()
    {
        var pair = await Pair.MakeAsync(await web.HostAsInAzureAsync());
        var (laptop, phone) = (
            await SignedInAsync(pair, pair.CreatorId, "/profile"),
            await SignedInAsync(pair, pair.CreatorId, "/profile"));
        laptop.MayLog("status of 412");
        await laptop.Page.TextBox("Headline").FillAsync("From the laptop");
        await phone.Page.TextBox("Headline").FillAsync("From the phone");
        await phone.Page.Button("Save").ClickAsync();
        await Expect(phone.Page.GetByText("All is saved.")).ToBeVisibleAsync();

        await laptop.Page.Button("Save").ClickAsync();

        await Expect(laptop.Page.Heading("Your profile was changed elsewhere")).ToBeVisibleAsync();
        Assert.Equal("From the phone", (await pair.Creator.ReadAsync("/api/me"))["headline"].ToString());
    }

    [BrowserFact]
    public async Task The_members_data_is_downloaded_under_the_name_that_the_API_gives()
    {
        var pair = await Pair.MakeAsync(await web.HostAsInAzureAsync());
        var creator = await SignedInAsync(pair, pair.CreatorId, "/your-data");
        using var answer = await pair.Creator.GetAsync("/api/me/export");
        var name = answer.Content.Headers.ContentDisposition!.FileName!.Trim('"');

        var download = await creator.Page.RunAndWaitForDownloadAsync(() => creator.Page.Button("Download your data").ClickAsync());

        Assert.Equal(name, download.SuggestedFilename);
    }

    [BrowserFact]
    public async Task A_read_over_the_limit_is_retried_when_the_API_says_so()
    {
        var pair = await Pair.MakeAsync(await web.NewHostAsync(
            o => o with
            {
                Settings = new Dictionary<string, string?> { ["Web:SignIn"] = "oidc", ["Limits:ReadsPerMinute"] = $"{ReadsPerMinute}" },
            },
            onAnotherOrigin: true));
        var brand = await SignedInAsync(pair, pair.BrandId);
        await Expect(brand.Page.Cards().First).ToBeVisibleAsync();
        await brand.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        brand.MayLog("status of 429");
        await UseUpAsync(pair, until: answer => answer.Problem == "rate-limit");

        var refused = brand.Page.WaitForResponseAsync(response => response.Status == 429);
        await brand.Page.NavLink("Favourites").ClickAsync();
        await UseUpAsync(pair, until: _ => refused.IsCompleted);

        // By the browser's clock, because this test hears of a call late on a busy machine.
        var times = await brand.Page.WaitForFunctionAsync(
            """
            (url) => {
              const calls = performance.getEntriesByName(url);
              const refused = calls.findIndex(({ responseStatus }) => responseStatus === 429);
              return refused >= 0 && refused + 1 < calls.length && [calls[refused].responseEnd, calls[refused + 1].startTime];
            }
            """,
            (await refused).Url);
        var (refusedAt, again) = await times.JsonValueAsync<double[]>() is [var first, var second] ? (first, second) : default;

        // In milliseconds. Without the header it would retry after half a second.
        Assert.True(again - refusedAt >= 1000, $"It was made again after {again - refusedAt} ms.");
        await Expect(brand.Page.Heading("Favourites")).ToBeVisibleAsync();
    }

    private async Task<Person> SignedInAsync(Pair pair, string id, string path = "/")
    {
        var person = await web.NewPersonAsync(id, signedIn: false, host: pair.Host);
        await person.Page.GotoAsync(path);
        await SignInAsync(person);
        await Expect(person.Page.GetByRole(AriaRole.Navigation, new() { Name = "Pages" })).ToBeVisibleAsync();
        return person;
    }

    private static async Task UseUpAsync(Pair pair, Func<Answer, bool> until)
    {
        while (!until(await pair.Brand.ReadAsync("/api/favourites")))
        {
            // One more.
        }
    }

    private static async Task SignInAsync(Person person)
    {
        await person.Page.Button("Sign in").ClickAsync();
        await person.Page.TextBox("Id").FillAsync(person.Id);
        await person.Page.Button("Sign in").ClickAsync();
    }

    [GeneratedRegex(@"http\S+/invite-links/\S+")]
    private static partial Regex InviteLink();
}
