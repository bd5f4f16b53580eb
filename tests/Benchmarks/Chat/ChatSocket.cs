using System.Net.WebSockets;
using System.Text;

namespace Connections.Benchmarks.Chat;

/// <summary>A socket that reports the message number in each frame. It does no other work, to leave the processor to the host.</summary>
internal sealed class ChatSocket : IAsyncDisposable
{
    private const int MaxFrameBytes = 8 * 1024;

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly byte[] _prefix;
    private Task _reading = Task.CompletedTask;

    private ChatSocket(string prefix) => _prefix = Encoding.UTF8.GetBytes(prefix);

    /// <summary>Opens a socket.</summary>
    /// <param name="url">The address.</param>
    /// <param name="subprotocol">The subprotocol; null for none.</param>
    /// <param name="prefix">The text before the number in a frame.</param>
    /// <param name="received">Called with each number.</param>
    /// <param name="hello">What the client says first, and a text that the server's answer to each holds.</param>
    public static async Task<ChatSocket> OpenAsync(
        Uri url, string? subprotocol, string prefix, Action<int> received, params (string Say, string Until)[] hello)
    {
        var socket = new ChatSocket(prefix);
        if (subprotocol is not null)
        {
            socket._socket.Options.AddSubProtocol(subprotocol);
        }

        await socket._socket.ConnectAsync(url, CancellationToken.None);
        foreach (var (say, until) in hello)
        {
            await socket.SendAsync(say);
            await socket.WaitForAsync(until);
        }

        socket._reading = socket.ReadAsync(received);
        return socket;
    }

    /// <summary>Sends a frame. Calls must not overlap.</summary>
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

    private async Task WaitForAsync(string text)
    {
        var buffer = new byte[MaxFrameBytes];
        while (!Encoding.UTF8.GetString(buffer, 0, await ReadFrameAsync(buffer)).Contains(text, StringComparison.Ordinal))
        {
        }
    }

    /// <summary>Reads a whole frame; returns its length.</summary>
    private async ValueTask<int> ReadFrameAsync(byte[] buffer)
    {
        var length = 0;
        ValueWebSocketReceiveResult part;
        do
        {
            part = await _socket.ReceiveAsync(buffer.AsMemory(length), _closing.Token);
            length += part.Count;
        }
        while (!part.EndOfMessage);
        return length;
    }

    private async Task ReadAsync(Action<int> received)
    {
        var buffer = new byte[MaxFrameBytes];
        try
        {
            while (true)
            {
                var length = await ReadFrameAsync(buffer);
                if (Number(buffer.AsSpan(0, length)) is { } number)
                {
                    received(number);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // This program or a failing host closed the socket. Messages that do not arrive count as lost.
            return;
        }
    }

    private int? Number(ReadOnlySpan<byte> frame)
    {
        var at = frame.IndexOf(_prefix);
        return at >= 0 && System.Buffers.Text.Utf8Parser.TryParse(frame[(at + _prefix.Length)..], out int number, out _) ? number : null;
    }
}
