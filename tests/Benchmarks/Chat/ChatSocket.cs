using System.Net.WebSockets;
using System.Text;

namespace Connections.Benchmarks.Chat;

/// <summary>A socket that tells of each frame with a message's number in it, and does nothing else with
/// it: the machine is the host's.</summary>
internal sealed class ChatSocket : IAsyncDisposable
{
    private const int MostBytes = 8 * 1024;

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly byte[] _mark;
    private Task _reading = Task.CompletedTask;

    private ChatSocket(string mark) => _mark = Encoding.UTF8.GetBytes(mark);

    /// <summary>Opens a socket.</summary>
    /// <param name="url">Where.</param>
    /// <param name="subprotocol">Which; null for none.</param>
    /// <param name="mark">What stands before a number.</param>
    /// <param name="received">Told of each number.</param>
    public static async Task<ChatSocket> OpenAsync(Uri url, string? subprotocol, string mark, Action<int> received)
    {
        var socket = new ChatSocket(mark);
        if (subprotocol is not null)
        {
            socket._socket.Options.AddSubProtocol(subprotocol);
        }

        await socket._socket.ConnectAsync(url, CancellationToken.None);
        socket._reading = socket.ReadAsync(received);
        return socket;
    }

    /// <summary>Sends a frame. One at a time.</summary>
    public Task SendAsync(string text) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _closing.Dispose();
    }

    private async Task ReadAsync(Action<int> received)
    {
        var buffer = new byte[MostBytes];
        try
        {
            while (true)
            {
                var length = 0;
                ValueWebSocketReceiveResult part;
                do
                {
                    part = await _socket.ReceiveAsync(buffer.AsMemory(length), _closing.Token);
                    length += part.Count;
                }
                while (!part.EndOfMessage);
                if (Number(buffer.AsSpan(0, length)) is { } number)
                {
                    received(number);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // Closed by this program, or by a host that fails: then what does not come is counted as lost.
            return;
        }
    }

    private int? Number(ReadOnlySpan<byte> frame)
    {
        var at = frame.IndexOf(_mark);
        return at >= 0 && System.Buffers.Text.Utf8Parser.TryParse(frame[(at + _mark.Length)..], out int number, out _) ? number : null;
    }
}
