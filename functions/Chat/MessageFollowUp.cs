using Connections.Invites.Contacts;

namespace Connections.Chat;

/// <summary>Shows a new or changed message in both sides' contact rows, queues the email for whoever does not read it, and notes that it did.</summary>
/// <remarks>Safe to run again and in any order: a row never goes back to an earlier message, nor to an earlier text of the same one.</remarks>
public sealed class MessageFollowUp(MessageStore messages, ContactStore contacts, UnreadDigests digests)
{
    /// <summary>Pays what one message owes; does nothing where nothing is owed.</summary>
    public Task RunAsync(MessageDocument message, CancellationToken ct) => RunAsync([message], ct);

    /// <summary>Pays what several messages of one conversation owe: the rows need only the last of them.</summary>
    /// <exception cref="InvalidOperationException">A row does not exist yet; the connection's own follow-up makes it. Try again.</exception>
    public async Task RunAsync(IReadOnlyCollection<MessageDocument> ofOneConversation, CancellationToken ct)
    {
        var owing = ofOneConversation.Where(message => message.OwedSince is not null).ToList();
        if (owing.Count == 0)
        {
            return;
        }

        var last = owing.MaxBy(message => (message.Seq, message.Revision))!;
        var shown = await Task.WhenAll(
            contacts.ShowMessageAsync(last.From, last.ConnectionId, last.ViewFor(last.From), ct),
            contacts.ShowMessageAsync(last.To, last.ConnectionId, last.ViewFor(last.To), ct));
        if (shown.Contains(false))
        {
            throw new InvalidOperationException($"A contact row of connection {last.ConnectionId} is not there yet.");
        }

        await digests.OnMessagesAsync(owing, ct);
        await Task.WhenAll(owing.Select(message => messages.SettleAsync(message, ct)));
    }
}
