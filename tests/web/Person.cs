using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace Connections.Tests.Web;

/// <summary>Somebody at a browser of their own: its cookies and storage are nobody else's.</summary>
public sealed class Person
{
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentBag<string> _expected = [];

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
        context.WebError += (_, error) => _errors.Enqueue(error.Error);
    }

    /// <summary>The member's id, also where they have not signed in.</summary>
    public string Id { get; }

    /// <summary>What is theirs, such as being offline: <c>Context.SetOfflineAsync(true)</c>.</summary>
    public IBrowserContext Context { get; }

    /// <summary>The page that they look at. Paths are of <see cref="Client"/>: <c>Page.GotoAsync("/")</c>.</summary>
    public IPage Page { get; }

    /// <summary>The host that they use.</summary>
    public LocalHostFixture Host { get; }

    /// <summary>Where the web client is that they use: on the host, or at an origin of its own.</summary>
    public Uri Client { get; }

    /// <summary>Errors that the person's pages logged or threw, but for those of <see cref="MayLog"/>. The test fails with them.</summary>
    public IReadOnlyList<string> Errors => [.. _errors.Where(error => !_expected.Any(part => error.Contains(part, StringComparison.Ordinal)))];

    /// <summary>Expects an error in the log: the browser itself logs every answer from 400 on (<c>"status of 429"</c>), and being offline.</summary>
    public void MayLog(string part) => _expected.Add(part);

    /// <summary>Opens a browser for somebody.</summary>
    internal static async Task<Person> OpenAsync(IBrowser browser, LocalHostFixture host, Uri client, string id, bool signedIn, int width, int height, bool dark)
    {
        var isPhone = width < 600;
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = client.AbsoluteUri,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            IsMobile = isPhone,
            HasTouch = isPhone,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            // What moves is looked at when it has come to rest.
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "Europe/London",
        });
        context.SetDefaultTimeout((float)LocalHostFixture.Patience.TotalMilliseconds);
        if (signedIn)
        {
            await context.AddInitScriptAsync(SignIn(client, id));
        }

        await context.Tracing.StartAsync(new TracingStartOptions { Snapshots = true });
        return new Person(id, context, await context.NewPageAsync(), host, client);
    }

    /// <summary>Writes what the person sees, and how it came to that, to files beginning with <paramref name="path"/>.</summary>
    internal async Task KeepAsync(string path)
    {
        try
        {
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = path + ".png", Timeout = 5000 });
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            // The test closed the page, or the page hangs; the trace tells.
            await File.WriteAllTextAsync(path + ".txt", e.Message);
        }

        await Context.Tracing.StopAsync(new TracingStopOptions { Path = path + ".zip" });
    }

    // As LocalHostFixture.ClientFor signs in. Once for each tab: who signs out stays signed out.
    private static string SignIn(Uri client, string id) =>
        $$"""
        if (location.origin === {{JsonSerializer.Serialize(client.GetLeftPart(UriPartial.Authority))}} && !sessionStorage.getItem('test.signed-in')) {
          sessionStorage.setItem('test.signed-in', 'yes');
          sessionStorage.setItem('connections.member', {{JsonSerializer.Serialize(JsonSerializer.Serialize(new { sub = id, email = $"{id}@example.com", name = id }))}});
        }
        """;
}
