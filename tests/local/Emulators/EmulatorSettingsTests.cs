using System.Text.Json.Nodes;
using Connections.Cosmos;
using Connections.Http;
using Connections.Local;
using Connections.Notices;
using Connections.Safety;
using Connections.Settings;
using Microsoft.Extensions.Configuration;

namespace Connections.Tests.Local.Emulators;

/// <summary>The settings of a function app under Core Tools.</summary>
public sealed class EmulatorSettingsTests
{
    private static readonly string Example =
        File.ReadAllText(Path.Combine(Repository.Root, "functions", "Azure", "local.settings.json.example"));

    [Fact]
    public void The_example_is_what_the_emulators_print() =>
        Assert.Equal(EmulatorSettings.FileFor(EmulatorSettings.DefaultUrl) + "\n", Example);

    [Fact]
    public void Every_required_setting_is_included()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(
            JsonNode.Parse(Example)!["Values"]!.AsObject()
            .Select(value => KeyValuePair.Create(value.Key.Replace("__", ":", StringComparison.Ordinal), (string?)value.Value))).Build();

        Assert.Equal("http://localhost:7072/dev/identity", IdentitySettings.Read(settings).Issuer);
        // Links in emails lead to the function app, not to the emulators.
        Assert.Equal(LocalOptions.DefaultUrl, LinkSettings.Read(settings).ApiUrl);
        Assert.NotNull(SafetySettings.Read(settings));
        Assert.NotEmpty(settings["Email:Sender"]!);
    }

    [Theory]
    [InlineData("Cosmos", "settings[Containers.Connection]")]
    [InlineData("Storage", "settings[INoticeQueue.Connection]")]
    [InlineData("WebPubSub", "settings[\"WebPubSub\"]")]
    [InlineData("Email", "settings[\"Email\"]")]
    public void Each_services_setting_has_the_name_that_the_app_reads(string name, string read)
    {
        Assert.Contains(
            read, File.ReadAllText(Path.Combine(Repository.Root, "functions", "Azure", "AzureServices.cs")), StringComparison.Ordinal);
        Assert.Contains(name, EmulatorSettings.For(EmulatorSettings.DefaultUrl).Keys);
        Assert.Equal(("Cosmos", "Storage"), (Containers.Connection, INoticeQueue.Connection));
    }

    [Fact]
    public void The_documentation_has_the_command_for_Azurite_and_the_tests_use_its_version()
    {
        var packages =
            JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "tests", "local", "Emulators", "clients", "package.json")))!;

        Assert.Contains(
            EmulatorSettings.Azurite, File.ReadAllText(Path.Combine(Repository.Root, "docs", "local-host.md")), StringComparison.Ordinal);
        Assert.Contains($"azurite@{packages["dependencies"]!["azurite"]} ", EmulatorSettings.Azurite, StringComparison.Ordinal);
    }
}
