using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Connections.Emulators.WebPubSub;

/// <summary>The reaction to a client's request: a frame to send, a violation that ends the connection, or neither.</summary>
internal readonly record struct Answer(byte[]? Frame, string? Violation)
{
    public static readonly Answer None;

    public static Answer Reply(byte[] frame) => new(frame, null);

    public static Answer End(string violation) => new(null, violation);
}

/// <summary>Carries out the requests of clients of the JSON subprotocols.</summary>
/// <remarks>
/// Custom events and invocations, which Azure sends to event handlers, are not supported and are refused by name. A request with an
/// <c>ackId</c> gets its refusal as an ack. A malformed request without one ends the connection.
/// </remarks>
internal sealed partial class ClientRequests(SessionSets groups, Action<ClientSession, OutboundMessage> deliver, ILogger logger)
{
    /// <summary>The longest name of a group, in characters.</summary>
    public const int MaxGroupName = 1024;

    /// <summary>Handles one frame.</summary>
    public Answer Handle(ClientSession session, ReadOnlyMemory<byte> frame)
    {
        try
        {
            using var document = JsonDocument.Parse(frame);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Handle(session, document.RootElement)
                : Answer.End("A request is a JSON object.");
        }
        catch (JsonException)
        {
            return Answer.End("A request is a JSON object; this one is not JSON.");
        }
    }

    private Answer Handle(ClientSession session, JsonElement request)
    {
        ulong? ackId = null;
        if (request.TryGetProperty("ackId", out var ack) && ack.ValueKind != JsonValueKind.Null)
        {
            if (ack.ValueKind != JsonValueKind.Number || !ack.TryGetUInt64(out var number))
            {
                return Answer.End("The ackId of a request is an unsigned integer.");
            }

            ackId = number;
        }

        switch (Text(request, "type"))
        {
            case "ping":
                return Answer.Reply(ServerFrames.Pong);
            case "sequenceAck":
                return Acknowledge(session, request);
            case "joinGroup":
                return InGroup(session, request, ackId, "joinLeaveGroup", group => session.Change(group, member: true, groups));
            case "leaveGroup":
                return InGroup(session, request, ackId, "joinLeaveGroup", group => session.Change(group, member: false, groups));
            case "sendToGroup":
                return SendToGroup(session, request, ackId);
            case "event":
                return Refuse(session, ackId, "NotSupported", "event is not supported: this hub has no event handlers.");
            case "invoke" or "cancelInvocation":
                return Answer.Reply(ServerFrames.InvocationFailed(
                    Text(request, "invocationId") ?? "", "NotSupported", "invoke is not supported: this hub has no event handlers."));
            case { } other when ackId is { } id:
                return Answer.Reply(ServerFrames.Failed(id, "NotSupported", $"{Short(other)} is not a type of request."));
            case { } other:
                return Answer.End($"{Short(other)} is not a type of request.");
            case null:
                return Answer.End("A request has a type.");
        }
    }

    private static Answer Acknowledge(ClientSession session, JsonElement request)
    {
        if (session.Subprotocol != Subprotocol.ReliableJson)
        {
            return Answer.End("sequenceAck belongs to the reliable subprotocol.");
        }

        if (!request.TryGetProperty("sequenceId", out var sequence) || sequence.ValueKind != JsonValueKind.Number
            || !sequence.TryGetInt64(out var number))
        {
            return Answer.End("The sequenceId of a sequenceAck is an unsigned integer.");
        }

        session.Outbox.Acknowledge(number);
        return Answer.None;
    }

    private Answer SendToGroup(ClientSession session, JsonElement request, ulong? ackId)
    {
        var message = request.TryGetProperty("data", out var data) && Text(request, "group") is { } name
            ? OutboundMessage.FromGroup(name, session.UserId, Text(request, "dataType") ?? "json", data)
            : null;
        if (message is null)
        {
            return Malformed(ackId, "sendToGroup needs a group, a dataType of json, text or binary, and data of that type.");
        }

        var noEcho = request.TryGetProperty("noEcho", out var flag) && flag.ValueKind == JsonValueKind.True;
        return InGroup(session, request, ackId, "sendToGroup", group =>
        {
            foreach (var member in groups[group])
            {
                if (!noEcho || member != session)
                {
                    deliver(member, message);
                }
            }
        });
    }

    private Answer InGroup(ClientSession session, JsonElement request, ulong? ackId, string action, Action<string> act)
    {
        if (Text(request, "group") is not { Length: > 0 and <= MaxGroupName } group)
        {
            return Malformed(ackId, $"A group has a name of 1 to {MaxGroupName} characters.");
        }

        if (!session.May(action, group))
        {
            return Refuse(session, ackId, "Forbidden", $"The client has neither the role webpubsub.{action} nor that role for this group.");
        }

        if (ackId is { } id && !session.TryBegin(id))
        {
            return Answer.Reply(ServerFrames.Failed(id, "Duplicate", $"Message with ack-id: {id} has been processed"));
        }

        act(group);
        return ackId is { } done ? Answer.Reply(ServerFrames.Done(done)) : Answer.None;
    }

    private Answer Refuse(ClientSession session, ulong? ackId, string error, string message)
    {
        if (ackId is { } id)
        {
            return Answer.Reply(ServerFrames.Failed(id, error, message));
        }

        Refused(logger, session.Id, message);
        return Answer.None;
    }

    private static Answer Malformed(ulong? ackId, string message) =>
        ackId is { } id ? Answer.Reply(ServerFrames.Failed(id, "BadRequest", message)) : Answer.End(message);

    private static string? Text(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Short(string text) => text.Length <= 64 ? text : text[..64];

    [LoggerMessage(LogLevel.Warning, "Web PubSub connection {ConnectionId} asked for no ack and was refused: {Reason}")]
    private static partial void Refused(ILogger logger, string connectionId, string reason);
}
