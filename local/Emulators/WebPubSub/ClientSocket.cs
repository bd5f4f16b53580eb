using System.Buffers;
using System.Globalization;
using System.Net.WebSockets;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Threading.Channels;

namespace Connections.Emulators.WebPubSub;

/// <summary>One WebSocket of a connection: reads requests, and sends answers and the connection's messages in order.</summary>
/// <remarks>One loop reads and one sends. The messages of a client that reads slowly wait in its outbox and delay no other
/// client.</remarks>
internal sealed class ClientSocket(
    WebSocket socket, ClientSession session, ClientRequests requests, TimeProvider time, Action abort) : IDisposable
{
    /// <summary>The most bytes of one request, as in Azure.</summary>
    public const int MaxRequest = 1024 * 1024;

    /// <summary>How long a client may take to answer a closing handshake.</summary>
    public static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    /// <summary>How long one send may take before the socket is abandoned.</summary>
    private static readonly TimeSpan SendTimeout = TimeSpan.FromSeconds(20);

    // Only the reading loop adds answers. It stops reading from a client that does not take them.
    private readonly Channel<byte[]> _answers = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(64) { SingleReader = true });
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });

    private readonly Lock _ending = new();
    private readonly CancellationTokenSource _gone = new();
    private Closing? _closing;
    private bool _disposed;

    /// <summary>Why a socket closes. The notice is sent before the closing handshake, on a JSON subprotocol.</summary>
    private sealed record Closing(WebSocketCloseStatus Status, string? Notice);

    /// <summary>Serves the socket until it is closed or lost. True if it was lost, so that the client may recover its connection.</summary>
    public async Task<bool> RunAsync()
    {
        if (session.Subprotocol != Subprotocol.Plain)
        {
            _answers.Writer.TryWrite(ServerFrames.Connected(session));
        }

        var reading = ReadAsync();
        try
        {
            // Sending ends only with a closing handshake, which the reading loop then completes.
            await SendAsync();
            await reading.WaitAsync(CloseTimeout, time);
        }
        catch (Exception e)
        {
            Abort();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var cause = IsLoss(e) ? reading.Exception?.InnerException ?? e : e;
            if (!IsLoss(cause))
            {
                ExceptionDispatchInfo.Throw(cause);
            }
        }

        return Volatile.Read(ref _closing) is null;
    }

    /// <summary>Tells the sending loop that there is something to send.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Sends the pending answers and the notice, then closes. Only the first call counts.</summary>
    public void Close(WebSocketCloseStatus status, string? notice)
    {
        Interlocked.CompareExchange(ref _closing, new Closing(status, notice), null);
        Wake();
    }

    /// <summary>Breaks the socket without a closing handshake.</summary>
    public void Abort()
    {
        lock (_ending)
        {
            // After the request has ended there is nothing to break.
            if (!_disposed)
            {
                _gone.Cancel();
                socket.Abort();
                abort();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_ending)
        {
            _disposed = true;
            _gone.Dispose();
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var request = new ArrayBufferWriter<byte>(1024);
            while (true)
            {
                var received = await socket.ReceiveAsync(request.GetMemory(512), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    Close(WebSocketCloseStatus.NormalClosure, notice: null);
                    return;
                }

                if (Volatile.Read(ref _closing) is not null)
                {
                    // Waiting for the client's half of the closing handshake; its further requests are ignored.
                    continue;
                }

                request.Advance(received.Count);
                if (request.WrittenCount > MaxRequest)
                {
                    Close(WebSocketCloseStatus.MessageTooBig, $"A request can have {MaxRequest} bytes.");
                }
                else if (received.EndOfMessage)
                {
                    await AnswerAsync(received.MessageType, request.WrittenMemory);
                    request = request.Capacity > 64 * 1024 ? new ArrayBufferWriter<byte>(1024) : request;
                    request.ResetWrittenCount();
                }
            }
        }
        catch
        {
            // The sending loop may wait for work that will not come.
            Abort();
            throw;
        }
    }

    private async ValueTask AnswerAsync(WebSocketMessageType type, ReadOnlyMemory<byte> request)
    {
        if (session.Subprotocol == Subprotocol.Plain)
        {
            Close(WebSocketCloseStatus.PolicyViolation, notice: null);
            return;
        }

        if (type != WebSocketMessageType.Text)
        {
            Close(WebSocketCloseStatus.InvalidMessageType, "The JSON subprotocols use text frames.");
            return;
        }

        var answer = requests.Handle(session, request);
        if (answer.Violation is { } violation)
        {
            Close(WebSocketCloseStatus.PolicyViolation, violation);
        }
        else if (answer.Frame is { } frame)
        {
            await _answers.Writer.WriteAsync(frame, _gone.Token);
            Wake();
        }
    }

    private async Task SendAsync()
    {
        long sent = 0;
        while (true)
        {
            _gone.Token.ThrowIfCancellationRequested();
            var closing = Volatile.Read(ref _closing);
            if (_answers.Reader.TryRead(out var answer))
            {
                await SendAsync(answer, WebSocketMessageType.Text);
            }
            else if (closing is not null)
            {
                if (closing.Notice is { } notice && session.Subprotocol != Subprotocol.Plain)
                {
                    await SendAsync(ServerFrames.Disconnected(notice), WebSocketMessageType.Text);
                }

                await socket.CloseOutputAsync(closing.Status, statusDescription: null, _gone.Token).WaitAsync(SendTimeout, time);
                return;
            }
            else if (session.Outbox.TryNext(ref sent, out var message))
            {
                await SendAsync(message, sent);
            }
            else
            {
                await _wake.Reader.ReadAsync(_gone.Token);
            }
        }
    }

    private async ValueTask SendAsync(OutboundMessage message, long number)
    {
        switch (session.Subprotocol)
        {
            case Subprotocol.ReliableJson:
                await SendAsync(Numbered(message, number), WebSocketMessageType.Text);
                return;
            case Subprotocol.Json:
                await SendAsync(message.Envelope, WebSocketMessageType.Text);
                break;
            default:
                await SendAsync(message.Payload, message.PayloadType);
                break;
        }

        // These clients send no acknowledgements.
        session.Outbox.Acknowledge(number);
    }

    // All clients share the envelope; only the number, which goes before the envelope's members, is the client's own.
    private static byte[] Numbered(OutboundMessage message, long number) =>
        [
            .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"sequenceId\":{number},")),
            .. message.Envelope.Span[1..]];

    private async ValueTask SendAsync(ReadOnlyMemory<byte> frame, WebSocketMessageType type)
    {
        var sending = socket.SendAsync(frame, type, endOfMessage: true, CancellationToken.None);
        if (sending.IsCompletedSuccessfully)
        {
            await sending;
        }
        else
        {
            await sending.AsTask().WaitAsync(SendTimeout, time, _gone.Token);
        }
    }

    private static bool IsLoss(Exception e) =>
        e is WebSocketException or OperationCanceledException or TimeoutException or IOException or ObjectDisposedException;
}
