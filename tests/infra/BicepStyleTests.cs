using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Connections.Tests.Infra;

/// <summary>The Bicep files compile without warnings, and agree with the other files that azd reads.</summary>
public sealed class BicepStyleTests
{
    [BicepFact]
    public void The_compiler_and_its_linter_give_no_warnings()
    {
        // Compiling main.bicep compiles the modules too, and reports their warnings.
        Assert.Equal("", Deployment.Warnings);
        var main = BicepFile.All.Single(file => file.Name == "main.bicep");
        Assert.All(
            BicepFile.All.Except([main]), module => Assert.Contains($"'modules/{module.Name}'", main.Text, StringComparison.Ordinal));
    }

    [BicepFact]
    public void Every_parameter_and_output_is_described()
    {
        var described = Deployment.Modules.Append(("main", Deployment.Template))
            .SelectMany(
                file => new[] { file.Item2["parameters"], file.Item2["outputs"] }.SelectMany(declared => declared?.AsObject() ?? []));
        Assert.All(described, declared => Assert.False(
            string.IsNullOrWhiteSpace(declared.Value!["metadata"]?["description"]?.ToString()), $"{declared.Key} is not described."));
    }

    [Fact]
    public void No_secret_is_a_parameter_read_or_set() => Assert.All(
        BicepFile.All,
        file => Assert.DoesNotMatch(
            @"(?i)listKeys|listConnectionStrings|listCredentials|@secure|\bkey\d?:|primaryKey|sharedKey|password",
            file.Text.Replace("allowSharedKeyAccess: false", "", StringComparison.Ordinal)
                .Replace("key: 'data.status'", "", StringComparison.Ordinal)));

    [BicepFact]
    public void Every_resource_that_can_be_tagged_is_tagged_and_named_by_its_kind()
    {
        string[] unnamed =
        [
            "Microsoft.Authorization/roleAssignments", "Microsoft.Authorization/roleDefinitions",
            "Microsoft.Security/defenderForStorageSettings",
        ];
        var whole = Deployment.With(("monthlyBudget", "10")).Resources
            .Where(resource => resource.Type.Count(c => c == '/') == 1 && !unnamed.Contains(resource.Type)).ToList();
        var kinds = JsonNode.Parse(File.ReadAllText(Path.Combine(BicepFile.Folder, "abbreviations.json")))!
            .AsObject().Select(kind => kind.Value!.ToString()).ToList();
        Assert.All(whole, resource => Assert.Contains(kinds, kind => resource.Name.StartsWith(kind, StringComparison.Ordinal)));
        Assert.All(kinds, kind => Assert.Contains(whole, resource => resource.Name.StartsWith(kind, StringComparison.Ordinal)));
        Assert.All(
            whole.Where(resource => resource.Type != "Microsoft.Consumption/budgets"),
            resource => Assert.Equal("test", resource.Json["tags"]?["azd-env-name"]?.ToString()));
    }

    [BicepFact]
    public void The_parameters_file_lists_exactly_the_parameters_of_Bicep() =>
        Assert.Equal(Parameters().Select(parameter => parameter.Key).Order(StringComparer.Ordinal), ParametersFile()
            .Select(parameter => parameter.Key).Order(StringComparer.Ordinal));

    [BicepFact]
    public void The_defaults_of_the_parameters_file_are_those_of_Bicep()
    {
        var given = ParametersFile();
        var constant =
            Parameters().Where(parameter => parameter.Value!["defaultValue"] is { } value && !value.ToString().StartsWith('[')).ToList();
        Assert.True(constant.Count > 10);
        Assert.All(
            constant,
            parameter => Assert.Matches(
                $@"^\$\{{[A-Z_]+={Regex.Escape(Text(parameter.Value!["defaultValue"]!))}\}}$", given[parameter.Key]!["value"]!.ToString()));
    }

    [BicepFact]
    public void Azd_finds_the_services_by_their_tags()
    {
        var azd = File.ReadAllText(Path.Combine(Repository.Root, "azure.yaml"));
        var tagged = Deployment.Default.Resources.Select(resource => resource.Json["tags"]?["azd-service-name"]?.ToString())
            .OfType<string>().Order(StringComparer.Ordinal);
        Assert.Equal(["functions", "web"], tagged);
        var folders = tagged.Select(service => Regex.Match(azd, $@"\n  {service}:\n    project: \./(.+)\n").Groups[1].Value).ToList();
        Assert.True(File.Exists(Path.Combine(Repository.Root, folders[0], "Connections.Azure.csproj")));
        Assert.True(File.Exists(Path.Combine(Repository.Root, folders[1], "package.json")));
    }

    [Fact]
    public void The_app_has_a_user_secrets_id_so_that_azd_does_not_write_one_into_the_project() =>
        Assert.Matches(
            "<UserSecretsId>[0-9a-f-]{36}</UserSecretsId>",
            File.ReadAllText(Path.Combine(Repository.Root, "functions", "Azure", "Connections.Azure.csproj")));

    private static JsonObject Parameters() => Deployment.Template["parameters"]!.AsObject();

    private static JsonObject ParametersFile() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(BicepFile.Folder, "main.parameters.json")))!["parameters"]!.AsObject();

    // The text of a literal as azd writes it.
    private static string Text(JsonNode value) => value.ToJsonString().Trim('"');
}
