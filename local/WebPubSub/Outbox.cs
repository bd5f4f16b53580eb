using System.Diagnostics.CodeAnalysis;

namespace Connections.Local.WebPubSub;

/// <summary>The messages of one connection that its client has not acknowledged, numbered from 1 with no gaps.</summary>
/// <remarks>
/// It is the send queue too: a socket keeps the number it sent last and asks for the next, so a socket that takes over after
/// a loss begins again with the oldest message still held. Bounded as in Azure: a client that neither reads nor acknowledges
/// costs no more than this. The lock is one connection's, held to move a reference and never across a send.
/// </remarks>
internal sealed class Outbox
{
    /// <summary>The most messages held.</summary>
    public const int MaxMessages = 1000;

    /// <summary>The most bytes held.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private readonly Lock _gate = new();

    // A message stands at its number modulo the length, which is a power of two.
    private OutboundMessage?[] _ring = new OutboundMessage?[8];
    private long _first = 1;
    private long _next = 1;
    private int _bytes;

    /// <summary>Takes a message; false when the connection holds as much as it may, and must end.</summary>
    public bool TryAdd(OutboundMessage message)
    {
        lock (_gate)
        {
            var count = (int)(_next - _first);
            if (count == MaxMessages || _bytes + message.Envelope.Length > MaxBytes)
            {
                return false;
            }

            if (count == _ring.Length)
            {
                Grow();
            }

            Slot(_next++) = message;
            _bytes += message.Envelope.Length;
            return true;
        }
    }

    /// <summary>The oldest message held after the one numbered <paramref name="sent"/>, which becomes its number.</summary>
    public bool TryNext(ref long sent, [NotNullWhen(true)] out OutboundMessage? message)
    {
        lock (_gate)
        {
            var number = Math.Max(sent + 1, _first);
            if (number >= _next)
            {
                message = null;
                return false;
            }

            message = Slot(number)!;
            sent = number;
            return true;
        }
    }

    /// <summary>Lets go of every message up to this number; of none when that was done before.</summary>
    public void Acknowledge(long number)
    {
        lock (_gate)
        {
            for (; _first <= number && _first < _next; _first++)
            {
                _bytes -= Slot(_first)!.Envelope.Length;
                Slot(_first) = null;
            }
        }
    }

    private ref OutboundMessage? Slot(long number) => ref _ring[number & (_ring.Length - 1)];

    private void Grow()
    {
        var old = _ring;
        _ring = new OutboundMessage?[old.Length * 2];
        for (var number = _first; number < _next; number++)
        {
            Slot(number) = old[number & (old.Length - 1)];
        }
    }
}
