using System.Net;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Connections.Emulators.WebPubSub;
using static Connections.Tests.Local.WebPubSub.PubSubHost;

namespace Connections.Tests.Local.WebPubSub;

/// <summary>Recovery by the reliable subprotocol, frame by frame.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public async Task Only_unacknowledged_messages_are_sent_again()
    {
        await using var host = await StartAsync();
        await using var first = await host.ConnectAsync(Ada, SocketClient.Reliable);
        var connected = await first.ReceiveAsJsonAsync();
        for (var n = 1; n <= 3; n++)
        {
            host.Send(Ada, $"{n}");
            await first.ReceiveAsJsonAsync();
        }

        await first.SendAsync("""{"type":"sequenceAck","sequenceId":2}""");
        await first.AskAsync("""{"type":"ping"}""");
        first.Abort();
        host.Send(Ada, "4");
        await using var second = await SocketClient.ConnectAsync(Recovery(host, connected), SocketClient.Reliable);

        Assert.Equal((string?)connected["connectionId"], (string?)(await second.ReceiveAsJsonAsync())["connectionId"]);
        Assert.Equal((3, 3), Numbers(await second.ReceiveAsJsonAsync()));
        Assert.Equal((4, 4), Numbers(await second.ReceiveAsJsonAsync()));
    }

    [Fact]
    public async Task A_recovery_needs_no_access_token_and_ignores_an_expired_one()
    {
        await using var host = await StartAsync();
        await using var first = await host.ConnectAsync(Ada, SocketClient.Reliable);
        var connected = await first.ReceiveAsJsonAsync();
        var expired = host.Access(Ada).Query;
        host.Clock.Advance(TimeSpan.FromHours(1));

        await using var second = await SocketClient.ConnectAsync(Recovery(host, connected), SocketClient.Reliable);
        Assert.Equal("connected", (string?)(await second.ReceiveAsJsonAsync())["event"]);

        var url = Recovery(host, connected);
        await using var third =
            await SocketClient.ConnectAsync(new UriBuilder(url) { Query = $"{expired[1..]}&{url.Query[1..]}" }.Uri, SocketClient.Reliable);
        Assert.Equal("connected", (string?)(await third.ReceiveAsJsonAsync())["event"]);
    }

    [Fact]
    public async Task A_recovery_breaks_the_previous_socket()
    {
        await using var host = await StartAsync();
        await using var first = await host.ConnectAsync(Ada, SocketClient.Reliable);
        var connected = await first.ReceiveAsJsonAsync();

        await using var second = await SocketClient.ConnectAsync(Recovery(host, connected), SocketClient.Reliable);

        await first.ReceiveLossAsync();
        await second.ReceiveAsJsonAsync();
        Assert.Equal("pong", (string?)(await second.AskAsync("""{"type":"ping"}"""))["type"]);
        Assert.Equal(1, host.Service.ConnectionCount);
    }

    [Fact]
    public async Task Every_loss_restarts_the_recovery_window()
    {
        await using var host = await StartAsync();
        var client = await host.ConnectAsync(Ada, SocketClient.Reliable);
        var connected = await client.ReceiveAsJsonAsync();

        for (var loss = 0; loss < 3; loss++)
        {
            client.Abort();
            await UntilAsync(() => host.Service.SocketCount == 0, "the loss is noticed");
            host.Clock.Advance(TimeSpan.FromSeconds(40));
            client = await SocketClient.ConnectAsync(Recovery(host, connected), SocketClient.Reliable);
            Assert.Equal("connected", (string?)(await client.ReceiveAsJsonAsync())["event"]);
        }

        await client.DisposeAsync();
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_recovery_with_a_wrong_id_or_token_is_closed_with_1008(bool knowsId, bool knowsToken)
    {
        await using var host = await StartAsync();
        await using var owner = await host.ConnectAsync(Ada, SocketClient.Reliable);
        var connected = await owner.ReceiveAsJsonAsync();
        connected["connectionId"] = knowsId ? (string?)connected["connectionId"] : "unknown";
        connected["reconnectionToken"] = knowsToken ? (string?)connected["reconnectionToken"] : "unknown";

        await using var client = await SocketClient.ConnectAsync(Recovery(host, connected), SocketClient.Reliable);

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, (await client.ReceiveCloseAsync()).Status);
        Assert.Equal("pong", (string?)(await owner.AskAsync("""{"type":"ping"}"""))["type"]);
    }

    [Fact]
    public async Task Another_subprotocol_cannot_recover()
    {
        await using var host = await StartAsync();
        await using var first = await host.ConnectAsync(Ada, SocketClient.Reliable);
        var connected = await first.ReceiveAsJsonAsync();

        Assert.Equal(HttpStatusCode.BadRequest, await SocketClient.RefusalAsync(Recovery(host, connected), SocketClient.Json));
    }

    [Fact]
    public async Task A_connection_keeps_its_groups_over_a_recovery()
    {
        await using var host = await StartAsync();
        await using var first = await host.ConnectAsync(Ada, SocketClient.Reliable, "webpubsub.joinLeaveGroup");
        var connected = await first.ReceiveAsJsonAsync();
        await first.AskAsync("""{"type":"joinGroup","group":"tea","ackId":1}""");
        first.Abort();
        await using var second = await SocketClient.ConnectAsync(Recovery(host, connected), SocketClient.Reliable);
        await second.ReceiveAsJsonAsync();

        await using var bob = await host.ConnectAsync(Bob, SocketClient.Json, "webpubsub.sendToGroup");
        await bob.SendAsync("""{"type":"sendToGroup","group":"tea","data":1}""");

        Assert.Equal("group", (string?)(await second.ReceiveAsJsonAsync())["from"]);
    }

    [Fact]
    public async Task A_client_that_acknowledges_nothing_is_dropped_permanently_when_its_outbox_is_full()
    {
        await using var host = await StartAsync();
        await using var silent = await host.ConnectAsync(Ada, SocketClient.Reliable);
        await using var other = await host.ConnectAsync(Ada, SocketClient.Json);
        var connected = await silent.ReceiveAsJsonAsync();
        await other.ReceiveAsJsonAsync();

        for (var n = 0; n <= Outbox.MaxMessages; n++)
        {
            host.Send(Ada, $"{n}");
            await other.ReceiveAsJsonAsync();
        }

        await silent.ReceiveLossAsync();
        await using var back = await SocketClient.ConnectAsync(Recovery(host, connected), SocketClient.Reliable);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, (await back.ReceiveCloseAsync()).Status);
        Assert.Equal(1, host.Service.ConnectionCount);
    }

    [Fact]
    public async Task A_client_that_reads_nothing_is_dropped_and_delays_no_other_client()
    {
        await using var host = await StartAsync();
        await using var stuck = await host.ConnectAsync(Ada, SocketClient.Json);
        await using var other = await host.ConnectAsync(Ada, SocketClient.Json);
        await stuck.ReceiveAsJsonAsync();
        await other.ReceiveAsJsonAsync();
        var big = $"\"{new string('x', 500_000)}\"";

        // More data than network buffers hold, so that the outbox of the stuck client fills up.
        for (var n = 0; n < 100 && host.Service.ConnectionCount == 2; n++)
        {
            host.Send(Ada, big);
            Assert.Equal(500_000, ((string?)(await other.ReceiveAsJsonAsync())["data"])!.Length);
        }

        Assert.Equal(1, host.Service.ConnectionCount);
    }

    [Fact]
    public async Task An_unrecovered_connection_ends_when_its_outbox_is_full()
    {
        await using var host = await StartAsync();
        await using var client = await host.ConnectAsync(Ada, SocketClient.Reliable);
        await client.ReceiveAsJsonAsync();
        client.Abort();
        await UntilAsync(() => host.Service.SocketCount == 0, "the loss is noticed");

        for (var n = 0; n < Outbox.MaxMessages; n++)
        {
            host.Send(Ada, $"{n}");
        }

        Assert.Equal(1, host.Service.ConnectionCount);
        host.Send(Ada, "0");
        Assert.Equal(0, host.Service.ConnectionCount);
    }

    private static (int Sequence, int Data) Numbers(JsonObject frame) => ((int)frame["sequenceId"]!, (int)frame["data"]!);

    private static Uri Recovery(PubSubHost host, JsonObject connected) => new UriBuilder(host.Access(Bob))
    {
        Query = $"awps_connection_id={connected["connectionId"]}&awps_reconnection_token={connected["reconnectionToken"]}",
    }.Uri;
}
