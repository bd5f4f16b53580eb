using System.Net;
using System.Text.Json.Nodes;
using Connections.Settings;

namespace Connections.Tests.Local.Web;

public sealed class ClientSettingsTests
{
    [Fact]
    public async Task The_defaults_are_those_of_development()
    {
        await using var host = await LocalHostFixture.StartAsync();

        var answer = await host.AnonymousClient().ReadAsync("/config.json");

        var here = host.Url.GetLeftPart(UriPartial.Authority);
        Assert.Equal(
            $$$"""{"api":"","signIn":{"kind":"development"},"support":"support@example.com","limits":{"note":300,"message":4000,"details":1000,"editSeconds":900},"pictures":["{{{here}}}"]}""",
            answer.Body!.ToJsonString());
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task With_OpenID_Connect_they_name_the_issuer()
    {
        await using var host = await StartAsync(("Web:SignIn", "oidc"), ("Safety:SupportAddress", "care@example.com"));

        var settings = (await host.AnonymousClient().ReadAsync("/config.json")).Body!;

        Assert.Equal("care@example.com", (string?)settings["support"]);
        Assert.True(JsonNode.DeepEquals(settings["signIn"], new JsonObject
        {
            ["kind"] = "oidc",
            ["authority"] = new Uri(host.Url, "/dev/identity").AbsoluteUri,
            ["clientId"] = "connections-web",
            ["scope"] = "openid profile email offline_access",
        }));
        var discovery = await host.AnonymousClient().ReadAsync(settings["signIn"]!["authority"] + "/.well-known/openid-configuration");
        Assert.Equal(HttpStatusCode.OK, discovery.Status);
    }

    [Fact]
    public async Task They_contain_the_limits_from_the_functions_settings()
    {
        await using var host = await StartAsync(
            ("Invites:MaxNote", "200"), ("Chat:MaxText", "500"), ("Safety:MaxDetails", "50"), ("Chat:EditFor", "1.00:00:00"));

        var settings = (await host.AnonymousClient().ReadAsync("/config.json")).Body!;

        Assert.Equal("""{"note":200,"message":500,"details":50,"editSeconds":86400}""", settings["limits"]!.ToJsonString());
    }

    [Fact]
    public async Task Pictures_come_from_this_host_and_from_those_of_the_load_alone()
    {
        await using var host = await StartAsync(("Load:AvatarHosts", "CDN.example.com img.example.org"));

        var answer = await host.AnonymousClient().ReadAsync("/config.json");

        var here = host.Url.GetLeftPart(UriPartial.Authority);
        string[] origins = [here, "https://cdn.example.com", "https://img.example.org"];
        Assert.Equal(origins, answer["pictures"].AsArray().Select(origin => (string?)origin));
        Assert.Contains(
            $"; img-src 'self' {string.Join(' ', origins)} data: blob:; ",
            answer.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal);
        var config = await host.AnonymousClient().ReadAsync("/api/config");
        Assert.Equal("""["cdn.example.com","img.example.org"]""", config["avatarHosts"].ToJsonString());
    }

    [Theory]
    [InlineData("https://cdn.example.com")]
    [InlineData("cdn.example.com/pictures")]
    [InlineData("*.example.com")]
    [InlineData("cdn.example.com,img.example.org")]
    [InlineData("cdn")]
    public async Task A_malformed_host_of_pictures_stops_the_start(string hosts)
    {
        var refusal = await Assert.ThrowsAsync<SettingException>(() => StartAsync(("Load:AvatarHosts", hosts)));

        Assert.Contains("Load__AvatarHosts", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_policy_allows_calls_to_another_issuer()
    {
        // The issuer is unreachable, which does not stop the start.
        await using var host = await StartAsync(
            ("Web:SignIn", "oidc"), ("Identity:Issuer", "https://login.example.com/tenant"), (
                "Identity:Metadata", "http://127.0.0.1:1/.well-known/openid-configuration"));

        var answer = await host.AnonymousClient().GetAsync("/config.json");

        Assert.Contains(
            " https://login.example.com;", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_way_to_sign_in_stops_the_start()
    {
        var refusal = await Assert.ThrowsAsync<SettingException>(() => StartAsync(("Web:SignIn", "saml")));

        Assert.Contains("Web__SignIn", refusal.Message, StringComparison.Ordinal);
    }

    private static Task<LocalHostFixture> StartAsync(params (string Name, string Value)[] settings) =>
        LocalHostFixture.StartAsync(
            options => options with { Settings = settings.ToDictionary(setting => setting.Name, setting => (string?)setting.Value) });
}
