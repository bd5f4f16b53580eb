using Connections.Settings;
using Microsoft.Extensions.Configuration;

namespace Connections.Tests.Functions;

public sealed class LinkSettingsTests
{
    [Theory]
    [InlineData("https://connections.example", "https://connections.example/api/x")]
    [InlineData("https://connections.example/", "https://connections.example/api/x")]
    [InlineData("https://example.com/connections", "https://example.com/connections/api/x")]
    [InlineData("http://localhost:7071", "http://localhost:7071/api/x")]
    public void Links_lead_below_the_base(string baseUrl, string link) => Assert.Equal(new Uri(link), Read(baseUrl).To("api/x"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("connections.example")]
    [InlineData("ftp://connections.example")]
    [InlineData("https://connections.example/?a=b")]
    [InlineData("https://connections.example/#top")]
    [InlineData("https://user@connections.example/")]
    public void A_base_that_links_cannot_be_built_on_stops_the_start_and_is_named(string? baseUrl) =>
        Assert.Contains("Web__BaseUrl", Assert.Throws<SettingException>(() => Read(baseUrl)).Message, StringComparison.Ordinal);

    private static LinkSettings Read(string? baseUrl) =>
        LinkSettings.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Web:BaseUrl", baseUrl)]).Build());
}
