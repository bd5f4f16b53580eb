using System.Globalization;
using Connections.Invites.Contacts;

namespace Connections.Chat;

/// <summary>A chat message, as calls and events show it.</summary>
/// <param name="ConnectionId">The conversation.</param>
/// <param name="Seq">Its number there, from 1 with no gaps: the order that clients show.</param>
/// <param name="ClientId">The sender's own id for it; a repeated send has the same.</param>
/// <param name="From">Who wrote it.</param>
/// <param name="Text">What; empty when deleted.</param>
/// <param name="SentAt">When it was stored.</param>
/// <param name="EditedAt">When it was last edited.</param>
/// <param name="Deleted">Whether it was deleted; absent otherwise.</param>
public sealed record Message(
    string ConnectionId, long Seq, string ClientId, MemberId From, string Text, DateTimeOffset SentAt, DateTimeOffset? EditedAt = null, bool? Deleted = null);

/// <summary>A message's document in <c>messages</c>. Its id is its number, so that two writers cannot take one number.</summary>
public sealed record MessageDocument
{
    /// <summary>The number of digits of an id; ten billion messages in one conversation are out of reach.</summary>
    private const int IdDigits = 10;

    /// <summary><see cref="Seq"/>, padded with zeros.</summary>
    public required string Id { get; init; }

    /// <summary>The conversation; the partition key.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>From 1 with no gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>Unique with <see cref="From"/> in the conversation.</summary>
    public required string ClientId { get; init; }

    /// <summary>Who wrote it.</summary>
    public required MemberId From { get; init; }

    /// <summary>Who gets it.</summary>
    public required MemberId To { get; init; }

    /// <summary>What. Personal: never logged.</summary>
    public required string Text { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>When it was last edited.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>Whether it was deleted.</summary>
    public bool? Deleted { get; init; }

    /// <summary>How many messages of <see cref="From"/> there are, up to and including this.</summary>
    public required long FromCount { get; init; }

    /// <summary>How many messages of <see cref="To"/> there are before this. With <see cref="FromCount"/>, unread counts need no counting.</summary>
    public required long ToCount { get; init; }

    /// <summary>How often it was edited or deleted. A contact row that shows a higher one never goes back to a lower.</summary>
    public long Revision { get; init; }

    /// <summary>Whether it is of a conversation that ended with a profile that was erased; absent otherwise.</summary>
    public bool? Sealed { get; init; }

    /// <summary>The trace of the call that stored or changed it last, which goes on in what follows.</summary>
    public string? Trace { get; init; }

    /// <summary>Since when the contact rows are owed this message, or its last change; absent when they show it.</summary>
    public DateTimeOffset? OwedSince { get; init; }

    /// <summary>The document id of a number.</summary>
    public static string IdOf(long seq) => seq.ToString(CultureInfo.InvariantCulture).PadLeft(IdDigits, '0');

    /// <summary>How many messages a member has received, up to and including this.</summary>
    public long ReceivedBy(MemberId member) => member == From ? ToCount : FromCount;

    /// <summary>As a member's contact row shows it.</summary>
    public ChatView ViewFor(MemberId member) => new(new LastMessage(Seq, From, Text, SentAt, Deleted), ReceivedBy(member), Revision);

    /// <summary>
    /// As it stays when one of the two erased their profile: without its text if they wrote it, shown to nobody but who else wrote it, and under
    /// a client id that no client can send, so that no new message is taken for a repetition of it.
    /// </summary>
    public MessageDocument SealedFor(MemberId erased) => From == erased
        ? this with { ClientId = SealedClientId, Text = "", EditedAt = null, Deleted = true, Revision = Revision + 1, Sealed = true, OwedSince = null }
        : this with { ClientId = SealedClientId, Sealed = true, OwedSince = null };

    // Client ids are trimmed.
    private string SealedClientId => $" {Seq}";

    /// <summary>As calls and events show it.</summary>
    public Message ToMessage() => new(ConnectionId, Seq, ClientId, From, Text, SentAt, EditedAt, Deleted);
}
