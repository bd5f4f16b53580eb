using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Connections.Emulators.WebPubSub;
using static Connections.Tests.Local.WebPubSub.PubSubHost;

namespace Connections.Tests.Local.WebPubSub;

/// <summary>Requests that the official library does not make.</summary>
public sealed class ProtocolTests
{
    [Theory]
    [InlineData(SocketClient.Json)]
    [InlineData(SocketClient.Reliable)]
    public async Task A_ping_is_answered_by_a_pong(string subprotocol)
    {
        await using var host = await StartAsync();
        await using var client = await OpenAsync(host, subprotocol);

        Assert.Equal("pong", (string?)(await client.AskAsync("""{"type":"ping"}"""))["type"]);
    }

    [Fact]
    public async Task An_unknown_request_is_refused_by_an_ack_that_names_it()
    {
        await using var host = await StartAsync();
        await using var client = await OpenAsync(host, SocketClient.Json);

        var ack = await client.AskAsync("""{"type":"teleport","ackId":18446744073709551615}""");

        Assert.Equal(("ack", false, ulong.MaxValue), ((string?)ack["type"], (bool?)ack["success"], (ulong?)ack["ackId"]));
        Assert.Equal("NotSupported", (string?)ack["error"]!["name"]);
        Assert.Contains("teleport", (string?)ack["error"]!["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"teleport"}""", "teleport")]
    [InlineData("""{"ackId":1}""", "type")]
    [InlineData("""{"type":"joinGroup"}""", "group")]
    [InlineData("""{"type":"joinGroup","group":"tea","ackId":-1}""", "ackId")]
    [InlineData("""{"type":"sequenceAck","sequenceId":"1"}""", "sequenceId")]
    [InlineData("""[{"type":"ping"}]""", "object")]
    [InlineData("ping", "JSON")]
    public async Task A_malformed_request_ends_the_connection_with_a_reason(string request, string named)
    {
        await using var host = await StartAsync();
        await using var client = await OpenAsync(host, SocketClient.Reliable);

        await client.SendAsync(request);
        var (status, frames) = await client.ReceiveCloseAsync();

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, status);
        var last = JsonNode.Parse(Assert.Single(frames))!;
        Assert.Equal("disconnected", (string?)last["event"]);
        Assert.Contains(named, (string?)last["message"], StringComparison.Ordinal);
        await UntilAsync(() => host.Service.ConnectionCount == 0, "the connection has ended, not lost its socket");
    }

    [Fact]
    public async Task A_request_over_a_megabyte_ends_the_connection()
    {
        await using var host = await StartAsync();
        await using var client = await OpenAsync(host, SocketClient.Reliable);

        await client.SendAsync($$"""{"type":"ping","padding":"{{new string('x', ClientSocket.MaxRequest)}}"}""");

        Assert.Equal(WebSocketCloseStatus.MessageTooBig, (await client.ReceiveCloseAsync()).Status);
    }

    [Fact]
    public async Task A_request_of_just_under_a_megabyte_is_accepted()
    {
        await using var host = await StartAsync();
        await using var client = await OpenAsync(host, SocketClient.Reliable);

        var answer = await client.AskAsync($$"""{"type":"ping","padding":"{{new string('x', ClientSocket.MaxRequest - 100)}}"}""");

        Assert.Equal("pong", (string?)answer["type"]);
    }

    [Fact]
    public async Task A_binary_frame_ends_the_connection()
    {
        await using var host = await StartAsync();
        await using var client = await OpenAsync(host, SocketClient.Json);

        await client.SendAsync("""{"type":"ping"}""", WebSocketMessageType.Binary);

        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, (await client.ReceiveCloseAsync()).Status);
    }

    [Fact]
    public async Task A_client_without_a_subprotocol_is_closed_if_it_sends()
    {
        await using var host = await StartAsync();
        await using var client = await host.ConnectAsync(Ada, subprotocol: null);

        await client.SendAsync("hello");
        var (status, frames) = await client.ReceiveCloseAsync();

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, status);
        Assert.Empty(frames);
    }

    [Fact]
    public async Task A_request_with_a_repeated_ack_id_is_a_duplicate_and_executed_once()
    {
        await using var host = await StartAsync();
        await using var client = await OpenAsync(host, SocketClient.Json, "webpubsub.joinLeaveGroup", "webpubsub.sendToGroup");
        const string Send = """{"type":"sendToGroup","group":"tea","ackId":2,"dataType":"text","data":"hello"}""";
        await client.AskAsync("""{"type":"joinGroup","group":"tea","ackId":1}""");

        await client.SendAsync(Send);
        var frames = new[] { await client.ReceiveAsJsonAsync(), await client.ReceiveAsJsonAsync() };
        var again = await client.AskAsync(Send);

        Assert.Equal("hello", (string?)frames.Single(f => (string?)f["type"] == "message")["data"]);
        Assert.True((bool?)frames.Single(f => (string?)f["type"] == "ack")["success"]);
        Assert.Equal((false, "Duplicate"), ((bool?)again["success"], (string?)again["error"]!["name"]));
        // The repeated request sent no second message, so the next frame answers the ping.
        Assert.Equal("pong", (string?)(await client.AskAsync("""{"type":"ping"}"""))["type"]);
    }

    [Fact]
    public async Task A_refused_request_can_be_repeated_with_its_ack_id()
    {
        await using var host = await StartAsync();
        await using var client = await OpenAsync(host, SocketClient.Json, "webpubsub.joinLeaveGroup.tea");

        Assert.Equal(
            "Forbidden", (string?)(await client.AskAsync("""{"type":"joinGroup","group":"coffee","ackId":1}"""))["error"]!["name"]);
        Assert.True((bool?)(await client.AskAsync("""{"type":"joinGroup","group":"tea","ackId":1}"""))["success"]);
    }

    [Theory]
    [InlineData("text", "1")]
    [InlineData("binary", "\"not base64!\"")]
    [InlineData("protobuf", "\"aGk=\"")]
    public async Task Data_that_does_not_match_its_type_is_refused(string dataType, string data)
    {
        await using var host = await StartAsync();
        await using var client = await OpenAsync(host, SocketClient.Json, "webpubsub.sendToGroup");

        var ack = await client.AskAsync($$"""{"type":"sendToGroup","group":"tea","ackId":1,"dataType":"{{dataType}}","data":{{data}}}""");

        Assert.Equal("BadRequest", (string?)ack["error"]!["name"]);
    }

    private static async Task<SocketClient> OpenAsync(PubSubHost host, string subprotocol, params string[] roles)
    {
        var client = await host.ConnectAsync(Ada, subprotocol, roles);
        await client.ReceiveAsJsonAsync();
        return client;
    }
}
