using System.Text.Json.Nodes;
using static Connections.Tests.Local.WebPubSub.PubSubHost;

namespace Connections.Tests.Local.WebPubSub;

/// <summary>The unmodified <c>@azure/web-pubsub-client</c> against the hub, also across losses of the network.</summary>
[Trait("Category", "Long")]
public sealed class OfficialClientTests
{
    private static readonly TimeSpan RecoveryWindow = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("json")]
    [InlineData("reliable")]
    public async Task It_connects_and_receives(string protocol)
    {
        await using var host = await StartAsync();
        await using var client = await NodeClient.ConnectAsync(host.Access(Ada), protocol);

        host.Send(Ada, """{"type":"message.created","text":"čaj ☕"}""");
        await client.UntilAsync(c => c.Messages.Length == 1, "the message");

        Assert.Equal("čaj ☕", (string?)client.Messages[0]["text"]);
        Assert.Equal("ada", (string?)client.Events("connected").Single()["userId"]);
    }

    [Fact]
    public async Task Repeatedly_dropped_sockets_lose_repeat_or_reorder_no_message()
    {
        const int Messages = 600;
        const int Drops = 6;
        await using var host = await StartAsync();
        await using var client = await NodeClient.ConnectAsync(host.Access(Ada), "reliable");

        for (var n = 0; n < Messages; n++)
        {
            if (n % (Messages / Drops) == Messages / Drops / 2)
            {
                host.Service.DropSockets(Ada.Value);
            }

            SendNumber(host, n);
            await Task.Delay(1);
        }

        await client.UntilAsync(c => c.Messages.Length >= Messages, "all messages");
        AssertNumbers(client, Messages);
        Assert.Single(client.Connected);
        Assert.Contains(host.Log.Lines, line => line.Contains("granted: True", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_network_loss_it_recovers_and_receives_the_missed_messages()
    {
        await using var host = await StartAsync();
        await using var client = await NodeClient.ConnectAsync(host.Access(Ada), "reliable");
        SendNumber(host, 0);
        await client.UntilAsync(c => c.Messages.Length == 1, "the first message");

        await client.ExecuteAsync("cut");
        await UntilAsync(() => host.Service.SocketCount == 0, "the service notices");
        Assert.True(host.Service.IsOnline(Ada.Value));
        for (var n = 1; n < 50; n++)
        {
            SendNumber(host, n);
        }

        await client.ExecuteAsync("restore");
        await client.UntilAsync(c => c.Messages.Length >= 50, "the missed messages");
        SendNumber(host, 50);
        await client.UntilAsync(c => c.Messages.Length >= 51, "a message after the recovery");

        AssertNumbers(client, 51);
        Assert.Single(client.Connected);
        Assert.Empty(client.Events("disconnected"));
    }

    [Fact]
    public async Task Reconnecting_before_the_service_notices_the_loss_takes_over_the_connection()
    {
        await using var host = await StartAsync();
        await using var client = await NodeClient.ConnectAsync(host.Access(Ada), "reliable");

        await client.ExecuteAsync("vanish");
        for (var n = 0; n < 50; n++)
        {
            SendNumber(host, n);
        }

        Assert.Equal(1, host.Service.SocketCount);
        await client.ExecuteAsync("restore");
        await client.UntilAsync(c => c.Messages.Length >= 50, "the messages sent while the client was unreachable");
        SendNumber(host, 50);
        await client.UntilAsync(c => c.Messages.Length >= 51, "a message on the new socket");

        AssertNumbers(client, 51);
        Assert.Single(client.Connected);
        Assert.Equal(1, host.Service.ConnectionCount);
    }

    [Fact]
    public async Task Reconnecting_after_the_recovery_window_makes_a_new_connection()
    {
        await using var host = await StartAsync();
        await using var client = await NodeClient.ConnectAsync(host.Access(Ada), "reliable");

        await client.ExecuteAsync("cut");
        await UntilAsync(() => host.Service.SocketCount == 0, "the service notices");
        host.Clock.Advance(RecoveryWindow - TimeSpan.FromSeconds(1));
        Assert.True(host.Service.IsOnline(Ada.Value));
        host.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(host.Service.IsOnline(Ada.Value));
        SendNumber(host, 99);
        await client.ExecuteAsync("restore");

        await client.UntilAsync(c => c.Connected.Length == 2, "a new connection");
        SendNumber(host, 0);
        await client.UntilAsync(c => c.Messages.Length == 1, "a message on the new connection");
        AssertNumbers(client, 1);
        Assert.Equal(1, (int?)client.Events("message").Single()["sequenceId"]);
        Assert.NotEqual(client.Connected[0], client.Connected[1]);
        Assert.Single(client.Events("disconnected"));
    }

    [Fact]
    public async Task After_a_restart_of_the_host_it_makes_a_new_connection_with_the_same_URL()
    {
        var key = new byte[32];
        await using var first = await StartAsync(key);
        await using var client = await NodeClient.ConnectAsync(first.Access(Ada), "reliable");

        await first.StopAsync();
        await using var second = await StartAsync(key);
        await client.ExecuteAsync(new JsonObject { ["command"] = "restore", ["port"] = second.Access(Ada).Port });

        await client.UntilAsync(c => c.Connected.Length == 2, "a new connection");
        SendNumber(second, 0);
        await client.UntilAsync(c => c.Messages.Length == 1, "a message of the new host");
    }

    [Fact]
    public async Task Without_the_reliable_subprotocol_it_makes_a_new_connection_after_a_loss()
    {
        await using var host = await StartAsync();
        await using var client = await NodeClient.ConnectAsync(host.Access(Ada), "json");

        await client.ExecuteAsync("cut");
        await UntilAsync(() => host.Service.ConnectionCount == 0, "the connection ends with its socket");
        SendNumber(host, 99);
        await client.ExecuteAsync("restore");
        await client.UntilAsync(c => c.Connected.Length == 2, "a new connection");
        SendNumber(host, 0);

        await client.UntilAsync(c => c.Messages.Length == 1, "the message sent after");
        AssertNumbers(client, 1);
    }

    [Fact]
    public async Task Stopping_the_client_ends_its_connection_at_once()
    {
        await using var host = await StartAsync();
        await using var client = await NodeClient.ConnectAsync(host.Access(Ada), "reliable");

        await client.ExecuteAsync("stop");

        await client.UntilAsync(c => c.Events("stopped").Any(), "stopped");
        await UntilAsync(() => host.Service.ConnectionCount == 0, "the connection is gone");
    }

    [Fact]
    public async Task With_the_roles_it_can_join_send_to_and_leave_a_group()
    {
        await using var host = await StartAsync();
        await using var ada =
            await NodeClient.ConnectAsync(host.Access(Ada, "webpubsub.joinLeaveGroup", "webpubsub.sendToGroup.tea"), "reliable");
        await using var bob = await NodeClient.ConnectAsync(host.Access(Bob, "webpubsub.joinLeaveGroup.tea"), "json");
        var join = new JsonObject { ["command"] = "joinGroup", ["group"] = "tea" };
        var send = new JsonObject { ["command"] = "sendToGroup", ["group"] = "tea", ["data"] = new JsonObject { ["n"] = 1 } };
        Assert.Equal("done", (string?)(await ada.ExecuteAsync(join))["event"]);
        Assert.Equal("done", (string?)(await bob.ExecuteAsync(join))["event"]);

        Assert.Equal("done", (string?)(await ada.ExecuteAsync(send))["event"]);
        await bob.UntilAsync(c => c.Events("group-message").Any(), "the message to the group");
        await ada.UntilAsync(c => c.Events("group-message").Any(), "its own message");
        Assert.Equal("done", (string?)(await bob.ExecuteAsync(new JsonObject { ["command"] = "leaveGroup", ["group"] = "tea" }))["event"]);
        Assert.Equal("done", (string?)(await ada.ExecuteAsync(send))["event"]);
        await ada.UntilAsync(c => c.Events("group-message").Count() == 2, "its own second message");

        // Messages to Bob arrive before the answer to a later request of his.
        Assert.Equal("done", (string?)(await bob.ExecuteAsync(join))["event"]);
        var received = Assert.Single(bob.Events("group-message"));
        Assert.Equal(("ada", "tea", 1), ((string?)received["from"], (string?)received["group"], (int?)received["data"]!["n"]));
    }

    [Theory]
    [InlineData("""{"command":"joinGroup","group":"tea"}""", "Forbidden", "webpubsub.joinLeaveGroup")]
    [InlineData("""{"command":"sendToGroup","group":"tea","data":1}""", "Forbidden", "webpubsub.sendToGroup")]
    [InlineData("""{"command":"sendEvent","name":"hello"}""", "NotSupported", "event")]
    [InlineData("""{"command":"invokeEvent","name":"hello"}""", "NotSupported", "invoke")]
    public async Task Forbidden_and_unsupported_requests_are_refused_by_name(string command, string error, string named)
    {
        await using var host = await StartAsync();
        await using var client = await NodeClient.ConnectAsync(host.Access(Ada), "reliable");

        var answer = await client.ExecuteAsync(JsonNode.Parse(command)!.AsObject());

        Assert.Equal(("failed", error), ((string?)answer["event"], (string?)answer["error"]));
        Assert.Contains(named, (string?)answer["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_repeated_after_a_recovery_is_executed_once()
    {
        await using var host = await StartAsync();
        await using var client = await NodeClient.ConnectAsync(host.Access(Ada, "webpubsub.joinLeaveGroup"), "reliable");
        var join = new JsonObject { ["command"] = "joinGroup", ["group"] = "tea", ["ackId"] = 7 };
        Assert.False((bool?)(await client.ExecuteAsync(join))["duplicate"]);

        await client.ExecuteAsync("cut");
        await client.ExecuteAsync("restore");
        SendNumber(host, 0);
        await client.UntilAsync(c => c.Messages.Length == 1, "the recovery");

        Assert.True((bool?)(await client.ExecuteAsync(join))["duplicate"]);
    }

    private static void SendNumber(PubSubHost host, int n) => host.Send(Ada, $$"""{"n":{{n}}}""");

    private static void AssertNumbers(NodeClient client, int count) =>
        Assert.Equal(Enumerable.Range(0, count), client.Messages.Select(m => (int)m["n"]!));
}
