using System.IO.Compression;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>How much a page loads, and how stable its layout is meanwhile.</summary>
[Collection(WebClientFixture.Looks)]
public sealed class LoadingTests(WebClientFixture web)
{
    // The maximum of scripts and styles before Explore shows creators, in gzipped bytes. As in web/vite.config.ts, which counts what was
    // built.
    private const long MostAtFirst = 130_000;

    // The threshold for "good": web.dev/articles/cls.
    private const double MostShift = 0.1;

    [BrowserFact]
    public async Task Explore_shows_creators_after_130_000_bytes_of_scripts_and_styles_and_without_the_messenger()
    {
        var brand = await web.NewPersonAsync("demo-brand");
        var requests = new List<IRequest>();
        IReadOnlyList<IRequest> beforeCreators = [];
        brand.Page.Request += (_, request) =>
        {
            if (request.ResourceType is "script" or "stylesheet")
            {
                requests.Add(request);
            }
        };
        // What the page has asked for by the time it asks for creators. The live connection, for one, comes after them.
        await brand.Page.RouteAsync(url => new Uri(url).AbsolutePath == "/api/creators", async route =>
        {
            beforeCreators = [.. requests];
            await route.ContinueAsync();
        });

        await brand.Page.GotoAsync("/");
        await Expect(brand.Page.Cards().First).ToBeVisibleAsync();

        var sizes = new Dictionary<string, long>();
        foreach (var request in beforeCreators)
        {
            sizes[new Uri(request.Url).AbsolutePath] = Compressed(await (await request.ResponseAsync())!.BodyAsync());
        }

        Assert.Contains(sizes.Keys, path => path.Contains("/index-", StringComparison.Ordinal));
        Assert.DoesNotContain(sizes.Keys, path => path.Contains("Messenger", StringComparison.OrdinalIgnoreCase));
        Assert.True(sizes.Values.Sum() <= MostAtFirst, $"{sizes.Values.Sum()} bytes: {string.Join(", ", sizes)}");
    }

    [BrowserTheory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task The_layout_of_Explore_is_stable_while_it_loads(int width)
    {
        var brand = await web.NewPersonAsync("demo-brand", width);
        await WatchShiftsAsync(brand);
        await brand.Page.GotoAsync("/");
        await Expect(brand.Page.Cards()).ToHaveCountAsync(24);
        await brand.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await brand.Page.EvaluateAsync("window.scrollTo(0, document.body.scrollHeight)");
        await Expect(brand.Page.Cards()).ToHaveCountAsync(48);

        await AssertStillAsync(brand);
    }

    [BrowserTheory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task The_layout_of_a_conversation_is_stable_while_it_loads_and_a_message_arrives(int width)
    {
        var pair = await Pair.MakeAsync(web.Host);
        var id = await pair.ConnectAsync("Shall we?");
        await pair.AddMessagesAsync(id, 40);
        var brand = await web.NewPersonAsync(pair.BrandId, width);
        await WatchShiftsAsync(brand);
        await brand.Page.GotoAsync($"/messages/{id}");
        await Expect(brand.Page.Message("Message 40")).ToBeAttachedAsync();
        await Pair.SendMessageAsync(pair.Creator, id, "One more");
        await Expect(brand.Page.Message("One more")).ToBeAttachedAsync();

        await AssertStillAsync(brand);
    }

    // Delays responses as a network would, so that the page first renders without them.
    private static async Task WatchShiftsAsync(Person person)
    {
        await person.Context.AddInitScriptAsync(
            """
            window.shifts = [];
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) {
                if (!entry.hadRecentInput) {
                  window.shifts.push({ value: entry.value, what: entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 200) ?? node?.nodeName) });
                }
              }
            }).observe({ type: 'layout-shift', buffered: true });
            """);
        await person.Page.RouteAsync("**/api/**", async route =>
        {
            await Task.Delay(150);
            await route.ContinueAsync();
        });
    }

    private static async Task AssertStillAsync(Person person)
    {
        var total = await person.Page.EvaluateAsync<double>("window.shifts.reduce((sum, { value }) => sum + value, 0)");
        Assert.True(
            total < MostShift,
            $"Shifted by {total}: {await person.Page.EvaluateAsync<string>("JSON.stringify(window.shifts, undefined, 1)")}");
    }

    private static long Compressed(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(body);
        }

        return compressed.Length;
    }
}
