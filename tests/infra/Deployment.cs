using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Connections.Tests.Infra;

/// <summary>The resources that <c>azd up</c> requests, as the Bicep compiler predicts them, with names, types and properties.</summary>
/// <remarks>Values that only Azure knows, such as the id of an identity, are expressions in square
/// brackets that name their resource.</remarks>
internal sealed partial class Deployment
{
    private static readonly Lazy<(JsonNode Template, string Warnings)> Compiled = new(() => BicepCompiler.Build(BicepFile.MainPath));
    private static readonly Lazy<Deployment> OfDefaults = new(() => new Deployment([]));

    private static readonly Dictionary<string, string> Required = new(StringComparer.Ordinal)
    {
        ["environmentName"] = "'test'",
        ["location"] = "'westeurope'",
        ["identityIssuer"] = "'https://issuer.example'",
        ["identityAudience"] = "'connections'",
        ["webClientId"] = "'client'",
        ["webScope"] = "'openid'",
        ["supportAddress"] = "'support@example.com'",
    };

    private Deployment(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var given = new Dictionary<string, string>(Required, StringComparer.Ordinal);
        foreach (var (name, value) in parameters)
        {
            given[name] = value;
        }

        Resources = [.. BicepCompiler.Evaluate(BicepFile.MainPath, given)["predictedResources"]!
            .AsArray().Select(resource => new Resource(resource!.AsObject()))];
    }

    /// <summary>The deployment with the defaults of all optional parameters.</summary>
    public static Deployment Default => OfDefaults.Value;

    /// <summary>The compiled template of main.bicep.</summary>
    public static JsonNode Template => Compiled.Value.Template;

    /// <summary>The warnings of the compiler and its linter for main.bicep and its modules.</summary>
    public static string Warnings => Compiled.Value.Warnings;

    /// <summary>The compiled template of a module, by the name that main.bicep deploys it under.</summary>
    public static JsonNode Module(string name) => Modules.Single(module => module.Name == name).Template;

    /// <summary>The compiled template of each module.</summary>
    public static IEnumerable<(string Name, JsonNode Template)> Modules =>
        from resource in Template["resources"]!.AsArray()
        where resource!["type"]!.ToString() == "Microsoft.Resources/deployments"
        select (resource["name"]!.ToString(), resource["properties"]!["template"]!);

    /// <summary>All deployed resources.</summary>
    public IReadOnlyList<Resource> Resources { get; }

    /// <summary>The deployment with some parameters set, as Bicep writes their values.</summary>
    public static Deployment With(params IEnumerable<(string Name, string Value)> parameters) =>
        new(parameters.Select(p => KeyValuePair.Create(p.Name, p.Value)));

    /// <summary>The resources of a type.</summary>
    public IEnumerable<Resource> Of(string type) => Resources.Where(resource => resource.Type == type);

    /// <summary>The function app's settings.</summary>
    public IReadOnlyDictionary<string, string> AppSettings() =>
        Of("Microsoft.Web/sites").Single().Properties["siteConfig"]!["appSettings"]!.AsArray()
            .ToDictionary(
                setting => setting!["name"]!.ToString(), setting => setting!["value"]!.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Every role assignment, including those within Cosmos DB.</summary>
    public IEnumerable<Grant> Grants() =>
        from assignment in Resources
        where assignment.Type.EndsWith("oleAssignments", StringComparison.Ordinal)
        let scope = assignment.Properties["scope"]?.ToString() ?? Scope().Match(assignment.Id).Groups["scope"].Value
        select new Grant(
            Named(Identity().Match(assignment.Properties["principalId"]!.ToString()).Groups["id"].Value), Named(scope), Role(
                assignment.Properties["roleDefinitionId"]!.ToString()));

    private Resource Named(string id) => Resources.Single(resource => resource.Id == id);

    // A custom role by its name without the unique suffix; a built-in role by its id.
    private string Role(string definition) =>
        Of("Microsoft.Authorization/roleDefinitions").SingleOrDefault(own => own.Id.Split('/')[^1] == definition.Split('/')[^1]) is { } role
            ? role.Properties["roleName"]!.ToString().Split(" (")[0]
            : definition.Split('/')[^1];

    /// <summary>A resource.</summary>
    internal sealed record Resource(JsonObject Json)
    {
        public string Id => Json["id"]!.ToString();

        public string Type => Json["type"]!.ToString();

        public string Name => Json["name"]!.ToString();

        public JsonNode Properties => Json["properties"]!;
    }

    /// <summary>A role assignment.</summary>
    internal sealed record Grant(Resource Identity, Resource On, string Role);

    [GeneratedRegex(
        @"^(\[extensionResourceId\('(?<scope>[^']+)'|(?<scope>/.+?)/providers/Microsoft\.Authorization/)", RegexOptions.ExplicitCapture)]
    private static partial Regex Scope();

    [GeneratedRegex(@"^\[reference\('(?<id>[^']+)', '[^']+'(, 'full'\)\.identity|\))\.principalId\]$", RegexOptions.ExplicitCapture)]
    private static partial Regex Identity();
}
