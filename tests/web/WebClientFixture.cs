using Connections.Local;
using Connections.Local.Web;
using Microsoft.Playwright;

namespace Connections.Tests.Web;

/// <summary>The web client in a real browser: built once a test run from <c>web/</c>, on a local host with 60 demo creators.</summary>
/// <remarks>
/// <code>
/// [Collection(WebClientFixture.Collection)]
/// public sealed class InvitingTests(WebClientFixture web)
/// {
///     [BrowserFact]
///     public async Task The_plus_turns_into_a_clock()
///     {
///         var brand = await web.NewPersonAsync("demo-brand");
///         await brand.Page.GotoAsync("/");
///         await brand.Page.GetByRole(AriaRole.Button, new() { Name = "Invite Maya Okafor" }).ClickAsync();
///         await Assertions.Expect(…).ToBeVisibleAsync();
///         await brand.Page.AssertAccessibleAsync();
///     }
/// }
/// </code>
/// A test fails with what its pages logged as errors (<see cref="Person.MayLog"/> expects some), and leaves a screenshot and a trace
/// in <c>tests/TestResults/web</c>. People stay until the test has ended; nothing needs closing. All tests share the host, so
/// each takes members of its own, or a host of its own from <see cref="NewHostAsync"/>. What a browser test sets up, it sets up
/// by the API: <c>web.Host.ClientFor("demo-brand")</c>.
/// </remarks>
public sealed class WebClientFixture : IAsyncLifetime
{
    /// <summary>The collection that all browser tests are in: one browser, one test at a time.</summary>
    public const string Collection = "In a browser";

    private const int Creators = 60;

    private readonly List<LocalHostFixture> _hosts = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The host that tests share.</summary>
    public LocalHostFixture Host => _hosts[0];

    /// <summary>Opens a browser for a member, at nothing yet.</summary>
    /// <param name="id">The member, such as <c>demo-brand</c>, <c>demo-creator</c>, <c>creator-0007</c> or an id of the test's own.</param>
    /// <param name="width">Of the window, in CSS pixels; below 600 it is a phone, with touch.</param>
    /// <param name="height">Of the window.</param>
    /// <param name="dark">Whether the person prefers dark colours.</param>
    /// <param name="signedIn">Whether they have signed in as that member, by the client's development sign-in.</param>
    /// <param name="host">Where; the shared host where none is given.</param>
    public async Task<Person> NewPersonAsync(string id, int width = 1280, int height = 800, bool dark = false, bool signedIn = true, LocalHostFixture? host = null)
    {
        var person = await Person.OpenAsync(_browser!, host ?? Host, id, signedIn, width, height, dark);
        BrowserRun.Current.Add(person);
        return person;
    }

    /// <summary>Starts another host with the web client, for a test that needs settings, a clock or restarts of its own; it stops with the fixture.</summary>
    public async Task<LocalHostFixture> NewHostAsync(Func<LocalOptions, LocalOptions>? change = null)
    {
        var repository = RepositoryFolder.Find() ?? throw new InvalidOperationException("The tests run from within the repository.");
        var started = await LocalHostFixture.StartAsync(options =>
        {
            var withWeb = options with { Web = new WebOptions(repository), Creators = Creators };
            return change is null ? withWeb : change(withWeb);
        });
        _hosts.Add(started);
        return await started.Web!.FinishedAsync() switch
        {
            WebState.Ready => started,
            WebState.NoNode none => throw new InvalidOperationException($"{none.Found} {NodeTools.Install}"),
            WebState.Failed failed => throw new InvalidOperationException(string.Join('\n', [.. failed.Output, failed.Why])),
            var other => throw new InvalidOperationException($"The web client is {other}."),
        };
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Chromium.ReasonToSkip is not null)
        {
            return;
        }

        if (Chromium.Missing() is { } missing)
        {
            throw new InvalidOperationException(missing);
        }

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path });
        Assertions.SetDefaultExpectTimeout((float)LocalHostFixture.Patience.TotalMilliseconds);
        await NewHostAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        foreach (var host in _hosts)
        {
            await host.DisposeAsync();
        }
    }
}

/// <summary>Gives all browser tests the one fixture.</summary>
[CollectionDefinition(WebClientFixture.Collection)]
public sealed class InABrowser : ICollectionFixture<WebClientFixture>;
