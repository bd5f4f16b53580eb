using System.Collections.Concurrent;
using System.Threading.Channels;
using Connections.Emulators.Queues;
using Connections.Emulators.Storage;
using Connections.Local.Worker;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connections.Tests.Local.Worker;

/// <summary>The values that functions under test record, in order. A test can wait for the next value.</summary>
public sealed class Probe
{
    private readonly Channel<object> _recorded = Channel.CreateUnbounded<object>();

    public void Record(object value) => _recorded.Writer.TryWrite(value);

    public async Task<T> NextAsync<T>() => (T)await _recorded.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public bool IsEmpty => _recorded.Reader.Count == 0;
}

/// <summary>Counts runs, from 1.</summary>
public sealed class RunCount
{
    private int _count;

    public int Next() => Interlocked.Increment(ref _count);
}

/// <summary>The finished runs of functions. A test can wait for the next run.</summary>
internal sealed class RunLog : IFunctionObserver
{
    private readonly Channel<(string Function, Exception? Failure)> _ended =
        Channel.CreateUnbounded<(string Function, Exception? Failure)>();
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public void Ended(string function, Exception? failure)
    {
        _counts.AddOrUpdate(function, 1, (_, count) => count + 1);
        _ended.Writer.TryWrite((function, failure));
    }

    /// <summary>The number of finished runs of a function.</summary>
    public int Count(string function) => _counts.GetValueOrDefault(function);

    public Task<(string Function, Exception? Failure)> NextAsync() =>
        _ended.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}

/// <summary>The log of a host as text.</summary>
public sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();

    public IEnumerable<string> At(LogLevel level) => _lines.Where(l => l.Level == level).Select(l => l.Text);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, formatter(state, exception) + exception));

    public void Dispose()
    {
    }
}

/// <summary>A host that runs the functions of some classes. A later host can continue with the same file.</summary>
internal sealed class WorkerHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WorkerHost(WebApplication app)
    {
        _app = app;
        Http.BaseAddress = new Uri(app.Urls.Single());
    }

    public HttpClient Http { get; } = new();

    public Probe Probe => _app.Services.GetRequiredService<Probe>();

    public RunLog Runs => _app.Services.GetRequiredService<RunLog>();

    public LogLines Log => _app.Services.GetRequiredService<LogLines>();

    public LocalQueue Queue => _app.Services.GetRequiredService<LocalQueue>();

    public static string HostJson(int batchSize = 16, int newBatchThreshold = 8, string prefix = "api") => $$"""
        {
          "version": "2.0",
          "extensions": {
            "http": { "routePrefix": "{{prefix}}" },
            "queues": {
              "maxPollingInterval": "00:00:02", "visibilityTimeout": "00:00:10", "batchSize": {{batchSize}},
              "newBatchThreshold": {{newBatchThreshold}}, "maxDequeueCount": 5, "messageEncoding": "none"
            }
          }
        }
        """;

    public static async Task<WorkerHost> StartAsync(
        TempFolder folder, TimeProvider time, Type[] functions, string? hostJson = null, Action<IServiceCollection>? services = null,
        Dictionary<string, string?>? settings = null)
    {
        var hostJsonPath = folder.File("host.json");
        await File.WriteAllTextAsync(hostJsonPath, hostJson ?? HostJson());
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(settings ?? []);
        var log = new LogLines();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddSingleton(log);
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(_ => SqliteFile.Open(folder.File("local.db")));
        builder.Services.AddSingleton(provider => LocalQueue.Open(provider.GetRequiredService<SqliteFile>(), time));
        builder.Services.AddSingleton<Probe>();
        builder.Services.AddSingleton<RunCount>();
        builder.Services.AddSingleton<RunLog>();
        builder.Services.AddSingleton<IFunctionObserver>(provider => provider.GetRequiredService<RunLog>());
        services?.Invoke(builder.Services);
        builder.Services.AddFunctionsWorker(functions, hostJsonPath);
        var built = builder.Build();
        try
        {
            built.MapFunctions();
            await built.StartAsync();
            return new WorkerHost(built);
        }
        catch
        {
            await built.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops the triggers, and leaves the rest of the host running.</summary>
    public Task StopAsync() => _app.Services.GetServices<IHostedService>().OfType<ListenerService>().Single().StopAsync(default);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
