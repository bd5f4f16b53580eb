using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>The client without a network: it starts, shows what was last seen, and goes on when the network is back.</summary>
[Collection(WebClientFixture.Sessions)]
public sealed class OfflineTests(WebClientFixture web)
{
    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_client_starts_offline_with_what_was_last_seen(bool atTheIssuer)
    {
        var host = atTheIssuer ? await web.HostWithIssuerAsync() : null;
        var pair = await Pair.MakeAsync(host ?? web.Host);
        var id = await pair.ConnectAsync();
        await Pair.SendMessageAsync(pair.Creator, id, "Read me on the train");
        var brand = await web.NewPersonAsync(pair.BrandId, signedIn: !atTheIssuer, host: host, serviceWorker: true);
        await brand.Page.GotoAsync($"/messages/{id}");
        if (atTheIssuer)
        {
            await brand.Page.Button("Sign in").ClickAsync();
            await brand.Page.GetByRole(AriaRole.Textbox, new() { Name = "Id" }).FillAsync(pair.BrandId);
            await brand.Page.Button("Sign in").ClickAsync();
        }

        await Expect(brand.Page.Message("Read me on the train")).ToBeVisibleAsync();
        await brand.Page.NavLink("Explore").ClickAsync();
        await Expect(brand.Page.Cards().First).ToBeVisibleAsync();
        await KeptAsync(brand.Page);
        brand.MayLog("ERR_INTERNET_DISCONNECTED");

        await brand.Context.SetOfflineAsync(true);
        await brand.Page.ReloadAsync();
        await Expect(brand.Page.Cards().First).ToBeVisibleAsync();
        await Expect(brand.Page.GetByText("You are offline.", new() { Exact = false })).ToBeVisibleAsync();
        // A page of the build that this window has not loaded yet.
        await brand.Page.NavLink("Connections").ClickAsync();
        await Expect(brand.Page.Link(pair.CreatorName)).ToBeVisibleAsync();
        await brand.Page.GotoAsync($"/messages/{id}");
        await Expect(brand.Page.Message("Read me on the train")).ToBeVisibleAsync();
        await Pair.SendMessageAsync(pair.Creator, id, "And this when you are back");

        await brand.Context.SetOfflineAsync(false);
        await Expect(brand.Page.Message("And this when you are back")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Nothing_that_was_seen_stays_after_signing_out()
    {
        var pair = await Pair.MakeAsync(web.Host);
        await pair.ConnectAsync();
        var brand = await web.NewPersonAsync(pair.BrandId, serviceWorker: true);
        await brand.Page.GotoAsync("/connections");
        await Expect(brand.Page.Link(pair.CreatorName)).ToBeVisibleAsync();
        await KeptAsync(brand.Page);

        await brand.Page.Button($"Your account, {pair.BrandName}").ClickAsync();
        await brand.Page.Button("Sign out").ClickAsync();
        await Expect(brand.Page.Heading("Sign in as a demo member")).ToBeVisibleAsync();

        Assert.False(await brand.Page.EvaluateAsync<bool>("caches.has('connections.last-seen')"));
    }

    [BrowserFact]
    public async Task A_page_that_did_not_load_offline_loads_when_the_network_is_back()
    {
        var brand = await web.NewPersonAsync("demo-brand");
        brand.MayLog("ERR_INTERNET_DISCONNECTED");
        brand.MayLog("dynamically imported module");
        brand.MayLog("The code of a page did not load");
        await brand.Page.GotoAsync("/");
        await Expect(brand.Page.Cards().First).ToBeVisibleAsync();

        await brand.Context.SetOfflineAsync(true);
        await brand.Page.NavLink("Favourites").ClickAsync();
        await Expect(brand.Page.Heading("This page needs a network")).ToBeVisibleAsync();
        await Expect(brand.Page.GetByText("newer version", new() { Exact = false })).ToBeHiddenAsync();
        await brand.Page.AssertAccessibleAsync();

        await brand.Context.SetOfflineAsync(false);
        await Expect(brand.Page.Heading("Favourites")).ToBeVisibleAsync();
        await Expect(brand.Page).ToHaveURLAsync(new Uri(brand.Client, "/favourites").AbsoluteUri);
    }

    [BrowserFact]
    public async Task The_client_can_be_installed_and_its_icons_exist()
    {
        var person = await web.NewPersonAsync("nobody", signedIn: false);
        await person.Page.GotoAsync("/");
        var session = await person.Context.NewCDPSessionAsync(person.Page);
        var manifest = await session.SendAsync("Page.getAppManifest");
        Assert.Empty(manifest!.Value.GetProperty("errors").EnumerateArray());
        var problems = await session.SendAsync("Page.getInstallabilityErrors");
        // A test's context is one without history, which is all that is missing.
        Assert.Subset(
            new HashSet<string?>(["in-incognito"]),
            problems!.Value.GetProperty("installabilityErrors")
                .EnumerateArray().Select(e => e.GetProperty("errorId").GetString()).ToHashSet());
        string[] files =
        [
            "/favicon.ico", "/apple-touch-icon.png", "/icon-192.png", "/icon-512.png", "/icon-maskable-512.png", "/robots.txt", "/sw.js",
        ];
        foreach (var file in files)
        {
            var answer = await person.Page.APIRequest.GetAsync(new Uri(person.Client, file).AbsoluteUri);
            Assert.True(answer.Ok && !answer.Headers["content-type"].StartsWith("text/html", StringComparison.Ordinal), file);
            Assert.Equal("no-cache", answer.Headers["cache-control"]);
        }
    }

    // The service worker has the client, and the store what was seen; it is written a second after a read.
    private static async Task KeptAsync(IPage page) => await page.WaitForFunctionAsync(
        """
        async () => {
          await navigator.serviceWorker.ready;
          const kept = await (await caches.open('connections.last-seen')).keys();
          return navigator.serviceWorker.controller !== null && kept.some(({ url }) => url.includes('connections'));
        }
        """);
}
