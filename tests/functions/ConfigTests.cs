using System.Net;
using Connections.Clients;
using Connections.Http;
using Connections.Settings;
using Microsoft.Extensions.Configuration;

namespace Connections.Tests.Functions;

/// <summary>What an app reads before anybody signs in.</summary>
public sealed class ConfigTests
{
    [Fact]
    public async Task An_app_learns_where_to_sign_in_and_what_fits_without_a_token()
    {
        await using var host = await LocalHostFixture.StartAsync(o => o with
        {
            Creators = 0,
            Settings = new Dictionary<string, string?>
            {
                ["Clients:Ids"] = "web=w-1 ios=i-1",
                ["Clients:Oldest"] = "ios=1.4.0 android=2.0.1",
                ["Chat:MaxText"] = "200",
                ["Chat:EditFor"] = "00:01:30",
                ["Chat:SavedTextsAtMost"] = "7",
            },
        });
        var anybody = host.AnonymousClient();
        var config = await anybody.ReadAsync("/api/config");
        Assert.Equal((HttpStatusCode.OK, "public, max-age=300"), (config.Status, $"{config.Headers.CacheControl}"));
        Assert.Equal(
            ["android  2.0.1", "ios i-1 1.4.0", "web w-1 "],
            config["clients"].AsArray().Select(app => $"{app!["name"]} {app["clientId"]} {app["oldestVersion"]}"));
        Assert.Equal((200, 90), ((int)config["limits"]["message"]!, (int)config["editSeconds"]));
        Assert.Equal((7, 60), ((int)config["limits"]["savedTexts"]!, (int)config["limits"]["savedTextName"]!));

        var discovery = await anybody.ReadAsync($"{config["identity"]["discovery"]}");
        Assert.Equal($"{config["identity"]["issuer"]}", $"{discovery["issuer"]}");
        Assert.StartsWith($"{config["identity"]["issuer"]}", $"{config["identity"]["discovery"]}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:7071/dev/.well-known/openid-configuration", "http://localhost:7071/dev/.well-known/openid-configuration")]
    [InlineData("https://login.example.com/policy/discovery", "https://login.example.com/policy/discovery")]
    public void An_app_is_not_sent_to_an_address_that_only_this_machine_reaches(string metadata, string discovery) => Assert.Equal(
        discovery,
        new IdentitySettings("http://localhost:7071/dev", "connections", new Uri(metadata), "oid").Discovery.AbsoluteUri);

    [Theory]
    [InlineData("Clients:Oldest", "ios=1.4")]
    [InlineData("Clients:Oldest", "ios")]
    [InlineData("Clients:Ids", "web=1 web=2")]
    [InlineData("Clients:Ids", "=1")]
    public void A_malformed_setting_stops_the_start(string name, string value) => Assert.Contains(
        name.Replace(":", "__", StringComparison.Ordinal),
        Assert.Throws<SettingException>(() =>
            ClientsSettings.Read(new ConfigurationBuilder().AddInMemoryCollection([new(name, value)]).Build())).Message,
        StringComparison.Ordinal);
}
