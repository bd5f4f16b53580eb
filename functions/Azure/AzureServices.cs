using Azure.Communication.Email;
using Azure.Core;
using Azure.Identity;
using Azure.Messaging.WebPubSub;
using Azure.Monitor.OpenTelemetry.Exporter;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Connections.Chat;
using Connections.Cosmos;
using Connections.Files;
using Connections.Notices;
using Connections.Settings;
using Connections.Telemetry;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Azure;

/// <summary>The clients of the services that the app uses: each by an endpoint and the app's identity, or by a connection string.</summary>
/// <remarks>
/// Deployed, there are endpoints alone, and no secret. A connection string is for emulators on one machine; it is the setting named as
/// the service (<c>Cosmos</c>, <c>Storage</c>, <c>WebPubSub</c>, <c>Email</c>), which triggers read too.
/// </remarks>
internal static class AzureServices
{
    /// <summary>Adds what <c>AddConnections</c> needs.</summary>
    /// <exception cref="SettingException">A setting is missing or malformed.</exception>
    public static IServiceCollection AddAzure(this IServiceCollection services, IConfiguration settings)
    {
        TokenCredential identity = new ManagedIdentityCredential(
            settings["Azure:ClientId"] is { Length: > 0 } clientId
                ? ManagedIdentityId.FromUserAssignedClientId(clientId)
                : ManagedIdentityId.SystemAssigned);
        AddTelemetry(services, settings, identity);
        var queues = Queues(settings, identity);
        var blobs = Blobs(settings, identity);
        return services
            .AddSingleton(Cosmos(settings, identity))
            .AddSingleton<ILiveDelivery>(new WebPubSubDelivery(WebPubSub(settings, identity)))
            .AddSingleton<INoticeQueue>(new StorageNoticeQueue(
                queues.GetQueueClient(INoticeQueue.Name),
                queues.GetQueueClient(INoticeQueue.PoisonName),
                queues.GetQueueClient(DeliveryReport.PoisonName)))
            .AddSingleton<IFileStore>(services => new BlobFileStore(blobs, services.GetRequiredService<TimeProvider>()))
            .AddSingleton<IMailer>(new CommunicationMailer(
                Email(settings, identity),
                settings.Required("Email:Sender", "the address that emails come from, such as DoNotReply@example.com")));
    }

    private static void AddTelemetry(IServiceCollection services, IConfiguration settings, TokenCredential identity)
    {
        var telemetry = services.AddOpenTelemetry().UseFunctionsWorkerDefaults().WithConnections();
        // Application Insights takes telemetry from identities alone; without one (an emulator) there is nothing to send to.
        if (settings["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 })
        {
            telemetry.UseAzureMonitorExporter(options => options.Credential = identity);
        }
    }

    private static CosmosClient Cosmos(IConfiguration settings, TokenCredential identity)
    {
        if (settings[Containers.Connection] is { Length: > 0 } connectionString)
        {
            var options = Containers.ClientOptions();
            options.ConnectionMode = ConnectionMode.Gateway;
            options.LimitToEndpoint = true;
            return new CosmosClient(connectionString, options);
        }

        return new CosmosClient(
            settings.Url("Cosmos:accountEndpoint", "the Cosmos DB account's https URL").AbsoluteUri, identity, Containers.ClientOptions());
    }

    private static QueueServiceClient Queues(IConfiguration settings, TokenCredential identity) =>
        settings[INoticeQueue.Connection] is { Length: > 0 } connectionString
            ? new QueueServiceClient(connectionString)
            : new QueueServiceClient(settings.Url("Storage:queueServiceUri", "the queue service's https URL"), identity);

    private static BlobServiceClient Blobs(IConfiguration settings, TokenCredential identity) =>
        settings[BlobContainers.Connection] is { Length: > 0 } connectionString
            ? new BlobServiceClient(connectionString)
            : new BlobServiceClient(settings.Url("Storage:blobServiceUri", "the blob service's https URL"), identity);

    private static WebPubSubServiceClient WebPubSub(IConfiguration settings, TokenCredential identity) =>
        settings["WebPubSub"] is { Length: > 0 } connectionString
            ? new WebPubSubServiceClient(connectionString, ILiveDelivery.Hub)
            : new WebPubSubServiceClient(
                settings.Url("WebPubSub:Endpoint", "the Web PubSub service's https URL"), ILiveDelivery.Hub, identity);

    private static EmailClient Email(IConfiguration settings, TokenCredential identity) =>
        settings["Email"] is { Length: > 0 } connectionString
            ? new EmailClient(connectionString)
            : new EmailClient(settings.Url("Email:Endpoint", "the Communication Services endpoint, an https URL"), identity);
}
