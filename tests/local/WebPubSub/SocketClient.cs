using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Connections.Tests.Local.WebPubSub;

/// <summary>A bare WebSocket client for requests that the client library does not make.</summary>
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

        using var timeout = new CancellationTokenSource(PubSubHost.MaxWait);
        await client._socket.ConnectAsync(url, timeout.Token);
        return client;
    }

    /// <summary>The status of a refused handshake.</summary>
    public static async Task<HttpStatusCode> RefusalAsync(Uri url, string? subprotocol)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        if (subprotocol is not null)
        {
            socket.Options.AddSubProtocol(subprotocol);
        }

        using var timeout = new CancellationTokenSource(PubSubHost.MaxWait);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(url, timeout.Token));
        return socket.HttpStatusCode;
    }

    public async Task SendAsync(string text, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        using var timeout = new CancellationTokenSource(PubSubHost.MaxWait);
        await _socket.SendAsync(Encoding.UTF8.GetBytes(text), type, endOfMessage: true, timeout.Token);
    }

    /// <summary>Receives the next frame. Fails the test if the connection closes instead.</summary>
    public async Task<string> ReceiveTextAsync()
    {
        var (text, close) = await ReceiveAsync();
        Assert.True(close is null, $"The server closed with {close} instead of sending a frame.");
        return text;
    }

    public async Task<JsonObject> ReceiveAsJsonAsync() => JsonNode.Parse(await ReceiveTextAsync())!.AsObject();

    /// <summary>Sends a request and returns the next frame.</summary>
    public async Task<JsonObject> AskAsync(string request)
    {
        await SendAsync(request);
        return await ReceiveAsJsonAsync();
    }

    /// <summary>Receives frames until the server closes, and answers the closing handshake.</summary>
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
                Assert.True(close is null, $"The server closed with {close}; the connection should have broken.");
            }
            catch (WebSocketException)
            {
                return;
            }
        }
    }

    public async Task CloseAsync()
    {
        using var timeout = new CancellationTokenSource(PubSubHost.MaxWait);
        await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token);
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
        using var timeout = new CancellationTokenSource(PubSubHost.MaxWait);
        using var text = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer.AsMemory(), timeout.Token);
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
