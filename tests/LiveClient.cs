using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Connections.Tests;

/// <summary>A member's open client: a Web PubSub socket that records the events it receives.</summary>
public sealed class LiveClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentQueue<JsonNode> _events = new();
    private readonly CancellationTokenSource _closing = new();
    private Task _reading = Task.CompletedTask;

    private LiveClient() => _socket.Options.AddSubProtocol("json.webpubsub.azure.v1");

    /// <summary>The events so far.</summary>
    public IReadOnlyCollection<JsonNode> Events => _events;

    /// <summary>Opens a client for a member, and returns when the service has accepted the connection.</summary>
    public static async Task<LiveClient> OpenAsync(HttpClient member)
    {
        var access = await member.SendAsync("/api/realtime/access");
        var client = new LiveClient();
        await client._socket.ConnectAsync(new Uri(access["url"].ToString()), CancellationToken.None);
        var connected = await client.ReadAsync();
        Assert.Equal("connected", connected?["event"]?.ToString());
        client._reading = client.ReadAllAsync();
        return client;
    }

    /// <summary>Waits for an event for which the predicate holds.</summary>
    public async Task<JsonNode> EventAsync(Func<JsonNode, bool> predicate) =>
        await Calls.EventuallyAsync(() => Task.FromResult(_events.FirstOrDefault(predicate)), found => found is not null)
        ?? throw new TimeoutException($"No such event arrived. Events so far: {string.Join("; ", _events.Select(e => e.ToJsonString()))}");

    /// <summary>Waits until the service closes the socket.</summary>
    /// <exception cref="TimeoutException">The service has not closed it in time.</exception>
    public Task ClosedAsync() => _reading.WaitAsync(LocalHostFixture.MaxWait);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_closing.IsCancellationRequested)
        {
            return;
        }

        await _closing.CancelAsync();
        _socket.Abort();
        await _reading;
        _socket.Dispose();
    }

    private async Task ReadAllAsync()
    {
        try
        {
            while (await ReadAsync() is { } frame)
            {
                if (frame["type"]?.ToString() == "message")
                {
                    _events.Enqueue(frame["data"]!.DeepClone());
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The test closed the socket or simulates a lost network.
            return;
        }
    }

    private async Task<JsonNode?> ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        using var frame = new MemoryStream();
        while (true)
        {
            var part = await _socket.ReceiveAsync(buffer.AsMemory(), _closing.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            frame.Write(buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return JsonNode.Parse(Encoding.UTF8.GetString(frame.ToArray()));
            }
        }
    }
}
