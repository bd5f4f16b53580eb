using System.Net.Http.Headers;
using System.Security.Cryptography;
using Connections.Emulators.Email;
using Connections.Local;
using Connections.Local.Identity;
using Connections.Local.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Connections.Tests;

/// <summary>A complete local host in this process, on a free port, with a data folder that is deleted with it.</summary>
/// <remarks>
/// The tests of a class share a host by <c>IClassFixture&lt;LocalHostFixture&gt;</c>. A test with its own settings, clock or services
/// starts a host by <c>await using var host = await LocalHostFixture.StartAsync(o => o with { … })</c>. Any member id can sign in.
/// </remarks>
public sealed class LocalHostFixture : IAsyncLifetime, IAsyncDisposable
{
    /// <summary>The longest time that a test polls for a condition. Generous, because machines can be busy.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(60);

    // All hosts share a key, because generating it takes longer than the rest of a start.
    private static readonly Lazy<string> Key = new(() =>
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    });

    private readonly List<HttpClient> _clients = [];
    private readonly ShiftedTime _time = new();
    private LocalOptions _options;
    private LocalHost? _host;

    /// <summary>A host with a few demo creators, started by xunit.</summary>
    public LocalHostFixture()
        : this(o => o)
    {
    }

    private LocalHostFixture(Func<LocalOptions, LocalOptions> change) =>
        _options = WithRoom(change(new LocalOptions
        {
            Url = new Uri("http://localhost:0"),
            Folder = Path.Combine(Path.GetTempPath(), "connections-test-" + Path.GetRandomFileName()),
            Creators = 10,
            Time = _time,
        }));

    /// <summary>The address of the host.</summary>
    public Uri Url => Host.Url;

    /// <summary>The host's services, such as its stores.</summary>
    public IServiceProvider Services => Host.Services;

    /// <summary>The web client; null if the options have none.</summary>
    public WebClient? Web => Host.Web;

    /// <summary>The host's data folder.</summary>
    public string Folder => _options.Folder;

    /// <summary>
    /// Settings that lift the limits on calls, because a few members make all calls of a test. A test of a limit sets its own value, or an
    /// empty text for the default of the product.
    /// </summary>
    public static IReadOnlyDictionary<string, string> NoCallLimits { get; } = new[]
    {
        "ReadsPerMinute", "WritesPerMinute", "LivePerMinute", "AccessPerMinute", "SocketsPerMinute", "ProfilesPerMinute", "ExportsPerHour",
        "RepeatsPerMinute", "CountsPerMinute", "SearchesPerMinute", "OpenPerMinute", "PicturesPerMinute",
        "ServicePerMinute", "BadTokensPerMinute",
    }.ToDictionary(name => $"Limits:{name}", _ => "1000000", StringComparer.Ordinal);

    private LocalHost Host => _host ?? throw new InvalidOperationException("The host is not running.");

    /// <summary>Starts a host with changed options.</summary>
    public static async Task<LocalHostFixture> StartAsync(Func<LocalOptions, LocalOptions>? change = null)
    {
        var fixture = new LocalHostFixture(change ?? (o => o));
        try
        {
            await fixture.InitializeAsync();
            return fixture;
        }
        catch
        {
            await fixture.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a host without triggers, where a test runs itself what they would, and without demo creators.</summary>
    public static Task<LocalHostFixture> StartWithoutTriggersAsync(Func<LocalOptions, LocalOptions>? change = null) => StartAsync(o =>
    {
        var still = o with { Creators = 0 };
        still = change?.Invoke(still) ?? still;
        return still with
        {
            Services = services =>
            {
                still.Services?.Invoke(services);
                services.RemoveAll<IHostedService>();
            },
        };
    });

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        var key = Path.Combine(Folder, "identity-key.pem");
        if (!File.Exists(key))
        {
            await File.WriteAllTextAsync(key, Key.Value);
        }

        _host = await LocalHost.StartAsync(_options, CancellationToken.None);
    }

    /// <summary>Restarts the host on the same data and port, with changed options if <paramref name="change"/> is given.</summary>
    public async Task RestartAsync(Func<LocalOptions, LocalOptions>? change = null)
    {
        var again = _options with { Url = Url, Reset = false };
        await Host.DisposeAsync();
        _host = null;
        _options = change is null ? again : WithRoom(change(again));
        await InitializeAsync();
    }

    /// <summary>Moves the clock of the host forward. Has no effect on a host with another clock.</summary>
    public void Pass(TimeSpan time) => _time.Ahead += time;

    /// <summary>A client that calls as a member. <c>email</c> and <c>name</c> fill the member's profile the first time.</summary>
    /// <param name="id">The member's id, such as <c>alice</c> or <c>demo-brand</c>.</param>
    /// <param name="name">The token's <c>name</c>; the id by default.</param>
    /// <param name="email">The token's <c>email</c>; the id at example.com by default.</param>
    /// <param name="roles">The token's <c>roles</c>.</param>
    public HttpClient ClientFor(string id, string? name = null, string? email = null, params string[] roles)
    {
        var client = AnonymousClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", TokenFor(id, name, email, roles));
        return client;
    }

    /// <summary>A client that sends no token and follows no redirects.</summary>
    public HttpClient AnonymousClient()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false })
        {
            BaseAddress = Url,
        };
        lock (_clients)
        {
            _clients.Add(client);
        }

        return client;
    }

    /// <summary>A token of this host's issuer, as <see cref="ClientFor"/> sends it.</summary>
    public string TokenFor(string id, string? name = null, string? email = null, params string[] roles) =>
        Services.GetRequiredService<LocalIssuer>().Token(id, email ?? $"{id}@example.com", name ?? id, roles);

    /// <summary>The mail so far, oldest first; all of it, or only that to an address.</summary>
    public async Task<IReadOnlyList<SentMail>> OutboxAsync(string? to = null) =>
        [.. (await Services.GetRequiredService<LocalMail>().ListAsync(to, LocalMail.MaxList, CancellationToken.None)).Reverse()];

    /// <summary>Waits for a mail to an address for which the predicate holds.</summary>
    /// <param name="to">The recipient's address.</param>
    /// <param name="predicate">The condition; any mail by default.</param>
    /// <param name="timeout">How long to wait; <see cref="MaxWait"/> by default.</param>
    /// <exception cref="TimeoutException">No such mail came; the message lists the subjects of the others.</exception>
    public async Task<SentMail> MailAsync(string to, Func<SentMail, bool>? predicate = null, TimeSpan? timeout = null)
    {
        var end = DateTime.UtcNow + (timeout ?? MaxWait);
        while (true)
        {
            var mails = await OutboxAsync(to);
            if (mails.FirstOrDefault(predicate ?? (_ => true)) is { } mail)
            {
                return mail;
            }

            if (DateTime.UtcNow > end)
            {
                throw new TimeoutException(
                    $"No such mail to {to} arrived. Others: {string.Join("; ", mails.Select(m => m.Subject).DefaultIfEmpty("none"))}");
            }

            await Task.Delay(20);
        }
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static LocalOptions WithRoom(LocalOptions options)
    {
        var settings = new Dictionary<string, string?>(options.Settings, StringComparer.Ordinal);
        foreach (var (name, value) in NoCallLimits)
        {
            settings.TryAdd(name, value);
        }

        // Every member of a test is new. A test of the caps sets its own.
        settings.TryAdd("Invites:NewPerDay", "1000");

        return options with { Settings = settings };
    }

    ValueTask IAsyncDisposable.DisposeAsync() => new(DisposeAsync());
}
