using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Serialization;
using Connections.Invites.Contacts;

namespace Connections.Chat;

/// <summary>A chat message as calls and events show it.</summary>
/// <param name="ConnectionId">The conversation.</param>
/// <param name="Seq">Its number there, from 1 with no gaps: the order that clients show.</param>
/// <param name="ClientId">The sender's own id for it; a repeated send has the same id.</param>
/// <param name="From">The sender.</param>
/// <param name="Text">The text; empty when deleted, and where there are only files.</param>
/// <param name="SentAt">When it was stored.</param>
/// <param name="EditedAt">When it was last edited.</param>
/// <param name="Deleted">Whether it was deleted; absent otherwise.</param>
/// <param name="Files">Its files; absent for none, and when deleted.</param>
/// <param name="Quote">The message that it replies to, as that is now; absent for none.</param>
/// <param name="Reactions">The reactions, the earlier one first; absent for none.</param>
/// <param name="Revision">How often it was changed: of two versions the higher one is the later one. Absent while it never was.</param>
/// <param name="Early">Whether it is among the first messages of its sender in the conversation; absent otherwise.</param>
public sealed record Message(
    string ConnectionId,
    long Seq,
    string ClientId,
    MemberId From,
    string Text,
    DateTimeOffset SentAt,
    DateTimeOffset? EditedAt = null,
    bool? Deleted = null,
    IReadOnlyList<MessageFile>? Files = null,
    Quote? Quote = null,
    IReadOnlyList<Reaction>? Reactions = null,
    long? Revision = null,
    bool? Early = null)
{
    /// <summary>
    /// How many messages of a sender are early ones. A client warns of signs of a scam in these, unless the sender's organisation is
    /// confirmed.
    /// </summary>
    public const int EarlyMessages = 5;

    /// <summary>Whether a message is among its sender's early ones; null for no.</summary>
    /// <param name="fromCount">How many messages of the sender there are, up to and including this one.</param>
    public static bool? IsEarly(long fromCount) => fromCount <= EarlyMessages ? true : null;
}

/// <summary>A message's document in <c>messages</c>. Its id is its number, so that two writers cannot take one number.</summary>
public sealed record MessageDocument
{
    /// <summary>The number of digits of an id: room for ten billion messages in one conversation.</summary>
    private const int IdDigits = 10;

    /// <summary><see cref="Seq"/>, padded with zeros.</summary>
    public required string Id { get; init; }

    /// <summary>The conversation; the partition key.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>From 1 with no gaps.</summary>
    public required long Seq { get; init; }

    /// <summary>Unique with <see cref="From"/> in the conversation.</summary>
    public required string ClientId { get; init; }

    /// <summary>The sender.</summary>
    public required MemberId From { get; init; }

    /// <summary>The recipient.</summary>
    public required MemberId To { get; init; }

    /// <summary>The text. Personal: never logged.</summary>
    public required string Text { get; init; }

    /// <summary>
    /// Its files; absent for none. Of a deleted message only their ids, by which the sweep removes what its call did not.
    /// </summary>
    public IReadOnlyList<MessageFile>? Files { get; init; }

    /// <summary>When it was stored.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>When it was last edited.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>Whether it was deleted.</summary>
    public bool? Deleted { get; init; }

    /// <summary>The number of the message that it replies to; absent for none, and once it is deleted.</summary>
    public long? ReplyTo { get; init; }

    /// <summary>The reactions, at most one of each member, the earlier one first; absent for none, and once it is deleted.</summary>
    public IReadOnlyList<Reaction>? Reactions { get; init; }

    /// <summary>When it was last edited, deleted or reacted to, or its files came to be shown.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>When the message before it was stored; absent for the first one, and in messages from before it was kept.</summary>
    public DateTimeOffset? PreviousAt { get; init; }

    /// <summary>How many messages of <see cref="From"/> there are, up to and including this one.</summary>
    public required long FromCount { get; init; }

    /// <summary>
    /// How many messages of <see cref="To"/> there are before this one. With <see cref="FromCount"/>, unread messages need not be counted.
    /// </summary>
    public required long ToCount { get; init; }

    /// <summary>
    /// How often it was edited, deleted or reacted to, or its files came to be shown. A contact row never goes back to a lower revision.
    /// </summary>
    public long Revision { get; init; }

