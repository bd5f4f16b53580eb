using Connections.Local.Worker;
using Newtonsoft.Json;

namespace Connections.Tests.Local.Worker;

public sealed class HostSettingsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void Settings_missing_from_host_json_have_the_Functions_hosts_defaults()
    {
        var settings = Read("""{ "version": "2.0", "extensions": { "queues": { "messageEncoding": "none" } } }""");

        Assert.Equal(
            new HostSettings("api", new QueueSettings(16, 8, 5, TimeSpan.Zero, TimeSpan.FromMinutes(1)), DateParseHandling.DateTime),
            settings);
    }

    [Fact]
    public void Settings_in_host_json_apply()
    {
        var settings = Read("""
            { "extensions": {
                "cosmosDB": { "serializerSettings": { "dateParseHandling": "none" } },
                "http": { "routePrefix": "v1/api/" },
                "queues": { "messageEncoding": "none", "batchSize": 4, "newBatchThreshold": 1, "maxDequeueCount": 2,
                            "visibilityTimeout": "00:00:30", "maxPollingInterval": "00:00:05" } } }
            """);

        Assert.Equal(
            new HostSettings(
                "v1/api", new QueueSettings(4, 1, 2, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5)), DateParseHandling.None), settings);
    }

    [Theory]
    [InlineData("batchSize", "33")]
    [InlineData("batchSize", "\"many\"")]
    [InlineData("newBatchThreshold", "-1")]
    [InlineData("maxDequeueCount", "0")]
    [InlineData("visibilityTimeout", "\"10 seconds\"")]
    [InlineData("maxPollingInterval", "\"00:00:00.05\"")]
    public void A_malformed_setting_is_named(string name, string value)
    {
        var e = Assert.Throws<InvalidDataException>(
            () => Read($$"""{ "extensions": { "queues": { "messageEncoding": "none", "{{name}}": {{value}} } } }"""));

        Assert.StartsWith($"extensions.queues.{name} in host.json must be ", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_date_handling_of_the_change_feed_is_refused() => Assert.Contains(
        "dateParseHandling",
        Assert.Throws<InvalidDataException>(
            () =>
                Read("""{ "extensions": { "queues": { "messageEncoding": "none" }, "cosmosDB": { "serializerSettings": { "dateParseHandling": "never" } } } }""")).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "version": "2.0" }""")]
    [InlineData("""{ "extensions": { "queues": { "messageEncoding": "base64" } } }""")]
    public void Queues_that_would_expect_base64_are_refused(string hostJson)
    {
        Assert.Contains("messageEncoding", Assert.Throws<InvalidDataException>(() => Read(hostJson)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private HostSettings Read(string hostJson)
    {
        var path = _folder.File("host.json");
        File.WriteAllText(path, hostJson);
        return HostSettings.Read(path);
    }
}
