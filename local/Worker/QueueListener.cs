using Connections.Emulators.Queues;
using Microsoft.Extensions.Logging;

namespace Connections.Local.Worker;

/// <summary>Runs a function for each message of a queue, several at a time.</summary>
/// <remarks>
/// A message that failed is retried after host.json's visibilityTimeout; one that failed maxDequeueCount times goes to the poison queue.
/// Unlike in Azure, where every receive counts, a process that stops or dies during a run has not used up a try.
/// </remarks>
internal sealed partial class QueueListener(
    FunctionDefinition function, string queueName, QueueSettings settings, LocalQueue queue, FunctionInvoker invoker, TimeProvider time,
    ILogger<QueueListener> log) : LoopListener(function.Name, time, log)
{
    /// <summary>The Functions host's value. Renewed at half time while the function runs.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    private readonly HashSet<Task> _running = [];

    public override async Task StopAsync()
    {
        await base.StopAsync();
        await Task.WhenAll(_running);
    }

    protected override async Task RunAsync(CancellationToken stop, CancellationToken abandon)
    {
        while (!stop.IsCancellationRequested)
        {
            _running.RemoveWhere(task => task.IsCompleted);
            if (_running.Count > settings.NewBatchThreshold)
            {
                await Task.WhenAny(_running);
                continue;
            }

            var arrival = queue.ArrivalAsync(queueName);
            var messages = await queue.ReceiveAsync(queueName, settings.BatchSize, Lease, stop);
            foreach (var message in messages)
            {
                _running.Add(Task.Run(() => HandleAsync(message, abandon), CancellationToken.None));
            }

            if (messages.Count == 0)
            {
                await ((Task)arrival.WaitAsync(settings.MaxPollingInterval, Time, stop))
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HandleAsync(QueueMessage message, CancellationToken abandon)
    {
        try
        {
            // The outcome is stored even while the host stops.
            if (message.DequeueCount > settings.MaxDequeueCount || !await TryRunAsync(message, abandon))
            {
                await FailAsync(message, abandon);
            }
            else
            {
                await queue.DeleteAsync(message, CancellationToken.None);
            }
        }
#pragma warning disable CA1031 // The message becomes visible again when its lease ends. The others continue.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogOutcomeLost(e, function.Name, message.Id);
        }
    }

    private async Task<bool> TryRunAsync(QueueMessage message, CancellationToken abandon)
    {
        using var done = new CancellationTokenSource();
        var keeping = KeepAsync(message, done.Token);
        try
        {
            await invoker.InvokeAsync(function, message.Text, abandon);
            return true;
        }
#pragma warning disable CA1031 // Any exception is a failed run, and the invoker has logged it.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
        finally
        {
            await done.CancelAsync();
            await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task KeepAsync(QueueMessage message, CancellationToken done)
    {
        while (true)
        {
            await Task.Delay(Lease / 2, Time, done);
            await queue.ExtendAsync(message, Lease, done);
        }
    }

    private async Task FailAsync(QueueMessage message, CancellationToken abandon)
    {
        if (abandon.IsCancellationRequested)
        {
            // The host stopped during the run, so this was not a try. The next start receives the message at once.
            await queue.ReleaseAsync(message, TimeSpan.Zero, CancellationToken.None, untried: true);
        }
        else if (message.DequeueCount < settings.MaxDequeueCount)
        {
            await queue.ReleaseAsync(message, settings.VisibilityTimeout, CancellationToken.None);
        }
        else if (await queue.PoisonAsync(message, CancellationToken.None))
        {
            LogPoisoned(function.Name, message.Id, queueName, message.DequeueCount, QueueName.Poison(queueName));
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Function {Function} gave up message {Message} of queue {Queue} after {Count} tries; it is in {Poison}")]
    private partial void LogPoisoned(string function, long message, string queue, int count, string poison);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "The outcome of function {Function} for message {Message} could not be stored; it will run again")]
    private partial void LogOutcomeLost(Exception exception, string function, long message);
}
