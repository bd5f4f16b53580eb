using System.Net.Sockets;
using Connections.Email;
using Connections.Local.DemoData;
using Connections.Local.Dev;
using Connections.Local.Identity;
using Connections.Local.Mail;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Connections.Local;

/// <summary>The whole product in this process: the functions, and what Azure would give them.</summary>
public sealed class LocalHost : IAsyncDisposable
{
    // The app answers 413 itself, from 64 KB on; the server must not cut the request off before.
    private const long LargestRequest = 1024 * 1024;

    private readonly Stack<IDisposable> _parts;
    private readonly WebApplication _app;

    private LocalHost(WebApplication app, Uri url, Stack<IDisposable> parts)
    {
        _app = app;
        _parts = parts;
        Url = url;
    }

    /// <summary>Where the host is.</summary>
    public Uri Url { get; }

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a host; when this returns, it serves.</summary>
    /// <exception cref="LocalHostException">It cannot start; the message is for the person who started it.</exception>
    /// <exception cref="Connections.Settings.SettingException">A setting is missing or malformed.</exception>
    public static async Task<LocalHost> StartAsync(LocalOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        // What was opened last is closed first: the folder is let go of when nothing uses it any more.
        var parts = new Stack<IDisposable>();
        WebApplication? app = null;
        try
        {
            var folder = Add(parts, DataFolder.Take(options.Folder, options.Reset));
            var doors = Add(parts, Doors.Open(options.Url, options.Expose));
            var mail = Add(parts, LocalMail.Open(folder.Database, options.Time));
            var issuer = new LocalIssuer(doors.Url, await SigningKey.LoadOrCreateAsync(folder.IdentityKey, ct), options.Time);
            app = Build(options, doors, mail, issuer);
            app.UseDevGuard(options.Expose ? doors.Url.Host : null);
            app.MapIdentity(issuer);
            app.MapMail(mail);
            app.MapDevFiles();
            app.MapFrontPage(doors.Url);
            var avatars = new Uri(doors.Url, "/dev/avatars/");
            new SignInPage(doors.Url, issuer, mail, DemoCast.Members(options.Creators, avatars), Running(folder)).Map(app);
            await StartAsync(app, doors, ct);
            return new LocalHost(app, doors.Url, parts);
        }
        catch
        {
            await CloseAsync(app, parts);
            throw;
        }
    }

    /// <summary>Stops the triggers, lets running calls end, and closes the data folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await CloseAsync(_app, _parts);
    }

    private static WebApplication Build(LocalOptions options, Doors doors, LocalMail mail, LocalIssuer issuer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(LocalHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.Sources.Clear();
        builder.Configuration.Sources.Add(new MemoryConfigurationSource { InitialData = SettingsOf(doors) });
        builder.Configuration.Sources.Add(new EnvironmentVariablesConfigurationSource());
        builder.Configuration.Sources.Add(new MemoryConfigurationSource { InitialData = options.Settings });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, doors));

        var services = builder.Services;
        services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = doors.Take);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(8));
        // Program listens for signals; a host in a test has none.
        services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());
        services.AddRouting();
        services.AddSingleton(options.Time);
        services.AddSingleton(issuer);
        services.AddSingleton(mail);
        services.AddSingleton<IMailer>(mail);
        options.Services?.Invoke(services);
        return builder.Build();
    }

    private static RunningParts Running(DataFolder folder) =>
        new(folder.FullPath, [], _ => Task.FromResult<IReadOnlyList<RunningQueue>>([]));

    private static Dictionary<string, string?> SettingsOf(Doors doors) => new(StringComparer.Ordinal)
    {
        ["Identity:Issuer"] = LocalIssuer.IssuerOf(doors.Url),
        ["Identity:Audience"] = LocalIssuer.Audience,
        // Read without leaving the machine, whatever name others call it by.
        ["Identity:Metadata"] = new Uri(doors.Loopback, LocalIssuer.Path + "/.well-known/openid-configuration").AbsoluteUri,
        ["Web:BaseUrl"] = doors.Url.AbsoluteUri,
    };

    private static void Listen(KestrelServerOptions kestrel, Doors doors)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestRequest;
        foreach (var endpoint in doors.Endpoints)
        {
            kestrel.Listen(endpoint);
        }
    }

    private static async Task StartAsync(WebApplication app, Doors doors, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch (Exception e) when (e is SocketException or AddressInUseException || e.InnerException is AddressInUseException)
        {
            throw Doors.Refused(doors.Url, e);
        }
    }

    private static T Add<T>(Stack<IDisposable> parts, T part)
        where T : IDisposable
    {
        parts.Push(part);
        return part;
    }

    private static async Task CloseAsync(WebApplication? app, Stack<IDisposable> parts)
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        while (parts.TryPop(out var part))
        {
            part.Dispose();
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
