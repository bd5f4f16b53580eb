using System.Text.Json;
using Connections.Invites.Contacts;
using Connections.Members;
using Connections.Telemetry;
using Microsoft.Extensions.Logging;

namespace Connections.Chat;

/// <summary>The events that reach a member's open clients, as JSON with a <c>type</c>.</summary>
/// <remarks>An event that cannot be sent is logged and let go: nothing depends on one arriving, and the change that it tells of is stored.</remarks>
public sealed partial class LiveEvents(ILiveDelivery live, TimeProvider time, ILogger<LiveEvents> log)
{
    /// <summary>The connection as this member now sees it.</summary>
    public Task ConnectionChangedAsync(MemberId member, Contact contact, CancellationToken ct) =>
        SendAsync([member], new { type = "connection.changed", contact }, ct);

    /// <summary>A new message, to both sides and all their devices.</summary>
    public async Task MessageCreatedAsync(MemberId one, MemberId other, Message message, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        await SendAsync([one, other], new { type = "message.created", message }, ct);
        Signals.PublishDelay.Record((time.Now() - message.SentAt).TotalMilliseconds);
    }

    /// <summary>How far a member has read, to both sides: the reader's other devices clear their badge.</summary>
    public Task MessageReadAsync(MemberId reader, MemberId other, string connectionId, long seq, CancellationToken ct) =>
        SendAsync([other, reader], new { type = "message.read", connectionId, by = reader, seq }, ct);

    /// <summary>A message that was edited or deleted, as it is now, to both sides and all their devices.</summary>
    public Task MessageChangedAsync(MemberId one, MemberId other, Message message, CancellationToken ct) =>
        SendAsync([one, other], new { type = "message.changed", message }, ct);

    /// <summary>That a member is typing, to the other side only.</summary>
    public Task TypingAsync(MemberId by, MemberId other, string connectionId, CancellationToken ct) =>
        SendAsync([other], new { type = "typing", connectionId, by }, ct);

    private async Task SendAsync(MemberId[] members, object body, CancellationToken ct)
    {
        var json = JsonSerializer.Serialize(body, Json.Options);
        using var span = Signals.Outside("publish");
        try
        {
            await Task.WhenAll(members.Select(member => live.SendAsync(member, json, ct)));
        }
#pragma warning disable CA1031 // Whatever went wrong with a socket must not undo what was stored.
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotSent(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A live event could not be sent")]
    private partial void LogNotSent(Exception exception);
}
