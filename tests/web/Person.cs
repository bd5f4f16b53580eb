using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace Connections.Tests.Web;

/// <summary>A person with a browser of their own, which shares no cookies or storage.</summary>
public sealed class Person
{
    // The state of the page at each step of a trace costs a tenth of the processor time of a test.
    private static readonly bool WithSnapshots = Environment.GetEnvironmentVariable("BROWSER_SNAPSHOTS") is "1";

    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentBag<string> _expected = [];
    private readonly TaskCompletionSource _live = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Person(string id, IBrowserContext context, IPage page, LocalHostFixture host, Uri client)
    {
        Id = id;
        Context = context;
        Page = page;
        Host = host;
        Client = client;
        context.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                _errors.Enqueue($"{message.Text} ({message.Location})");
            }
        };
        page.WebSocket += (_, socket) => socket.FrameReceived += (_, _) => _live.TrySetResult();
        context.WebError += (_, error) => _errors.Enqueue(error.Error);
    }

    /// <summary>The member's id, even before sign-in.</summary>
    public string Id { get; }

    /// <summary>The browser context, for example to go offline: <c>Context.SetOfflineAsync(true)</c>.</summary>
    public IBrowserContext Context { get; }

    /// <summary>The open page. Its paths are relative to <see cref="Client"/>: <c>Page.GotoAsync("/")</c>.</summary>
    public IPage Page { get; }

    /// <summary>The host that the person uses.</summary>
    public LocalHostFixture Host { get; }

    /// <summary>The origin of the web client: the host, or an origin of its own.</summary>
    public Uri Client { get; }

    /// <summary>Errors that the person's pages logged or threw, except those of <see cref="MayLog"/>. They fail the test.</summary>
    public IReadOnlyList<string> Errors =>
        [.. _errors.Where(error => !_expected.Any(part => error.Contains(part, StringComparison.Ordinal)))];

    /// <summary>Expects an error in the log. The browser logs every response from 400 on
    /// (<c>"status of 429"</c>), and being offline.</summary>
    public void MayLog(string part) => _expected.Add(part);

    /// <summary>Waits until the page is live, for a test of what it shows for a live event alone.</summary>
    public Task LiveAsync() => _live.Task.WaitAsync(LocalHostFixture.MaxWait);

    /// <summary>Opens a browser for a person.</summary>
    internal static async Task<Person> OpenAsync(
        IBrowser browser, LocalHostFixture host, Uri client, string id, bool signedIn, int width, int height, bool dark, bool serviceWorker)
    {
        var isPhone = width < 600;
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = client.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            // It loads the whole client in the background, which few tests need, and hides its calls from RouteAsync.
            ServiceWorkers = serviceWorker ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block,
            IsMobile = isPhone,
            HasTouch = isPhone,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            // Animations are off, so that the page is at rest.
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "Europe/London",
        });
        context.SetDefaultTimeout((float)LocalHostFixture.MaxWait.TotalMilliseconds);
        if (signedIn)
        {
            await context.AddInitScriptAsync(SignIn(client, id));
        }

        await context.Tracing.StartAsync(new TracingStartOptions { Snapshots = WithSnapshots });
        return new Person(id, context, await context.NewPageAsync(), host, client);
    }

    /// <summary>Saves a screenshot and a trace to files that begin with <paramref name="path"/>.</summary>
    internal async Task SaveAsync(string path)
    {
        try
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = path + ".png", Timeout = 5000 });
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            // The test closed the page, or the page hangs. The trace is still useful.
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path + ".txt", e.Message);
        }

        await Context.Tracing.StopAsync(new TracingStopOptions { Path = path + ".zip" });
    }

    // Signs in like LocalHostFixture.ClientFor, once for each tab, so that a sign-out lasts.
    private static string SignIn(Uri client, string id) =>
        $$"""
        if (location.origin === {{JsonSerializer.Serialize(client.GetLeftPart(UriPartial.Authority))}} && !sessionStorage.getItem('test.signed-in')) {
          sessionStorage.setItem('test.signed-in', 'yes');
          sessionStorage.setItem('connections.member', {{JsonSerializer.Serialize(JsonSerializer.Serialize(new { sub = id, email = $"{id}@example.com", name = id }))}});
        }
        """;
}
