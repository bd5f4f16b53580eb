using System.IO.Compression;
using Connections.Chat;
using Connections.Emulators.Blobs;
using Connections.Emulators.Storage;
using Connections.Emulators.WebPubSub;
using Connections.Files;
using Connections.Http;
using Connections.Local.Adapters;
using Connections.Local.DemoData;
using Connections.Local.Dev;
using Connections.Local.Identity;
using Connections.Local.Mail;
using Connections.Local.Pages;
using Connections.Local.Web;
using Connections.Local.Worker;
using Connections.Moderation;
using Connections.Notices;
using Connections.Telemetry;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry;

namespace Connections.Local;

/// <summary>Puts the parts together: the app's features, the functions worker, the emulators and the development pages.</summary>
internal static class LocalApp
{
    // The worker gives running functions five seconds.
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(8);

    /// <summary>The application's handler for Web PubSub's events; <c>infra/modules/realtime.bicep</c> names it in Azure.</summary>
    public const string SocketEventsPath = "/api/realtime/events";

    /// <summary>The folder of the demo members' pictures.</summary>
    public static Uri Avatars(Uri host) => new(host, "/dev/avatars/");

    /// <summary>An app with all services.</summary>
    public static WebApplication Build(LocalOptions options, LocalAzure azure)
    {
        var builder = Builder(options, azure);
        AddServices(builder.Services, options.Time, azure, builder.Configuration);
        options.Services?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>A builder with the parts that every host has.</summary>
    public static WebApplicationBuilder Builder(LocalOptions options, LocalAzure azure)
    {
        // Empty, because all settings are given: no settings files, and no watchers for them.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(LocalApp).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.Sources.Clear();
        builder.Configuration.Sources.Add(new MemoryConfigurationSource { InitialData = Settings(azure) });
        builder.Configuration.Sources.Add(new EnvironmentVariablesConfigurationSource());
        builder.Configuration.Sources.Add(new MemoryConfigurationSource { InitialData = options.Settings });
        // The command reports a failed start in one sentence.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.SetMinimumLevel(LogLevel.Warning).WithoutAddresses().AddSimpleConsole(console => console.SingleLine = true);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, azure.Sockets));
        AddHost(builder.Services, options, azure);
        return builder;
    }

    /// <summary>Maps the parts to the host's addresses.</summary>
    public static void Map(WebApplication app, LocalOptions options, LocalAzure azure, WebClient? web)
    {
        var url = azure.Sockets.Url;
        UseStorageOutages(app);
        app.UseDevGuard(options.Expose ? url.Host : null);
        app.UseCors();
        // A function compresses its answers itself, as in Azure.
        app.UseWhen(
            context => context.GetEndpoint()?.Metadata.GetMetadata<FunctionDefinition>() is null, web => web.UseResponseCompression());
        app.MapFunctions();
        app.MapWebPubSub();
        app.MapBlobs();
        MapDevelopment(app, options, azure, RunningParts.Of(app.Services, azure.Folder.FullPath, url));
        app.MapWeb(url, web);
    }

    /// <summary>Maps the issuer, the outbox and the sign-in page.</summary>
    public static void MapDevelopment(WebApplication app, LocalOptions options, LocalAzure azure, RunningParts running)
    {
        var url = azure.Sockets.Url;
        app.MapMail(azure.Mail);
        app.MapDevFiles();
        // Made on first use, to keep the start short.
        var forms = new SignInForms(new Lazy<IReadOnlyList<DemoMember>>(() => DemoCast.Members(options.Creators, Avatars(url))));
        app.MapIdentity(url, azure.Issuer, azure.Grants, forms);
        new SignInPage(url, azure.Issuer, azure.Mail, azure.Queue, forms, running).Map(app);
    }

    private static void AddHost(IServiceCollection services, LocalOptions options, LocalAzure azure)
    {
        services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = azure.Sockets.Take);
        services.Configure<HostOptions>(host =>
        {
            // The server and the triggers do not wait for each other.
            host.ServicesStartConcurrently = true;
            host.ShutdownTimeout = StopWithin;
        });
        // The command handles signals; a host in a test gets none.
        services.Replace(ServiceDescriptor.Singleton<IHostLifetime, NoLifetime>());
        services.AddRouting();
        services.AddCors();
        services.AddResponseCompression();
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        services.AddSingleton(options.Time);
        services.AddSingleton(azure.File);
        services.AddSingleton(azure.Mail);
        services.AddSingleton(azure.Issuer);
    }

