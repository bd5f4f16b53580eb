using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Connections.Tests.Faults.Chat;

/// <summary>A socket of the reliable subprotocol: after a recovery the service sends everything again that was not acknowledged.</summary>
internal sealed class ReliableSocket : IDisposable
{
    private const string Subprotocol = "json.reliable.webpubsub.azure.v1";

    private readonly ClientWebSocket _socket = new();
    private readonly MemoryStream _frame = new();
    private readonly byte[] _buffer = new byte[8 * 1024];

    private ReliableSocket() => _socket.Options.AddSubProtocol(Subprotocol);

    /// <summary>The URL that recovers the connection; null until the service has sent it.</summary>
    public Uri? Recovery { get; private set; }

    /// <summary>Opens a connection, or recovers one.</summary>
    /// <returns>The socket; null if the service no longer recovers the connection.</returns>
    public static async Task<ReliableSocket?> OpenAsync(Uri url, CancellationToken ct)
    {
        var socket = new ReliableSocket();
        try
        {
            await socket._socket.ConnectAsync(url, ct);
            if (await socket.ReadAsync(ct) is { } connected && connected["event"]?.ToString() == "connected")
            {
                socket.Recovery = new UriBuilder(url)
                {
                    Query = $"awps_connection_id={connected["connectionId"]}"
                + $"&awps_reconnection_token={Uri.EscapeDataString(connected["reconnectionToken"]!.ToString())}",
                }.Uri;
                return socket;
            }
        }
        catch (WebSocketException)
        {
            socket.Dispose();
            return null;
        }

        socket.Dispose();
        return null;
    }

    /// <summary>The next event, acknowledged once <paramref name="take"/> has taken it; false when the socket is broken.</summary>
    public async Task<bool> ReceiveAsync(Func<JsonNode, Task> take, CancellationToken ct)
    {
        try
        {
            if (await ReadAsync(ct) is not { } frame)
            {
                return false;
            }

            if (frame["type"]?.ToString() == "message")
            {
                await take(frame["data"]!);
                await SendAsync($$"""{"type":"sequenceAck","sequenceId":{{frame["sequenceId"]}}}""", ct);
            }

            return true;
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException
            || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return false;
        }
    }

    /// <summary>Breaks the connection without a closing handshake.</summary>
    public void Drop() => _socket.Abort();

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _frame.Dispose();
    }

    private Task SendAsync(string text, CancellationToken ct) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, ct);

    private async Task<JsonNode?> ReadAsync(CancellationToken ct)
    {
        _frame.SetLength(0);
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(), ct);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            _frame.Write(_buffer, 0, part.Count);
            if (part.EndOfMessage)
            {
                return JsonNode.Parse(_frame.GetBuffer().AsSpan(0, (int)_frame.Length));
            }
        }
    }
}
