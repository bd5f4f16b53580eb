using System.Net.WebSockets;
using Connections.Emulators.WebPubSub;

namespace Connections.Tests.Local.WebPubSub;

public sealed class OutboxTests
{
    [Fact]
    public void Random_sequences_of_operations_agree_with_a_simple_model()
    {
        var random = new Random(20261122);
        for (var walk = 0; walk < 200; walk++)
        {
            var outbox = new Outbox();
            var model = new SortedDictionary<long, OutboundMessage>();
            long added = 0, sent = 0;
            for (var step = 0; step < 500; step++)
            {
                switch (random.Next(4))
                {
                    case 0 or 1:
                        var message = Message(size: random.Next(1, 100));
                        Assert.Equal(model.Count < Outbox.MaxMessages, outbox.TryAdd(message));
                        model[++added] = message;
                        break;
                    case 2:
                        var next = model.FirstOrDefault(m => m.Key > sent);
                        Assert.Equal(next.Value is not null, outbox.TryNext(ref sent, out var given));
                        Assert.Same(next.Value, given);
                        break;
                    default:
                        var upTo = random.NextInt64(-1, sent + 2);
                        outbox.Acknowledge(upTo);
                        foreach (var key in model.Keys.TakeWhile(k => k <= upTo).ToArray())
                        {
                            model.Remove(key);
                        }

                        break;
                }
            }
        }
    }

    [Fact]
    public void It_holds_a_bounded_number_of_messages_and_acknowledgements_make_room()
    {
        var outbox = new Outbox();
        for (var n = 0; n < Outbox.MaxMessages; n++)
        {
            Assert.True(outbox.TryAdd(Message(1)));
        }

        Assert.False(outbox.TryAdd(Message(1)));
        outbox.Acknowledge(1);
        Assert.True(outbox.TryAdd(Message(1)));
    }

    [Fact]
    public void It_holds_a_bounded_number_of_bytes()
    {
        var outbox = new Outbox();
        const int Size = 1024 * 1024;
        for (var bytes = 0; bytes < Outbox.MaxBytes; bytes += Size)
        {
            Assert.True(outbox.TryAdd(Message(Size)));
        }

        Assert.False(outbox.TryAdd(Message(1)));
        outbox.Acknowledge(1);
        Assert.True(outbox.TryAdd(Message(Size)));
    }

    private static OutboundMessage Message(int size) => new(new byte[size], default, WebSocketMessageType.Text);
}
