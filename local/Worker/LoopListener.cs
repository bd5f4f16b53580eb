using Microsoft.Extensions.Logging;

namespace Connections.Local.Worker;

/// <summary>A listener with a loop of its own, from start to stop.</summary>
internal abstract partial class LoopListener(string function, TimeProvider time, ILogger log) : IListener
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stop = new();
    private Task loop = Task.CompletedTask;

    /// <summary>The clock.</summary>
    protected TimeProvider Time => time;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken abandon, CancellationToken ct)
    {
        loop = Task.Run(() => LoopAsync(stop.Token, abandon), CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public virtual async Task StopAsync()
    {
        await stop.CancelAsync();
        await loop;
    }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    /// <summary>Watches until <paramref name="stop"/>, which may end it by an exception. A failure outside the function starts it again.</summary>
    protected abstract Task RunAsync(CancellationToken stop, CancellationToken abandon);

    private async Task LoopAsync(CancellationToken stopped, CancellationToken abandon)
    {
        while (!stopped.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stopped, abandon);
            }
            catch (OperationCanceledException) when (stopped.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // One function's trigger must not bring down the others; it goes on after a pause.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogBroken(log, e, function);
                await Task.Delay(AfterFailure, time, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The trigger of function {Function} failed; it goes on in a second")]
    private static partial void LogBroken(ILogger logger, Exception exception, string function);
}
