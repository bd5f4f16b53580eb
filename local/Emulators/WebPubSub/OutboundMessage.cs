using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Connections.Emulators.WebPubSub;

/// <summary>A message to clients, serialised once for all of them.</summary>
/// <param name="Envelope">The frame of the JSON subprotocols, without a sequence number: a JSON object.</param>
/// <param name="Payload">The frame of a client without a subprotocol.</param>
/// <param name="PayloadType">The type of that frame.</param>
internal sealed record OutboundMessage(ReadOnlyMemory<byte> Envelope, ReadOnlyMemory<byte> Payload, WebSocketMessageType PayloadType)
{
    /// <summary>The most bytes of one payload, as in Azure.</summary>
    public const int MaxPayload = 1024 * 1024;

    /// <summary>A message from the application.</summary>
    /// <exception cref="ArgumentException">The text is not one JSON value, or is over <see cref="MaxPayload"/> bytes.</exception>
    public static OutboundMessage FromServer(string json)
    {
        var before = """{"type":"message","from":"server","dataType":"json","data":"""u8;
        var length = Encoding.UTF8.GetByteCount(json);
        if (length > MaxPayload)
        {
            throw new ArgumentException($"A message can have {MaxPayload} bytes, not {length}.", nameof(json));
        }

        var envelope = new byte[before.Length + length + 1];
        before.CopyTo(envelope);
        Encoding.UTF8.GetBytes(json, envelope.AsSpan(before.Length));
        envelope[^1] = (byte)'}';
        var payload = envelope.AsMemory(before.Length, length);
        RequireJson(payload.Span);
        return new OutboundMessage(envelope, payload, WebSocketMessageType.Text);
    }

    /// <summary>A message from a client to a group; null if the data is not of its type.</summary>
    public static OutboundMessage? FromGroup(string group, string fromUserId, string dataType, JsonElement data)
    {
        ReadOnlyMemory<byte> payload;
        switch (dataType)
        {
            case "json":
                payload = JsonMarshal.GetRawUtf8Value(data).ToArray();
                break;
            case "text" when data.ValueKind == JsonValueKind.String:
                payload = Encoding.UTF8.GetBytes(data.GetString()!);
                break;
            case "binary" when data.ValueKind == JsonValueKind.String && data.TryGetBytesFromBase64(out var bytes):
                payload = bytes;
                break;
            default:
                return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "message");
            writer.WriteString("from", "group");
            writer.WriteString("fromUserId", fromUserId);
            writer.WriteString("group", group);
            writer.WriteString("dataType", dataType);
            writer.WritePropertyName("data");
            writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(data), skipInputValidation: true);
            writer.WriteEndObject();
        }

        return new OutboundMessage(
            buffer.WrittenMemory, payload, dataType == "binary" ? WebSocketMessageType.Binary : WebSocketMessageType.Text);
    }

    // The text goes into the envelope as it is; malformed JSON would break the client's connection.
    private static void RequireJson(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
            }
        }
        catch (JsonException e)
        {
            throw new ArgumentException("The message is not one JSON value.", nameof(json), e);
        }
    }
}
