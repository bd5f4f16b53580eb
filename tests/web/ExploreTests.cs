using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Connections.Tests.Web;

/// <summary>Finding creators.</summary>
[Collection(WebClientFixture.Members)]
public sealed class ExploreTests(WebClientFixture web)
{
    private const int PageOfCards = 24;

    [BrowserFact]
    public async Task Results_appear_while_typing_and_an_outdated_search_is_cancelled()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var brand = await web.NewPersonAsync(pair.BrandId);
        var asked = new TaskCompletionSource();
        await brand.Page.RouteAsync(Search("mir"), _ => asked.SetResult());
        await brand.Context.AddInitScriptAsync(
            """
            window.givenUp = [];
            const { fetch } = window;
            window.fetch = (request, ...others) => {
              request.signal?.addEventListener('abort', () => window.givenUp.push(request.url));
              return fetch(request, ...others);
            };
            """);
        await brand.Page.GotoAsync("/");
        await Expect(brand.Page.Cards()).ToHaveCountAsync(PageOfCards);

        await brand.Page.Search().PressSequentiallyAsync("mir");
        await asked.Task.WaitAsync(LocalHostFixture.MaxWait);
        await brand.Page.Keyboard.TypeAsync(pair.CreatorName["mir".Length..]);

        await Expect(brand.Page.Cards()).ToHaveCountAsync(1);
        await Expect(brand.Page.Cards()).ToContainTextAsync(pair.CreatorName);
        Assert.Contains(await brand.Page.EvaluateAsync<string[]>("givenUp"), url => Search("mir").IsMatch(url));
    }

    [BrowserFact]
    public async Task Filters_are_in_the_address_which_can_be_shared_and_supports_Back()
    {
        var brand = await web.NewPersonAsync("demo-brand");
        await brand.Page.GotoAsync("/");
        await Expect(brand.Page.Cards()).ToHaveCountAsync(PageOfCards);

        await brand.Page.Button("Category").ClickAsync();
        await brand.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Food" }).CheckAsync();
        await Expect(brand.Page).ToHaveURLAsync(new Regex(@"\?category=food$"));
        await brand.Page.Keyboard.PressAsync("Escape");
        await brand.Page.Button("Followers").ClickAsync();
        await brand.Page.Button("From 1M").ClickAsync();
        await Expect(brand.Page).ToHaveURLAsync(new Regex(@"\?category=food&minFollowers=1000000$"));
        await brand.Page.Keyboard.PressAsync("Escape");
        await Expect(brand.Page.GetByRole(AriaRole.List, new() { Name = "Filters in use" }).GetByRole(AriaRole.Button)).ToHaveCountAsync(2);

        // Somebody else opens the same link.
        var other = await web.NewPersonAsync("demo-creator");
        await other.Page.GotoAsync(brand.Page.Url);
        await Expect(other.Page.Button("Remove filter Food")).ToBeVisibleAsync();
        await Expect(other.Page.Button("Remove filter From 1M followers")).ToBeVisibleAsync();

        await brand.Page.GoBackAsync();
        await Expect(brand.Page.GetByRole(AriaRole.List, new() { Name = "Filters in use" }).GetByRole(AriaRole.Button)).ToHaveCountAsync(1);
        await Expect(brand.Page.Button("Remove filter Food")).ToBeVisibleAsync();
        await brand.Page.GoForwardAsync();
        await brand.Page.Button("Clear all filters").ClickAsync();
        await Expect(brand.Page).ToHaveURLAsync(brand.Client.AbsoluteUri);
        await Expect(brand.Page.Cards()).ToHaveCountAsync(PageOfCards);
    }

    [BrowserFact]
    public async Task When_nobody_matches_the_page_suggests_filters_to_remove()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var brand = await web.NewPersonAsync(pair.BrandId);

        // The creator lives in Norway and writes about travel.
        await brand.Page.GotoAsync($"/?q={Uri.EscapeDataString(pair.CreatorName)}&category=travel&country=FI");

        await Expect(brand.Page.Heading("Nobody matches all of this")).ToBeVisibleAsync();
        await Expect(brand.Page.Button($"“{pair.CreatorName}”")).ToBeHiddenAsync();
        await Expect(brand.Page.Button("Category: Travel")).ToBeHiddenAsync();
        await brand.Page.Button("Country: Finland").ClickAsync();
        await Expect(brand.Page.Cards()).ToHaveCountAsync(1);
    }

    [BrowserFact]
    public async Task More_creators_load_by_scrolling_and_by_a_button()
    {
        var brand = await web.NewPersonAsync("demo-brand");
        await brand.Page.GotoAsync("/");
        await Expect(brand.Page.Cards()).ToHaveCountAsync(PageOfCards);

        await brand.Page.EvaluateAsync("window.scrollTo(0, document.body.scrollHeight)");
        await Expect(brand.Page.Cards()).ToHaveCountAsync(2 * PageOfCards);

        // The button, for somebody whose page does not scroll.
        await brand.Page.Button("More creators").PressAsync("Enter");
        await Expect(brand.Page.Cards().Nth(2 * PageOfCards)).ToBeAttachedAsync();
    }

    [BrowserFact]
    public async Task Back_from_a_profile_restores_the_scroll_position()
    {
        var brand = await web.NewPersonAsync("demo-brand");
        await brand.Page.GotoAsync("/?sort=newest");
        await Expect(brand.Page.Cards()).ToHaveCountAsync(PageOfCards);
        await brand.Page.EvaluateAsync("window.scrollTo(0, document.body.scrollHeight)");
        var card = brand.Page.Cards().Nth(PageOfCards + 9);
        var name = await card.GetByRole(AriaRole.Heading).InnerTextAsync();
        await card.ScrollIntoViewIfNeededAsync();
        var where = await brand.Page.EvaluateAsync<double>("scrollY");
        Assert.True(where > 800, $"The card is at {where} pixels, on the first screen.");

        await card.Link(name).ClickAsync();
        // The card is still there, with the same heading, until the profile can be shown.
        await Expect(brand.Page.Button("Back")).ToBeVisibleAsync();
        Assert.Equal(0, await brand.Page.EvaluateAsync<double>("scrollY"));
        await brand.Page.GoBackAsync();

        await Expect(card.GetByRole(AriaRole.Heading)).ToHaveTextAsync(name);
        await Expect(card).ToBeInViewportAsync();
        Assert.InRange(await brand.Page.EvaluateAsync<double>("scrollY"), where - 2, where + 2);
        Assert.EndsWith("?sort=newest", brand.Page.Url, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task On_a_phone_the_filters_are_on_a_sheet()
    {
        var brand = await web.NewPersonAsync("demo-brand", width: 360, height: 740);
        await brand.Page.GotoAsync("/");

        await brand.Page.Button("Filters").ClickAsync();
        var sheet = brand.Page.OpenDialog("Filters");
        await sheet.GetByText("Platform", new() { Exact = true }).ClickAsync();
        await sheet.GetByRole(AriaRole.Checkbox, new() { Name = "YouTube" }).CheckAsync();
        await sheet.GetByRole(AriaRole.Button, new() { NameRegex = new Regex(@"^Show (about )?\d+ creators$") }).ClickAsync();

        await Expect(sheet).ToBeHiddenAsync();
        await Expect(brand.Page.Button("Filters (1)")).ToBeFocusedAsync();
        await Expect(brand.Page).ToHaveURLAsync(new Regex(@"\?platform=youtube$"));
        await Expect(brand.Page.Cards().First).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Results_and_the_values_of_filters_are_counted_for_what_is_filtered_now()
    {
        var brand = await web.NewPersonAsync("demo-brand");
        var total = (int)(await CountAsync("platform=instagram"))["total"]!["count"]!;
        var travel = await CountAsync("platform=instagram&category=travel");
        var (found, food) = ((int)travel["total"]!["count"]!, CountOf(await CountAsync("platform=instagram"), "food"));
        Assert.True(found > 0 && total > found && food > 0, $"{found} of {total} travel, {food} are about food.");

        await brand.Page.GotoAsync("/?platform=instagram&category=travel");
        await Expect(Results(found)).ToBeVisibleAsync();
        await brand.Page.GetByRole(AriaRole.Group, new() { Name = "Filters" }).GetByRole(AriaRole.Button, new() { Name = "Category" })
            .ClickAsync();
        // The counts of a list ignore what is chosen in it.
        await Expect(Option("Travel", found)).ToBeCheckedAsync();
        await Expect(Option("Food", food)).Not.ToBeCheckedAsync();

        await Option("Travel", found).UncheckAsync();
        await Expect(Results(total)).ToBeVisibleAsync();

        // The number of results; the values of a filter have such numbers too.
        ILocator Results(int count) => brand.Page.GetByRole(AriaRole.Status)
            .Filter(new() { HasTextRegex = new Regex(count == 1 ? "^1 creator$" : $"^{count} creators$") });
        ILocator Option(string name, int count) => brand.Page.GetByRole(
            AriaRole.Checkbox, new() { Name = $"{name} {count} {(count == 1 ? "creator" : "creators")}", Exact = true });
        async Task<System.Text.Json.Nodes.JsonNode> CountAsync(string query) =>
            (await web.Host.ClientFor("demo-brand").ReadAsync($"/api/creators/facets?{query}")).Body!;
        static int CountOf(System.Text.Json.Nodes.JsonNode facets, string value) =>
            (int)facets["categories"]!.AsArray().Single(facet => facet!["value"]!.ToString() == value)!["count"]!;
    }

    [BrowserFact]
    public async Task On_a_phone_the_button_of_the_filters_says_how_many_creators_it_shows()
    {
        var brand = await web.NewPersonAsync("demo-brand", width: 360, height: 740);
        var found = (int)(await web.Host.ClientFor("demo-brand").ReadAsync("/api/creators/facets?category=travel&platform=youtube"))
            ["total"]!["count"]!;
        Assert.NotEqual(0, found);
        await brand.Page.GotoAsync("/?category=travel");

        await brand.Page.Button("Filters (1)").ClickAsync();
        var sheet = brand.Page.OpenDialog("Filters");
        await sheet.GetByText("Platform", new() { Exact = true }).ClickAsync();
        await sheet.GetByRole(AriaRole.Checkbox, new() { Name = "YouTube" }).CheckAsync();

        await Expect(sheet.Button(found == 1 ? "Show 1 creator" : $"Show {found} creators")).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task On_a_phone_the_search_stays_in_reach_and_the_number_of_results_is_shown()
    {
        var pair = await Pair.MakeAsync(web.Host);
        var brand = await web.NewPersonAsync(pair.BrandId, width: 360, height: 740);
        await brand.Page.GotoAsync("/");
        await Expect(brand.Page.GetByText(new Regex(@"^About \d+ creators$"))).ToBeVisibleAsync();
        await brand.Page.EvaluateAsync("window.scrollTo(0, 2000)");
        await Expect(brand.Page.Search()).ToBeInViewportAsync();

        await brand.Page.Search().FillAsync(pair.CreatorName);

        await Expect(brand.Page.GetByText("1 creator", new() { Exact = true })).ToBeVisibleAsync();
    }

    [BrowserFact]
    public async Task Of_a_long_list_few_cards_are_rendered_and_nothing_is_blank_on_the_way()
    {
        var host = await web.NewHostAsync(o => o with { Creators = 200 });
        var brand = await web.NewPersonAsync("demo-brand", host: host);
        await brand.Page.GotoAsync("/");
        await Expect(brand.Page.Cards()).ToHaveCountAsync(PageOfCards);

        await brand.Page.Cards().First.HoverAsync();
        // To the end of the list, of which the page loads more on the way, and back.
        var down = await Way.ScrollAsync(brand.Page, 600, Look("last >= 200"));
        var up = await Way.ScrollAsync(brand.Page, -600, Look("first === 1 && isInView(cards[0])"));

        foreach (var way in (Way[])[down, up])
        {
            Assert.InRange(way.Most, 10, 90);
            Assert.Equal(0, way.Blank);
        }

        static string Look(string isEnd) =>
            $$"""
            () => {
              const cards = [...document.querySelectorAll('li[aria-posinset]')];
              const isInView = (card) => card.getBoundingClientRect().top < innerHeight && card.getBoundingClientRect().bottom > 0;
              const [first, last] = [cards[0], cards.at(-1)].map((card) => Number(card?.ariaPosInSet));
              return { rows: cards.length, furthest: `cards ${first} to ${last}`, isBlank: !cards.some(isInView), isEnd: {{isEnd}} };
            }
            """;
    }

    private static Regex Search(string text) => new($@"/api/creators\?q={text}(&|$)");
}
