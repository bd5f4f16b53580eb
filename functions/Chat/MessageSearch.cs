using Connections.Members;

namespace Connections.Chat;

/// <summary>Finds messages of one conversation by their words, by the rule of the search for creators.</summary>
/// <remarks>
/// It reads the messages and compares here. An index of their words would cost more than the message itself in every send, and messages
/// are searched seldom; and so messages are found however long ago they were stored. One page looks through a bounded number of messages.
/// </remarks>
public sealed class MessageSearch(MessageStore messages)
{
    /// <summary>The most messages that one page looks through.</summary>
    public const int LooksThrough = 1000;

    /// <summary>
    /// The text, in UTF-16 characters, after which a page ends: some ten times that of a thousand ordinary messages. Comparing takes a
    /// tenth of a second for it.
    /// </summary>
    public const int LooksThroughText = 500_000;

    // Most searches find enough among the messages of the last weeks.
    private static readonly int[] Reads = [200, LooksThrough - 200];

    /// <summary>
    /// Up to <paramref name="limit"/> messages that match, the newest first. One request, or two where the first finds too few.
    /// </summary>
    /// <param name="words">Each must be the beginning of a word of a message.</param>
    /// <param name="before">Looks only at messages with a lower number; null for all.</param>
    /// <param name="sealedSeq">The last message that nobody sees; 0 for none.</param>
    /// <returns>What was found, and the number to go on before; null where all messages have been looked at.</returns>
    public async Task<(IReadOnlyList<MessageDocument> Found, long? Before)> FindAsync(
        string connectionId, IReadOnlyList<SearchWord> words, long? before, long sealedSeq, int limit, CancellationToken ct)
    {
        var found = new List<MessageDocument>();
        var text = 0;
        foreach (var count in Reads)
        {
            var read = await messages.BackFromAsync(connectionId, before, count, ct);
            foreach (var message in read.TakeWhile(message => message.Seq > sealedSeq))
            {
                (before, text) = (message.Seq, text + message.Text.Length);
                if (message.Deleted is null && SearchWords.Find(words, message.Text))
                {
                    found.Add(message);
                }

                if (found.Count == limit || text >= LooksThroughText)
                {
                    return (found, Rest(message.Seq));
                }
            }

            if (read.Count < count || Rest(read[^1].Seq) is null)
            {
                return (found, null);
            }
        }

        return (found, before);

        // Numbers have no gaps.
        long? Rest(long seq) => seq > sealedSeq + 1 ? seq : null;
    }
}