    /// <summary>Whether its conversation ended because one of the two erased their profile; absent otherwise.</summary>
    public bool? Sealed { get; init; }

    /// <summary>The trace of the call that stored or changed it last; what follows continues the trace.</summary>
    public string? Trace { get; init; }

    /// <summary>The document id of a number.</summary>
    public static string IdOf(long seq) => seq.ToString(CultureInfo.InvariantCulture).PadLeft(IdDigits, '0');

    /// <summary>A member's reaction; null for none.</summary>
    public string? ReactionOf(MemberId member) => Reactions?.FirstOrDefault(reaction => reaction.By == member)?.Kind;

    /// <summary>The same with another reaction of a member, or without one.</summary>
    public MessageDocument WithReactionOf(MemberId member, string? kind)
    {
        List<Reaction> reactions = [.. (Reactions ?? []).Where(reaction => reaction.By != member)];
        if (kind is not null)
        {
            reactions.Add(new Reaction(member, kind));
        }

        return this with { Reactions = reactions is [] ? null : reactions };
    }

    /// <summary>How many messages a member has received, up to and including this one.</summary>
    public long ReceivedBy(MemberId member) => member == From ? ToCount : FromCount;

    /// <summary>As a member's contact row shows it.</summary>
    public ChatView ViewFor(MemberId member) =>
        new(
            new LastMessage(Seq, From, Text, SentAt, Deleted, LastFiles),
            ReceivedBy(member),
            Revision,
            ClientId,
            EditedAt,
            PreviousAt,
            ChangedAt,
            ReplyTo);

    /// <summary>
    /// The message after one of the two erased their profile: without its text if they sent it, otherwise visible only to its sender's
    /// export, and with a client id that no client can send, so that no new message counts as a repetition of it. Without their reaction.
    /// </summary>
    public MessageDocument SealedFor(MemberId erased)
    {
        var hidden = WithReactionOf(erased, null) with { ClientId = SealedClientId, Sealed = true };
        return From == erased ? hidden.Emptied() with { Revision = Revision + 1 } : hidden;
    }

    /// <summary>The message once it is deleted: nothing of what it said stays.</summary>
    public MessageDocument Emptied() => this with
    {
        Text = "",
        Files = Files?.Select(MessageFile.Gone).ToList(),
        EditedAt = null,
        Deleted = true,
        ReplyTo = null,
        Reactions = null,
    };

    // Client ids are trimmed, so that none begins with a space.
    private string SealedClientId => $" {Seq}";

    /// <summary>
    /// As calls and events show it to a member; null if the viewer is not its sender. <see cref="Quotes"/> finds what it quotes.
    /// </summary>
    public Message ToMessage(MemberId? viewer = null, Quote? quote = null) => new(
        ConnectionId,
        Seq,
        ClientId,
        From,
        Text,
        SentAt,
        EditedAt,
        Deleted,
        Deleted is true ? null : MessageFile.ShownTo(viewer == From, Files),
        quote,
        Reactions,
        Revision > 0 ? Revision : null,
        Message.IsEarly(FromCount));

    /// <summary>Its files at a glance; null for none, and when deleted.</summary>
    [JsonIgnore]
    public LastFiles? LastFiles =>
        Deleted is true || Files is not { Count: > 0 } ? null : MessageFile.AtAGlance(Files);
}

/// <summary>The end of a conversation, which the next message follows.</summary>
/// <param name="Seq">The last message's number; 0 when there is none.</param>
/// <param name="SentAt">When it was stored.</param>
/// <param name="To">One of the two members.</param>
/// <param name="Received">How many messages this member has received.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ConversationEnd(long Seq, DateTimeOffset? SentAt, MemberId To, long Received)
{
    /// <summary>After a message; null for none.</summary>
    public static ConversationEnd Of(MessageDocument? last) =>
        last is null ? default : new(last.Seq, last.SentAt, last.To, last.ReceivedBy(last.To));

    /// <summary>
    /// As a member's row shows it. It may be a little behind, but is never ahead: messages are stored before rows show them, and are never
    /// removed.
    /// </summary>
    public static ConversationEnd Of(ChatView? shown, MemberId viewer) =>
        shown is null ? default : new(shown.Last.Seq, shown.Last.SentAt, viewer, shown.Received);

    /// <summary>How many messages a member has received. They have sent all others.</summary>
    public long ReceivedBy(MemberId member) => member == To ? Received : Seq - Received;
}
