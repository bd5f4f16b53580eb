using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connections.Chat;
using Connections.Chat.Sockets;
using Connections.Cosmos;
using Connections.Email.Delivery;
using Connections.Files;
using Connections.FollowUp;
using Connections.Http;
using Connections.Local.Adapters;
using Connections.Moderation;
using Connections.Notices;
using Connections.Settings;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Connections.Tests.Infra;

/// <summary>Bicep deploys exactly what the code uses.</summary>
public sealed partial class DeploymentTests
{
    // Settings that the Functions host and the SDKs read, with their documentation.
    private static readonly string[] ReadByOthers =
    [
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__queueServiceUri", "AzureWebJobsStorage__tableServiceUri",
        "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId",
        "AZURE_COSMOS_USE_QUERY_PLAN_INTEROP_LINUX",
    ];

    private static readonly Type[] AppTypes = typeof(ConnectionsApp).Assembly.GetTypes();

    private static IReadOnlyList<string> Deployed => [.. Deployment.Default.AppSettings().Keys];

    [BicepFact]
    public void Every_setting_that_the_code_reads_is_deployed()
    {
        var read = SettingsInCode().ToList();
        Assert.Contains("Invites__PerDay", read);
        Assert.Contains("Azure__ClientId", read);
        Assert.Empty(read.Except(Deployed, StringComparer.Ordinal));
    }

    [BicepFact]
    public void Every_deployed_setting_is_read()
    {
        var read = SettingsInCode().Concat(TriggerSettings()).Concat(ReadByOthers);
        Assert.Empty(Deployed.Except(read, StringComparer.Ordinal));
    }

    [Fact]
    public void The_deployed_numbers_are_the_defaults_in_the_code()
    {
        var required = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Identity:Issuer"] = "https://issuer.example", ["Identity:Audience"] = "connections",
            ["Web:BaseUrl"] = "https://connections.example",
            ["Safety:SupportAddress"] = "support@example.com",
        };
        var deployed = new Dictionary<string, string?>(required, StringComparer.Ordinal);
        foreach (var (name, value) in Numbers())
        {
            deployed[name.Replace("__", ":", StringComparison.Ordinal)] = value!.ToString();
        }

