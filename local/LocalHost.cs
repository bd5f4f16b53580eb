using System.Net.Sockets;
using Connections.Cosmos;
using Connections.Local.Cosmos;
using Connections.Local.DemoData;
using Connections.Local.Emulators;
using Connections.Local.Identity;
using Connections.Local.Mail;
using Connections.Local.Queue;
using Connections.Local.Web;
using Connections.Local.Worker;
using Connections.Members;
using Microsoft.AspNetCore.Connections;
using Microsoft.Azure.Cosmos;

namespace Connections.Local;

/// <summary>The whole product in this process: the functions, and what Azure would give them. Or the latter alone.</summary>
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

    /// <summary>Where the host is.</summary>
    public Uri Url { get; }

    /// <summary>The web client, which may still be built; null where none is served.</summary>
    public WebClient? Web { get; }

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a host; when this returns, it serves and its triggers run.</summary>
    /// <exception cref="LocalHostException">It cannot start; the message is for the person who started it.</exception>
    /// <exception cref="Connections.Settings.SettingException">A setting is missing or malformed.</exception>
    public static async Task<LocalHost> StartAsync(LocalOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        // What was opened last is closed first: the folder is let go of when nothing uses it any more.
        var parts = new Stack<Func<ValueTask>>();
        WebApplication? app = null;
        DataFolder? folder = null;
        try
        {
            folder = Add(parts, DataFolder.Take(options.Folder, options.Reset));
            var doors = Add(parts, Doors.Open(options.Url, options.Expose));
            // The first Cosmos client and the first key take longest, and nothing but the first call needs them.
            var key = Task.Run(() => SigningKey.LoadOrCreateAsync(folder.IdentityKey, ct), ct);
            folder.CheckDatabase();
            var store = Add(parts, CosmosStore.Open(folder.Database, options.Time));
            var cosmos = OpenCosmos(parts, store, folder, doors, options, ct);
            var queue = Add(parts, LocalQueue.Open(folder.Database, options.Time));
            var mail = Add(parts, LocalMail.Open(folder.Database, options.Time));
            var grants = Add(parts, new Grants(folder.Database, options.Time));
            var azure = new LocalAzure(folder, doors, store, cosmos, queue, mail, new LocalIssuer(doors.Url, await key, options.Time), grants);
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
            await StartAsync(app, doors, ct);
            web?.Start();
            return new LocalHost(app, doors.Url, web, parts);
        }
        catch (Exception e)
        {
            await CloseAsync(app, parts);
            // What the Cosmos client or a task made of a failure of the file says less than the failure itself.
            if (folder is not null && (e as StorageOutage ?? SharedFile.Of(folder.Database).Outage) is { } outage)
            {
                throw outage.ToThePerson();
            }

            if (e is InvalidDataException or IOException or UnauthorizedAccessException)
            {
                // A file that a person can put right: a key, host.json.
                throw new LocalHostException(e.Message);
            }

            throw;
        }
    }

    /// <summary>Stops the triggers, lets running calls end, and closes the data folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await CloseAsync(_app, _parts);
    }

    // Meanwhile the rest is put together. When that fails, the load is stopped before the store is closed.
    private static Task<CosmosClient> OpenCosmos(
        Stack<Func<ValueTask>> parts, CosmosStore store, DataFolder folder, Doors doors, LocalOptions options, CancellationToken ct)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        CosmosClient? client = null;
        var opening = Task.Run(
            async () =>
            {
                client = LocalCosmos.CreateClient(store, Aside.Before);
                await LocalCosmos.CreateContainersAsync(client, Path.Combine(AppContext.BaseDirectory, "infra", "cosmos"), stop.Token);
                var members = new MemberStore(new Containers(client));
                await DemoLoader.LoadAsync(members, folder.Database, options.Creators, LocalApp.Avatars(doors.Url), options.Loading, stop.Token);
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
