using System.Text.Json.Nodes;
using static Connections.Tests.Local.WebPubSub.PubSubHost;

namespace Connections.Tests.Local.WebPubSub;

public sealed class DeliveryTests
{
    [Theory]
    [InlineData(SocketClient.Json, """{"type":"message","from":"server","dataType":"json","data":{"type":"typing","n":1}}""")]
    [InlineData(
        SocketClient.Reliable, """{"sequenceId":1,"type":"message","from":"server","dataType":"json","data":{"type":"typing","n":1}}""")]
    public async Task A_message_to_a_user_arrives_in_the_frame_of_the_subprotocol(string subprotocol, string frame)
    {
        await using var host = await StartAsync();
        await using var client = await host.ConnectAsync(Ada, subprotocol);
        await client.ReceiveAsJsonAsync();

        host.Send(Ada, """{"type":"typing","n":1}""");

        Assert.Equal(frame, await client.ReceiveTextAsync());
    }

    [Fact]
    public async Task A_client_without_a_subprotocol_receives_bare_payloads()
    {
        await using var host = await StartAsync();
        await using var client = await host.ConnectAsync(Ada, subprotocol: null);
        await UntilAsync(() => host.Service.ConnectionCount == 1, "the client is connected");

        host.Send(Ada, """{"type":"typing"}""");

        Assert.Equal("""{"type":"typing"}""", await client.ReceiveTextAsync());
    }

    [Fact]
    public async Task The_first_frame_names_the_connected_user()
    {
        await using var host = await StartAsync();
        await using var plain = await host.ConnectAsync(Ada, SocketClient.Json);
        await using var reliable = await host.ConnectAsync(Ada, SocketClient.Reliable);

        var first = await plain.ReceiveAsJsonAsync();
        var second = await reliable.ReceiveAsJsonAsync();

        Assert.Equal(("system", "connected", "ada"), ((string?)first["type"], (string?)first["event"], (string?)first["userId"]));
        Assert.Null(first["reconnectionToken"]);
        Assert.NotEmpty((string?)second["reconnectionToken"] ?? "");
        Assert.NotEqual((string?)first["connectionId"], (string?)second["connectionId"]);
    }

    [Fact]
    public async Task Every_connection_of_a_user_receives_the_message_and_no_other_user_does()
    {
        await using var host = await StartAsync();
        await using var phone = await host.ConnectAsync(Ada, SocketClient.Json);
        await using var laptop = await host.ConnectAsync(Ada, SocketClient.Reliable);
        await using var stranger = await host.ConnectAsync(Bob, SocketClient.Json);
        foreach (var client in new[] { phone, laptop, stranger })
        {
            await client.ReceiveAsJsonAsync();
        }

        host.Send(Ada, "1");
        host.Send(Bob, "2");

        Assert.Equal(1, (int?)(await phone.ReceiveAsJsonAsync())["data"]);
        Assert.Equal(1, (int?)(await laptop.ReceiveAsJsonAsync())["data"]);
        // The stranger's next frame is the message to the stranger, so no other message came before it.
        Assert.Equal(2, (int?)(await stranger.ReceiveAsJsonAsync())["data"]);
    }

    [Fact]
    public async Task A_thousand_messages_arrive_in_order()
    {
        await using var host = await StartAsync();
        await using var client = await host.ConnectAsync(Ada, SocketClient.Json);
        await client.ReceiveAsJsonAsync();

        for (var n = 0; n < 1000; n++)
        {
            host.Send(Ada, $$"""{"n":{{n}}}""");
        }

        for (var n = 0; n < 1000; n++)
        {
            Assert.Equal(n, (int?)(await client.ReceiveAsJsonAsync())["data"]!["n"]);
        }
    }

    [Fact]
    public async Task A_message_of_hundreds_of_kilobytes_arrives_whole()
    {
        await using var host = await StartAsync();
        await using var client = await host.ConnectAsync(Ada, SocketClient.Reliable);
        await client.ReceiveAsJsonAsync();
        var text = string.Concat(Enumerable.Repeat("čaj ☕ ", 50_000));

        host.Send(Ada, new JsonObject { ["text"] = text }.ToJsonString());

        Assert.Equal(text, (string?)(await client.ReceiveAsJsonAsync())["data"]!["text"]);
    }

    [Fact]
    public async Task Sending_to_a_user_without_a_connection_succeeds()
    {
        await using var host = await StartAsync();

        host.Send(Ada, "{}");

        Assert.False(host.Service.IsOnline(Ada.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("hello")]
    public async Task A_text_that_is_not_a_single_JSON_value_cannot_be_sent(string text)
    {
        await using var host = await StartAsync();

        Assert.Throws<ArgumentException>(() => host.Send(Ada, text));
    }

    [Fact]
    public async Task A_user_is_online_while_connected()
    {
        await using var host = await StartAsync();
        await using var phone = await host.ConnectAsync(Ada, SocketClient.Reliable);
        await using var laptop = await host.ConnectAsync(Ada, SocketClient.Json);
        await UntilAsync(() => host.Service.ConnectionCount == 2, "both are connected");

        await phone.CloseAsync();
        await UntilAsync(() => host.Service.ConnectionCount == 1, "the closed one is gone");
        Assert.True(host.Service.IsOnline(Ada.Value));

        await laptop.CloseAsync();
        await UntilAsync(() => host.Service.ConnectionCount == 0, "both are gone");
        Assert.False(host.Service.IsOnline(Ada.Value));
    }

    [Fact]
    public async Task A_host_that_stops_closes_its_clients_as_going_away()
    {
        await using var host = await StartAsync();
        await using var client = await host.ConnectAsync(Ada, SocketClient.Reliable);
        await client.ReceiveAsJsonAsync();

        var stopping = host.StopAsync();
        var (status, frames) = await client.ReceiveCloseAsync();
        await stopping;

        Assert.Equal(System.Net.WebSockets.WebSocketCloseStatus.EndpointUnavailable, status);
        Assert.Equal("disconnected", (string?)JsonNode.Parse(Assert.Single(frames))!["event"]);
        Assert.Equal(0, host.Service.ConnectionCount);
    }
}