    private static void AddServices(IServiceCollection services, TimeProvider time, LocalAzure azure, ConfigurationManager configuration)
    {
        // Done before a service first asks for it.
        services.AddSingleton(_ => azure.Cosmos.GetAwaiter().GetResult());
        services.AddSingleton(azure.Queue);
        services.AddSingleton<IMailer, Mailer>();
        services.AddSingleton<INoticeQueue, NoticeQueue>();
        services.AddSingleton<ILiveDelivery, LiveDelivery>();
        AddFiles(services, time, azure, configuration);
        services.AddWebPubSub(
            new LocalWebPubSubOptions(ILiveDelivery.Hub, () => azure.Sockets.Url, SigningKeyFile.ReadOrCreate(azure.Folder.WebPubSubKey))
            {
                EventHandler = () => new Uri(azure.Sockets.Loopback, SocketEventsPath),
            });
        services.AddConnections(configuration);
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
        {
            // The exporter reads OTEL_EXPORTER_OTLP_*, OTEL_SERVICE_NAME and so on itself.
            services.AddOpenTelemetry().WithConnections().UseOtlpExporter();
        }

        services.AddFunctionsWorker(typeof(ConnectionsApp).Assembly, Path.Combine(AppContext.BaseDirectory, "host.json"));
    }

    // The account's key is this folder's own, so that nobody else can sign an address.
    private static void AddFiles(IServiceCollection services, TimeProvider time, LocalAzure azure, ConfigurationManager configuration)
    {
        var (host, queue) = (azure.Sockets.Url, azure.Queue);
        var account = BlobAccount.WellKnown with { Key = SigningKeyFile.ReadOrCreate(azure.Folder.BlobKey) };
        var options = LocalFiles.Options(
            account, time, ModerationSettings.Read(configuration).KeepAudit, origin => IsOwnOrLoopback(origin, host));
        services.AddBlobs(
            azure.Blobs,
            options,
            new MalwareScanOptions(account.Name, (message, ct) => queue.SendAsync(IFileStore.ScanQueue, message, TimeSpan.Zero, ct)));
        services.AddSingleton<IFileStore>(
            _ => new BlobFileStore(LocalFiles.CreateClient(azure.Blobs, options), time, origin: host));
    }

    // The web client's development server has a port of its own.
    private static bool IsOwnOrLoopback(string origin, Uri host) =>
        RedirectUris.IsLoopback(origin)
        || origin.Equals(host.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);

    private static Dictionary<string, string?> Settings(LocalAzure azure) => new(StringComparer.Ordinal)
    {
        ["Identity:Issuer"] = azure.Issuer.Issuer,
        ["Identity:Audience"] = LocalIssuer.Audience,
        // By the loopback address, whatever name other machines use.
        ["Identity:Metadata"] = new Uri(azure.Sockets.Loopback, LocalIssuer.Path + "/.well-known/openid-configuration").AbsoluteUri,
        ["Web:BaseUrl"] = azure.Sockets.Url.AbsoluteUri,
        ["Api:BaseUrl"] = azure.Sockets.Url.AbsoluteUri,
        ["Safety:SupportAddress"] = "support@example.com",
    };

    private static void Listen(KestrelServerOptions kestrel, ListeningSockets sockets)
    {
        kestrel.AddServerHeader = false;
        foreach (var endpoint in sockets.Endpoints)
        {
            kestrel.Listen(endpoint);
        }
    }

    // Answers 503 while the file cannot be used.
    internal static void UseStorageOutages(WebApplication app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (StorageOutage e) when (!context.Response.HasStarted)
        {
            var problem = new Problem("unavailable", e.Status, "The local host cannot use its data", e.Message)
            {
                RetryAfter = TimeSpan.FromSeconds(1),
            };
            await problem.ExecuteAsync(context);
        }
    });

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
