using System.Net;
using System.Security.Cryptography;
using Connections.Chat;
using Connections.Emulators.WebPubSub;
using Microsoft.Extensions.Time.Testing;
using static Connections.Tests.Local.WebPubSub.PubSubHost;

namespace Connections.Tests.Local.WebPubSub;

public sealed class AccessTests
{
    [Fact]
    public async Task A_client_URL_is_a_WebSocket_URL_of_the_host_with_the_stated_lifetime()
    {
        await using var host = await StartAsync();

        var access = host.Service.GetClientUrl(Ada.Value, TimeSpan.FromMinutes(10));

        Assert.Equal(("ws", "127.0.0.1", "/client/hubs/connections"), (access.Url.Scheme, access.Url.Host, access.Url.AbsolutePath));
        Assert.Equal(host.Clock.GetUtcNow().AddMinutes(10), access.ExpiresAt);
        host.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        await using var client = await SocketClient.ConnectAsync(access.Url, SocketClient.Json);
        Assert.Equal("ada", (string?)(await client.ReceiveAsJsonAsync())["userId"]);
    }

    [Fact]
    public void A_host_on_https_gives_wss_URLs()
    {
        var options =
            new LocalWebPubSubOptions(ILiveDelivery.Hub, () => new Uri("https://connections.example"), RandomNumberGenerator.GetBytes(32));
        using var service = new LocalWebPubSub(
            options, new FakeTimeProvider(), Microsoft.Extensions.Logging.Abstractions.NullLogger<LocalWebPubSub>.Instance);

        var url = service.GetClientUrl(Ada.Value, TimeSpan.FromMinutes(1)).Url;

        Assert.StartsWith("wss://connections.example/client/hubs/connections?access_token=", url.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_token_is_refused()
    {
        await using var host = await StartAsync();
        var url = host.Access(Ada);

        host.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(HttpStatusCode.Unauthorized, await SocketClient.RefusalAsync(url, SocketClient.Json));
    }

    [Fact]
    public async Task A_token_signed_with_another_key_is_refused()
    {
        await using var host = await StartAsync();
        await using var other = await StartAsync();
        var forged = new UriBuilder(host.Access(Ada)) { Query = other.Access(Ada).Query }.Uri;

        Assert.Equal(HttpStatusCode.Unauthorized, await SocketClient.RefusalAsync(forged, SocketClient.Json));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?access_token=")]
    [InlineData("?access_token=nonsense")]
    [InlineData("?access_token=eyJhbGciOiJub25lIn0.eyJhdWQiOiIvY2xpZW50L2h1YnMvY29ubmVjdGlvbnMiLCJzdWIiOiJhZGEiLCJleHAiOjQxMDI0NDQ4MDB9.")]
    public async Task A_client_without_a_signed_token_is_refused(string query)
    {
        await using var host = await StartAsync();
        var url = new UriBuilder(host.Access(Ada)) { Query = query }.Uri;

        Assert.Equal(HttpStatusCode.Unauthorized, await SocketClient.RefusalAsync(url, SocketClient.Reliable));
    }

    [Fact]
    public async Task A_token_is_for_one_hub()
    {
        await using var host = await StartAsync();
        var url = new UriBuilder(host.Access(Ada)) { Path = "/client/hubs/other" }.Uri;

        Assert.Equal(HttpStatusCode.Unauthorized, await SocketClient.RefusalAsync(url, SocketClient.Json));
    }

    [Fact]
    public async Task The_hub_can_be_in_the_query()
    {
        await using var host = await StartAsync();
        var access = host.Access(Ada);
        var url = new UriBuilder(access) { Path = "/client/", Query = $"hub={ILiveDelivery.Hub}&{access.Query[1..]}" }.Uri;

        await using var client = await SocketClient.ConnectAsync(url, SocketClient.Json);

        Assert.Equal("connected", (string?)(await client.ReceiveAsJsonAsync())["event"]);
    }

    [Fact]
    public async Task A_URL_works_after_a_restart_with_the_same_key()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "webpubsub.key");
        var first = await StartAsync(SigningKeyFile.ReadOrCreate(file));
        var query = first.Access(Ada).Query;
        await first.DisposeAsync();

        await using var second = await StartAsync(SigningKeyFile.ReadOrCreate(file));
        await using var client =
            await SocketClient.ConnectAsync(new UriBuilder(second.Access(Bob)) { Query = query }.Uri, SocketClient.Json);

        Assert.Equal("ada", (string?)(await client.ReceiveAsJsonAsync())["userId"]);
    }

    [Fact]
    public void A_damaged_key_file_stops_the_start()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "webpubsub.key");
        File.WriteAllText(file, "short");

        var e = Assert.Throws<InvalidDataException>(() => SigningKeyFile.ReadOrCreate(file));

        Assert.Contains(file, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_subprotocol_is_refused()
    {
        await using var host = await StartAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await SocketClient.RefusalAsync(host.Access(Ada), "protobuf.webpubsub.azure.v1"));
    }

    [Fact]
    public async Task A_request_that_is_not_a_WebSocket_handshake_is_refused()
    {
        await using var host = await StartAsync();
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new UriBuilder(host.Access(Ada)) { Scheme = "http" }.Uri);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task No_token_is_logged_at_any_level()
    {
        await using var host = await StartAsync();
        var url = host.Access(Ada);
        var token = url.Query["?access_token=".Length..];

        await using var client = await SocketClient.ConnectAsync(url, SocketClient.Reliable);
        var connected = await client.ReceiveAsJsonAsync();
        await client.CloseAsync();
        await SocketClient.RefusalAsync(new Uri(url.AbsoluteUri + "x"), SocketClient.Json);
        await host.StopAsync();

        Assert.Contains(host.Log.Lines, line => line.Contains((string)connected["connectionId"]!, StringComparison.Ordinal));
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains(token, StringComparison.Ordinal));
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains((string)connected["reconnectionToken"]!, StringComparison.Ordinal));
    }
}
