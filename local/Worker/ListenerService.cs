using Connections.Emulators.Queues;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connections.Local.Worker;

/// <summary>Starts and stops the triggers with the host.</summary>
internal sealed partial class ListenerService(
    FunctionCatalog catalog, ListenerFactory factory, TimeProvider time, ILogger<ListenerService> log)
    : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterAbandoning = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _abandon = new();
    private IReadOnlyList<IListener> _listeners = [];
    private Task? _stopping;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listeners = [.. catalog.Functions.Select(factory.Create).OfType<IListener>()];
        // Side by side, and not on the thread that starts the server next.
        return Task.WhenAll(
            _listeners.Select(listener => Task.Run(() => listener.StartAsync(_abandon.Token, cancellationToken), cancellationToken)));
    }

    /// <summary>Takes no more work, gives running functions five seconds, then cancels their tokens.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var stopped = StopListeners();
        if (!await EndsWithinAsync(stopped, Grace, cancellationToken))
        {
            await _abandon.CancelAsync();
            if (!await EndsWithinAsync(stopped, AfterAbandoning, cancellationToken))
            {
                LogLeft();
                return;
            }
        }

        await stopped;
    }

    /// <summary>Stops the listeners of a host that was not stopped, without waiting for their functions.</summary>
    public async ValueTask DisposeAsync()
    {
        await _abandon.CancelAsync();
        await StopListeners().WaitAsync(AfterAbandoning).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var listener in _listeners)
        {
            listener.Dispose();
        }

        _abandon.Dispose();
    }

    private Task StopListeners() => _stopping ??= Task.WhenAll(_listeners.Select(listener => listener.StopAsync()));

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan limit, CancellationToken ct)
    {
        await task.WaitAsync(limit, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Functions were still running when the host stopped")]
    private partial void LogLeft();
}

/// <summary>Makes the listener of a function's trigger.</summary>
internal sealed class ListenerFactory(
    IServiceProvider services, HostSettings settings, LocalQueue queue, TimerMonitor monitor, FunctionInvoker invoker, TimeProvider time,
    ILoggerFactory logs)
{
    /// <summary>The listener; null for an HTTP function.</summary>
    public IListener? Create(FunctionDefinition function) => function.Trigger switch
    {
        Trigger.Queue trigger =>
            new QueueListener(function, trigger.Name, settings.Queues, queue, invoker, time, logs.CreateLogger<QueueListener>()),
        Trigger.Timer trigger => new TimerListener(function, trigger, monitor, invoker, time, logs.CreateLogger<TimerListener>()),
        Trigger.Feed trigger => new FeedListener(
            function, trigger, settings, services.GetRequiredService<CosmosClient>(), invoker, logs.CreateLogger<FeedListener>()),
        Trigger.Http => null,
        _ => throw new InvalidOperationException($"{function.Trigger.GetType().Name} has no listener."),
    };
}

/// <summary>Runs one function whenever its trigger fires.</summary>
internal interface IListener : IDisposable
{
    /// <summary>Starts to listen.</summary>
    /// <param name="abandon">Cancelled when the host no longer waits for running functions.</param>
    /// <param name="ct">Cancels the start.</param>
    Task StartAsync(CancellationToken abandon, CancellationToken ct);

    /// <summary>Takes no more work, and waits for the work that runs.</summary>
    Task StopAsync();
}