        // Reads every settings record of the app twice: with the required settings only, and as deployed.
        var readers = AppTypes
            .Where(type => type.Name.EndsWith("Settings", StringComparison.Ordinal))
            .Select(type => type.GetMethod("Read", BindingFlags.Public | BindingFlags.Static, [typeof(IConfiguration)]))
            .OfType<MethodInfo>().ToList();
        Assert.True(readers.Count > 4);
        Assert.All(
            readers, read => Assert.Equivalent(read.Invoke(null, [Configuration(required)]), read.Invoke(null, [Configuration(deployed)])));
    }

    [BicepFact]
    public void Every_trigger_finds_its_connection()
    {
        Assert.NotEmpty(TriggerSettings());
        Assert.Empty(TriggerSettings().Except(Deployed, StringComparer.Ordinal));
    }

    [BicepFact]
    public void Every_container_in_the_code_is_deployed_from_the_file_that_the_local_host_reads()
    {
        var files = Directory.EnumerateFiles(Path.Combine(BicepFile.Folder, "cosmos"), "*.json")
            .Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal).ToList();
        // The deployment uses the whole file: keys, unique keys, lifetimes and indexes.
        var deployed = Deployment.Default.Of("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers")
            .ToDictionary(container => container.Name.Split('/')[^1], StringComparer.Ordinal);
        Assert.Equal(files, deployed.Keys.Order(StringComparer.Ordinal));
        Assert.All(deployed, container => Assert.True(JsonNode.DeepEquals(
            container.Value.Properties["resource"],
            JsonNode.Parse(File.ReadAllText(Path.Combine(BicepFile.Folder, "cosmos", container.Key + ".json"))))));
        Assert.All(deployed, container => Assert.Equal(Containers.Name, container.Value.Name.Split('/')[^2]));

        var used = Repository.Sources("functions").SelectMany(source => UsedContainer().Matches(source)).Select(
            match => match.Groups["name"].Value)
            .Concat(
                [Containers.MembersContainer, Containers.ConnectionsContainer, Containers.MessagesContainer, Containers.LeasesContainer])
            .Concat(
                Triggers<CosmosDBTriggerAttribute>().SelectMany(trigger => (string[])[trigger.ContainerName, trigger.LeaseContainerName!]));
        Assert.Equal(files, used.Distinct().Order(StringComparer.Ordinal));
    }

    [BicepFact]
    public void Every_queue_in_the_code_is_deployed_with_its_poison_queue()
    {
        var queues = Triggers<QueueTriggerAttribute>().Select(trigger => trigger.QueueName).Append(INoticeQueue.Name)
            .Append(IFileStore.ScanQueue).Distinct();
        Assert.Equal([DeliveryReport.QueueName, IFileStore.ScanQueue, INoticeQueue.Name], queues.Order(StringComparer.Ordinal));
        Assert.Equal(
            [
                DeliveryReport.QueueName, DeliveryReport.PoisonName, IFileStore.ScanQueue, IFileStore.ScanPoisonQueue, INoticeQueue.Name,
                INoticeQueue.PoisonName,
            ],
            Deployment.Default.Of("Microsoft.Storage/storageAccounts/queueServices/queues")
                .Select(queue => queue.Name.Split('/')[^1]).Order(StringComparer.Ordinal));
        Assert.Equal(INoticeQueue.Name + "-poison", INoticeQueue.PoisonName);
    }

    [BicepFact]
    public void Files_have_the_containers_of_the_code_and_old_uploads_and_evidence_go()
    {
        Assert.Equal(
            BlobContainers.All.Order(StringComparer.Ordinal),
            Deployment.Default.Of("Microsoft.Storage/storageAccounts/blobServices/containers")
                .Where(container => container.Name.StartsWith("stfiles", StringComparison.Ordinal))
                .Select(container => container.Name.Split('/')[^1]).Order(StringComparer.Ordinal));
        var rules = Deployment.Default.Of("Microsoft.Storage/storageAccounts/managementPolicies").Single().Properties["policy"]!["rules"]!;
        Assert.Equal(
            [
                (BlobContainers.Uploads + "/", LocalFiles.KeepUploads.TotalDays),
                (BlobContainers.Evidence + "/", ModerationSettings.Read(new ConfigurationBuilder().Build()).KeepAudit.TotalDays),
            ],
            rules.AsArray().Select(rule => (
                rule!["definition"]!["filters"]!["prefixMatch"]![0]!.ToString(),
                rule["definition"]!["actions"]!["baseBlob"]!["delete"]!["daysAfterModificationGreaterThan"]!.GetValue<double>())));
        // Whoever may create an upload may make snapshots of it, and it stays as long as there are some.
        Assert.Equal(
            LocalFiles.KeepUploads.TotalDays,
            rules[0]!["definition"]!["actions"]!["snapshot"]!["delete"]!["daysAfterCreationGreaterThan"]!.GetValue<double>());
    }

    [BicepFact]
    public void Uploads_are_scanned_once_and_the_results_reach_the_queue()
    {
        var scan = Deployment.Default.Of("Microsoft.Security/defenderForStorageSettings").Single().Properties["malwareScanning"]!;
        Assert.True(scan["onUpload"]!["isEnabled"]!.GetValue<bool>());
        Assert.Equal(
            BlobContainers.All.Except([BlobContainers.Uploads]).Select(name => name + "/"),
            scan["onUpload"]!["filters"]!["excludeBlobsWithPrefix"]!.AsArray().Select(prefix => prefix!.ToString()));
        var largest = FilesSettings.Read(new ConfigurationBuilder().Build()).MaxDocument;
        Assert.Equal(largest, scan["onUpload"]!["filters"]!["excludeBlobsLargerThan"]!.GetValue<long>());
        var topic = Deployment.Default.Of("Microsoft.EventGrid/topics").Single();
        Assert.Equal(topic.Id, scan["scanResultsEventGridTopicResourceId"]!.ToString());
        var results = Deployment.Default.Of("Microsoft.EventGrid/topics/eventSubscriptions").Single().Properties;
        Assert.Equal(
            IFileStore.ScanQueue, results["deliveryWithResourceIdentity"]!["destination"]!["properties"]!["queueName"]!.ToString());
        Assert.Equal("""["Microsoft.Security.MalwareScanningResult"]""", results["filter"]!["includedEventTypes"]!.ToJsonString());
        Assert.EndsWith(
            $"/containers/{BlobContainers.Uploads}/", results["filter"]!["subjectBeginsWith"]!.ToString(), StringComparison.Ordinal);
    }

    [BicepFact]
    public void Pages_of_the_web_client_send_an_upload_the_headers_that_it_needs()
    {
        var service = Deployment.Default.Of("Microsoft.Storage/storageAccounts/blobServices")
            .Single(service => service.Name.StartsWith("stfiles", StringComparison.Ordinal));
        var rule = Assert.Single(service.Properties["cors"]!["corsRules"]!.AsArray())!;
        Assert.Equal(LocalFiles.AllowedHeaders, rule["allowedHeaders"]!.AsArray().Select(header => header!.ToString()));
        Assert.DoesNotContain("*", rule["allowedOrigins"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [BicepFact]
    public void Event_Grid_puts_the_reports_of_emails_that_did_not_arrive_into_the_queue_and_tracks_nobody()
    {
        var reports = Deployment.Default.Of("Microsoft.EventGrid/systemTopics/eventSubscriptions").Single().Properties;
        var destination = reports["deliveryWithResourceIdentity"]!["destination"]!;
        Assert.Equal("StorageQueue", destination["endpointType"]!.ToString());
        Assert.Equal(DeliveryReport.QueueName, destination["properties"]!["queueName"]!.ToString());
        Assert.Equal("EventGridSchema", reports["eventDeliverySchema"]!.ToString());
        var filter = reports["filter"]!;
        Assert.Equal("""["Microsoft.Communication.EmailDeliveryReportReceived"]""", filter["includedEventTypes"]!.ToJsonString());
        Assert.Equal(DeliveryReport.Statuses, filter["advancedFilters"]![0]!["values"]!.AsArray().Select(value => value!.ToString()));
        Assert.All(Deployment.Default.Of("Microsoft.Communication/emailServices/domains"), domain =>
            Assert.Equal("Disabled", domain.Properties["userEngagementTracking"]!.ToString()));
    }

    [BicepFact]
    public void Web_PubSub_sends_its_events_to_the_apps_address()
    {
        var route = Functions().Single(function => function.Name == nameof(AdmitSocket)).Parameters
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>().Single().Route;
        var app = Deployment.Default.Of("Microsoft.Web/sites").Single();
        var hub = Deployment.Default.Of("Microsoft.SignalRService/webPubSub/hubs").Single();
        Assert.Equal(ILiveDelivery.Hub, hub.Name.Split('/')[^1]);
        Assert.Equal(
            $$"""[{"urlTemplate":"https://{{app.Name}}.azurewebsites.net/{{route}}","systemEvents":["connect"]}]""",
            hub.Properties["eventHandlers"]!.ToJsonString());
        Assert.Equal(Connections.Local.LocalApp.SocketEventsPath, $"/{route}");
    }

    [BicepFact]
    public void Always_ready_functions_are_exactly_those_that_an_email_waits_for()
    {
        var ready =
            Deployment.Default.Of("Microsoft.Web/sites").Single().Properties["functionAppConfig"]!["scaleAndConcurrency"]!["alwaysReady"]!
                .AsArray().Select(kept => kept!["name"]!.ToString());
        var triggered = Functions()
            .Where(f => f.Parameters.Any(p => p.IsDefined(typeof(CosmosDBTriggerAttribute)) || p.IsDefined(typeof(QueueTriggerAttribute))))
            // Nobody waits for a delivery report, and a message shows that its file is being checked.
            .Select(f => f.Name).Except([nameof(NoteDelivery), nameof(NoteFileScan)]);
        Assert.Equal(triggered.Select(name => "function:" + name).Order(StringComparer.Ordinal), ready.Order(StringComparer.Ordinal));
    }

    [BicepFact]
    public void One_parameter_makes_the_database_scale_by_itself_with_a_most_for_each_container()
    {
        Assert.All(Containers(Deployment.Default), container => Assert.Null(container.Most));
        Assert.Equal("EnableServerless", Account(Deployment.Default).Properties["capabilities"]!.AsArray().Single()!["name"]!.ToString());

        var scaled = Deployment.With(("databaseMaxThroughput", "20000"));
        Assert.Empty(Account(scaled).Properties["capabilities"]!.AsArray());
        var most = Containers(scaled).ToDictionary(container => container.Name, container => container.Most);
        Assert.Equal((20_000, 6_000, 2_000), (most["contacts"], most["messages"], most["favourites"]));
        // Autoscale takes whole thousands only.
        Assert.All(Containers(Deployment.With(("databaseMaxThroughput", "4400"))), container => Assert.Equal(0, container.Most % 1000));

        static Deployment.Resource Account(Deployment deployment) => deployment.Of("Microsoft.DocumentDB/databaseAccounts").Single();

        static IEnumerable<(string Name, int? Most)> Containers(Deployment deployment) => deployment
            .Of("Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers")
            .Select(container => (
                container.Properties["resource"]!["id"]!.ToString(),
                container.Properties["options"]?["autoscaleSettings"]?["maxThroughput"]?.GetValue<int>()));
    }

    [BicepFact]
    public void The_discovery_document_is_below_the_issuer_with_or_without_a_trailing_slash()
    {
        Assert.Equal("https://issuer.example/.well-known/openid-configuration", Deployment.Default.AppSettings()["Identity__Metadata"]);
        var slash = Deployment.With(("identityIssuer", "'https://issuer.example/'")).AppSettings();
        Assert.Equal("https://issuer.example/.well-known/openid-configuration", slash["Identity__Metadata"]);
        // The issuer of tokens stays as the discovery document spells it.
        Assert.Equal("https://issuer.example/", slash["Identity__Issuer"]);

        var settings = IdentitySettings.Read(Configuration(
            new(StringComparer.Ordinal) { ["Identity:Issuer"] = "https://issuer.example/", ["Identity:Audience"] = "connections" }));
        Assert.Equal(new Uri("https://issuer.example/.well-known/openid-configuration"), settings.Metadata);
        var elsewhere = Deployment.With(("identityMetadata", "'https://elsewhere.example/keys'")).AppSettings();
        Assert.Equal("https://elsewhere.example/keys", elsewhere["Identity__Metadata"]);
    }

    [BicepFact]
    public void A_budget_is_deployed_only_with_an_amount()
    {
        Assert.Empty(Deployment.Default.Of("Microsoft.Consumption/budgets"));
        var budget = Deployment.With(("monthlyBudget", "25"), ("budgetStart", "'2026-11-01'")).Of("Microsoft.Consumption/budgets").Single();
        Assert.Equal(
            (25, "2026-11-01"), (budget.Properties["amount"]!.GetValue<int>(), budget.Properties["timePeriod"]!["startDate"]!.ToString()));
    }

    private static JsonObject Numbers() => JsonNode.Parse(File.ReadAllText(Path.Combine(BicepFile.Folder, "settings.json")))!.AsObject();

    private static IConfiguration Configuration(Dictionary<string, string?> settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    private static IEnumerable<string> SettingsInCode() =>
        Repository.Sources("functions")
            .SelectMany(source => ReadSetting().Matches(source).Select(match => match.Groups["name"].Value))
            .Where(name => name.Contains(':', StringComparison.Ordinal))
            .Select(name => name.Replace(":", "__", StringComparison.Ordinal)).Distinct();

    // The names follow the documentation of the extensions for identity-based connections.
    private static List<string> TriggerSettings() =>
    [
        .. Triggers<CosmosDBTriggerAttribute>().SelectMany(trigger => Names(trigger.Connection!, "accountEndpoint"))
            .Concat(Triggers<QueueTriggerAttribute>().SelectMany(trigger => Names(trigger.Connection!, "queueServiceUri"))).Distinct(),
    ];

    private static IEnumerable<string> Names(string prefix, string endpoint) =>
        [$"{prefix}__{endpoint}", $"{prefix}__credential", $"{prefix}__clientId"];

    private static IEnumerable<(string Name, ParameterInfo[] Parameters)> Functions() =>
        from type in AppTypes
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        select (function.Name, method.GetParameters());

    private static IEnumerable<T> Triggers<T>()
        where T : Attribute =>
        Functions().SelectMany(function => function.Parameters).Select(parameter => parameter.GetCustomAttribute<T>()).OfType<T>();

    [GeneratedRegex(@"((Number|Duration|Required|Url|EmailAddress|Named|Words|Hosts|Switch)\(\s*|Read\(\s*configuration,\s*|(configuration|settings)\[)""(?<name>[A-Za-z]+:[A-Za-z]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex ReadSetting();

    [GeneratedRegex(@"GetContainer\(Name, ""(?<name>\w+)""\)", RegexOptions.ExplicitCapture)]
    private static partial Regex UsedContainer();
}
