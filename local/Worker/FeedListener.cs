using System.Text;
using System.Text.Json;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Connections.Local.Worker;

/// <summary>Runs a function for each batch of a container's changes, with the Cosmos SDK's change feed processor.</summary>
/// <remarks>
/// At most once on failure, as in Azure: a batch that still fails after the last retry is logged as an error and lost. A batch that was
/// running when the process died comes again, because its lease has not moved.
/// </remarks>
internal sealed partial class FeedListener(
    FunctionDefinition function, Trigger.Feed trigger, HostSettings settings, CosmosClient cosmos, FunctionInvoker invoker,
    ILogger<FeedListener> log) : IListener
{
    /// <summary>Always the same, so that the next process after a kill owns the leases at once and need not wait for them to
    /// expire.</summary>
    private const string Instance = "local";

    private static readonly TimeSpan DefaultPollDelay = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private ChangeFeedProcessor? _processor;

    public async Task StartAsync(CancellationToken abandon, CancellationToken ct)
    {
        var watched = cosmos.GetContainer(trigger.Database, trigger.Container);
        var leases = cosmos.GetContainer(trigger.Database, trigger.LeaseContainer);
        try
        {
            // The processor would report a missing container only in its log.
            await watched.ReadContainerAsync(cancellationToken: ct);
            await leases.ReadContainerAsync(cancellationToken: ct);
        }
        catch (CosmosException e) when (e.StatusCode == System.Net.HttpStatusCode.NotFound)
        {
            throw new FunctionBindingException(
                function.Name, $"the database {trigger.Database} has no container {trigger.Container} or {trigger.LeaseContainer}.", e);
        }

        _processor = Build(watched, leases, abandon);
        await _processor.StartAsync().WaitAsync(ct);
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        if (_processor is not null)
        {
            await _processor.StopAsync();
        }
    }

    public void Dispose() => _stop.Dispose();

    private static TimeSpan? Milliseconds(int value) => value > 0 ? TimeSpan.FromMilliseconds(value) : null;

    private ChangeFeedProcessor Build(Container watched, Container leases, CancellationToken abandon)
    {
        var attribute = trigger.Attribute;
        var builder = watched.GetChangeFeedProcessorBuilder(trigger.Prefix, (_, changes, ct) => HandleAsync(changes, abandon, ct))
            .WithInstanceName(Instance)
            .WithLeaseContainer(leases)
            .WithPollInterval(Milliseconds(attribute.FeedPollDelay) ?? DefaultPollDelay)
            .WithLeaseConfiguration(
                Milliseconds(attribute.LeaseAcquireInterval), Milliseconds(
                    attribute.LeaseExpirationInterval), Milliseconds(attribute.LeaseRenewInterval))
            .WithErrorNotification((_, exception) =>
            {
                if (!_stop.IsCancellationRequested)
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
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, ct);
        if (!await invoker.InvokeWithRetriesAsync(function, documents, stopped.Token, abandon))
        {
            LogLost(function.Name, documents.GetArrayLength(), trigger.Container);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Function {Function} failed its last try; its batch of {Count} changes of {Container} is lost to it")]
    private partial void LogLost(string function, int count, string container);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The change feed of function {Function} continues after an error")]
    private partial void LogFeedError(Exception exception, string function);
}

/// <summary>Reads changed documents with Newtonsoft.Json, as the Functions host does before it runs the function.</summary>
/// <remarks>
/// Unless host.json says otherwise, that library takes some texts for dates. It rewrites some of them and fails on others, which stops the
/// feed. A document that passes here also passes there.
/// </remarks>
internal static class FeedDocuments
{
    /// <summary>The documents of a page of the change feed, as an array.</summary>
    /// <exception cref="Newtonsoft.Json.JsonException">The host could not read them.</exception>
    public static JsonDocument Read(Stream changes, DateParseHandling dates)
    {
        using var reader = new JsonTextReader(new StreamReader(changes, Encoding.UTF8)) { DateParseHandling = dates };
        var documents = JObject.Load(reader)["Documents"]!;
        return JsonDocument.Parse(documents.ToString(Formatting.None));
    }
}
