using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connections.Chat;
using Connections.Chat.Sockets;
using Connections.Email;
using Connections.Settings;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace Connections.Tests.Infra;

/// <summary>What Bicep deploys is what the code uses, from the files themselves.</summary>
public sealed partial class DeploymentTests
{
    // What the Functions host and the SDKs read by themselves, with where that is said.
    private static readonly string[] ReadByOthers =
    [
        "APPLICATIONINSIGHTS_CONNECTION_STRING", "APPLICATIONINSIGHTS_AUTHENTICATION_STRING",
        "AzureWebJobsStorage__blobServiceUri", "AzureWebJobsStorage__queueServiceUri", "AzureWebJobsStorage__tableServiceUri",
        "AzureWebJobsStorage__credential", "AzureWebJobsStorage__clientId",
        "AZURE_COSMOS_USE_QUERY_PLAN_INTEROP_LINUX",
    ];

    private static readonly Type[] AppTypes = typeof(ConnectionsApp).Assembly.GetTypes();

    private static IReadOnlyList<string> SettingsInBicep { get; } =
    [
        .. BicepFile.Module("functions").NamesIn("var hostSettings = {", "\n}"),
        .. BicepFile.Main.NamesIn("settings: union(numbers, {", "\n    })"),
        .. Numbers().Select(number => number.Key),
    ];

