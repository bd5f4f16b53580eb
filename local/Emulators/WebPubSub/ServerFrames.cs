using System.Buffers;
using System.Text.Json;

namespace Connections.Emulators.WebPubSub;

/// <summary>The frames of the subprotocols that are not messages. They have no sequence number and are never repeated.</summary>
internal static class ServerFrames
{
    public static readonly byte[] Pong = """{"type":"pong"}"""u8.ToArray();

    public static byte[] Connected(ClientSession session) => Write(writer =>
    {
        writer.WriteString("type", "system");
        writer.WriteString("event", "connected");
        writer.WriteString("userId", session.UserId);
        writer.WriteString("connectionId", session.Id);
        if (session.Subprotocol == Subprotocol.ReliableJson)
        {
            writer.WriteString("reconnectionToken", session.ReconnectionToken);
        }
    });

    public static byte[] Disconnected(string reason) => Write(writer =>
    {
        writer.WriteString("type", "system");
        writer.WriteString("event", "disconnected");
        writer.WriteString("message", reason);
    });

    public static byte[] Done(ulong ackId) => Write(writer =>
    {
        writer.WriteString("type", "ack");
        writer.WriteNumber("ackId", ackId);
        writer.WriteBoolean("success", true);
    });

    public static byte[] Failed(ulong ackId, string error, string message) => Write(writer =>
    {
        writer.WriteString("type", "ack");
        writer.WriteNumber("ackId", ackId);
        WriteError(writer, error, message);
    });

    public static byte[] InvocationFailed(string invocationId, string error, string message) => Write(writer =>
    {
        writer.WriteString("type", "invokeResponse");
        writer.WriteString("invocationId", invocationId);
        WriteError(writer, error, message);
    });

    private static void WriteError(Utf8JsonWriter writer, string error, string message)
    {
        writer.WriteBoolean("success", false);
        writer.WriteStartObject("error");
        writer.WriteString("name", error);
        writer.WriteString("message", message);
        writer.WriteEndObject();
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
