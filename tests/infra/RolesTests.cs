using System.Text.RegularExpressions;

namespace Connections.Tests.Infra;

/// <summary>The deployed roles of each identity are exactly those in docs/security.md.</summary>
public sealed partial class RolesTests
{
    // Built-in roles by Azure's own ids.
    private static readonly Dictionary<string, string> BuiltIn = new(StringComparer.Ordinal)
    {
        ["b7e6dc6d-f1e8-4753-8033-0f276bb0955b"] = "Storage Blob Data Owner",
        ["ba92f5b4-2d11-453d-a403-e96b0029c9fe"] = "Storage Blob Data Contributor",
        ["db58b8e5-c6ad-4a2a-8342-4190687cbf4a"] = "Storage Blob Delegator",
        ["974c5e8b-45b9-4653-ba55-5f855dd0fb88"] = "Storage Queue Data Contributor",
        ["0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3"] = "Storage Table Data Contributor",
        ["00000000-0000-0000-0000-000000000002"] = "Cosmos DB Built-in Data Contributor",
        ["12cf5a90-567b-43ae-8102-96cf46c7d9b4"] = "Web PubSub Service Owner",
        ["3913510d-42f4-4e42-8a64-420c390055eb"] = "Monitoring Metrics Publisher",
        ["c6a89b2d-59bc-44d0-9896-0f6e12d7b80a"] = "Storage Queue Data Message Sender",
    };

    private static readonly Dictionary<string, string> Services = new(StringComparer.Ordinal)
    {
        ["st"] = "Storage", ["stpkg"] = "Storage of the package", ["stfiles"] = "Storage of files",
        ["cosmos-"] = "Cosmos DB", ["wps-"] = "Web PubSub",
        ["acs-"] = "Communication Services", ["appi-"] = "Application Insights",
    };

    [BicepFact]
    public void The_deployed_roles_are_those_in_the_security_documentation()
    {
        var deployed = Deployment.Default.Grants()
            .Select(
                grant => $"{Identity(grant.Identity)} | {Services[Kind(grant.On)]} | {BuiltIn.GetValueOrDefault(grant.Role, grant.Role)}")
            .Order(StringComparer.Ordinal);
        var documented = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md")))
            .Select(row => row.Groups["grant"].Value).Order(StringComparer.Ordinal);
        Assert.Equal(documented, deployed);
    }

    [BicepFact]
    public void Every_role_is_assigned_on_a_single_service_and_not_on_the_resource_group() =>
        Assert.All(Deployment.Default.Grants(), grant => Assert.DoesNotContain("resourceGroups", grant.On.Type, StringComparison.Ordinal));

    [BicepFact]
    public void The_email_role_has_only_the_actions_that_sending_needs()
    {
        var role = Assert.Single(Deployment.Default.Of("Microsoft.Authorization/roleDefinitions"));
        Assert.Equal(
            [
                "Microsoft.Communication/CommunicationServices/Read", "Microsoft.Communication/CommunicationServices/Write",
                "Microsoft.Communication/EmailServices/write"],
            role.Properties["permissions"]!.AsArray().SelectMany(permission => permission!["actions"]!.AsArray())
                .Select(action => action!.ToString()));
        Assert.EndsWith(
            "/resourceGroups/rg-test", Assert.Single(role.Properties["assignableScopes"]!.AsArray())!.ToString(), StringComparison.Ordinal);
    }

    [BicepFact]
    public void Every_service_refuses_keys()
    {
        var whole = Deployment.Default;
        Assert.All(whole.Of("Microsoft.Storage/storageAccounts"), account =>
            Assert.False(account.Properties["allowSharedKeyAccess"]!.GetValue<bool>()));
        foreach (var (type, property) in new[]
        {
            ("Microsoft.DocumentDB/databaseAccounts", "disableLocalAuth"), ("Microsoft.SignalRService/webPubSub", "disableLocalAuth"),
            ("Microsoft.Communication/communicationServices", "disableLocalAuth"), ("Microsoft.Insights/components", "DisableLocalAuth"),
        })
        {
            Assert.True(whole.Of(type).Single().Properties[property]?.GetValue<bool>(), type);
        }
    }

    [BicepFact]
    public void The_apps_identity_has_no_access_to_the_storage_of_the_package()
    {
        var app = Deployment.Default.Of("Microsoft.Web/sites").Single();
        var storage = app.Properties["functionAppConfig"]!["deployment"]!["storage"]!;
        var account = Deployment.Default.Of("Microsoft.Storage/storageAccounts")
            .Single(account => storage["value"]!.ToString().Contains($"'{account.Id}'", StringComparison.Ordinal));
        var identity = storage["authentication"]!["userAssignedIdentityResourceId"]!.ToString();
        Assert.Equal(identity, Assert.Single(Deployment.Default.Grants(), grant => grant.On == account).Identity.Id);
        Assert.Single(Deployment.Default.Grants(), grant => grant.Identity.Id == identity);

        // Every client of the app names its identity.
        var named = Deployment.Default
            .AppSettings().Where(setting => setting.Key.EndsWith("clientId", StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.True(named.Count >= 4);
        Assert.All(named, setting => Assert.DoesNotContain(identity, setting.Value, StringComparison.Ordinal));
        Assert.Contains(identity, app.Json["identity"]!["userAssignedIdentities"]!.AsObject().Select(assigned => assigned.Key));
    }

    [BicepFact]
    public void The_database_assigns_its_role_once_after_the_containers_and_defines_no_role()
    {
        var resources = Deployment.Module("database")["resources"]!.AsArray().ToList();
        Assert.DoesNotContain(
            resources, resource => resource!["type"]!.ToString().EndsWith("sqlRoleDefinitions", StringComparison.Ordinal));
        var assignment = Assert.Single(
            resources, resource => resource!["type"]!.ToString().EndsWith("sqlRoleAssignments", StringComparison.Ordinal))!;
        var containers = resources.Single(
            resource => resource!["type"]!.ToString().EndsWith("/containers", StringComparison.Ordinal))!["copy"]!["name"]!.ToString();
        Assert.Contains(containers, assignment["dependsOn"]!.AsArray().Select(awaited => awaited!.ToString()));
    }

    private static string Identity(Deployment.Resource identity)
    {
        switch (identity.Type)
        {
            case "Microsoft.EventGrid/systemTopics":
                return "reports";
            case "Microsoft.EventGrid/topics":
                return "scans";
        }

        Assert.Equal("Microsoft.ManagedIdentity/userAssignedIdentities", identity.Type);
        return identity.Name.StartsWith("id-package-", StringComparison.Ordinal) ? "package" : "app";
    }

    // A name without its unique suffix.
    private static string Kind(Deployment.Resource resource) =>
        Services.Keys.Where(kind => resource.Name.StartsWith(kind, StringComparison.Ordinal)).MaxBy(kind => kind.Length)!;

    [GeneratedRegex(
        @"^\| (?<grant>(app|package|reports|scans) \| [^|]+ \| [^|]+?) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Row();
}
