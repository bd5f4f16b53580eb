using Microsoft.Extensions.Logging;

namespace Connections.Local.Worker;

/// <summary>A listener that runs a loop from start to stop.</summary>
internal abstract partial class LoopListener(string function, TimeProvider time, ILogger log) : IListener
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    protected TimeProvider Time => time;

    public Task StartAsync(CancellationToken abandon, CancellationToken ct)
    {
        _loop = Task.Run(() => LoopAsync(_stop.Token, abandon), CancellationToken.None);
        return Task.CompletedTask;
    }

    public virtual async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _loop;
    }

    public void Dispose() => _stop.Dispose();

    /// <summary>Runs until <paramref name="stop"/>, which may end it by an exception. Any other exception restarts it after a
    /// pause.</summary>
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
#pragma warning disable CA1031 // The failure of one trigger must not stop the others. It continues after a pause.
            catch (Exception e)
#pragma warning restore CA1031
            {
                LogBroken(log, e, function);
                await Task.Delay(AfterFailure, time, stopped).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The trigger of function {Function} failed; it continues in a second")]
    private static partial void LogBroken(ILogger logger, Exception exception, string function);
}
