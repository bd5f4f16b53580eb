using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Connections.Emulators.Blobs;
using Connections.Emulators.Queues;
using Connections.Files;
using Connections.Local.Identity;
using Connections.Notices;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connections.Tests.Faults.Rig;

/// <summary>A host whose outbound calls fail by a plan, whose clock the rig moves, and whose process can stop at any call.</summary>
/// <remarks>
/// A stop copies what was committed at that moment, and the next start uses the copy. So nothing that the old process still does afterwards
/// counts, and the rig drops its later answers.
/// </remarks>
internal sealed class FaultHost : IAsyncDisposable
{
    /// <summary>
    /// How much real time a call, or the work that follows from it, may take before it counts as stuck. Far longer than either takes, so
    /// that a busy machine causes no violation.
    /// </summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromMinutes(5);

    // A retry comes within this time; reminders and digests wait far longer.
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly SocketsHttpHandler _http = new() { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
    private readonly WorkerLog _log = new();
    private readonly SemaphoreSlim _starting = new(1, 1);
    private LocalHostFixture? _host;
    private LocalIssuer? _issuer;
    private Uri? _url;
    private string? _left;
    private volatile int _starts;

    private FaultHost(ManualTime time) => Time = time;

    /// <summary>The clock; it goes on over restarts.</summary>
    public ManualTime Time { get; }

    /// <summary>The calls to everything outside the app.</summary>
    public OutboundCalls Calls { get; } = new();

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => Host.Services;

    /// <summary>The host.</summary>
    public LocalHostFixture Host => _host ?? throw new InvalidOperationException("The host is not running.");

    /// <summary>Whether the process has stopped and must be started again.</summary>
    public bool IsStopped
    {
        get
        {
            lock (_gate)
            {
                return _left is not null;
            }
        }
    }

    /// <summary>How many poisoned queue messages the worker has logged.</summary>
    public int PoisonedLogged => _log.Poisoned;

    /// <summary>The exception of the last call that was answered 500.</summary>
    public string? LastFailure => _log.LastFailure;

    /// <summary>Starts one.</summary>
    /// <param name="time">Its clock.</param>
    /// <param name="seed">The seed that chooses the form of each fault.</param>
    /// <param name="from">A data folder to copy; null for an empty one.</param>
    /// <param name="settings">Settings of the app.</param>
    public static async Task<FaultHost> StartAsync(
        ManualTime time, int seed, string? from = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var host = new FaultHost(time);
        host.Calls.Stop = host.Stop;
        var random = new Random(seed);
        var folder = from is null ? Directory.CreateTempSubdirectory("connections-fault-").FullName : DataCopy.OfRunning(from);
        host._host = await LocalHostFixture.StartAsync(o => o with
        {
            Folder = folder,
            Creators = 0,
            Time = time,
            Settings = settings ?? o.Settings,
            Services = services =>
            {
                // The failures are deliberate, and would fill the screen.
                services.AddLogging(log => log.ClearProviders().AddProvider(host._log));
                FaultyServices.Around(services, host.Calls, random);
            },
        });
        // Neither changes with a restart, and clients call during one.
        (host._url, host._issuer) = (host.Host.Url, host.Services.GetRequiredService<LocalIssuer>());
        return host;
    }

    /// <summary>Calls as a member; anonymously where <paramref name="member"/> is null.</summary>
    /// <returns>The answer; null if the process stopped or the connection broke first.</returns>
    public async Task<Answer?> CallAsync(string? member, HttpMethod method, string path, object? body = null, params string[] roles)
    {
        var starts = _starts;
        try
        {
            using var client = new HttpClient(_http, disposeHandler: false) { BaseAddress = _url, Timeout = MaxWait };
            client.DefaultRequestHeaders.Authorization = member is null
                ? null
                : new AuthenticationHeaderValue("Bearer", _issuer!.Token(member, $"{member}@example.com", member, roles));
            var answer = await client.CallAsync(method, path, body is Func<HttpContent> make ? make() : body);
            return IsStopped || starts != _starts ? null : answer;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Uploads bytes to the address of a file, which the service itself takes.</summary>
    /// <returns>The status; null if there was no answer.</returns>
    public async Task<HttpStatusCode?> UploadAsync(JsonNode created, byte[] bytes)
    {
        var starts = _starts;
        try
        {
            var status = await Calls.MakeOfClientAsync(
                FaultyBlobs.Upload,
                async () =>
                {
                    using var client = new HttpClient(_http, disposeHandler: false) { BaseAddress = _url, Timeout = MaxWait };
                    using var content = new ByteArrayContent(bytes);
                    // The address has the name of the store's client, which is in the same process.
                    var path = new Uri($"{created["uploadUrl"]}").PathAndQuery;
                    using var put = new HttpRequestMessage(HttpMethod.Put, path) { Content = content };
                    foreach (var (name, value) in created["uploadHeaders"]!.AsObject())
                    {
                        put.Headers.Add(name, value!.ToString());
                    }

                    using var answer = await client.SendAsync(put);
                    // An earlier try has arrived.
                    return answer.Headers.TryGetValues("x-ms-error-code", out var codes) && codes.Single() == "UnauthorizedBlobOverwrite"
                        ? HttpStatusCode.Created
                        : (HttpStatusCode?)answer.StatusCode;
                },
                _ => null);
            return IsStopped || starts != _starts ? null : status;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Reads stored data without faults, and again if the process stops meanwhile: what a stopped
    /// process stores does not count.</summary>
    public async Task<T> LookAsync<T>(Func<IServiceProvider, Task<T>> look)
    {
        using var exemption = OutboundCalls.ExemptThisFlow();
        while (true)
        {
            await BackAsync();
            var starts = _starts;
            try
            {
                var seen = await look(Services);
                if (!IsStopped && starts == _starts)
                {
                    return seen;
                }
            }
            catch (Exception) when (IsStopped || starts != _starts)
            {
                continue;
            }
        }
    }

    /// <summary>Restarts the host: after a stop, on the copy that the stop left; otherwise cleanly.</summary>
    public async Task RestartAsync()
    {
        var (old, plan) = (Host.Folder, Calls.Plan);
        _starts++;
        // The platform retries a failed start; this rig does not test that.
        Calls.Plan = null;
        await Host.RestartAsync(o => o with { Folder = _left ?? o.Folder });
        lock (_gate)
        {
            if (_left is not null)
            {
                _left = null;
                DataCopy.Delete(old);
            }
        }

        Calls.Plan = plan;
    }

    /// <summary>Restarts the host if it has stopped; callers at the same time share one restart.</summary>
    public async Task BackAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (IsStopped)
            {
                await RestartAsync();
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Moves the clock until nothing is owed and nothing in the queue is due. The sweepers
    /// find what the change feed lost.</summary>
    /// <returns>False if that took too long; true also if the process stopped.</returns>
    public async Task<bool> DrainAsync()
    {
        using var exemption = OutboundCalls.ExemptThisFlow();
        var end = DateTime.UtcNow + MaxWait;
        var slowUntil = DateTime.UtcNow.AddSeconds(1.5);
        while (!IsStopped && await WorkAsync() is { } work)
        {
            if (DateTime.UtcNow > end)
            {
                return false;
            }

            // The change feed polls in real time, so the clock moves slowly at first, and then in the steps of the sweepers.
            Time.Advance(DateTime.UtcNow < slowUntil ? TimeSpan.FromMilliseconds(200) : work);
            await Task.Delay(15);
        }

        return true;
    }

    /// <summary>The steps in which the sweepers of what is left to do come; null when nothing is left.</summary>
    private async Task<TimeSpan?> WorkAsync()
    {
        var scans = await Services.GetRequiredService<LocalQueue>().CountDueAsync(IFileStore.ScanQueue, Time.GetUtcNow() + Soon, default);
        if (scans > 0 || Services.GetRequiredService<LocalBlobs>().Unscanned().Count > 0 || await Host.OwesAsync(Soon))
        {
            return TimeSpan.FromSeconds(2);
        }

        // The sweep of files comes every hour.
        var (files, givenUp) = (Services.GetRequiredService<FileRecords>(), Time.GetUtcNow() - FilesSettings.UnsentFor);
        return await files.UndispatchedAsync(givenUp, default).AnyAsync() ? TimeSpan.FromMinutes(5) : null;
    }

    /// <summary>Lets a day pass in which nobody does anything, after which the rules of the storage account have run.</summary>
    public async Task<bool> PassDayAsync()
    {
        // A file is looked at every hour from a day after its last call on.
        var isDone = await PassAsync(TimeSpan.FromHours(26));
        using var exemption = OutboundCalls.ExemptThisFlow();
        await Services.GetRequiredService<BlobLifecycle>().RunAsync(default);
        return isDone;
    }

    /// <summary>Moves the clock in one step, and waits until the work that became due is done.</summary>
    public async Task<bool> PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        // A listener that starts to wait after the step needs a further tick to wake up.
        for (var tick = 0; tick < 6; tick++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(10);
        }

        return await DrainAsync();
    }

    /// <summary>Moves what is in the poison queues back into their queues, as an operator does.</summary>
    /// <returns>The number of messages.</returns>
    public async Task<int> ReplayPoisonAsync() =>
        await ReplayPoisonAsync(INoticeQueue.Name) + await ReplayPoisonAsync(IFileStore.ScanQueue);

    private async Task<int> ReplayPoisonAsync(string name)
    {
        var queue = Services.GetRequiredService<LocalQueue>();
        var poison = QueueName.Poison(name);
        var replayed = 0;
        while (await queue.CountAsync(poison, default) > 0)
        {
            if (await queue.ReceiveAsync(poison, 1, Soon, default) is [var message])
            {
                await queue.SendAsync(name, message.Text, TimeSpan.Zero, default);
                await queue.DeleteAsync(message, default);
                replayed++;
            }
            else
            {
                // The sweeper holds a message that it has just looked at.
                Time.Advance(INoticeQueue.PoisonedHold);
            }
        }

        return replayed;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ((IAsyncDisposable)Host).DisposeAsync();
        DataCopy.Delete(_left);
        _http.Dispose();
        _starting.Dispose();
    }

    private void Stop()
    {
        lock (_gate)
        {
            _left ??= DataCopy.OfRunning(Host.Folder);
        }
    }

    /// <summary>Picks what the rig needs out of the log.</summary>
    private sealed class WorkerLog : ILoggerProvider, ILogger
    {
        private int _poisoned;

        public int Poisoned => _poisoned;

        public string? LastFailure { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Name == "LogPoisoned")
            {
                Interlocked.Increment(ref _poisoned);
            }
            else if (formatter(state, null) == "A call failed")
            {
                LastFailure = exception?.ToString();
            }
        }

        public void Dispose()
        {
        }
    }
}
