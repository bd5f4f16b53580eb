using System.Net;
using Connections.Emulators.WebPubSub;
using Connections.Local;
using Connections.Tests.Local.WebPubSub;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Local.Emulators;

/// <summary>The unmodified <c>@azure/web-pubsub</c> as the application, and <c>@azure/web-pubsub-client</c> as a member.</summary>
public sealed class WebPubSubClientTests(EmulatorsFixture emulators) : IClassFixture<EmulatorsFixture>
{
    [Fact]
    public async Task A_message_to_a_user_reaches_their_client()
    {
        await using var service = await emulators.ClientAsync("pubsub", "WebPubSub");
        Assert.Equal("ada", (string?)await service.CallAsync("open", new { user = "ada" }));

        await service.CallAsync("send", new { user = "bob", message = new { n = 0 } });
        await service.CallAsync("send", new { user = "ada", message = new { type = "message.created", text = "čaj ☕" } });

        var received =
            await Calls.EventuallyAsync(async () => (await service.CallAsync("received"))!.AsArray(), messages => messages.Count > 0);
        Assert.Equal("čaj ☕", (string?)Assert.Single(received)!["text"]);
    }

    [Fact]
    public async Task A_user_exists_while_connected()
    {
        await using var service = await emulators.ClientAsync("pubsub", "WebPubSub");
        Assert.False((bool)(await service.CallAsync("exists", new { user = "cleo" }))!);

        await service.CallAsync("open", new { user = "cleo" });
        Assert.True((bool)(await service.CallAsync("exists", new { user = "cleo" }))!);

        await service.CallAsync("close");
        Assert.False(
            await Calls.EventuallyAsync(async () => (bool)(await service.CallAsync("exists", new { user = "cleo" }))!, exists => !exists));
    }

    [Fact]
    public async Task The_connections_of_a_user_can_be_closed()
    {
        await using var service = await emulators.ClientAsync("pubsub", "WebPubSub");
        await service.CallAsync("open", new { user = "dora" });
        var hub = emulators.Host.Services.GetRequiredService<LocalWebPubSub>();
        var first = Assert.Single(hub.ConnectionIds("dora"));

        await service.CallAsync("closeUser", new { user = "dora" });

        // The client reconnects by itself with a new connection.
        Assert.DoesNotContain(first, hub.ConnectionIds("dora"));
    }

    [Fact]
    public async Task Sending_to_a_user_who_is_offline_succeeds()
    {
        await using var service = await emulators.ClientAsync("pubsub", "WebPubSub");

        await service.CallAsync("send", new { user = "nobody-is-there", message = new { n = 1 } });
    }

    [Fact]
    public async Task Another_key_is_refused_for_calls_and_for_clients()
    {
        await using var service = await JavaScriptClient.StartAsync(
            "pubsub", $"Endpoint={emulators.Host.Url};AccessKey=another-key-that-is-long-enough-to-sign-with;Version=1.0;");

        Assert.Equal(401, (await service.RefusedAsync("send", new { user = "ada", message = new { n = 1 } })).Status);
        Assert.Equal(401, (await service.RefusedAsync("exists", new { user = "ada" })).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await SocketClient.RefusalAsync(await AccessAsync(service), SocketClient.Json));
    }

    [Fact]
    public async Task A_token_for_another_address_is_refused()
    {
        // Another name of the same host, because the signature covers the name in the URL.
        var other = new UriBuilder(emulators.Host.Url) { Host = "localhost" }.Uri;
        await using var service = await JavaScriptClient.StartAsync("pubsub", EmulatorSettings.For(other)["WebPubSub"]);
        var url = new UriBuilder(await AccessAsync(service)) { Host = emulators.Host.Url.Host }.Uri;

        Assert.Equal(HttpStatusCode.Unauthorized, await SocketClient.RefusalAsync(url, SocketClient.Json));
    }

    [Fact]
    public async Task Features_that_the_application_does_not_use_are_refused_by_name()
    {
        await using var service = await emulators.ClientAsync("pubsub", "WebPubSub");

        var toAll = await service.RefusedAsync("sendToAll", new { message = new { n = 1 } });
        var text =
            await service.RefusedAsync("send", new { user = "ada", message = "hello", options = new { contentType = "text/plain" } });

        Assert.Equal((501, 501), (toAll.Status, text.Status));
        Assert.Contains("/api/hubs/connections/:send", toAll.Message, StringComparison.Ordinal);
        Assert.Contains("JSON", text.Message, StringComparison.Ordinal);
    }

    private static async Task<Uri> AccessAsync(JavaScriptClient service) =>
        new((string)(await service.CallAsync("access", new { user = "ada", minutes = 5 }))!);
}