    [Fact]
    public void Every_setting_that_the_code_reads_is_deployed()
    {
        var read = SettingsInCode().ToList();
        Assert.Contains("Invites__PerDay", read);
        Assert.Contains("Azure__ClientId", read);
        Assert.Empty(read.Except(SettingsInBicep, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_setting_that_is_deployed_is_read()
    {
        var read = SettingsInCode().Concat(TriggerSettings()).Concat(ReadByOthers);
        Assert.Empty(SettingsInBicep.Except(read, StringComparer.Ordinal));
        Assert.Equal(SettingsInBicep.Count, SettingsInBicep.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void The_numbers_that_are_deployed_are_the_codes_own_defaults()
    {
        var required = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Identity:Issuer"] = "https://issuer.example", ["Identity:Audience"] = "connections", ["Web:BaseUrl"] = "https://connections.example",
            ["Safety:SupportAddress"] = "support@example.com",
        };
        var deployed = new Dictionary<string, string?>(required, StringComparer.Ordinal);
        foreach (var (name, value) in Numbers())
        {
            deployed[name.Replace("__", ":", StringComparison.Ordinal)] = value!.ToString();
        }

        // Each of the app's records of settings, read once with nothing set and once as deployed.
        var readers = AppTypes
            .Where(type => type.Name.EndsWith("Settings", StringComparison.Ordinal))
            .Select(type => type.GetMethod("Read", BindingFlags.Public | BindingFlags.Static, [typeof(IConfiguration)]))
            .OfType<MethodInfo>().ToList();
        Assert.True(readers.Count > 4);
        Assert.All(readers, read => Assert.Equal(read.Invoke(null, [Configuration(required)]), read.Invoke(null, [Configuration(deployed)])));
    }

    [Fact]
    public void Every_trigger_finds_its_connection()
    {
        Assert.NotEmpty(TriggerSettings());
        Assert.Empty(TriggerSettings().Except(SettingsInBicep, StringComparer.Ordinal));
    }

    [Fact]
    public void Every_container_in_the_code_is_deployed_from_the_file_that_the_local_host_reads()
    {
        var files = Directory.EnumerateFiles(Path.Combine(BicepFile.Folder, "cosmos"), "*.json").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal).ToList();
        var deployed = LoadedContainer().Matches(BicepFile.Module("database").Text).Select(match => match.Groups["name"].Value).Order(StringComparer.Ordinal);
        Assert.Equal(files, deployed);

        var used = Repository.Sources("functions").SelectMany(source => UsedContainer().Matches(source)).Select(match => match.Groups["name"].Value)
            .Concat([Database.MembersContainer, Database.ConnectionsContainer, Database.MessagesContainer, Database.LeasesContainer])
            .Concat(Triggers<CosmosDBTriggerAttribute>().SelectMany(trigger => (string[])[trigger.ContainerName, trigger.LeaseContainerName!]));
        Assert.Equal(files, used.Distinct().Order(StringComparer.Ordinal));
        // The file's name is the container's, and what Bicep passes on is the whole file: keys, unique keys, lifetimes and indexes.
        Assert.All(files, file => Assert.Equal(file, JsonNode.Parse(File.ReadAllText(Path.Combine(BicepFile.Folder, "cosmos", file + ".json")))!["id"]!.ToString()));
        Assert.Contains("resource: settings\n", BicepFile.Module("database").Text, StringComparison.Ordinal);
        Assert.Contains($"var databaseName = '{Database.Name}'", BicepFile.Main.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_queue_in_the_code_is_deployed_with_its_poison_queue()
    {
        var queues = Triggers<QueueTriggerAttribute>().Select(trigger => trigger.QueueName).Append(INoticeQueue.Name).Distinct();
        Assert.Equal([INoticeQueue.Name], queues);
        Assert.Contains($"var noticeQueue = '{INoticeQueue.Name}'", BicepFile.Main.Text, StringComparison.Ordinal);
        Assert.Contains("queues: [noticeQueue]", BicepFile.Main.Text, StringComparison.Ordinal);
        Assert.Contains("name: '${name}-poison'", BicepFile.Module("storage").Text, StringComparison.Ordinal);
        Assert.Equal(INoticeQueue.Name + "-poison", INoticeQueue.PoisonName);
    }

    [Theory]
    [InlineData("storage", "b7e6dc6d-f1e8-4753-8033-0f276bb0955b")]
    [InlineData("storage", "974c5e8b-45b9-4653-ba55-5f855dd0fb88")]
    [InlineData("storage", "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3")]
    [InlineData("realtime", "12cf5a90-567b-43ae-8102-96cf46c7d9b4")]
    [InlineData("email", "09976791-48a7-449e-bb21-39d1a415f350")]
    [InlineData("monitoring", "3913510d-42f4-4e42-8a64-420c390055eb")]
    public void Every_role_that_a_client_of_the_code_needs_is_assigned_on_that_service_alone(string module, string role)
    {
        var file = BicepFile.Module(module);
        var variable = Regex.Match(file.Text, $@"^var (\w+) = '{role}'", RegexOptions.Multiline).Groups[1].Value;
        var assignment = file.Resources.Single(resource => resource.Type == "Microsoft.Authorization/roleAssignments" && resource.Body.Contains($", {variable})", StringComparison.Ordinal));
        Assert.Contains("principalId: principalId", assignment.Body, StringComparison.Ordinal);
        Assert.Matches(@"\n  scope: \w+\n", assignment.Body);
        Assert.StartsWith("may", assignment.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_else_has_a_role()
    {
        var assigned = BicepFile.Modules.Append(BicepFile.Main).SelectMany(file => file.Resources).Count(resource => resource.Type == "Microsoft.Authorization/roleAssignments");
        Assert.Equal(6, assigned);
        var database = BicepFile.Module("database").Text;
        Assert.Equal(2, Regex.Count(database, "'sqlRoleAssignments'"));
        Assert.Contains("scope: '${account.id}/dbs/${databaseName}'", database, StringComparison.Ordinal);
    }

    [Fact]
    public void Web_PubSub_asks_the_address_of_the_app_that_takes_its_events()
    {
        var route = Functions().Single(function => function.Name == nameof(AdmitSocket)).Parameters.Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).OfType<HttpTriggerAttribute>().Single().Route;
        Assert.Contains($"eventsUrl: '${{apiOrigin}}/api/{route}'", BicepFile.Main.Text, StringComparison.Ordinal);
        Assert.Contains($"var hubName = '{ILiveDelivery.Hub}'", BicepFile.Main.Text, StringComparison.Ordinal);
        Assert.Contains("systemEvents: ['connect']", BicepFile.Module("realtime").Text, StringComparison.Ordinal);
        Assert.Equal(Connections.Local.LocalApp.SocketEventsPath, $"/api/{route}");
    }

    [Fact]
    public void Functions_that_are_kept_ready_exist_and_are_all_that_an_email_waits_for()
    {
        var ready = BicepFile.Module("functions").Text.Split("var noticeFunctions = [")[1].Split(']')[0].Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim('\''));
        var triggered = Functions().Where(f => f.Parameters.Any(p => p.IsDefined(typeof(CosmosDBTriggerAttribute)) || p.IsDefined(typeof(QueueTriggerAttribute)))).Select(f => f.Name);
        Assert.Equal(triggered.Order(StringComparer.Ordinal), ready.Order(StringComparer.Ordinal));
    }

    private static JsonObject Numbers() => JsonNode.Parse(File.ReadAllText(Path.Combine(BicepFile.Folder, "settings.json")))!.AsObject();

    private static IConfiguration Configuration(Dictionary<string, string?> settings) => new ConfigurationBuilder().AddInMemoryCollection(settings).Build();

    private static IEnumerable<string> SettingsInCode() =>
        Repository.Sources("functions")
            .SelectMany(source => ReadSetting().Matches(source).Select(match => match.Groups["name"].Value))
            .Where(name => name.Contains(':', StringComparison.Ordinal))
            .Select(name => name.Replace(":", "__", StringComparison.Ordinal)).Distinct();

    // How identity-based connections of triggers are named: the extensions' own documentation.
    private static List<string> TriggerSettings() =>
    [
        .. Triggers<CosmosDBTriggerAttribute>().SelectMany(trigger => Names(trigger.Connection!, "accountEndpoint"))
            .Concat(Triggers<QueueTriggerAttribute>().SelectMany(trigger => Names(trigger.Connection!, "queueServiceUri"))).Distinct(),
    ];

    private static IEnumerable<string> Names(string prefix, string endpoint) => [$"{prefix}__{endpoint}", $"{prefix}__credential", $"{prefix}__clientId"];

    private static IEnumerable<(string Name, ParameterInfo[] Parameters)> Functions() =>
        from type in AppTypes
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        select (function.Name, method.GetParameters());

    private static IEnumerable<T> Triggers<T>()
        where T : Attribute =>
        Functions().SelectMany(function => function.Parameters).Select(parameter => parameter.GetCustomAttribute<T>()).OfType<T>();

    [GeneratedRegex(@"((Number|Duration|Required|Url|EmailAddress)\(|Read\(configuration, |(configuration|settings)\[)""(?<name>[A-Za-z]+:[A-Za-z]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex ReadSetting();

    [GeneratedRegex(@"loadJsonContent\('\.\./cosmos/(?<name>\w+)\.json'\)", RegexOptions.ExplicitCapture)]
    private static partial Regex LoadedContainer();

    [GeneratedRegex(@"GetContainer\(Name, ""(?<name>\w+)""\)", RegexOptions.ExplicitCapture)]
    private static partial Regex UsedContainer();
}
