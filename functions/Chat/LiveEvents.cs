using System.Text.Json;
using Connections.Http;
using Connections.Invites.Contacts;
using Connections.Telemetry;

namespace Connections.Chat;

/// <summary>Sends events to members' open clients, as JSON with a <c>type</c>.</summary>
/// <remarks>
/// An event that cannot be sent is logged and dropped: no client depends on it, and the change behind it is stored. A repeated call sends
/// the event of a message again only if the first event may have been lost: this instance has not sent it lately, and the message is so
/// recent that clients may not have fetched it.
/// </remarks>
public sealed partial class LiveEvents(ILiveDelivery live, ChatSettings settings, TimeProvider time, ILogger<LiveEvents> log)
{
    // Open clients fetch what they missed every two minutes.
    private static readonly TimeSpan RepeatFor = TimeSpan.FromMinutes(2);

    private readonly RateLimiter<(string ConnectionId, long Seq, long Revision)> _told = new(new Rate(1, RepeatFor), time);

    /// <summary>Sends the connection as this member now sees it.</summary>
    public Task ConnectionChangedAsync(MemberId member, Contact contact, CancellationToken ct) =>
        SendAsync([member], new { type = "connection.changed", contact }, ct);

    /// <summary>Sends a new message to both members; a repeated send of it only if the first event may have been lost.</summary>
    public async Task MessageCreatedAsync(MessageDocument message, Quote? quote, bool isNew, CancellationToken ct)
    {
        if (await TellAsync(message, quote, "message.created", isNew, ct))
        {
            Signals.PublishDelay.Record((time.Now() - message.SentAt).TotalMilliseconds);
        }
    }

    /// <summary>
    /// Sends how far a member has read to the reader's other devices, which clear their badge, and to the other member, unless one of the
    /// two hides their read marks.
    /// </summary>
    public Task MessageReadAsync(MemberId reader, MemberId other, string connectionId, long seq, bool isSeen, CancellationToken ct) =>
        SendAsync(isSeen ? [other, reader] : [reader], new { type = "message.read", connectionId, by = reader, seq }, ct);

    /// <summary>
    /// Sends an edited or deleted message, or one with another reaction, to both members; a repeated change of it only if the first event
    /// may have been lost.
    /// </summary>
    public Task MessageChangedAsync(MessageDocument message, Quote? quote, bool isNew, CancellationToken ct) =>
        TellAsync(message, quote, "message.changed", isNew, ct);

    /// <summary>Sends that a member is typing to the other member.</summary>
    public Task TypingAsync(MemberId by, MemberId other, string connectionId, CancellationToken ct) =>
        SendAsync([other], new { type = "typing", connectionId, by }, ct);

    /// <summary>Closes a member's open clients, if the live delivery service can be reached.</summary>
    public Task CloseAsync(MemberId member, CancellationToken ct) => TryAsync(() => live.CloseAsync(member, [], ct), ct);

    /// <summary>Whether the event was sent.</summary>
    private async Task<bool> TellAsync(MessageDocument message, Quote? quote, string type, bool isNew, CancellationToken ct)
    {
        var key = (message.ConnectionId, message.Seq, message.Revision);
        // The time of an older deletion is not stored, so this takes the latest time at which the message could be deleted.
        var changedAt = message.ChangedAt
            ?? (message.Deleted == true ? message.SentAt + settings.EditFor : message.EditedAt ?? message.SentAt);
        var mayBeUnknown = isNew || time.Now() - changedAt < RepeatFor;
        // A repeated call can be faster than the first.
        if (!mayBeUnknown || _told.Use(key).Wait > TimeSpan.Zero)
        {
            return false;
        }

        var sent = false;
        try
        {
            var (own, other) = (message.ToMessage(message.From, quote), message.ToMessage(message.To, quote));
            // Most often the two see the same, and it is written once.
            return sent = ReferenceEquals(own.Files, other.Files)
                ? await SendAsync([message.From, message.To], new { type, message = own }, ct)
                : await SendAsync([message.From], new { type, message = own }, ct)
                    & await SendAsync([message.To], new { type, message = other }, ct);
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
#pragma warning disable CA1031 // A failure of live delivery must not fail the call: its change is stored.
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogNotSent(e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "An event could not be sent to live delivery")]
    private partial void LogNotSent(Exception exception);
}
