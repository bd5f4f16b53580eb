using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Connections.Tests.Local.WebPubSub;

/// <summary>A bare WebSocket client, for what no client library does.</summary>
internal sealed class SocketClient : IAsyncDisposable
{
    public const string Json = "json.webpubsub.azure.v1";
    public const string Reliable = "json.reliable.webpubsub.azure.v1";

    private readonly ClientWebSocket _socket = new();

    private SocketClient()
    {
    }

    public string? Subprotocol => _socket.SubProtocol;

    public static async Task<SocketClient> ConnectAsync(Uri url, string? subprotocol)
    {
        var client = new SocketClient();
        if (subprotocol is not null)
        {
            client._socket.Options.AddSubProtocol(subprotocol);
        }

        using var patience = new CancellationTokenSource(PubSubHost.Patience);
        await client._socket.ConnectAsync(url, patience.Token);
        return client;
    }

    /// <summary>The status with which a handshake is refused.</summary>
    public static async Task<HttpStatusCode> RefusalAsync(Uri url, string? subprotocol)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (subprotocol is not null)
        {
            socket.Options.AddSubProtocol(subprotocol);
        }

        using var patience = new CancellationTokenSource(PubSubHost.Patience);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(url, patience.Token));
        return socket.HttpStatusCode;
    }

    public async Task SendAsync(string text, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        using var patience = new CancellationTokenSource(PubSubHost.Patience);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), type, endOfMessage: true, patience.Token);
    }

    /// <summary>The next frame; a test fails when there is none.</summary>
    public async Task<string> ReceiveTextAsync()
    {
        var (text, close) = await ReceiveAsync();
        Assert.True(close is null, $"Closed with {close} instead of a frame.");
        return text;
    }

    public async Task<JsonObject> ReceiveAsJsonAsync() => JsonNode.Parse(await ReceiveTextAsync())!.AsObject();

    /// <summary>Sends a request and gives the next frame.</summary>
    public async Task<JsonObject> AskAsync(string request)
    {
        await SendAsync(request);
        return await ReceiveAsJsonAsync();
    }

    /// <summary>The status with which the server closes, and the frames before it; answers the closing handshake.</summary>
    public async Task<(WebSocketCloseStatus Status, string[] Frames)> ReceiveCloseAsync()
    {
        var frames = new List<string>();
        while (true)
        {
            var (text, close) = await ReceiveAsync();
            if (close is { } status)
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                return (status, [.. frames]);
            }

            frames.Add(text);
        }
    }

    /// <summary>Waits until the connection breaks without a closing handshake.</summary>
    public async Task ReceiveLossAsync()
    {
        while (true)
        {
            try
            {
                var (_, close) = await ReceiveAsync();
                Assert.True(close is null, $"Closed with {close} instead of breaking.");
            }
            catch (WebSocketException)
            {
                return;
            }
        }
    }

    public async Task CloseAsync()
    {
        using var patience = new CancellationTokenSource(PubSubHost.Patience);
        await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
    }

    /// <summary>Breaks the connection without a closing handshake.</summary>
    public void Abort() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<(string Text, WebSocketCloseStatus? Close)> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(PubSubHost.Patience);
        using var text = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                return ("", _socket.CloseStatus);
            }

            text.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
            {
                return (Encoding.UTF8.GetString(text.ToArray()), null);
            }
        }
    }
}
