using Connections.Local;
using Connections.Local.Web;
using Microsoft.Playwright;

namespace Connections.Tests.Web;

/// <summary>The web client in a real browser, on a local host with 60 demo creators. Each collection of tests has its own.</summary>
/// <remarks>
/// <code>
/// [Collection(WebClientFixture.Members)]
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
/// in <c>tests/TestResults/web</c>; <c>BROWSER_SNAPSHOTS=1</c> adds the page at each step. People stay until the
/// test has ended; nothing needs closing. The tests of a collection share the host, so each takes members of its own, or a host of its
/// own from <see cref="NewHostAsync"/>. What a browser test sets up, it sets up
/// by the API: <c>web.Host.ClientFor("demo-brand")</c>.
/// </remarks>
public sealed class WebClientFixture : IAsyncLifetime
{
    /// <summary>How pages look, load and are used without eyes or a pointer. One test of a collection runs at a time.</summary>
    public const string Looks = Prefix + "looks";

    /// <summary>Members find and invite each other, answer, end connections and edit their profiles.</summary>
    public const string Members = Prefix + "members";

    /// <summary>Conversations, sessions and devices.</summary>
    public const string Sessions = Prefix + "sessions";

    /// <summary>The beginning of the names of all collections of browser tests.</summary>
    public const string Prefix = "In a browser: ";

    private const int Creators = 60;

    // Runs all tests with the web client on another origin than the API, as in Azure.
    private static readonly bool OnAnotherOrigin = Environment.GetEnvironmentVariable("WEB_ORIGIN") switch
    {
        null or "" or "same" => false,
        "other" => true,
        var unknown => throw new InvalidOperationException($"The environment variable WEB_ORIGIN takes same or other, and not {unknown}."),
    };

    private readonly Dictionary<LocalHostFixture, WebSite?> _sites = [];
    private LocalHostFixture? _host;
    private LocalHostFixture? _asInAzure;
    private LocalHostFixture? _withIssuer;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The shared host.</summary>
    public LocalHostFixture Host => _host ?? throw new InvalidOperationException("The host has not started.");

    /// <summary>Opens a browser for a member, on a blank page.</summary>
    /// <param name="id">The member, such as <c>demo-brand</c>, <c>demo-creator</c>, <c>creator-0007</c> or an id of the test's own.</param>
    /// <param name="width">Of the window, in CSS pixels. Below 600 it is a phone with touch.</param>
    /// <param name="height">Of the window.</param>
    /// <param name="dark">Whether the person prefers dark colours.</param>
    /// <param name="signedIn">Whether they have signed in as that member, by the client's development sign-in.</param>
    /// <param name="host">The host; the shared one by default.</param>
    /// <param name="serviceWorker">Whether the browser runs the client's service worker.</param>
    public async Task<Person> NewPersonAsync(
        string id, int width = 1280, int height = 800, bool dark = false, bool signedIn = true, LocalHostFixture? host = null,
        bool serviceWorker = false)
    {
        host ??= Host;
        var person = await Person.OpenAsync(
            _browser!, host, _sites.GetValueOrDefault(host)?.Url ?? host.Url, id, signedIn, width, height, dark, serviceWorker);
        BrowserRun.Current.Add(person);
        return person;
    }

    /// <summary>Starts another host, for a test that needs its own settings, clock or restarts. It stops with the test.</summary>
    /// <param name="change">What is different from the shared host.</param>
    /// <param name="onAnotherOrigin">Whether the client has an origin of its own, as in Azure; by default the run decides.</param>
    public async Task<LocalHostFixture> NewHostAsync(Func<LocalOptions, LocalOptions>? change = null, bool? onAnotherOrigin = null)
    {
        var host = await StartHostAsync(change, onAnotherOrigin);
        BrowserRun.Current.AtEnd(() => StopHostAsync(host));
        return host;
    }

    /// <summary>A host that the tests of a collection share, where members sign in at an issuer.</summary>
    public async Task<LocalHostFixture> HostWithIssuerAsync() => _withIssuer ??= await StartHostAsync(SignInAtIssuer);

    /// <summary>A host as in Azure, which the tests of a collection share: one with an issuer, and with the client on an origin of its
    /// own.</summary>
    public async Task<LocalHostFixture> HostAsInAzureAsync() =>
        _asInAzure ??= await StartHostAsync(SignInAtIssuer, onAnotherOrigin: true);

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
        _browser = await _playwright.Chromium.LaunchAsync(
            new BrowserTypeLaunchOptions { ExecutablePath = Chromium.Path, Args = Chromium.Arguments });
        Assertions.SetDefaultExpectTimeout((float)LocalHostFixture.MaxWait.TotalMilliseconds);
        _host = await StartHostAsync();
    }

    private static LocalOptions SignInAtIssuer(LocalOptions options) =>
        options with { Settings = new Dictionary<string, string?> { ["Web:SignIn"] = "oidc" } };

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
        foreach (var host in _sites.Keys.ToList())
        {
            await StopHostAsync(host);
        }
    }

    private async Task<LocalHostFixture> StartHostAsync(Func<LocalOptions, LocalOptions>? change = null, bool? onAnotherOrigin = null)
    {
        var web = new WebOptions(
            RepositoryFolder.Find() ?? throw new InvalidOperationException("The tests run from within the repository."));
        var site = onAnotherOrigin ?? OnAnotherOrigin ? await WebSite.StartAsync() : null;
        var started = await LocalHostFixture.StartAsync(options =>
        {
            var withWeb = options with { Web = web, Creators = Creators };
            var changed = change is null ? withWeb : change(withWeb);
            return site is null ? changed : site.CalledFrom(changed);
        });
        _sites.Add(started, site);
        switch (await started.Web!.FinishedAsync())
        {
            case WebState.Ready:
                await (site?.ServeAsync(web.Output, started) ?? Task.CompletedTask);
                return started;
            case WebState.NoNode none:
                throw new InvalidOperationException($"{none.Found} {NodeTools.Install}");
            case WebState.Failed failed:
                throw new InvalidOperationException(string.Join('\n', [.. failed.Output, failed.Why]));
            case var other:
                throw new InvalidOperationException($"The web client is {other}.");
        }
    }

    private async Task StopHostAsync(LocalHostFixture host)
    {
        _sites.Remove(host, out var site);
        await (site?.DisposeAsync() ?? ValueTask.CompletedTask);
        await host.DisposeAsync();
    }
}

/// <summary>Gives <see cref="WebClientFixture.Looks"/> its fixture.</summary>
[CollectionDefinition(WebClientFixture.Looks)]
public sealed class LooksInABrowser : ICollectionFixture<WebClientFixture>;

/// <summary>Gives <see cref="WebClientFixture.Members"/> its fixture.</summary>
[CollectionDefinition(WebClientFixture.Members)]
public sealed class MembersInABrowser : ICollectionFixture<WebClientFixture>;

/// <summary>Gives <see cref="WebClientFixture.Sessions"/> its fixture.</summary>
[CollectionDefinition(WebClientFixture.Sessions)]
public sealed class SessionsInABrowser : ICollectionFixture<WebClientFixture>;
