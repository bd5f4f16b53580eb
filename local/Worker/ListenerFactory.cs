using Connections.Local.Queue;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connections.Local.Worker;

/// <summary>Makes the listener that a function's trigger needs.</summary>
internal sealed class ListenerFactory(
    IServiceProvider services, HostSettings settings, LocalQueue queue, TimerMonitor monitor, FunctionInvoker invoker, TimeProvider time, ILoggerFactory logs)
{
    /// <summary>The listener; null for an HTTP function, which has none.</summary>
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
