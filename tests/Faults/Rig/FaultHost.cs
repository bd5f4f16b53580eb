using System.Net.Http.Headers;
using Connections.Local.Identity;
using Connections.Local.Queue;
using Connections.Notices;
using Connections.Tests.Local.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connections.Tests.Faults.Rig;

/// <summary>A host whose outside calls a plan harms, whose clock the rig moves, and whose process can stop at any of its calls.</summary>
/// <remarks>
/// A stop keeps a copy of what was committed at that moment, and the next start is on the copy: so nothing that the old process still
/// does afterwards can count, and what it answers afterwards was never heard.
/// </remarks>
internal sealed class FaultHost : IAsyncDisposable
{
    /// <summary>
    /// How long a call, or all that follows from the calls, may take of real time before it counts as stuck. Far longer than either takes, so
    /// that a machine which is full of other work does not count.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // What a failure put off comes back within this; reminders and digests wait far longer.
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

    /// <summary>What stands between the app and everything outside it.</summary>
    public OutsideCalls Calls { get; } = new();

    /// <summary>The host's services.</summary>
    public IServiceProvider Services => Host.Services;

    /// <summary>The host.</summary>
    public LocalHostFixture Host => _host ?? throw new InvalidOperationException("The host is not running.");

    /// <summary>Whether the process has stopped: it counts no more, and must be started again.</summary>
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

    /// <summary>How many queue messages the worker said it gave up.</summary>
    public int ToldOfPoison => _log.Poisoned;

    /// <summary>What the last call that was answered 500 failed with.</summary>
    public string? LastFailure => _log.LastFailure;

    /// <summary>Starts one.</summary>
    /// <param name="time">Its clock.</param>
    /// <param name="seed">What faults there are to choose between comes from it.</param>
    /// <param name="from">A data folder to begin with, which stays as it is; null for an empty one.</param>
    /// <param name="settings">Settings of the app.</param>
    public static async Task<FaultHost> StartAsync(ManualTime time, int seed, string? from = null, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var host = new FaultHost(time);
        host.Calls.Stop = host.Stop;
        var chance = new Random(seed);
        var folder = from is null ? Directory.CreateTempSubdirectory("connections-fault-").FullName : DataCopy.OfRunning(from);
        host._host = await LocalHostFixture.StartAsync(o => o with
        {
            Folder = folder,
            Creators = 0,
            Time = time,
            Settings = settings ?? o.Settings,
            Services = services =>
            {
                // Failures are the point here, and would fill the screen.
                services.AddLogging(log => log.ClearProviders().AddProvider(host._log));
                FaultyServices.Around(services, host.Calls, chance);
            },
        });
        // Neither changes with a restart, and clients call while there is one.
        (host._url, host._issuer) = (host.Host.Url, host.Services.GetRequiredService<LocalIssuer>());
        return host;
    }

    /// <summary>Calls as a member; anonymously where <paramref name="member"/> is null.</summary>
    /// <returns>The answer; null where none was heard, because the process stopped or the connection broke.</returns>
    public async Task<Answer?> CallAsync(string? member, HttpMethod method, string path, object? body = null)
    {
        var starts = _starts;
        try
        {
            using var client = new HttpClient(_http, disposeHandler: false) { BaseAddress = _url, Timeout = Patience };
            client.DefaultRequestHeaders.Authorization = member is null ? null : new AuthenticationHeaderValue("Bearer", _issuer!.Token(member, $"{member}@example.com", member, []));
            var answer = await client.CallAsync(method, path, body);
            return IsStopped || starts != _starts ? null : answer;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Reads what is stored, past all faults, from a process that has not stopped meanwhile: what a stopped one stores does not count.</summary>
    public async Task<T> LookAsync<T>(Func<IServiceProvider, Task<T>> look)
    {
        using var shelter = OutsideCalls.Shelter();
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

    /// <summary>Starts the host again: after a stop, on what it left; otherwise in good order.</summary>
    public async Task RestartAsync()
    {
        var (old, plan) = (Host.Folder, Calls.Plan);
        _starts++;
        // A start that fails is tried again by whatever starts processes, which is not what is looked at here.
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

    /// <summary>Starts the host again if it has stopped, once for all who wait for it.</summary>
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

    /// <summary>Lets the clock go on until nothing is owed and the queue has nothing for now. What the change feed lost, the sweeper finds on the way.</summary>
    /// <returns>Whether it came to that, or the process stopped on the way.</returns>
    public async Task<bool> DrainAsync()
    {
        using var shelter = OutsideCalls.Shelter();
        var end = DateTime.UtcNow + Patience;
        var inNoHurry = DateTime.UtcNow.AddSeconds(1.5);
        while (!IsStopped && await Host.OwesAsync(Soon))
        {
            if (DateTime.UtcNow > end)
            {
                return false;
            }

            // At first hardly faster than the change feed polls, by real time; then so that the sweeper's minutes pass.
            Time.Advance(DateTime.UtcNow < inNoHurry ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(2));
            await Task.Delay(15);
        }

        return true;
    }

    /// <summary>Lets time pass at one leap, and then all that fell due happen.</summary>
    public async Task<bool> PassAsync(TimeSpan time)
    {
        Time.Advance(time);
        // A listener takes its place among the waiting between two moves of the clock, so the clock must tick on for it to look.
        for (var tick = 0; tick < 6; tick++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(10);
        }

        return await DrainAsync();
    }

    /// <summary>Puts what the sweep has left in the poison queue back into the notice queue, as an operator does.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> ReplayPoisonAsync()
    {
        var queue = Services.GetRequiredService<LocalQueue>();
        var poison = QueueName.Poison(Connections.Notices.INoticeQueue.Name);
        var replayed = 0;
        while (await queue.CountAsync(poison, default) > 0)
        {
            if (await queue.ReceiveAsync(poison, 1, Soon, default) is [var message])
            {
                await queue.SendAsync(Connections.Notices.INoticeQueue.Name, message.Text, TimeSpan.Zero, default);
                await queue.DeleteAsync(message, default);
                replayed++;
            }
            else
            {
                // The sweep has just looked at it, and holds it for so long.
                Time.Advance(Connections.Notices.INoticeQueue.PoisonedHold);
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

    /// <summary>What is logged that this rig has use for.</summary>
    private sealed class WorkerLog : ILoggerProvider, ILogger
    {
        private int _poisoned;

        public int Poisoned => _poisoned;

        public string? LastFailure { get; private set; }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
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
