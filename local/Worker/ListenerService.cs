using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Connections.Local.Worker;

/// <summary>Starts and stops the triggers with the host.</summary>
internal sealed partial class ListenerService(FunctionCatalog catalog, ListenerFactory factory, TimeProvider time, ILogger<ListenerService> log)
    : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterAbandoning = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource abandon = new();
    private IReadOnlyList<IListener> listeners = [];
    private Task? stopping;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        listeners = [.. catalog.Functions.Select(factory.Create).OfType<IListener>()];
        // Side by side, and none on the thread that starts the server next.
        return Task.WhenAll(listeners.Select(listener => Task.Run(() => listener.StartAsync(abandon.Token, cancellationToken), cancellationToken)));
    }

    /// <summary>Takes no more work, gives running functions five seconds, then cancels them.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var stopped = StopListeners();
        if (!await EndsWithinAsync(stopped, Grace, cancellationToken))
        {
            await abandon.CancelAsync();
            if (!await EndsWithinAsync(stopped, AfterAbandoning, cancellationToken))
            {
                LogLeft();
                return;
            }
        }

        await stopped;
    }

    /// <summary>Ends what a host that was not stopped leaves behind, without the grace of a stop.</summary>
    public async ValueTask DisposeAsync()
    {
        await abandon.CancelAsync();
        await StopListeners().WaitAsync(AfterAbandoning).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var listener in listeners)
        {
            listener.Dispose();
        }

        abandon.Dispose();
    }

    private Task StopListeners() => stopping ??= Task.WhenAll(listeners.Select(listener => listener.StopAsync()));

    private async Task<bool> EndsWithinAsync(Task task, TimeSpan limit, CancellationToken ct)
    {
        await task.WaitAsync(limit, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return task.IsCompleted;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Functions were still running when the host stopped")]
    private partial void LogLeft();
}
