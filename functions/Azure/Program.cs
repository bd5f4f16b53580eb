using System.Text.Json;
using Azure.Communication.Email;
using Azure.Core;
using Azure.Identity;
using Azure.Messaging.WebPubSub;
using Azure.Storage.Queues;
using Connections;
using Connections.Azure;
using Connections.Chat;
using Connections.Email;
using Connections.Settings;
using Microsoft.Azure.Cosmos;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

var settings = builder.Configuration;
var services = builder.Services;
TokenCredential identity = new ManagedIdentityCredential(
    settings["Azure:ClientId"] is { Length: > 0 } clientId ? ManagedIdentityId.FromUserAssignedClientId(clientId) : ManagedIdentityId.SystemAssigned);

services.AddApplicationInsightsTelemetryWorkerService();
services.ConfigureFunctionsApplicationInsights();
services.AddHostedService<ApplicationInsightsBridge>();

// Trigger payloads are read with the same settings as documents are written with.
services.Configure<JsonSerializerOptions>(Json.CopyTo);

services.AddSingleton(TimeProvider.System);
services.AddSingleton(new CosmosClient(
    settings.Url("Cosmos:accountEndpoint", "the Cosmos DB account's https URL").AbsoluteUri, identity, Connections.Database.ClientOptions()));
services.AddSingleton<ILiveDelivery>(new WebPubSubDelivery(
    new WebPubSubServiceClient(settings.Url("WebPubSub:Endpoint", "the Web PubSub service's https URL"), ILiveDelivery.Hub, identity), TimeProvider.System));
services.AddSingleton<INoticeQueue>(new StorageNoticeQueue(
    new QueueServiceClient(settings.Url("Storage:queueServiceUri", "the queue service's https URL"), identity).GetQueueClient(INoticeQueue.Name)));
services.AddSingleton<IMailer>(new CommunicationMailer(
    new EmailClient(settings.Url("Email:Endpoint", "the Communication Services endpoint, an https URL"), identity),
    settings.Required("Email:Sender", "the address that emails come from, such as DoNotReply@example.com")));
services.AddConnections(settings);

builder.Build().Run();
