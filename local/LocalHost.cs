using System.Net.Sockets;
using Connections.Cosmos;
using Connections.Emulators.Blobs;
using Connections.Emulators.Cosmos;
using Connections.Emulators.Email;
using Connections.Emulators.Queues;
using Connections.Emulators.Storage;
using Connections.Files;
using Connections.Local.Adapters;
using Connections.Local.DemoData;
using Connections.Local.Identity;
using Connections.Local.Web;
using Connections.Members;
using Connections.Notices;
using Microsoft.AspNetCore.Connections;
using Microsoft.Azure.Cosmos;

namespace Connections.Local;

/// <summary>The product in one process: the functions and the emulators that they use, or the emulators alone.</summary>
public sealed class LocalHost : IAsyncDisposable
{
    private readonly Stack<Func<ValueTask>> _parts;
    private readonly WebApplication _app;

    private LocalHost(WebApplication app, Uri url, WebClient? web, Stack<Func<ValueTask>> parts)
    {
        _app = app;
        _parts = parts;
        Url = url;
        Web = web;
    }

    /// <summary>The host's URL.</summary>
    public Uri Url { get; }

    /// <summary>The web client, whose build may still run; null if none is served.</summary>
    public WebClient? Web { get; }

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a host. When this returns, the host serves requests and its triggers run.</summary>
    /// <exception cref="LocalHostException">The host cannot start; the message is for the person who started it.</exception>
    /// <exception cref="Connections.Settings.SettingException">A setting is missing or malformed.</exception>
    public static async Task<LocalHost> StartAsync(LocalOptions options, CancellationToken ct)
    {
        // Closed in the opposite order, so that the folder is released last.
        var parts = new Stack<Func<ValueTask>>();
        WebApplication? app = null;
        SqliteFile? file = null;
        try
        {
            var folder = Add(parts, DataFolder.Take(options.Folder, options.Reset));
            var sockets = Add(parts, ListeningSockets.Open(options.Url, options.Expose));
            // The key and the first Cosmos client take longest, so they are made beside the rest.
            var key = Task.Run(() => SigningKey.LoadOrCreateAsync(folder.IdentityKey, ct), ct);
            file = Add(parts, folder.OpenDatabase());
            var store = new CosmosStore(file, options.Time);
            var cosmos = OpenCosmos(parts, store, file, sockets.Url, options, ct);
            var queue = LocalQueue.Open(file, options.Time);
            // The emulators alone have no queue that anybody reads.
            var reports = options.EmulatorsAlone ? null : new DeliveryReports(queue, DeliveryReport.QueueName, options.Time);
            var azure = new LocalAzure(
                folder,
                file,
                sockets,
                store,
                cosmos,
                queue,
                LocalBlobs.Open(file, folder.Blobs, options.Time, BlobContainers.Uploads),
                new LocalMail(file, options.Time, reports),
                new LocalIssuer(sockets.Url, await key, options.Time),
                new Grants(file, options.Time));
            app = options.EmulatorsAlone ? EmulatorsApp.Build(options, azure) : LocalApp.Build(options, azure);
            var web = OpenWeb(parts, options);
            if (options.EmulatorsAlone)
            {
                EmulatorsApp.Map(app, options, azure);
            }
            else
            {
                LocalApp.Map(app, options, azure, web);
            }

            await cosmos;
            await Task.WhenAll(BlobContainers.All.Select(name => azure.Blobs.CreateContainerAsync(name, ct)));
            await StartAsync(app, sockets.Url, ct);
            web?.Start();
            return new LocalHost(app, sockets.Url, web, parts);
        }
        catch (Exception e)
        {
            await CloseAsync(app, parts);
            // The exception of the Cosmos client says less than the outage that caused it.
            if ((e as StorageOutage ?? file?.Outage) is { } outage)
            {
                throw LocalHostException.Of(outage);
            }

            if (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                // The developer can correct the file: a key, host.json.
                throw new LocalHostException(e.Message);
            }

            throw;
        }
    }

    /// <summary>Stops the triggers, waits for running calls, and closes the data folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await CloseAsync(_app, _parts);
    }

    // Runs beside the rest of the start. If that fails, the load is stopped before the file is closed.
    private static Task<CosmosClient> OpenCosmos(
        Stack<Func<ValueTask>> parts, CosmosStore store, SqliteFile file, Uri host, LocalOptions options, CancellationToken ct)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        CosmosClient? client = null;
        var opening = Task.Run(
            async () =>
            {
                client = LocalCosmos.CreateClient(store);
                await LocalCosmos.CreateContainersAsync(client, Path.Combine(AppContext.BaseDirectory, "infra", "cosmos"), stop.Token);
                var containers = new Containers(client);
                var members = new MemberStore(containers, TimeProvider.System);
                if (await DemoLoader.LoadAsync(members, file, options.Creators, LocalApp.Avatars(host), options.Loading, stop.Token) > 0
                    && options.Creators > 0)
                {
                    await DemoCases.LoadAsync(containers, members, LocalApp.Avatars(host), options.Time.GetUtcNow(), stop.Token);
                }

                return client;
            },
            stop.Token);
        parts.Push(async () =>
        {
            await stop.CancelAsync();
            await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            client?.Dispose();
            stop.Dispose();
        });
        return opening;
    }

    private static WebClient? OpenWeb(Stack<Func<ValueTask>> parts, LocalOptions options)
    {
        if (options.Web is null)
        {
            return null;
        }

        var web = new WebClient(options.Web);
        parts.Push(web.DisposeAsync);
        return web;
    }

    private static async Task StartAsync(WebApplication app, Uri url, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch (Exception e) when (e is SocketException or AddressInUseException || e.InnerException is AddressInUseException)
        {
            throw ListeningSockets.Refused(url, e);
        }
    }

    private static T Add<T>(Stack<Func<ValueTask>> parts, T part)
        where T : IDisposable
    {
        parts.Push(() =>
        {
            part.Dispose();
            return ValueTask.CompletedTask;
        });
        return part;
    }

    private static async Task CloseAsync(WebApplication? app, Stack<Func<ValueTask>> parts)
    {
        if (app is not null)
        {
            await app.DisposeAsync();
        }

        while (parts.TryPop(out var close))
        {
            await close();
        }
    }
}
