using Connections.Local.DemoData;
using Connections.Local.Dev;
using Connections.Local.Identity;
using Connections.Local.Mail;
using Connections.Local.Queue;
using Connections.Local.Web;
using Connections.Local.WebPubSub;
using Connections.Local.Worker;
using Connections.Notices;
using Connections.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry;

namespace Connections.Local;

/// <summary>Puts the parts together: the app's features, the functions worker, what stands in for Azure, and the development pages.</summary>
internal static class LocalApp
{
    // The worker gives running functions five seconds.
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(8);

    /// <summary>Where the application takes Web PubSub's events; in Azure <c>infra/modules/realtime.bicep</c> says so.</summary>
    public const string SocketEventsPath = "/api/realtime/events";

    /// <summary>Where the demo members' pictures are.</summary>
    public static Uri Avatars(Uri host) => new(host, "/dev/avatars/");

    /// <summary>An app with all services.</summary>
    public static WebApplication Build(LocalOptions options, LocalAzure azure)
    {
        var builder = Builder(options, azure);
        AddServices(builder.Services, azure, builder.Configuration);
        options.Services?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>A builder that listens where the host does, with what every host needs.</summary>
    public static WebApplicationBuilder Builder(LocalOptions options, LocalAzure azure)
    {
        // Empty, because a host that is given everything needs no files, no watchers and no providers that look for them.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(LocalApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.Sources.Clear();
        builder.Configuration.Sources.Add(new MemoryConfigurationSource { InitialData = Settings(azure) });
        builder.Configuration.Sources.Add(new EnvironmentVariablesConfigurationSource());
        builder.Configuration.Sources.Add(new MemoryConfigurationSource { InitialData = options.Settings });
        // A start that fails is told in one sentence, by whoever started it.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).WithoutAddresses().AddSimpleConsole(console => console.SingleLine = true);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, azure.Doors));
        AddHost(builder.Services, options, azure);
        return builder;
    }

    /// <summary>Gives every part its place among the host's addresses.</summary>
    public static void Map(WebApplication app, LocalOptions options, LocalAzure azure, WebClient? web)
    {
        var url = azure.Doors.Url;
        app.UseStorageOutages();
        app.UseDevGuard(options.Expose ? url.Host : null);
        app.UseCors();
        app.MapFunctions();
        app.MapWebPubSub();
        MapDevelopment(app, options, azure, RunningParts.Of(app.Services, azure));
        app.MapWeb(url, web);
    }

    /// <summary>Gives the development calls and pages their places: the issuer, the outbox, signing in.</summary>
    public static void MapDevelopment(WebApplication app, LocalOptions options, LocalAzure azure, RunningParts running)
    {
        var url = azure.Doors.Url;
        app.MapMail(azure.Mail);
        app.MapDevFiles();
        // When first asked for: a start has no time for it.
        var forms = new SignInForms(new Lazy<IReadOnlyList<DemoMember>>(() => DemoCast.Members(options.Creators, Avatars(url))));
        app.MapIdentity(url, azure.Issuer, azure.Grants, forms);
        new SignInPage(url, azure.Issuer, azure.Mail, forms, running).Map(app);
    }

    private static void AddHost(IServiceCollection services, LocalOptions options, LocalAzure azure)
    {
        services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = azure.Doors.Take);
        services.Configure<HostOptions>(host =>
        {
            // The server need not wait for the triggers, nor they for it.
            host.ServicesStartConcurrently = true;
            host.ShutdownTimeout = StopWithin;
        });
        // Program listens for signals; a host in a test has none.
        services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());
        services.AddRouting();
        services.AddCors();
        services.AddSingleton(options.Time);
        services.AddSingleton(azure.Mail);
        services.AddSingleton(azure.Issuer);
    }

    private static void AddServices(IServiceCollection services, LocalAzure azure, ConfigurationManager configuration)
    {
        // Not awaited: it is done before the first service that asks for it is made.
        services.AddSingleton(_ => azure.Cosmos.GetAwaiter().GetResult());
        services.AddSingleton(azure.Queue);
        services.AddSingleton<IMailer>(azure.Mail);
        services.AddSingleton<INoticeQueue, NoticeQueue>();
        services.AddWebPubSub(new LocalWebPubSubOptions(() => azure.Doors.Url, SigningKeyFile.ReadOrCreate(azure.Folder.WebPubSubKey))
        {
            EventHandler = () => new Uri(azure.Doors.Loopback, SocketEventsPath),
        });
        services.AddConnections(configuration);
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            // The exporter reads its settings itself: OTEL_EXPORTER_OTLP_*, OTEL_SERVICE_NAME and so on.
            services.AddOpenTelemetry().WithConnections().UseOtlpExporter();
        }

        services.AddFunctionsWorker(typeof(ConnectionsApp).Assembly, Path.Combine(AppContext.BaseDirectory, "host.json"));
    }

    private static Dictionary<string, string?> Settings(LocalAzure azure) => new(StringComparer.Ordinal)
    {
        ["Identity:Issuer"] = azure.Issuer.Issuer,
        ["Identity:Audience"] = LocalIssuer.Audience,
        // Read without leaving the machine, whatever name others call it by.
        ["Identity:Metadata"] = new Uri(azure.Doors.Loopback, LocalIssuer.Path + "/.well-known/openid-configuration").AbsoluteUri,
        ["Web:BaseUrl"] = azure.Doors.Url.AbsoluteUri,
        ["Api:BaseUrl"] = azure.Doors.Url.AbsoluteUri,
        ["Safety:SupportAddress"] = "support@example.com",
    };

    private static void Listen(KestrelServerOptions kestrel, Doors doors)
    {
        kestrel.AddServerHeader = false;
        foreach (var endpoint in doors.Endpoints)
        {
            kestrel.Listen(endpoint);
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
