using System.Text.Json;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging;

namespace Connections.Local.Worker;

/// <summary>Runs a function for each batch of a container's changes, by the Cosmos SDK's own change feed processor.</summary>
/// <remarks>
/// At most once, as in Azure: a batch that still fails after the last retry is logged as an error, the lease moves on, and the
/// batch does not come again. A batch under way when the process dies does: its lease has not moved.
/// </remarks>
internal sealed partial class FeedListener(
    FunctionDefinition function, Trigger.Feed trigger, HostSettings settings, CosmosClient cosmos, FunctionInvoker invoker,
    ILogger<FeedListener> log) : IListener
{
    /// <summary>Always the same, so that after a kill the next process takes the leases back at once and waits for no expiry.</summary>
    private const string Instance = "local";

    private static readonly TimeSpan DefaultPollDelay = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stop = new();
    private ChangeFeedProcessor? processor;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken abandon, CancellationToken ct)
    {
        var watched = cosmos.GetContainer(trigger.Database, trigger.Container);
        var leases = cosmos.GetContainer(trigger.Database, trigger.LeaseContainer);
        try
        {
            // The processor itself tells a missing container from a busy service only in its log.
            await watched.ReadContainerAsync(cancellationToken: ct);
            await leases.ReadContainerAsync(cancellationToken: ct);
        }
        catch (CosmosException e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            throw new FunctionBindingException(
                function.Name, $"the database {trigger.Database} has no container {trigger.Container} or {trigger.LeaseContainer}.", e);
        }

        processor = Build(watched, leases, abandon);
        await processor.StartAsync().WaitAsync(ct);
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        if (processor is not null)
        {
            await processor.StopAsync();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    private static TimeSpan? Milliseconds(int value) => value > 0 ? TimeSpan.FromMilliseconds(value) : null;

    private ChangeFeedProcessor Build(Container watched, Container leases, CancellationToken abandon)
    {
        var attribute = trigger.Attribute;
        var builder = watched.GetChangeFeedProcessorBuilder(trigger.Prefix, (_, changes, ct) => HandleAsync(changes, abandon, ct))
            .WithInstanceName(Instance)
            .WithLeaseContainer(leases)
            .WithPollInterval(Milliseconds(attribute.FeedPollDelay) ?? DefaultPollDelay)
            .WithLeaseConfiguration(
                Milliseconds(attribute.LeaseAcquireInterval), Milliseconds(attribute.LeaseExpirationInterval), Milliseconds(attribute.LeaseRenewInterval))
            .WithErrorNotification((_, exception) =>
            {
                if (!stop.IsCancellationRequested)
                {
                    LogFeedError(exception, function.Name);
                }

                return Task.CompletedTask;
            });
        if (attribute.MaxItemsPerInvocation > 0)
        {
            builder.WithMaxItems(attribute.MaxItemsPerInvocation);
        }

        if (attribute.StartFromBeginning)
        {
            builder.WithStartTime(DateTime.MinValue.ToUniversalTime());
        }

        return builder.Build();
    }

    private async Task HandleAsync(Stream changes, CancellationToken abandon, CancellationToken ct)
    {
        using var feed = FeedDocuments.Read(changes, settings.FeedDates);
        var documents = feed.RootElement;
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, ct);
        if (!await invoker.InvokeWithRetriesAsync(function, documents, stopped.Token, abandon))
        {
            LogLost(function.Name, documents.GetArrayLength(), trigger.Container);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Function {Function} failed in its last try; its batch of {Count} changes of {Container} is lost to it")]
    private partial void LogLost(string function, int count, string container);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The change feed of function {Function} met an error and goes on")]
    private partial void LogFeedError(Exception exception, string function);
}
