namespace Connections.Chat;

/// <summary>Finds what messages quote. A message stores only the number of the one that it replies to.</summary>
/// <remarks>
/// So an edit or a deletion of the quoted message shows in every quote of it, with nothing to follow up. Most messages quote none, or one
/// of the same page, and cost no request.
/// </remarks>
public sealed class Quotes(MessageStore messages)
{
    /// <summary>The messages of one conversation that others quote. No request where none is to be found, one otherwise.</summary>
    /// <param name="numbers">Their numbers; null for a message that quotes none.</param>
    /// <param name="known">Messages of the conversation that were read already.</param>
    public async Task<QuotedMessages> FindAsync(
        string connectionId, IEnumerable<long?> numbers, CancellationToken ct, IReadOnlyCollection<MessageDocument>? known = null)
    {
        var found = (known ?? []).ToDictionary(message => message.Seq);
        var missing = numbers.OfType<long>().Distinct().Where(seq => !found.ContainsKey(seq)).ToList();
        foreach (var message in missing is [] ? [] : await messages.FindManyAsync(connectionId, missing, ct))
        {
            found[message.Seq] = message;
        }

        return new QuotedMessages(found);
    }

    /// <summary>What a message quotes; null for none. At most one request.</summary>
    public async Task<Quote?> FindAsync(MessageDocument message, CancellationToken ct) =>
        (await FindAsync(message.ConnectionId, [message.ReplyTo], ct)).QuoteIn(message);

    /// <summary>Messages of one conversation as a member sees them, in the same order. At most one request.</summary>
    public async Task<IReadOnlyList<Message>> ShowAsync(
        string connectionId, IReadOnlyCollection<MessageDocument> shown, MemberId viewer, CancellationToken ct)
    {
        var quoted = await FindAsync(connectionId, shown.Select(message => message.ReplyTo), ct, known: shown);
        return [.. shown.Select(message => message.ToMessage(viewer, quoted.QuoteIn(message)))];
    }
}

/// <summary>The quoted messages of one conversation, by their numbers.</summary>
public sealed class QuotedMessages(IReadOnlyDictionary<long, MessageDocument> found)
{
    /// <summary>What a message quotes; null for none.</summary>
    public Quote? QuoteIn(MessageDocument message) =>
        message.ReplyTo is { } seq && found.TryGetValue(seq, out var quoted) ? Quote.Of(quoted) : null;

    /// <summary>Whether a new message may quote this one: there is such a message, and the member sees it and its text.</summary>
    /// <param name="replyTo">The number; null for no quote.</param>
    /// <param name="sealedSeq">The last message that is hidden; null for none.</param>
    public bool CanQuote(long? replyTo, long? sealedSeq) => replyTo is not { } seq
        || (seq > (sealedSeq ?? 0) && found.TryGetValue(seq, out var message) && message is { Deleted: null, Sealed: null });
}
