using System.Diagnostics.CodeAnalysis;

namespace Connections.Emulators.WebPubSub;

/// <summary>The messages of one connection that its client has not acknowledged, numbered from 1 with no gaps.</summary>
/// <remarks>
/// A socket remembers the last number it sent and asks for the next, so a new socket begins with the oldest message that is still held.
/// Bounded as in Azure, so that a client that does not acknowledge costs no more than this. The lock is never held across a send.
/// </remarks>
internal sealed class Outbox
{
    /// <summary>The most messages held.</summary>
    public const int MaxMessages = 1000;

    /// <summary>The most bytes held.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private readonly Lock _gate = new();

    // The messages from number _first on.
    private readonly List<OutboundMessage> _messages = [];
    private long _first = 1;
    private int _bytes;

    /// <summary>Adds a message; false if the outbox is full, and the connection must end.</summary>
    public bool TryAdd(OutboundMessage message)
    {
        lock (_gate)
        {
            if (_messages.Count == MaxMessages || _bytes + message.Envelope.Length > MaxBytes)
            {
                return false;
            }

            _messages.Add(message);
            _bytes += message.Envelope.Length;
            return true;
        }
    }

    /// <summary>The next message after number <paramref name="sent"/>, which becomes the message's number.</summary>
    public bool TryNext(ref long sent, [NotNullWhen(true)] out OutboundMessage? message)
    {
        lock (_gate)
        {
            var number = Math.Max(sent + 1, _first);
            if (number >= _first + _messages.Count)
            {
                message = null;
                return false;
            }

            message = _messages[(int)(number - _first)];
            sent = number;
            return true;
        }
    }

    /// <summary>Removes every message up to this number.</summary>
    public void Acknowledge(long number)
    {
        lock (_gate)
        {
            var count = (int)Math.Clamp(number - _first + 1, 0, _messages.Count);
            _bytes -= _messages.Take(count).Sum(message => message.Envelope.Length);
            _messages.RemoveRange(0, count);
            _first += count;
        }
    }
}
