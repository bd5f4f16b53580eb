using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Connections.Emulators.WebPubSub;

namespace Connections.Tests.Local.WebPubSub;

public sealed class OutboundMessageTests
{
    [Theory]
    [InlineData("json", """{"a":[1,"x"]}""", """{"a":[1,"x"]}""", WebSocketMessageType.Text)]
    [InlineData("text", "\"h\\u00e9\"", "hé", WebSocketMessageType.Text)]
    [InlineData("binary", "\"aGk=\"", "hi", WebSocketMessageType.Binary)]
    public void Group_data_is_forwarded_unchanged_and_decoded_for_clients_without_a_subprotocol(
        string dataType, string data, string payload, WebSocketMessageType payloadType)
    {
        using var document = JsonDocument.Parse(data);

        var message = OutboundMessage.FromGroup("tea", "ada", dataType, document.RootElement)!;

        Assert.Equal(
            $$"""{"type":"message","from":"group","fromUserId":"ada","group":"tea","dataType":"{{dataType}}","data":{{data}}}""",
            Encoding.UTF8.GetString(message.Envelope.Span));
        Assert.Equal((payload, payloadType), (Encoding.UTF8.GetString(message.Payload.Span), message.PayloadType));
    }

    [Fact]
    public void A_message_over_a_megabyte_cannot_be_sent() =>
        Assert.Throws<ArgumentException>(() => OutboundMessage.FromServer($"\"{new string('x', OutboundMessage.MaxPayload - 1)}\""));
}
