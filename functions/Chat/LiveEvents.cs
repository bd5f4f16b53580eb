using System.Text.Json;
using Connections.Http;
using Connections.Invites.Contacts;
using Connections.Telemetry;
using Microsoft.Extensions.Logging;

namespace Connections.Chat;

/// <summary>The events that reach a member's open clients, as JSON with a <c>type</c>.</summary>
/// <remarks>
/// An event that cannot be sent is logged and let go: nothing depends on one arriving, and the change that it tells of is stored.
/// A repeated call sends the event of a message again only where the first one may have been lost: when this instance has not sent it
/// lately, and the message is so young that clients may not have found it by themselves.
/// </remarks>
public sealed partial class LiveEvents(ILiveDelivery live, ChatSettings settings, TimeProvider time, ILogger<LiveEvents> log)
{
    // Open clients look for what they missed every two minutes.
    private static readonly TimeSpan ToldAgainFor = TimeSpan.FromMinutes(2);

    private readonly RateLimiter<(string ConnectionId, long Seq, long Revision)> _told = new(new Rate(1, ToldAgainFor), time);

    /// <summary>The connection as this member now sees it.</summary>
    public Task ConnectionChangedAsync(MemberId member, Contact contact, CancellationToken ct) =>
        SendAsync([member], new { type = "connection.changed", contact }, ct);

    /// <summary>A new message, to both sides and all their devices; a repeated send of it where its first event may have been lost.</summary>
    public async Task MessageCreatedAsync(MessageDocument message, bool isNew, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (await TellAsync(message, new { type = "message.created", message = message.ToMessage() }, isNew, ct))
        {
            Signals.PublishDelay.Record((time.Now() - message.SentAt).TotalMilliseconds);
        }
    }

    /// <summary>How far a member has read, to both sides: the reader's other devices clear their badge.</summary>
    public Task MessageReadAsync(MemberId reader, MemberId other, string connectionId, long seq, CancellationToken ct) =>
        SendAsync([other, reader], new { type = "message.read", connectionId, by = reader, seq }, ct);

    /// <summary>A message that was edited or deleted, as it is now, to both sides and all their devices; a repeated change of it where its first event may have been lost.</summary>
    public Task MessageChangedAsync(MessageDocument message, bool isNew, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(message);
        return TellAsync(message, new { type = "message.changed", message = message.ToMessage() }, isNew, ct);
    }

    /// <summary>That a member is typing, to the other side only.</summary>
    public Task TypingAsync(MemberId by, MemberId other, string connectionId, CancellationToken ct) =>
        SendAsync([other], new { type = "typing", connectionId, by }, ct);

    /// <summary>Closes a member's open clients, if live delivery can be reached.</summary>
    public Task CloseAsync(MemberId member, CancellationToken ct) => TryAsync(() => live.CloseAsync(member, [], ct), ct);

    /// <summary>Whether the event was sent.</summary>
    private async Task<bool> TellAsync(MessageDocument message, object body, bool isNew, CancellationToken ct)
    {
        var key = (message.ConnectionId, message.Seq, message.Revision);
        // When a message was deleted is not kept, so the latest moment at which it can have been counts.
        var changedAt = message.Deleted == true ? message.SentAt + settings.EditFor : message.EditedAt ?? message.SentAt;
        var mayBeUnknown = isNew || message.OwedSince is not null || time.Now() - changedAt < ToldAgainFor;
        // A repeated call may even have been faster than the first.
        if (!mayBeUnknown || _told.Use(key) > TimeSpan.Zero)
        {
            return false;
        }

        var sent = false;
        try
        {
            return sent = await SendAsync([message.From, message.To], body, ct);
        }
        finally
        {
            if (!sent)
            {
                _told.Forget(key);
            }
        }
    }

    /// <summary>Whether the event was handed over.</summary>
    private Task<bool> SendAsync(MemberId[] members, object body, CancellationToken ct)
    {
        var json = JsonSerializer.Serialize(body, Json.Options);
        return TryAsync(() => Task.WhenAll(members.Select(member => live.SendAsync(member, json, ct))), ct);
    }

    private async Task<bool> TryAsync(Func<Task> publish, CancellationToken ct)
    {
        using var span = Signals.Outside("publish");
        try
        {
            await publish();
            return true;
        }
#pragma warning disable CA1031 // Whatever went wrong with a socket must not undo what was stored.
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotSent(e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Live delivery could not be reached")]
    private partial void LogNotSent(Exception exception);
}
