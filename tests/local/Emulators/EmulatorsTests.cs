using System.Net;
using System.Text.Json.Nodes;
using Connections.Cosmos;
using Connections.Local;
using Connections.Local.DemoData;
using Connections.Members;
using Microsoft.Azure.Cosmos;

namespace Connections.Tests.Local.Emulators;

/// <summary>The host of the emulators: its data, its addresses and its access checks.</summary>
public sealed class EmulatorsTests(EmulatorsFixture emulators) : IClassFixture<EmulatorsFixture>
{
    [Fact]
    public async Task The_demo_members_are_in_the_database()
    {
        var options = Containers.ClientOptions();
        options.ConnectionMode = ConnectionMode.Gateway;
        options.LimitToEndpoint = true;
        using var client = new CosmosClient(emulators.Setting("Cosmos"), options);

        var members = new MemberStore(new Containers(client), TimeProvider.System);

        Assert.Equal("Maya Okafor", (await members.FindAsync(DemoCast.CreatorId, default))!.Value.DisplayName);
    }

    [Fact]
    public async Task The_issuer_is_that_of_the_apps_settings()
    {
        var discovery = JsonNode.Parse(
            await emulators.Host.AnonymousClient()
            .GetStringAsync(emulators.Setting("Identity__Issuer") + "/.well-known/openid-configuration"))!;

        Assert.Equal(emulators.Setting("Identity__Issuer"), (string?)discovery["issuer"]);
    }

    [Theory]
    [InlineData("/api/me")]
    [InlineData("/api/health")]
    public async Task No_function_runs(string path) =>
        Assert.Equal(HttpStatusCode.NotFound, (await emulators.Host.AnonymousClient().GetAsync(path)).StatusCode);

    [Fact]
    public async Task The_root_redirects_browsers_to_the_development_page()
    {
        var answer = await emulators.Host.AnonymousClient().GetAsync("/");

        Assert.Equal((HttpStatusCode.Redirect, "/dev"), (answer.StatusCode, answer.Headers.Location?.OriginalString));
        var page = await emulators.Host.AnonymousClient().GetStringAsync("/dev");
        Assert.Contains(new Uri(EmulatorSettings.Functions, "/api").AbsoluteUri, page, StringComparison.Ordinal);
        Assert.DoesNotContain("functions</h2>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/dbs/connections")]
    [InlineData("/dev/mail.json")]
    [InlineData("/emails/operations/1")]
    [InlineData("/client/hubs/connections")]
    [InlineData("/api/hubs/connections/users/ada")]
    public async Task A_foreign_host_name_is_refused(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = "evil.example";

        Assert.Equal(HttpStatusCode.Forbidden, (await emulators.Host.AnonymousClient().SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("GET", "/dbs/connections")]
    [InlineData("POST", "/dbs/connections/colls/members/docs")]
    [InlineData("POST", "/emails:send?api-version=2025-09-01")]
    [InlineData("GET", "/emails/operations/2f4a5d0e-0000-4000-8000-000000000000?api-version=2025-09-01")]
    [InlineData("HEAD", "/api/hubs/connections/users/ada")]
    [InlineData("POST", "/api/hubs/connections/users/ada/:send")]
    [InlineData("GET", "/client/hubs/connections")]
    public async Task Requests_without_a_key_are_refused(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        Assert.Equal(HttpStatusCode.Unauthorized, (await emulators.Host.AnonymousClient().SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task The_local_host_serves_no_emulator()
    {
        await using var product = await LocalHostFixture.StartAsync();
        await using var cosmos = await JavaScriptClient.StartAsync("cosmos", EmulatorSettings.For(product.Url)["Cosmos"]);
        await using var pubsub = await JavaScriptClient.StartAsync("pubsub", EmulatorSettings.For(product.Url)["WebPubSub"]);
        await using var email = await JavaScriptClient.StartAsync("email", EmulatorSettings.For(product.Url)["Email"]);
        object[] to = [new { address = "a@example.com" }];

        await cosmos.RefusedAsync("read", new { id = "1", partition = "p" });
        Assert.Equal(404, (await pubsub.RefusedAsync("send", new { user = "ada", message = new { n = 1 } })).Status);
        await email.RefusedAsync(
            "send",
            new
            {
                message = new
                {
                    senderAddress = "s@example.com", content = new { subject = "s", plainText = "t" }, recipients = new { to },
                },
            });
        var url = (string)(await pubsub.CallAsync("access", new { user = "ada", minutes = 5 }))!;
        Assert.Equal(HttpStatusCode.Unauthorized, await WebPubSub.SocketClient.RefusalAsync(new Uri(url), WebPubSub.SocketClient.Json));
        Assert.Empty(await product.OutboxAsync());
    }
}
